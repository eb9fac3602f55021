"""How each compact table is made from raw observations, one small function a series."""
