"""What a file or a word means, and what is refused: configuration is data, and Hydra's own machinery is not for it."""

from __future__ import annotations

import logging
import time

import pytest

from sim.cli import enter
from sim.composition.compose import CONF, compose, parse
from sim.composition.multirun import MOST_JOBS, count_of, expand
from sim.composition.sources import Source
from sim.composition.strict_yaml import read_yaml
from sim.errors import UserError
from sim.notebook import visitor
from sim.studies.scenario.options import variant_settings


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*argv, config="config"):
    jobs = []
    status = enter(
        lambda job: jobs.append(job) or {}, config_name=config, name="run", argv=list(argv)
    )
    return status, jobs


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


HYDRAS_OWN = {
    "a callback": "hydra: {callbacks: {x: {_target_: pathlib.Path.touch, self: RAN}}}",
    "a launcher": "hydra: {launcher: {_target_: os.system}}",
    "commands of a launcher": "hydra: {launcher: {setup: [touch RAN]}}",
    "a partition that is a command": 'hydra: {launcher: {partition: "x; touch RAN"}}',
    "a sweeper": "hydra: {sweeper: {max_batch_size: 0}}",
    "a search path": "hydra: {searchpath: [file:///tmp]}",
    "a mode": "hydra: {mode: MULTIRUN}",
    "logs": "hydra: {job_logging: {handlers: {f: {class: logging.FileHandler, filename: RAN}}}}",
    "the environment": "hydra: {job: {env_set: {PATH: x}}}",
    "nothing": "hydra: null",
    "another list of defaults": "defaults: [{override hydra/launcher: joblib}]",
    "a package in the list": "defaults: [{/world@hydra.launcher: asean10}]",
    "a list that is nested": "policy: {others: {IND: [{a: [{_target_: os.system}]}]}}",
    "the environment in a text": 'scenario: {name: "${oc.env:HOME}"}',
    "the environment in a list": 'states: ["${oc.env:HOME}"]',
    "a lookup within a text": 'scenario: {name: "at ${now:%Y}"}',
    "a tag": "scenario: {name: !!python/object/apply:os.system [touch RAN]}",
}


@pytest.mark.parametrize("text", HYDRAS_OWN.values(), ids=HYDRAS_OWN)
@pytest.mark.parametrize("head", ["# @package _global_\n", "defaults: [declared, _self_]\n"])
def test_files_reach_nothing_of_hydras(head, text, here, capsys):
    group = head.startswith("#")
    if not group and "defaults" in text:
        head = ""
    write(here / "my" / ("world/evil.yaml" if group else "evil.yaml"), f"{head}{text}\n")
    words = (
        ["--config-dir", "my", "world=evil"] if group else ["--config-path", "my", "-cn", "evil"]
    )
    assert run(*words) == (2, [])
    message = capsys.readouterr().err
    assert len(message.splitlines()) == 1 and " Change it " in message
    assert [path.name for path in here.iterdir()] == ["my"]


@pytest.mark.parametrize("head", ["# @package hydra\n", "# @package hydra.job\n"])
def test_a_package_that_is_hydras_is_refused(head, here, capsys):
    write(here / "my" / "world" / "evil.yaml", f"{head}chdir: true\n")
    assert run("--config-dir", "my", "world=evil")[0] == 2
    assert "Hydra's own" in capsys.readouterr().err


def test_groups_of_hydras_in_a_folder_are_not_seen(here, capsys):
    write(here / "my" / "hydra" / "launcher" / "evil.yaml", "_target_: os.system\n")
    assert run("--config-dir", "my", "hydra/launcher=evil")[0] == 2
    assert "must be one of basic, joblib" in capsys.readouterr().err


@pytest.mark.parametrize(
    "word",
    [
        *(
            "hydra.mode=MULTIRUN",
            "hydra=null",
            "~hydra",
            "+hydra.x=1",
            "hydra.searchpath=[/]",
            "/hydra=1",
        ),
        *(
            "++hydra.callbacks.x._target_=os.system",
            "hydra/job_logging=none",
            "hydra@x=1",
            "hydra.sweep.dir=x",
        ),
        *("hydra.launcher._target_=os.system", "hydra.launcher.python=id", "hydra.run.dir={a: 1}"),
        *("hydra.launcher.partition='a b'", "hydra.verbose=1", "hydra.run.dir=${oc.env:HOME}"),
        *("--experimental-rerun=x.pickle", "+@package=_global_", "world@hydra=asean10"),
    ],
)
@pytest.mark.parametrize("flags", [[], ["-m"]])
def test_words_reach_nothing_of_hydras(word, flags, here, capsys):
    assert run(*flags, word) == (2, [])
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert not list(here.iterdir())


def test_what_may_be_asked_of_hydra(here):
    assert run("hydra.run.dir=one")[1][0].options.out == "one"
    assert run("hydra.run.dir=one", "out=two")[1][0].options.out == "two"
    write(here / "my" / "world" / "mine.yaml", "# @package _global_\nhydra: {run: {dir: three}}\n")
    assert run("--config-dir", "my", "world=mine")[1][0].options.out == "three"
    assert run("hydra/launcher=basic", "hydra.launcher.n_jobs=2", "hydra.verbose=[x]")[0] == 0


def test_verbosity_is_seen_and_put_back(here, capsys):
    def task(job):
        logging.getLogger("other").info("seen")
        logging.getLogger("another").info("not seen")
        return {}

    assert enter(task, config_name="config", argv=["hydra.verbose=other"]) == 0
    assert enter(task, config_name="config", argv=[]) == 0
    assert capsys.readouterr().err == "seen\n"


def test_a_value_may_be_that_of_another_setting():
    source = Source(folder=CONF, name="config")
    given = compose(source, ["years.last=${years.first}", "seed=${runs}", "runs=3"])
    assert given["years"] == {"first": 2024, "last": 2024} and given["seed"] == 3
    for wrong in ("seed=${seed}", "seed=${years}", "seed=${nope}", "scenario.name=a${seed}"):
        with pytest.raises(UserError, match=r"\$\{"):
            compose(source, [wrong])


def test_words_mean_the_same_in_files_and_on_the_command_line(here):
    words = [
        "5",
        "-5",
        "1_0",
        "010",
        "1:30",
        "0x1F",
        ".5",
        "5.",
        "1e3",
        "1.5e-3",
        "true",
        "FALSE",
        "null",
        "yes",
        "no",
        "on",
        "inf",
        "a",
        "2024-01-01",
    ]
    for word in words:
        in_file = read_yaml(write(here / "a.yaml", f"a: {word}\n"))["a"]
        (override,) = parse([f"a={word}"])
        assert (in_file, type(in_file)) == (override.value(), type(override.value())), word


@pytest.mark.parametrize(
    ("text", "line", "part"),
    [
        ("world: bay\nstates:\n\t- MMR\n", 3, "cannot start any token"),
        ("seed: 1\nruns: 2\nseed: 3\n", 3, "gives seed twice"),
        ("a:\n  b: 1\n  b: 2\n", 3, "gives b twice"),
        ("seed: 1\nNO: 2\n5: 1\n", 3, "has 5 for a name"),
        ("a: &a [*a]\n", 1, "refers to itself"),
        ("seed: 1\nx: !!str 5\n", 2, "has the tag"),
        ("a: 1\nb: {_args_: [1]}\n", 2, "names code to run"),
        ("a: 1\nb: é\x00\n", 2, "control character"),
        ('a: 1\nb: "\\e[1m"\n', 2, "control character"),
        ("- a\n", 1, "a list"),
        ("a: 1\n---\nb: 1\n", 2, "cannot be read"),
        ("a: 1\nb: " + "9" * 5000 + "\n", 2, "a number of 5,000"),
        ("[" * 30 + "]" * 30, 1, "nested too deep"),
        ("a: 1\n" + "".join(f"b{i}: 1\n" for i in range(20_000)), 10_000, "holds too much"),
    ],
)
def test_a_broken_file_is_named_with_its_line(text, line, part, here):
    path = write(here / "mine.yaml", text)
    with pytest.raises(UserError, match=part) as caught:
        read_yaml(path)
    assert f"{path}, line {line}," in str(caught.value)


def test_bytes_that_are_no_utf_8_are_named_with_their_line(here):
    (here / "mine.yaml").write_bytes(b"a: 1\nb: \xe9\n")
    with pytest.raises(UserError, match="line 2, is not UTF-8"):
        read_yaml(here / "mine.yaml")
    (here / "mine.yaml").write_bytes("\ufeffa: é\n".encode())
    assert read_yaml(here / "mine.yaml") == {"a": "é"}


def test_anchors_are_filled_in_and_merged(here):
    text = "a: &a {x: 1, y: 2}\nb: {<<: *a, y: 3}\nc: [*a, *a]\n"
    filled = {"a": {"x": 1, "y": 2}, "b": {"x": 1, "y": 3}, "c": [{"x": 1, "y": 2}] * 2}
    assert read_yaml(write(here / "a.yaml", text)) == filled


@pytest.mark.parametrize(
    "form", ["[*{0}, *{0}, *{0}, *{0}, *{0}]", "{{<<: [*{0}, *{0}, *{0}], k{0}: *{0}}}"]
)
def test_towers_of_anchors_are_refused_at_once(form, here):
    lines = [
        "a: &a {x: 1}",
        *(f"{n}: &{n} {form.format(o)}" for o, n in zip("abcdefghijk", "bcdefghijkl", strict=True)),
    ]
    start = time.process_time()
    with pytest.raises(UserError, match="holds too much|nested too deep"):
        read_yaml(write(here / "tower.yaml", "\n".join(lines)))
    assert time.process_time() - start < 1


def test_names_with_quotes_spaces_and_accents_are_taken(here):
    folder = "lecturer's files"
    rivalry = {"long winter": 0.8, "hivér": 0.7, "it's": 0.9}
    for name, level in rivalry.items():
        write(here / folder / "scenario" / f"{name}.yaml", f"name: winter\nrivalry: {level}\n")
    for word in ("'long winter'", "long winter", "hivér", "'hivér'", '"it\'s"', "it's"):
        status, (job,) = run("--config-dir", folder, f"scenario={word}")
        assert (
            status == 0
            and job.settings.scenario.rivalry == rivalry[word if word in rivalry else word[1:-1]]
        )
    assert run("policy/japan='none'", "out=lecturer's é")[1][0].options.out == "lecturer's é"
    words = ["compare.over=scenario", "compare.choices=[baseline,'long winter',\"it's\"]"]
    status, (job,) = run("--config-dir", folder, *words, config="compare")
    assert status == 0 and len(variant_settings(job)) == 3


def test_a_choice_leads_out_of_no_folder(here, capsys):
    outside = write(here / "secret.yaml", "# @package _global_\nscenario: {name: secret}\n")
    (here / "my" / "world").mkdir(parents=True)
    (here / "my" / "world" / "link.yaml").symlink_to(outside)
    write(here / "my" / "world" / "dots.yaml", "defaults: [../../secret]\n")
    for name in ("link", "dots"):
        assert run("--config-dir", "my", f"world={name}") == (2, [])
        assert "leads out of its folder" in capsys.readouterr().err


def test_files_that_ask_for_each_other_are_refused(here, capsys):
    write(here / "my" / "world" / "one.yaml", "defaults: [/world/two]\n")
    write(here / "my" / "world" / "two.yaml", "defaults: [/world/one]\n")
    assert run("--config-dir", "my", "world=one") == (2, [])
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_jobs_are_counted_before_they_are_listed():
    def jobs(*words):
        return expand(parse(words), many=True)

    assert len(jobs("seed=range(1,4)", "theory=commerce,insurance")) == 6
    assert jobs("seed=range(3,1,-1)") == [("seed=3",), ("seed=2",)]
    assert len(jobs(f"seed=range({MOST_JOBS})")) == MOST_JOBS
    assert count_of(parse(["a=range(0,1,0.25)"])[0]) == 4
    for words, part in (
        (["seed=range(1,1000000000)"], "999,999,999 jobs"),
        (["seed=range(1000)", "runs=range(1000)"], "1,000,000 jobs"),
        (["seed=range(0,1,0)"], "steps of 0"),
        (["seed=range(1,1)"], "no value"),
        (["seed=interval(0,1)"], "interval"),
        (["seed=glob(*)"], "pattern"),
        (["seed=1,2", "seed=3"], "given twice"),
    ):
        with pytest.raises(UserError, match=part):
            jobs(*words)


def test_a_pattern_of_choices_is_answered_with_their_names(here, capsys):
    assert run("-m", "theory=glob(b*)") == (2, [])
    assert "-m theory=balance_of_power,balance_of_threat,bargaining" in capsys.readouterr().err


def test_several_jobs_see_what_one_sees(here):
    words = [
        "scenario.name='1'",
        "states=[PHL,'VNM']",
        "+policy.others.IND.presence=0.3",
        "policy.japan.osa_budget=1_0",
    ]
    words += ["scenario.events=[{year: 2027, kind: incident, size: 3, note: 'a, b'}]"]
    (alone,) = run(*words)[1]
    assert all(job.settings == alone.settings for job in run("-m", *words)[1])
    assert visitor.settings(*words) == alone.settings


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["--cfg", "job", "-p", "policy.japan"], "# @package policy.japan\nosa_budget: 2.0\n"),
        (["--cfg=job", "--package=seed"], "20231216"),
        (["--cfg", "job", "--resolve", "seed=${runs}"], "seed: 1\n"),
        (["-i", "defaults-tree"], "  config\n    declared\n    world/asean10\n"),
        (["--info"], "Folders:"),
        (["--version"], "Hydra 1.3"),
        (["--hydra-help"], "--config-dir"),
        (["-sc", "install=bash"], "hydra_bash_completion"),
        (["-m", "--cfg", "job"], "seed: 20231216"),
    ],
)
def test_flags_that_only_ask_are_answered(words, part, here, capsys):
    assert run(*words) == (0, [])
    assert part in capsys.readouterr().out


def test_completion_offers_choices(here, capsys, monkeypatch):
    monkeypatch.setenv("COMP_LINE", "python experiments/run.py theory=ba")
    monkeypatch.setenv("COMP_POINT", "36")
    assert run("-sc", "query=bash") == (0, [])
    assert capsys.readouterr().out.split() == [
        f"theory={n}" for n in ("balance_of_power", "balance_of_threat", "bargaining")
    ]


@pytest.mark.parametrize(
    "words",
    [
        *(
            ["--resolve"],
            ["--run", "--multirun"],
            ["--"],
            ["--cfg", "job", "-p", "nope"],
            ["--cfg", "hydra"],
            ["--nope"],
        ),
        *(
            ["-x"],
            ["--cfg"],
            ["--cfg", "x"],
            ["-sc"],
            ["-sc", "install=csh"],
            ["--config-path"],
            ["-p", "seed"],
            ["--conf=x"],
        ),
        *(
            ["seed=\x07"],
            ["seed=\udcff"],
            ["states=" + "[" * 500 + "]" * 500],
            ["seed=" + "1" * 30_000],
        ),
    ],
)
def test_options_used_wrongly_are_told_in_one_message(words, here, capsys):
    assert run(*words) == (2, [])
    assert len(capsys.readouterr().err.splitlines()) == 1
