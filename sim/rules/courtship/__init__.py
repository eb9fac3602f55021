"""How the powers court and press: aid, pressure, presence. Any power may do any of it.

The three files carry the names of the powers whose instrument each rule is in the reporting; every rule is called for
every power, with that power's own conduct (which may be zero).
"""
