"""How long do states keep hedging, in which world, under which policy?"""
