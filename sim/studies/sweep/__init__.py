"""What do thousands of futures say? A sweep that can be interrupted, resumed and extended."""
