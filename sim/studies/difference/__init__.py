"""Policy minus baseline, run by run with the same luck: which point is measured against which, and by how much."""
