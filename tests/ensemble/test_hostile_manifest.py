"""A manifest that was damaged, or made to do harm, ends every reader of a store in one message, and changes nothing."""

from __future__ import annotations

import copy
import json
import random
import shutil
import signal

import numpy as np
import pytest

from sim.ensemble.executors.options import ExecutorOptions
from sim.ensemble.run import sweep
from sim.ensemble.store.finished import read_finished
from sim.ensemble.store.manifest import manifest_bytes, read_manifest
from sim.ensemble.store.opening import open_store
from sim.ensemble.store.origins import Origins
from sim.ensemble.store.points import read_points
from sim.ensemble.store.schema import MOST_BLOCKS
from sim.errors import UserError
from sim.report.data import load_report_data, to_draw
from sim.report.provenance_section import provenance_facts
from sim.studies.difference.baseline import baselines
from sim.studies.difference.paths import path_of
from sim.studies.difference.table import write_differences
from sim.studies.discovery.cases import Question, read_cases
from sim.studies.replay.analysis import replay
from sim.world.roster import state_codes
from tests.ensemble.small import files_of, plan

SEED, CASES = 20231216, 200  # with each kind of blocks
LONGEST = 5  # seconds of a processor that anything may take
QUESTION = Question(outcome="hedging", state="", limit=0.5, above=True)
DEEP = [[]]
for _ in range(200):
    DEEP = [DEEP]
VALUES = (
    *(
        None,
        True,
        0,
        -1,
        1,
        7,
        2**31,
        2**63,
        10**30,
        0.5,
        -0.0,
        1e308,
        "",
        "PHL",
        "../../etc/passwd",
    ),
    *(
        "\x1b[2J",
        "é" * 20_000,
        [],
        [0],
        [1, 1],
        [0, 0],
        [1, 10**8],
        [10**8, 10**8],
        [[1, 10**8]],
        [None],
    ),
    *({}, {"a": 1}, {"": {}}, [{}], DEEP, "straits sweep 1", "9.9.9"),
)


def made():
    return plan(levels=2, replicates=3, paths=True)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile") / "store"
    sweep(made(), folder, executor=ExecutorOptions(kind="serial"))
    return folder


def sweep_again(folder, out):
    sweep(made(), folder, executor=ExecutorOptions(kind="serial"))


def difference(folder, out):
    opened = open_store(folder)
    points = read_points(folder, opened.manifest)
    settings = opened.manifest["bases"][0]["settings"]
    assert int(settings["seed"]) >= 0 and int(settings["years"]["last"]) > 0
    write_differences(opened, points, baselines("point:0", points), out)
    path_of(opened, "alignment_path", 1)


def report(folder, out):
    held = load_report_data(folder)
    to_draw(held)
    provenance_facts(held)
    state_codes(held.plan.states)


def survival(folder, out):
    stored = read_finished(folder)
    assert stored.years[0] <= stored.years[1] and stored.seed >= 0


COMMANDS = {
    "sweep": sweep_again,
    "difference": difference,
    "replay": lambda folder, out: replay(folder, point=1, replicate=1),
    "report": report,
    "survival": survival,
    "discovery": lambda folder, out: read_cases(folder, QUESTION),
}


def places(value, at=()):
    """Every entry of a manifest by its path."""
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    for key, each in inner:
        yield (*at, key)
        if isinstance(each, dict | list):
            yield from places(each, (*at, key))


def mutated(manifest, draw):
    """Change one to three entries; mostly near the top, where all that is read first stands."""
    found = copy.deepcopy(manifest)
    for _ in range(draw.choice((1, 1, 1, 2, 3))):
        everywhere = list(places(found))
        near = [path for path in everywhere if len(path) <= 2]
        *outer, last = draw.choice(draw.choice((near, everywhere)))
        inside = found
        for key in outer:
            inside = inside[key]
        if draw.random() < 0.2:
            del inside[last]
        else:
            inside[last] = copy.deepcopy(draw.choice(VALUES))
    return found


def harmed(content, manifest, draw):
    """Bytes of a manifest that no sweep wrote: changed and signed anew, changed, or no such file at all."""
    way = draw.random()
    if way < 0.7:
        return manifest_bytes(mutated(manifest, draw))
    if way < 0.8:
        return json.dumps(mutated(json.loads(content), draw)).encode()
    place = draw.randrange(len(content))
    return draw.choice(
        (
            content[:place],
            content[:place] + b"\xff" + content[place:],
            content.replace(b"{", b'{"format": "straits sweep 2", ', 1),
            content.replace(b"0.6", draw.choice((b"NaN", b"-Infinity", b"1e999", b"9" * 5_000)), 1),
            content[:place] + b"[" * 100_000,
            b"\xef\xbb\xbf" + content,
            content.decode().encode("utf-16"),
            b"[]",
        )
    )


@pytest.fixture
def hurry():
    """Raise where a case takes too long."""

    def late(*_):
        raise TimeoutError

    before = signal.signal(signal.SIGPROF, late)
    yield lambda seconds: signal.setitimer(signal.ITIMER_PROF, seconds)
    signal.setitimer(signal.ITIMER_PROF, 0)
    signal.signal(signal.SIGPROF, before)


@pytest.fixture(params=["blocks of its own", "blocks forged to go with it"])
def forged(request, store, monkeypatch):
    """Blocks that say whatever the manifest wants to hear, as somebody could make them."""
    if request.param.endswith("it"):
        opened = open_store(store)
        real = {block: opened.origins.of(block) for block in opened.blocks}
        monkeypatch.setattr(Origins, "of", lambda self, block: real.get(block, ""))
    return request.param.endswith("it")


def test_no_manifest_ends_a_command_otherwise_than_in_one_message(store, tmp_path, hurry, forged):
    content, whole = (store / "manifest.json").read_bytes(), files_of(store)
    manifest, draw = read_manifest(store), random.Random(SEED + forged)
    refused = dict.fromkeys(COMMANDS, 0)
    for _ in range(CASES):
        bad = harmed(content, manifest, draw)
        for name, command in COMMANDS.items():
            (store / "manifest.json").write_bytes(bad)
            hurry(LONGEST)
            try:
                command(store, tmp_path)
            except UserError as mistake:
                refused[name] += 1
                assert "\n" not in str(mistake) and "\x1b" not in str(mistake)
                assert files_of(store) == whole | {"manifest.json": bad}
            finally:
                hurry(0)
            if name != "sweep":
                assert files_of(store) == whole | {"manifest.json": bad}
            (store / "manifest.json").write_bytes(content)
    assert files_of(store) == whole
    assert all(count > 0.7 * CASES for count in refused.values()), refused
    assert not forged or refused["difference"] < CASES


@pytest.mark.parametrize(
    ("entry", "value", "said"),
    [
        ("lattice", [0, 0], "its lattice cannot be"),
        ("extents", [], "its extents cannot be"),
        ("extents", [[4, 3], [2, 3]], "extents or lattice cannot be"),
        ("extents", [[4, 10**8]], f"more than {MOST_BLOCKS:,} blocks"),
        ("columns", [None], "its columns cannot be"),
        ("bases", [], "its bases cannot be"),
        ("made", {"../../x": ""}, "its made cannot be"),
        ("blocks", ["../x"], "its blocks cannot be"),
        ("further", 1, "more than a sweep writes"),
    ],
)
def test_what_cannot_be_is_named(entry, value, said, store, tmp_path):
    folder = shutil.copytree(store, tmp_path / "s")
    bad = read_manifest(store) | {entry: value}
    (folder / "manifest.json").write_bytes(manifest_bytes(bad))
    with pytest.raises(UserError, match=said):
        open_store(folder)


def test_a_space_more_is_no_change_and_a_figure_more_is_one(store, tmp_path):
    folder = shutil.copytree(store, tmp_path / "s")
    content = (store / "manifest.json").read_bytes()
    (folder / "manifest.json").write_bytes(content + b" ")
    assert np.isfinite(replay(folder, point=0, replicate=0).worst)
    sweep_again(folder, None)
    assert files_of(folder) == files_of(store)
    (folder / "manifest.json").write_bytes(content.replace(b"20231216", b"20231217"))
    for command in COMMANDS.values():
        with pytest.raises(UserError, match=r"manifest\.json is not as the sweep wrote it"):
            command(folder, tmp_path)
