"""What does each lever move? One at a time, from low to high."""
