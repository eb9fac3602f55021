"""A page's commands made small enough to try, and those that cannot be tried, each with its reason."""

from __future__ import annotations

import re

NOT_TRIED = {  # what a command begins with: why it is not run here
    r"git clone": "needs a network, and the clone is here already",
    r"git (checkout|diff|add|commit|switch|restore)": "works on the reader's own clone",
    r"cd ": "the commands are run in the top folder",
    r"source |\.venv": "the environment of the tests is on already",
    r"(python3?|py|uv) (-m )?venv": "makes an environment",
    r"pip wheel": "makes a wheel; tests/test_package.py makes one",
    r"(pip|python -m pip|uv pip) install": "installs packages",
    r"(python3?|py) -m sim (demo|test|dashboard|docs)": "sets up an environment first; tests/test_project.py tries them",
    r"uv run": "sets up an environment first",
    r"make ": "calls python3 -m sim",
    r"python -m sim\.world\.compile": "reads raw observations, which their publishers keep",
    r"python -m pytest": "is what runs this",
    r"dask ": "starts a scheduler or workers that do not end",
    r"python experiments/sweep\.py .*executor\.address=": "needs a cluster; tests/ensemble/test_executors.py starts one",
    r"python benchmarks/": "measures for minutes",
    r"straits NAME|python experiments/NAME\.py": "stands for every command",
    r"python experiments/mesa_viz\.py": "serves until it is stopped; tests/experiments/ builds its page",
    r".*--config-path FOLDER": "stands for a folder that the dashboard writes; tests/dashboard/ reads one",
}
COMPOSED = {  # settings and options are validated, the work is left out
    "calibrate": "takes a minute",
    "validate": "takes minutes",
    "project": "takes seconds; tests/door/ runs it",
    "claims": "takes minutes",
    "levers": "takes half a minute",
    "evidence": "takes half a minute; tests/studies/evidence runs it small",
    "start": "takes seconds; tests/door/ runs it",
    "record": "takes seconds; tests/studies/record/ writes it",
    "handbook": "tests/test_docs.py writes the same",
    "sensitivity": "takes minutes; tests/door/ runs it small",
    "discovery": "needs a store of hundreds of points; tests/door/ runs it small",
    "theories": "takes half a minute; tests/door/ runs it small",
    "tipping": "takes minutes; tests/door/ runs it small",
    "survival": "takes a minute; tests/door/ runs it small",
    "robust": "takes minutes; tests/door/ runs it small",
    "allocate": "takes minutes; tests/door/ runs it small",
    "game": "asks at the keyboard; tests/door/ plays it",
    "report": "reads a store; tests/door/ writes one",
    "gallery": "draws every figure; tests/plots/test_looks.py draws the main ones",
}
SMALLER = {  # a value given -> the value tried
    "runs": lambda given: "3",
    "years.last": lambda given: "2025",
    "sweep.replicates": lambda given: str(max(2, int(given) // 50)),
    "sweep.levels": lambda given: "2",
    "sweep.points": lambda given: str(max(4, int(given) // 64)),
    "sweep.draws": lambda given: "2",
    "point": lambda given: "1",
    "replicate": lambda given: "1",
    "executor.workers": lambda given: "1",
}
FEW = ("figures=false",)
ADDED = {  # put behind a command where it does not say it itself
    "run": ("years.last=2025", *FEW),
    "compare": ("years.last=2025", *FEW),
    "sweep": (
        *("years.last=2025", "states=[PHL,KHM,VNM]", "sweep.levels=2", "sweep.replicates=2"),
        *("executor.kind=serial", *FEW),
    ),
    "replay": (),
    "difference": FEW,
    "why": ("runs=4", *FEW),
    "landscape": FEW,
    "bargaining": FEW,
}

SAMPLED = ("sweep.points=8",)  # of a design that is sampled, not crossed


def reason_not_to_try(command: str) -> str:
    """Why a command is not run, blank where it is."""
    return next((why for start, why in NOT_TRIED.items() if re.match(start, command)), "")


def is_huge(argv: list[str]) -> bool:
    """Whether a command asks for so much that making it small would make it another."""
    return any(re.fullmatch(r"runs=\d{6,}", word) for word in argv)


def small(name: str, argv: list[str]) -> list[str]:
    """Return an experiment's arguments in miniature."""
    kept = [_smaller(word) for word in argv]
    given = {word.partition("=")[0].lstrip("+") for word in kept}
    added = (*ADDED.get(name, ()), *(SAMPLED if "experiment=discovery" in kept else ()))
    further = [word for word in added if word.partition("=")[0] not in given]
    if "sweep.forecast=true" in kept:  # says what the whole would take
        return list(argv)
    return [*kept, *further]


def _smaller(word: str) -> str:
    name, equals, value = word.partition("=")
    if not equals or name not in SMALLER or not re.fullmatch(r"\d+", value):
        return word
    return f"{name}={SMALLER[name](value)}"
