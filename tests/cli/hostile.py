"""Command lines and files of settings drawn from a seed: right ones, wrong ones, and traps that others have fallen into."""

from __future__ import annotations

from sim.composition.options import known_paths

KNOWN = known_paths()
CONFIGS = ["config", "sweep", "compare", "why", "game", "survival", "report", "sensitivity"]


def _words(text):
    return [word for line in text.strip().splitlines() for word in line.split("  ") if word]


RIGHT = (
    _words(  # in every configuration, so that others are read, composed and validated beside them
        """
policy/japan=none  policy/china='assertive'  theory=commerce  world=asean11  scenario=cold_war  seed=7  years.last=2030
runs=3  policy.japan.osa_budget=1_0  scenario.rivalry=.5  states=[PHL,VNM]  out=a b  out='é'
+policy.others.IND={presence: 0.3}
++policy.japan.custom.PHL=2  partners=[CHN,USA]  figures=false  seed=${runs}  hydra.run.dir=here  hydra.verbose=false
scenario.events=[{year: 2027, kind: incident, size: 3}]
"""
    )
)
SWEPT = _words(
    "seed=1,2  policy/japan=none,osa_2023  seed=range(1,4)  theory=choice(commerce,insurance)  runs=1,0"
)
MILD = _words(
    "0  1  0.5  3  -1  2030  true  null  []  [PHL]  {}  none  insurance  ${seed}  '1'  a  a,b"
)
TRAPS = [
    *("[" * 500 + "]" * 500, "{a:" * 30 + "1" + "}" * 30, "(" * 40, "9" * 5000, "x" * 30_000),
    *("[1]," * 3_000, "\x00", "\x1b[31m", "\ud800", "a\nb", "'a\nb'", "\t", "", " ", "a  b"),
    *_words(
        r"""
1e999  -0  nan  inf  -inf  010  1:30  0x1F  1_0  yes  ~  null  ''  ""  '  "  \  \'  []  {}  [null]  ???  é  'a b'
o'brien  日本
${oc.env:HOME}  ${oc.env:STRAITS_SECRET}  ${oc.decode:1}  ${hydra:run.dir}  ${now:%Y}  ${a}  ${seed}  ${years.first}  ${
a${seed}b
${oc.create:{a:1}}  ${scenario}  \${seed}  ${.seed}  ${${seed}}  ${oc.${seed}:x}  '${oc.env:HOME}'  [${seed}]
{a:${oc.env:HOME}}
range(0,1,0)  range(1,1000000000)  range(1,1)  range(0,1,1e-300)  range(inf)  range(1,4)  range()  range(1,2,nan)
range(9e99,1,-1)
glob(*)  glob([a,b],exclude=c)  choice()  choice(1,2)  interval(0,1)  shuffle(1,2,3)  sort(3,1,2)
sort(range(1000000000))  int(9e999)
shuffle(range(1,1000000000000))  str([1,[2]])  tag(a,b,choice(1))  _target_  {_target_:os.system}
[{_target_:os.system,_args_:[id]}]
{x:[{_partial_:true}]}  {_call_:1}  {1:2}  {null:1}  {a:{b:{c:1}}}  ../../etc/passwd  /dev/zero  ..  /
file:///etc/passwd  -  --
pkg://hydra.conf  structured://x  ,  ,,  1,2  1,2,  [1,2  a=b  a:b  @  a@b  true  TRUE  1,
"""
    ),
]
NAMES = [
    *("", "a" + ".a" * 400, "seed[0]" + "[0]" * 40, "a b"),
    *_words(
        """
hydra  hydra.mode  hydra.run.dir  hydra.verbose  hydra/launcher  hydra.launcher.n_jobs  hydra/sweeper
hydra.launcher._target_  /hydra
hydra.callbacks.x._target_  hydra.sweeper.max_batch_size  hydra.sweeper.params  hydra.searchpath  hydra.job.env_set.X
hydra.job.chdir
hydra/job_logging  hydra.sweep.dir  @  world@hydra  world@_global_  @package  policy._target_  policy/japan  policy/japn
policy.japan
policy  theory  world  scenario  states  partners  policy.others  policy.japan.custom.PHL  .  /  ~  scenario.events
scenario.name  out
scenario.events[0].year  scenario.events[999999]  compare.over  compare.choices  policy.others.IND
policy.others.IND.presence  defaults
seed.x  seed[0]  é  sweep.space.theory  sweep.space.}x  sweep.space  sweep.baseline.seed  baseline.seed  game.budgets.x
years
experiment  executor  ../theory  policy/../theory  _self_  _global_
"""
    ),
]
FLAGS = [
    "",
    *_words(
        """
-m  --multirun  --run  -r  --cfg  -c  job  hydra  all  --resolve  -p  nope  policy.japan  --package=seed  --info  -i
defaults  plugins  --help
-h  --hydra-help  --version  --  -  -x  --experimental-rerun  --experimental-rerun=x.pickle  --exp  x.pickle  -sc
install=bash  install=csh
query=bash  uninstall=zsh  --shell-completion  --config-name  config  nope  ../config  --config-path  nowhere  .  /proc
--config-dir
-cd  -cp  -cn  --config-dir=/dev/null  --cfg=job  --cfg=x
"""
    ),
]


def a_line(draw):
    """Draw one command line: right words, wrong ones, traps, flags, and letters put in at random."""
    words = draw.sample(RIGHT, k=draw.choice((0, 0, 1, 2, 3)))
    if draw.random() < 0.15:
        words += ["-m", *draw.sample(SWEPT, k=draw.choice((1, 1, 2)))]
    for _ in range(draw.choice((0, 1, 1, 1, 2))):
        name = draw.choice(KNOWN if draw.random() < 0.5 else NAMES)
        value = draw.choice(TRAPS if draw.random() < 0.6 else MILD)
        words.append(f"{draw.choice(('', '', '', '+', '++', '~'))}{name}={value}")
    if words and draw.random() < 0.2:
        place = draw.randrange(len(words))
        spot, letter = (
            draw.randrange(len(words[place]) + 1),
            draw.choice("[]{}()=,:$'\"\\@~+./ \t\né"),
        )
        words[place] = words[place][:spot] + letter + words[place][spot:]
    for _ in range(draw.choice((0, 0, 0, 0, 1, 2))):
        words.insert(draw.randrange(len(words) + 1), draw.choice(FLAGS))
    return words


GOOD = """
seed: 5
scenario: {name: calm, rivalry: 0.1}
years: {last: 2030}
states: [PHL, VNM]
world: bay
runs: 2
policy: {japan: {osa_budget: 3.5}}
policy: {others: {IND: {presence: .3}}}
partners: &p [CHN, USA]
out: 'a b'
rules: {trust: {gain: 0.1}}
scenario: {events: [{year: 2027, kind: incident, size: 3}]}
hydra: {verbose: false}
""".strip().splitlines()
SCALARS = [
    *(
        "9" * 5000,
        "[" * 400,
        "\t5",
        "5\t",
        "|\n  text",
        ">\n  text\n",
        "\u2028",
        "",
        "[1, 2",
        "{a: 1, a: 2}",
    ),
    *_words(
        r"""
010  1:30  0o17  0x1F  1_000  yes  no  on  ~  null  .inf  .nan  1e5  5.  .5  -0  2024-01-01  'a b'  "\x1b"  "\0"
"\ud800"  {}
${oc.env:STRAITS_SECRET}  ${seed}  ${a  !!python/object/apply:os.system [id]  !!str 5  !x 5  !!binary aGk=  *a  &a 5
*nowhere  [[[]]]
'unclosed  "unclosed  [unclosed  {unclosed  - x  a: b: c  @x  `x  %x  é  日本  ?  ? x  <<  =  # note  ???
{_target_: os.system}
"""
    ),
]
KEYS = _words(
    r"""
seed  years  policy  scenario  theory  world  states  hydra  defaults  _target_  _args_  <<  'a b'  1  null  true  [a]
{a: 1}  ? [a]  é
out  figures  runs  NO  hydra.run.dir  ''  ? seed  "\x00"  !!str seed  *a  &b seed  =  __class__  rules  partners
engine  compare
"""
)
ENDS = ("\n",) * 9 + ("\r", "\r\n", "")
TOWER = list(zip("abcdefghijkl", "bcdefghijklm", strict=True))
SEVEN = "[*{0},*{0},*{0},*{0},*{0},*{0},*{0}]"
WHOLE = [  # files whose form is the trap
    *("", "5\n", "- a\n", "--- {}\n--- {}\n", "%YAML 9.9\n---\nseed: 1\n"),
    *("# @package hydra\nmode: RUN\n", "# @package hydra.launcher\n_target_: os.system\n"),
    *("# @package a b\nx: 1\n", "# @package " + "a." * 3000 + "a\nx: 1\n", "# @package ..\nx: 1\n"),
    *("# @package _group_\nx: 1\n", "# @package\nx: 1\n", "a: &a\n  <<: *a\n"),
    "a: &a [x,x,x]\n" + "".join(f"{new}: &{new} {SEVEN.format(old)}\n" for old, new in TOWER),
    "a: &a {x: 1}\n"
    + "".join(f"{n}: &{n} {{<<: {SEVEN.format(o)}, y{n}: *{o}}}\n" for o, n in TOWER),
    *("".join(f"a{n}: {n}\n" for n in range(30_000)), "x: " + "y" * 1_100_000, "#" * 1_000_000),
    *("[" * 100_000, "a: " * 1000, "".join(" " * n + "a:\n" for n in range(300))),
    *("a:\n" + "- " * 2000 + "x\n", "x: '" + "a" * 900_000 + "'\n", "{" * 60_000, "? " * 50_000),
    *_words(
        """
defaults: [/world/evil]  defaults: 5  defaults: [{a: 1, b: 2}]  defaults: [[a]]  defaults: [null]
defaults: [{theory: 5}]  defaults: {}
defaults: [{override hydra/launcher: joblib}]  defaults: [{/hydra/launcher: basic}]  defaults: [_self_, _self_]
defaults: ['']
defaults: [{/world@hydra.launcher: asean10}]  defaults: [../../../etc/hostname]  defaults: [{theory: "${world}"}]
defaults: ['???']
defaults: [{override theory: nope}]  defaults: [{optional theory: nope}]  defaults: [{theory: [insurance, commerce]}]
<<: 5  <<: [5]
defaults: [/world/evil@a, /world/evil@b]  defaults: [{theory: '???'}]  defaults: [{/theory: "${oc.env:HOME}"}]
a: &a [*a]  hydra: null
hydra: 5  hydra: [1]  hydra: {run: {dir: out}}  hydra: {run: out}  hydra: {run: null}  hydra: {verbose: true}
hydra: {launcher: 3}
hydra: {callbacks: {x: {_target_: os.system}}}  hydra: {searchpath: [/]}  hydra: {launcher: {n_jobs: 2}}  a: &a {b: *a}
hydra: {job: {env_set: {A: b}}}  hydra: {launcher: {setup: [id]}}  hydra: {job_logging: {version: 1}}
<<: [{seed: 1}, {seed: 2}]
hydra: {launcher: {partition: "a; id"}}  hydra: {verbose: {a: 1}}  defaults: [{/theory@_global_: insurance}]
defaults: [config, _self_]
"""
    ),
]


def a_file(draw, case):
    """Draw the bytes of one file: right lines, names and values at random, a trap in its form, odd letters and encodings."""
    if case < len(WHOLE):
        return WHOLE[case].encode()
    heads = ("# @package _global_\n",) * 6
    text = draw.choice((*heads, "", "# @package policy\n", "---\n", "\ufeff# @package _global_\n"))
    text += "".join(f"{line}\n" for line in draw.sample(GOOD, k=draw.randrange(4)))
    for _ in range(draw.choice((0, 0, 1, 1, 2))):
        indent, space = (
            draw.choice(("", "", "", "", "  ", "\t")),
            draw.choice((" ", " ", " ", "", "  ")),
        )
        scalar = draw.choice(SCALARS if draw.random() < 0.7 else MILD)
        text += f"{indent}{draw.choice(KEYS)}:{space}{scalar}{draw.choice(ENDS)}"
    data = text.encode(draw.choice(("utf-8",) * 8 + ("utf-16", "utf-32")), "surrogatepass")
    if draw.random() < 0.15:
        spot = draw.randrange(len(data) + 1)
        data = data[:spot] + draw.randbytes(draw.randrange(1, 4)) + data[spot:]
    return data if draw.random() < 0.97 else draw.randbytes(200)
