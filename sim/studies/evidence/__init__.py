"""Do the model's responses lie within what has been published? One row a published size."""
