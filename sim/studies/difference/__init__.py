"""Policy minus baseline, run by run with common random numbers: which point is measured against which, and by how much."""
