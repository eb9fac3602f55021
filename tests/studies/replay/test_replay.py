"""A cell of a sweep, run again in the region, is the same history, and says why it went that way."""

from __future__ import annotations

import numpy as np
import pytest

from sim.config import build
from sim.ensemble.executors.options import ExecutorOptions
from sim.ensemble.options import SweepOptions
from sim.ensemble.plan import make_plan
from sim.ensemble.run import sweep
from sim.ensemble.store.files import checksum
from sim.ensemble.store.folder import packed
from sim.ensemble.store.opening import open_store
from sim.errors import UserError
from sim.studies.replay.analysis import replay
from tests.ensemble.small import TINY, plan, unfinish


@pytest.fixture(scope="module")
def stores(tmp_path_factory):
    top = tmp_path_factory.mktemp("stores")
    for precision in ("single", "double"):
        made = plan(levels=2, precision=precision)
        sweep(made, top / precision, executor=ExecutorOptions(kind="serial"))
    return top


@pytest.mark.parametrize("precision", ["single", "double"])
@pytest.mark.parametrize(("point", "replicate"), [(0, 0), (2, 5), (3, 6)])
def test_a_cell_is_the_same_history(precision, point, replicate, stores):
    found = replay(stores / precision, point=point, replicate=replicate)
    assert found.same and found.worst < {"single": 1e-6, "double": 1e-10}[precision]


def test_the_reasons_add_up_and_what_happened_is_listed(stores):
    found = replay(stores / "double", point=1, replicate=2, states=("PHL",))
    (told,) = found.reasons
    assert [why.kind for why in told.whys] == ["posture", "structure"]
    for why, name in zip(told.whys, ("alignment_posture", "alignment_structural"), strict=True):
        assert why.years == (2024, 2027)
        ends = found.outcomes[name].sel(state="PHL", year=list(why.years)).values
        np.testing.assert_allclose(why.ends, ends, atol=1e-9)
        total = sum(reason.change for reason in why.reasons)
        assert total == pytest.approx(float(ends[1] - ends[0]), abs=1e-9)
    steps = found.history["steps"].sel(state="PHL", year=slice(2024, None))
    acts = [event for event in told.events if event.kind == "act"]
    assert len(acts) == int((steps != 0.0).sum())


def test_reasons_are_told_without_all_three_powers(tmp_path):
    options = SweepOptions(space={"scenario.rivalry": [0, 1]}, levels=2, replicates=3)
    made = make_plan(
        options, compose=lambda _: build(TINY | {"partners": ["CHN", "JPN"]}), groups={}
    )
    sweep(made, tmp_path / "s", executor=ExecutorOptions(kind="serial"))
    found = replay(tmp_path / "s", point=0, replicate=0)
    assert found.same and {why.kind for one in found.reasons for why in one.whys} == {
        "posture",
        "structure",
    }


def test_another_history_than_stored_is_noticed(stores, tmp_path):
    made = plan(levels=2)
    sweep(made, tmp_path / "s", executor=ExecutorOptions(kind="serial"))
    store = open_store(tmp_path / "s")
    block = store.blocks[1]
    data = store.read(block)
    data["alignment"] = data["alignment"] + 0.01
    content = packed(data, block, "f4", store.origins.of(block))
    unfinish(tmp_path / "s")
    store.done[block].unlink()
    (tmp_path / "s/blocks" / f"{block.name}.{checksum(content)}.nc").write_bytes(content)
    assert replay(tmp_path / "s", point=1, replicate=0).differing == ("alignment",)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"point": 4, "replicate": 0}, "points 0 to 3"),
        ({"point": 0, "replicate": 7}, "replicates 0 to 6"),
        ({"point": 0, "replicate": 0, "states": ("VNM",)}, "PHL, KHM"),
    ],
)
def test_what_is_not_in_the_store_is_refused(asked, told, stores):
    with pytest.raises(UserError, match=told):
        replay(stores / "single", **asked)


def test_a_folder_without_a_store_is_refused(tmp_path):
    with pytest.raises(UserError, match="not a store"):
        replay(tmp_path, point=0, replicate=0)
