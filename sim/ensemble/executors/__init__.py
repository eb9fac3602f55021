"""Who runs the blocks: this process, all cores, or a Dask cluster."""
