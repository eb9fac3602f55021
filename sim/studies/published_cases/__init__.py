"""Published tables of landscape theory and bargaining, recomputed by the model's own mathematics."""
