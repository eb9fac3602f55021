"""Which policy stands up in most futures, and which is least regretted; with the noise of luck taken into account."""
