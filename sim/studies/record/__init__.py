"""What changed in the observed history when the record was read anew, and why."""
