"""Pages of docs/ that are generated from what is declared."""
