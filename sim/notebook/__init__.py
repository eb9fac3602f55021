"""What a notebook or a prompt needs: a run, its tables and charts, in a few names."""
