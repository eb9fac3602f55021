"""What is asked of the model, and how answers are kept: `output` writes a result folder."""
