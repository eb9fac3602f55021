"""How should a budget of security assistance be divided for Japan's three purposes? Search, then test on luck never used."""
