# Short names for the two commands, where make is at hand; neither needs it.
PYTHON ?= python3

.PHONY: demo test

demo:
	$(PYTHON) -m sim demo

test:
	$(PYTHON) -m sim test
