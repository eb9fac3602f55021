"""Charts of landscapes and of bargaining."""
