"""Global sensitivity analysis: which settings drive an outcome, and how much of its variance is stochastic?"""
