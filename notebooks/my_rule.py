"""My own rule: threat as a mean, so that one large part is enough to frighten.

The model multiplies the parts of a threat, so a weak or distant or friendly power frightens nobody. Walt (1987) names the parts
and does not say how they combine. Here they are averaged.
"""


def threat_as_mean(*, power, proximity, hostility, intent):
    """Threat a state sees in each partner, between 0 and 1.

        threat = (1 - intent) * (power + proximity) / 2 + intent * hostility

    Source: the parts are Walt's (1987); the mean is mine.
    """
    return (1.0 - intent) * (power + proximity) / 2.0 + intent * hostility
