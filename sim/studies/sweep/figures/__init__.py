"""Charts of a sweep: phase maps, outcomes along a lever, where states stand."""
