"""Set-up: a virtual environment with the locked packages, made by the standard library alone."""
