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
    """Tables of a study: a row a setting (and value) and outcome, a row an outcome, and intervals wider than asked."""

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
        frame, split_variance, message = ANALYSES[study.method](study, numbers, table)
        rows.append(frame.assign(outcome=outcome))
        noise += [_noise_row(outcome, split_variance)] if split_variance else []
        short += [f"{outcome}: {message}"] if message else []
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


def _noise_row(outcome: str, noise: Noise) -> dict[str, Any]:
    return {
        "outcome": outcome,
        "mean": noise.mean,
        "sd_settings": max(noise.settings, 0.0) ** 0.5,
        "sd_replicates": noise.stochastic**0.5,
        "stochastic_share": noise.share,
        "common_part": noise.shared / noise.stochastic if noise.stochastic > 0.0 else 0.0,
        "residual_in_means": noise.left,
        "replicates": noise.replicates,
    }


Analysis = tuple[pd.DataFrame, Noise | None, str]  # table, noise, what is wider than asked


def _sobol(study: Study, numbers: Array, _: pd.DataFrame) -> Analysis:
    laid = parted(numbers, len(study.space))
    indices = sobol(laid, seed=study.seed % 2**32)
    kept = ("first", "first_low", "first_high", "total", "total_low", "total_high")
    columns = {name: getattr(indices, name) for name in (*kept, "plain_first", "plain_total")}
    frame = pd.DataFrame({"setting": _names(study), **columns, "swamped": indices.swamped})
    noise = split(laid[:, :2].reshape(-1, laid.shape[-1]))
    return _sorted(frame, "total"), noise, _short(study, indices)


def _short(study: Study, indices: Indices) -> str:
    if not study.width or indices.width <= study.width:
        return ""
    samples, replicates = needed(indices, study.samples, study.replicates, study.width)
    return (
        f"the widest 95 % interval of a total is {indices.width:.2f} wide ({indices.by_samples:.2f} from the "
        f"sample, {indices.by_replicates:.2f} from replicates); {study.width:g} needs about samples={samples} "
        f"replicates={replicates}"
    )


def _morris(study: Study, numbers: Array, table: pd.DataFrame) -> Analysis:
    screening = screen(effects(table, numbers, study.space), seed=study.seed % 2**32)
    columns = {name: getattr(screening, name) for name in ("mu", "mu_star", "low", "high", "sigma")}
    frame = pd.DataFrame(
        {
            "setting": _names(study),
            **columns,
            "floor": screening.floor,
            "above_noise": screening.above_noise,
        }
    )
    message = ""
    if study.width and screening.width > study.width:
        paths = int(np.ceil(study.samples * (screening.width / study.width) ** 2))
        message = (
            f"the widest 95 % interval of mu* is {screening.width:.3g} wide; {study.width:g} needs about "
            f"samples={paths}"
        )
    return _sorted(frame, "mu_star"), split(numbers), message


def _tornado(study: Study, numbers: Array, _: pd.DataFrame) -> Analysis:
    moves = swings(study.space, numbers)
    order = widest_first(moves)
    moves.sort(key=lambda move: order.index(move.name))
    frame = pd.DataFrame(
        {
            "setting": [move.name for move in moves],
            "value": [move.value for move in moves],
            "change": [move.change for move in moves],
            "low": [move.low for move in moves],
            "high": [move.high for move in moves],
            "found": [move.found for move in moves],
        }
    )
    widest = max((move.high - move.low for move in moves), default=0.0)
    message = ""
    if study.width and widest > study.width:
        runs = int(np.ceil(study.replicates * (widest / study.width) ** 2))
        message = f"the widest 95 % interval is {widest:.3g} wide; {study.width:g} needs about replicates={runs}"
    return frame, None, message


def _names(study: Study) -> list[str]:
    return [dimension.name for dimension in study.space]


def _sorted(frame: pd.DataFrame, by: str) -> pd.DataFrame:
    return frame.sort_values(by, ascending=False, kind="stable", ignore_index=True)


ANALYSES: Mapping[str, Callable[[Study, Array, pd.DataFrame], Analysis]] = {
    "sobol": _sobol,
    "morris": _morris,
    "tornado": _tornado,
}
