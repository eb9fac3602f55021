"""Options are declared once: conf/ keeps in step, one mistake has one message everywhere, and it is told before any run."""

from __future__ import annotations

import re

import pytest
from hydra.core.override_parser.overrides_parser import OverridesParser

from sim.cli import enter
from sim.composition.commands import COMMANDS
from sim.composition.compose import compose, find_source
from sim.composition.options import as_given, take_options
from sim.config.declare import declarations
from sim.config.settings import checked
from sim.errors import UserError

MAPPED = ("mapping", "read")  # kinds whose value may itself be a mapping
DECLARED = [
    (name, path, one) for name, kind in COMMANDS.items() for path, one in declarations(kind)
]
FIRST = {
    "difference": ["store=x", "baseline=point:0"],
    "replay": ["store=x"],
    "report": ["store=x"],
}


def never(job):
    raise AssertionError("a mistaken option must not reach the task")


def told(name, *argv, capsys):
    """What a command says to a mistake that its task does not see."""
    given = [*FIRST.get(name, ()), *argv]
    assert enter(never, config_name=name, name=name, argv=given) == 2
    said = capsys.readouterr()
    assert len(said.err.strip().splitlines()) == 1 and not said.out
    return said.err.strip()


def leaves(given, prefix=""):
    for name, value in given.items():
        if isinstance(value, dict) and value:
            yield from leaves(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}"


@pytest.mark.parametrize("name", COMMANDS)
def test_conf_gives_every_option_its_default(name):
    source = find_source(None, None, None, name)
    composed = compose(source, FIRST.get(name, ()))
    given = {key: composed.get(key) for key in as_given(take_options(composed, source.options)[0])}
    known = dict(declarations(source.options))
    free = tuple(f"{path}." for path, one in known.items() if one.kind in MAPPED)
    for path in leaves(given):
        inside = any(f"{other}.".startswith(f"{path}.") for other in known)
        assert inside or path.startswith(free), f"conf/{name}.yaml has {path}"
    for path, one in known.items():
        value = given
        for part in path.split("."):
            value = {} if path.startswith("game.budgets.") and part not in value else value[part]
        required = not one.optional and one.kind in ("path", "read")
        if path in {text.partition("=")[0] for text in FIRST.get(name, ())} or value == {}:
            continue
        assert required or checked(value, one, path) == one.default, path


def test_a_command_needs_no_configuration_of_its_own(monkeypatch):
    monkeypatch.setitem(COMMANDS, "unwritten", COMMANDS["tipping"])
    source = find_source(None, None, None, "unwritten")
    assert source.name == "config" and source.options is COMMANDS["tipping"]
    composed = compose(source, ["tipping.levels=5"])
    assert composed["tipping"]["levels"] == 5 and composed["tipping"]["years"] == 40
    with pytest.raises(UserError, match="holds no configuration"):
        find_source(None, None, None, "unknown")


@pytest.mark.parametrize("name", COMMANDS)
def test_an_option_there_is_not_is_told_alike(name, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    groups = {path.rpartition(".")[0] for _, path, _ in DECLARED if _ is not None}
    own = {path.rpartition(".")[0] for path, _ in declarations(COMMANDS[name])} - {""}
    for group in ["", *sorted(own & groups)]:
        path = f"{group}.zzz" if group else "zzz"
        said = told(name, f"+{path}=1", capsys=capsys)
        assert said.startswith(f"{path} is not a setting; ") and said.endswith(
            " Change it on the command line; --cfg job lists every setting."
        )


def value_of(text):
    return OverridesParser.create().parse_override(text).value()


@pytest.mark.parametrize("given", ["{a:{b:1}}", "[[1]]", "1e300", "'no such thing'"])
def test_a_wrong_value_is_told_alike_in_every_command(given):
    """What is said depends on the declaration alone: the same kind and bounds, the same words."""
    said = {}
    for _, path, one in DECLARED:
        try:
            checked(value_of(f"x={given}"), one, path)
        except UserError as error:
            assert str(error).count(path) >= 2  # what was given, and where to change it
            bounds = (one.kind, one.low, one.high, one.unit, one.choices, one.valid, one.fewest)
            same = (*bounds, one.read, one.doc if one.kind == "path" else "", one.example)
            said.setdefault(same, set()).add(str(error).replace(path, "NAME"))
    assert len(said) > 10 and all(len(words) == 1 for words in said.values())


@pytest.mark.parametrize(
    ("mistake", "options"),
    [
        ("PHX", {"discovery": "state", "sensitivity": "state", "replay": "state", "why": "state"}),
        ("hedgin", {"discovery": "outcome", "sensitivity": "outcome", "robust": "robust.outcome"}),
        (
            "null",
            {"difference": "store", "replay": "store", "report": "store", "discovery": "store"},
        ),
        ("[a]", {"difference": "store", "replay": "store", "report": "store", "survival": "store"}),
        (
            "2",
            {
                "survival": "sweep.threshold",
                "robust": "sweep.threshold",
                "sweep": "sweep.threshold",
            },
        ),
        (
            "{}",
            {"sweep": "executor.kind", "survival": "executor.kind", "sensitivity": "executor.kind"},
        ),
        ("perhaps", {"tipping": "publish", "robust": "publish", "discovery": "publish"}),
    ],
)
def test_the_same_mistake_is_told_alike(mistake, options, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    said = set()
    for name, path in options.items():
        text = told(name, f"{path}={mistake}", capsys=capsys).replace(path, "NAME")
        said.add(re.sub(r"( is \S+; ).*(did you mean )?.*(\. Change it).*", r"\1\3", text))
    assert len(said) == 1, said


def test_settings_for_a_store_are_told_alike(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    names = ("difference", "replay", "report", "discovery")
    assert len({told(name, "seed=4", capsys=capsys).replace(name, "NAME") for name in names}) == 1


SMALL = ["states=[PHL,KHM]", "years.last=2026", "figures=false"]
SERIAL = [*SMALL, "executor.kind=serial"]
FEW = ["sweep.space={scenario:[managed,sea_clash],policy/japan:[none,osa_expanded]}"]
RUNS = {  # commands that run the model: mistakes that were once seen after the runs, or never
    "survival": [
        (["survival.over=nope"], "does not vary nope"),
        (["survival.between=theory"], "does not vary theory"),
        (["survival.over=out"], "does not vary out"),
        (["survival.between=scenario"], "both scenario"),
        (["survival.outcomes=[nope]"], "valid names"),
        (["survival.outcomes=[left_bnd]"], "did you mean left_band"),
        (["survival.thresholds=[2]"], "between 0 and 1"),
        (["sweep.paths=false"], "sweep.paths=true"),
        (["sweep.replicates=3"], "sweep.replicates=20"),
        (["store=nowhere"], "settings are given"),
    ],
    "robust": [
        (["robust.policies={mine:{policy/japan:osa_2032}}"], "osa_2023"),
        (["robust.policies={mine:{out:x}}"], "robust.policies names out"),
        (["robust.policies={again:{policy/japan:none}}"], "none and again, which are the same"),
        (["robust.outcome=nope"], "valid names"),
        (["robust.criteria={sea_lane_mean:'>=4'}"], "sea_lanes_mean"),
        (["robust.criteria={deterrence_mean:much}"], ">= number"),
        (["sweep.space={policy.japan.allocation:[equal,need]}"], "one or the other"),
    ],
    "sensitivity": [
        (["state=VNM"], "the runs have PHL, KHM"),
        (["outcome=cohesion", "state=PHL"], "whole region"),
        (["settings=[rules.stanse]"], "rules.stance"),
        (["samples=100"], "nearest is 128"),
    ],
    "sweep": [
        (["sweep.space={seed:[1,2]}", "sweep.baseline=point:99"], "points 0 to"),
        (["sweep.space={out:[a,b]}"], "names out"),
        (["sweep.space={theory:[insurence]}"], "insurance"),
    ],
    "allocate": [
        (["allocate.scenarios=[clod_war]"], "cold_war"),
        (["allocate.judged=best"], "last, mean"),
    ],
    "tipping": [(["tipping.aid=[1,x]"], "tipping.aid is 'x'"), (["runs=2"], "at least 3")],
    "game": [(["game.seats=[CHN,VNM]"], "VNM"), (["game.runs=3"], "between 20")],
    "why": [
        (["state=VNM"], "valid names are KHM, PHL"),
        (["years=[2020,2024]"], "reasons are known from 2024"),
        (["partner=RUS", "year=2024"], "partner is 'RUS'"),
        (["run=5000"], "runs=5001"),
        (["against=out=x"], "no setting of the model"),
        (["against=policy/japan=osa_2023"], "changes nothing"),
        (["against=years.last=2025"], "the same year"),
    ],
    "compare": [
        *(
            ([f"compare.over={name}"], "compare.over")
            for name in ("out", "hydra.run.dir", "engine")
        ),
        (["compare.over=compare.over"], "compare.over"),
        (["compare.over=figures"], "compare.over"),
        (["compare.over=seed", "compare.choices=[1,2]"], "common random numbers"),
        (["compare.over=states", "compare.choices=['[PHL]','[VNM]']"], "the same states"),
        (["compare.over=policy.japan.osa_budget", "compare.choices=[2,2.0]"], "the same settings"),
        (["compare.choices=[none]"], "at least two"),
        (["compare=3"], "group of settings"),
    ],
}
TASKS = {
    "survival": "studies.survival.command:survival",
    "robust": "studies.robustness.command:robust",
    "sensitivity": "studies.sensitivity.command:sense",
    "sweep": "studies.sweep.command:sweep",
    "allocate": "studies.allocation.command:allocate",
    "tipping": "studies.tipping.command:tipping",
    "game": "game.command:play",
    "why": "studies.explain.command:why",
    "compare": "studies.scenario.compare_command:compare",
}


@pytest.mark.parametrize(
    ("name", "argv", "part"), [(name, *one) for name, cases in RUNS.items() for one in cases]
)
def test_every_mistake_is_told_before_anything_is_run(
    name, argv, part, tmp_path, monkeypatch, capsys
):
    from importlib import import_module

    from sim.studies.explain.options import as_asked

    def ran(**_):
        raise AssertionError("a year was simulated")

    monkeypatch.setattr("sim.rules.year.see", ran)
    monkeypatch.chdir(tmp_path)
    module, task = TASKS[name].split(":")
    do = getattr(import_module(f"sim.{module}"), task)
    own = "executor" in dict(vars(COMMANDS[name])["__dataclass_fields__"])
    given = as_asked([*(SERIAL if own else SMALL), *(FEW if name == "survival" else ()), *argv])
    assert enter(do, config_name=name, name=name, argv=given) == 2
    said = capsys.readouterr().err
    assert part in said and "Traceback" not in said
    assert not list(tmp_path.rglob("*.nc"))
