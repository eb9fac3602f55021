"""Which settings drive an outcome, and how much of what is seen is luck?"""
