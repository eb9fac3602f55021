"""Advice leads somewhere: the limit that a refusal names parts the points, or it names none."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.errors import UserError
from sim.studies.discovery.cases import Cases, Question, _refuse_one_sided, separating

POINTS = 53


def cases(numbers, question):
    runs = numbers > question.limit if question.above else numbers < question.limit
    table = pd.DataFrame({"lever": np.arange(POINTS)})
    return Cases(table=table, runs=runs, share=question.share, told=question.told)


@given(
    st.integers(0, 10_000),
    st.integers(1, 6),
    st.booleans(),
    st.sampled_from([0.01, 0.3, 0.5, 0.9, 1.0]),
)
def test_following_the_advice_is_not_refused_again(seed, kinds, above, share):
    chance = np.random.default_rng(seed)
    numbers = chance.choice(chance.normal(50.0, 1e-3, kinds), size=(POINTS, 7))
    numbers[chance.random(numbers.shape) < 0.1] = np.inf  # dates that never come
    asked = Question(outcome="hedging", state="", limit=-1e3, above=above, share=share)
    asked = replace(asked, limit=1e3) if above else asked
    told = None
    for _ in range(2):
        try:
            _refuse_one_sided(cases(numbers, asked), numbers, asked)
            return
        except UserError as error:
            assert error.where != told
            told = error.where
        other = re.search(r"share=(\S+) with the limit (\S+?),", told)
        same = re.search(r"(?:above|below)=(\S+)", told)
        if other:
            asked = replace(asked, share=float(other[1]), limit=float(other[2]))
        elif same:
            asked = replace(asked, limit=float(same[1]))
        else:
            assert told == "on the command line: another outcome"
            assert not separating(numbers, asked)
            return
    pytest.fail(f"refused again: {told}")
