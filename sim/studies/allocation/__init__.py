"""Multi-objective allocation: how should a budget of security assistance be divided for Japan's three purposes?"""
