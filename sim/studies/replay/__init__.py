"""One cell of a sweep again, in the Mesa region, with its reasons."""
