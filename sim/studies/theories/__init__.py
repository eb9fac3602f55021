"""Rival theories: their tables read from files, and the six theories of the model side by side."""
