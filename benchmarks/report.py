"""Take the measurements and lay them out as a table: aim, found, met or missed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

HEAD = """# Benchmarks

Written by `python benchmarks/run.py`; every ratio is of two times measured in the same run. The default model: ten states,
three powers, 2024 to 2040, blocks of 2,000 runs; both sides keep of a run what a sweep keeps (outcomes of each state and of
the region). "NumPy" is the ensemble as installed; "compiled" is the same rules and outcomes traced by JAX (optional,
`sim/engines/compiled.py`). Warm processes: neither the seconds of reading the data nor those of compiling (once a process)
are counted in rates.

| | what | aim | NumPy | compiled |
|---|---|---|---|---|
"""
TAIL = """
Rates, (a), (b), (c) and (f) are CPU time, the shortest of several, since the machine is shared; "2 processes" stands for two
free cores. (e) is wall time, the shortest of five in turn, and suffers from whatever else runs on the machine. The loop in
(b) is written by hand (`benchmarks/loop.py`; needs `pip install numba`), checked equal at 1e-12, and draws the same chance.
That both engines tell the same histories is checked by the tests, and run by run by `python benchmarks/parity.py`.
"""
MISSING = "not installed"


def report(measured: Callable[..., Any], have: Callable[[str], bool], *, quick: bool) -> str:
    tools = [False, True] if have("jax") else [False]
    rows: list[tuple[str, str, str, list[str]]] = []

    def row(key: str, what: str, aim: str, cells: list[str]) -> None:
        rows.append((key, what, aim, [*cells, *[MISSING] * (2 - len(cells))]))

    mesa = measured("mesa_rate")
    scaled = [measured("scaling", compiled=tool) for tool in tools]
    two = [each["rate"] for each in scaled]
    row("", "`mesa.batch_run`, 2 processes, runs a second", "", [f"{mesa:.1f}"] * len(tools))
    row("", "ensemble, 2 processes, runs a second", "", [f"{rate:,.0f}" for rate in two])
    row("a", "ensemble against `mesa.batch_run`", "≥ 2,000×, floor 500×",
        [_met(rate / mesa, rate >= 2000 * mesa, "{:,.0f}×", rate >= 500 * mesa) for rate in two])  # fmt: skip
    if have("numba"):
        loops = [measured("against_loop", compiled=tool) for tool in tools]
        row("", "a run without outcomes, engine / loop, µs", "",
            [f"{1e6 * t['engine']:.0f} / {1e6 * t['loop']:.0f}" for t in loops])  # fmt: skip
        row("b", "engine's time against a compiled loop", "≤ 2×",
            [_met(t["engine"] / t["loop"], t["engine"] <= 2 * t["loop"], "{:.2f}×") for t in loops])  # fmt: skip
    else:
        row("b", "engine's time against a compiled loop", "≤ 2×", ["numba not installed"] * 2)
    single = [measured("against_mesa", compiled=tool) for tool in tools]
    row("c", "1,000 ensemble runs against one Mesa run (ms / ms)", "≤ 1×",
        [_met(t["thousand"] / t["mesa"], t["thousand"] <= t["mesa"], "{:.2f}×")
         + f" ({1e3 * t['thousand']:.0f} / {1e3 * t['mesa']:.0f})" for t in single])  # fmt: skip
    if not quick:
        few = [measured("memory", runs=100_000, compiled=tool) for tool in tools]
        many = [measured("memory", runs=1_000_000, compiled=tool) for tool in tools]
        row("", "1,000,000 runs, 2 processes, from cold: s, peak MiB a process", "",
            [f"{t['seconds']:.0f} s, {t['peak']:.0f}" for t in many])  # fmt: skip
        row("d", "peak memory of 1,000,000 runs against 100,000", "≤ 1.2×",
            [_met(m["peak"] / f["peak"], m["peak"] <= 1.2 * f["peak"], "{:.2f}×")
             for m, f in zip(many, few, strict=True)])  # fmt: skip
    row("e", "two workers against one (wall)", "≥ 1.8×",
        [_met(t["1"] / t["2"], t["1"] >= 1.8 * t["2"], "{:.2f}×") for t in scaled])  # fmt: skip
    dask = [_met(100 * (t["dask"] / t["2"] - 1), t["dask"] <= 1.1 * t["2"], "{:+.0f} %")
            for t in scaled if t["dask"]]  # fmt: skip
    row("e", "Dask's overhead over two processes (wall)", "≤ 10 %", dask or [MISSING] * 2)
    for name, slope in measured("exponents").items():
        row("f", f"exponent of time in {name}", "1.0 ± 0.1",
            [_met(slope, abs(slope - 1.0) <= 0.1, "{:.2f}"), "not measured"])  # fmt: skip
    lines = [
        f"| {f'({key})' if key else ''} | {what} | {aim} | {' | '.join(cells)} |"
        for key, what, aim, cells in rows
    ]
    return HEAD + "\n".join(lines) + "\n" + TAIL


def _met(value: float, met: bool, shape: str, floor: bool = False) -> str:
    return (
        f"{shape.format(value)} {'met' if met else 'floor met, aim missed' if floor else 'missed'}"
    )
