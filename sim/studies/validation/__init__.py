"""How well are answers predicted that were held out, and what is expected next?"""
