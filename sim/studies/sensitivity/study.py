"""One sensitivity study: its design, and the tables made of its runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from sim.axes import Array
from sim.ensemble.design import Dimension
from sim.ensemble.store.folder import Store
from sim.ensemble.store.values import values
from sim.errors import UserError
from sim.studies.sensitivity.indices import Indices, needed, sobol
from sim.studies.sensitivity.noise import Noise, same_everywhere, split
from sim.studies.sensitivity.saltelli import check_samples, parted, saltelli
from sim.studies.sensitivity.screening import effects, morris, screen
from sim.studies.sensitivity.tornado import swings, tornado, widest_first


@dataclass(frozen=True, kw_only=True)
class Study:
    """What is asked: how, of which outcomes, over which settings, with how many runs."""

    method: str
    outcomes: tuple[str, ...]
    state: str
    space: tuple[Dimension, ...]
    samples: int
    replicates: int
    seed: int = 0
    width: float = 0.0


def points(study: Study, start: Mapping[str, Any]) -> pd.DataFrame:
    """Make the table of points of a study; `start` has the value every setting starts from.

    Raises
    ------
    UserError : a number of samples that the method cannot use.
    """
    if study.method == "sobol":
        check_samples(study.samples)
        return saltelli(study.space, study.samples, study.seed)
    if study.method == "morris":
        return morris(study.space, study.samples, study.seed)
    return tornado(study.space, start)


@dataclass(kw_only=True)
class Tables:
    """What a study found: a row a setting (and value) and outcome, a row an outcome, and what was short."""

    main: pd.DataFrame
    noise: pd.DataFrame
    short: list[str]


def tables(study: Study, store: Store, table: pd.DataFrame) -> Tables:
    """Analyse the runs of a study's store, outcome by outcome.

    Raises
    ------
    UserError : an outcome that never varies, or a store that is not finished.
    """
    rows, noise, short = [], [], []
    for outcome in study.outcomes:
        numbers = values(store, outcome, study.state)
        refuse_constant(numbers, outcome, study.state)
        found, lucky, told = ANALYSES[study.method](study, numbers, table)
        rows.append(found.assign(outcome=outcome))
        noise += [_noise_row(outcome, lucky)] if lucky else []
        short += [f"{outcome}: {told}"] if told else []
    main = pd.concat(rows, ignore_index=True)
    front = ["outcome", "setting"]
    return Tables(
        main=main[[*front, *(name for name in main if name not in front)]],
        noise=pd.DataFrame(noise),
        short=short,
    )


def refuse_constant(numbers: Array, outcome: str, state: str) -> None:
    """Refuse an outcome that is the same in every run, or unknown in some.

    Raises
    ------
    UserError : saying which value it always has, or in how many runs it has none.
    """
    of = f" of {state}" if state else ""
    unknown = int(np.isnan(numbers).sum())
    if unknown:
        raise UserError(
            given=f"{outcome}{of} is unknown in {unknown:,} of {numbers.size:,} runs",
            allowed="what drives an outcome can be asked where every run has one (some need China, the United States "
            "or Japan among the powers)",
            where="on the command line: outcome=alignment, or other partners",
        )
    if same_everywhere(numbers):
        raise UserError(
            given=f"{outcome}{of} is {float(numbers.flat[0]):.6g} in all {numbers.size:,} runs",
            allowed="an outcome that never varies has nothing that drives it",
            where="on the command line: outcome=alignment, or other settings",
        )


def _noise_row(outcome: str, found: Noise) -> dict[str, Any]:
    return {
        "outcome": outcome,
        "mean": found.mean,
        "sd_settings": max(found.settings, 0.0) ** 0.5,
        "sd_luck": found.luck**0.5,
        "noise_share": found.share,
        "shared_part_of_luck": found.shared / found.luck if found.luck > 0.0 else 0.0,
        "noise_left_in_means": found.left,
        "replicates": found.replicates,
    }


Found = tuple[pd.DataFrame, Noise | None, str]


def _sobol(study: Study, numbers: Array, _: pd.DataFrame) -> Found:
    laid = parted(numbers, len(study.space))
    found = sobol(laid, seed=study.seed % 2**32)
    kept = ("first", "first_low", "first_high", "total", "total_low", "total_high")
    columns = {name: getattr(found, name) for name in (*kept, "plain_first", "plain_total")}
    frame = pd.DataFrame({"setting": _names(study), **columns, "swamped": found.swamped})
    noise = split(laid[:, :2].reshape(-1, laid.shape[-1]))
    return _sorted(frame, "total"), noise, _short(study, found)


def _short(study: Study, found: Indices) -> str:
    if not study.width or found.width <= study.width:
        return ""
    samples, replicates = needed(found, study.samples, study.replicates, study.width)
    return (
        f"the widest 95 % interval of a total is {found.width:.2f} wide ({found.by_samples:.2f} from the "
        f"sample, {found.by_luck:.2f} from luck); {study.width:g} needs about samples={samples} "
        f"replicates={replicates}"
    )


def _morris(study: Study, numbers: Array, table: pd.DataFrame) -> Found:
    found = screen(effects(table, numbers, study.space), seed=study.seed % 2**32)
    columns = {name: getattr(found, name) for name in ("mu", "mu_star", "low", "high", "sigma")}
    frame = pd.DataFrame(
        {
            "setting": _names(study),
            **columns,
            "floor": found.floor,
            "above_luck": found.above_luck,
        }
    )
    told = ""
    if study.width and found.width > study.width:
        paths = int(np.ceil(study.samples * (found.width / study.width) ** 2))
        told = (
            f"the widest 95 % interval of mu* is {found.width:.3g} wide; {study.width:g} needs about "
            f"samples={paths}"
        )
    return _sorted(frame, "mu_star"), split(numbers), told


def _tornado(study: Study, numbers: Array, _: pd.DataFrame) -> Found:
    found = swings(study.space, numbers)
    order = widest_first(found)
    found.sort(key=lambda one: order.index(one.name))
    frame = pd.DataFrame(
        {
            "setting": [one.name for one in found],
            "value": [one.value for one in found],
            "change": [one.change for one in found],
            "low": [one.low for one in found],
            "high": [one.high for one in found],
            "found": [one.found for one in found],
        }
    )
    widest = max((one.high - one.low for one in found), default=0.0)
    told = ""
    if study.width and widest > study.width:
        runs = int(np.ceil(study.replicates * (widest / study.width) ** 2))
        told = f"the widest 95 % interval is {widest:.3g} wide; {study.width:g} needs about replicates={runs}"
    return frame, None, told


def _names(study: Study) -> list[str]:
    return [one.name for one in study.space]


def _sorted(frame: pd.DataFrame, by: str) -> pd.DataFrame:
    return frame.sort_values(by, ascending=False, kind="stable", ignore_index=True)


ANALYSES: Mapping[str, Callable[[Study, Array, pd.DataFrame], Found]] = {
    "sobol": _sobol,
    "morris": _morris,
    "tornado": _tornado,
}
