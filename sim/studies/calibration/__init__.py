"""What the record says about the numbers, and how well the model tells what it has not seen."""
