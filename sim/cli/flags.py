"""The flags of a command line, with Hydra's names, and what those that only ask something are answered."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any, NoReturn

import yaml
from hydra import __version__

from sim.composition.check import choices_of, groups_of
from sim.composition.compose import compose, defaults_of
from sim.composition.hydra_settings import HINT
from sim.composition.sources import Repository, Source
from sim.errors import UserError, nearest

WHERE = "on the command line"
INFOS = ("all", "config", "defaults", "defaults-tree", "plugins", "searchpath")
FLAGS_LISTED = "--hydra-help lists them"


class _Parser(argparse.ArgumentParser):
    """A parser that tells a mistake as one message."""

    def error(self, message: str) -> NoReturn:
        raise UserError(
            given=f"the flags cannot be read ({message})", allowed=FLAGS_LISTED, where=WHERE
        )


def _flag_parser() -> _Parser:
    parser = _Parser(
        add_help=False,
        allow_abbrev=False,
        prog="straits NAME",
        usage="%(prog)s [flags] [setting=value ...]",
    )
    add = parser.add_argument
    add("overrides", nargs="*", help="setting=value, or group=choice")
    add("--help", "-h", action="store_true", help="the groups, their choices and the configuration")
    add("--hydra-help", action="store_true", help="these flags")
    add("--version", action="store_true", help="Hydra's version")
    add(
        "--cfg",
        "-c",
        choices=["job", "hydra", "all"],
        help="print the configuration instead of running (job)",
    )
    add("--resolve", action="store_true", help="with --cfg: always so, every ${NAME} is filled in")
    add(
        "--package",
        "-p",
        help="with --cfg: the part of the configuration to print, such as policy.japan",
    )
    add("--run", "-r", action="store_true", help="run one job, as without it")
    add("--multirun", "-m", action="store_true", help="run every combination of the values given")
    add(
        "--shell-completion",
        "-sc",
        action="store_true",
        help="install=bash, uninstall=bash (or fish, zsh)",
    )
    add("--config-path", "-cp", help="the folder of the configuration, in place of conf/")
    add("--config-name", "-cn", help="the file in it")
    add("--config-dir", "-cd", help="a further folder of choices")
    add(
        "--info",
        "-i",
        const="all",
        nargs="?",
        choices=INFOS,
        help=f"what it is made of: {', '.join(INFOS)}",
    )
    return parser


def read_flags(argv: Sequence[str]) -> argparse.Namespace:
    """Read a command line into flags and overrides.

    Raises
    ------
    UserError : a flag there is not, without what it needs, or flags that do not go together.
    """
    for text in argv:
        _check_letters(text)
    flags = [text.partition("=")[0] for text in argv if text.startswith("--")]
    known = [name for action in _flag_parser()._actions for name in action.option_strings]
    for flag in flags:
        if flag not in known:
            allowed = f"{nearest(flag, [name for name in known if name.startswith('--')])}"
            _raise_user_error(
                f"{flag} is not a flag" if flag != "--" else "-- stands alone", allowed
            )
    args = _flag_parser().parse_intermixed_args(list(argv))
    if args.run and args.multirun:
        _raise_user_error("--run and --multirun are both given", "one job is run, or several")
    if (args.resolve or args.package is not None) and not (args.cfg or args.help):
        _raise_user_error(
            "--resolve or --package is given alone", "they say how --cfg prints: --cfg job"
        )
    return args


def _check_letters(text: str) -> None:
    if any(
        letter < " " and letter not in "\n\t" or "\ud800" <= letter <= "\udfff" for letter in text
    ):
        _raise_user_error(
            f"{text[:80]!r} holds a control character or is not UTF-8", "it must be plain text"
        )


def only_asks(args: argparse.Namespace) -> bool:
    """Whether the flags ask something instead of running."""
    return any(
        (args.help, args.hydra_help, args.version, args.cfg, args.info, args.shell_completion)
    )


def answer_flags(args: argparse.Namespace, source: Source) -> str:
    """Return what flags that only ask are answered.

    Raises
    ------
    UserError : a part of the configuration or a shell there is not, or Hydra's own configuration.
    """
    if args.version:
        return f"Hydra {__version__}"
    if args.hydra_help:
        return f"{_flag_parser().format_help()}\nHydra: {HINT}."
    if args.shell_completion:
        from sim.cli.completion import print_completion

        return print_completion(args.overrides, source)
    if args.help:
        return _help_text(args, source)
    if args.cfg:
        return _configuration_text(args, source)
    return _information_text(args, source)


def _help_text(args: argparse.Namespace, source: Source) -> str:
    groups = [f"{group}: {', '.join(choices_of(source, group))}" for group in groups_of(source)]
    lines = ["== Configuration groups ==", "A choice is taken by group=choice", "", *groups, ""]
    lines += ["== Configuration ==", "A setting is changed by name=value", ""]
    return "\n".join([*lines, _as_yaml(compose(source, args.overrides))])


def _as_yaml(value: Any) -> str:
    return (
        yaml.safe_dump(value, sort_keys=False, allow_unicode=True)
        .removesuffix("...\n")
        .rstrip("\n")
    )


def _configuration_text(args: argparse.Namespace, source: Source) -> str:
    if args.cfg != "job":
        _raise_user_error(
            f"--cfg {args.cfg} asks for Hydra's own settings",
            f"the program sets them ({HINT}): --cfg job",
        )
    part: Any = compose(source, args.overrides)
    if args.package in (None, "_global_", ""):
        return _as_yaml(part)
    for name in args.package.split("."):
        if not isinstance(part, dict) or name not in part:
            valid = list(part) if isinstance(part, dict) else ["none below that"]
            _raise_user_error(
                f"--package is {args.package}, and there is no {name}", nearest(name, valid)
            )
        part = part[name]
    header = f"# @package {args.package}\n" if isinstance(part, dict) else ""
    return header + _as_yaml(part)


def _information_text(args: argparse.Namespace, source: Source) -> str:
    listed = defaults_of(source, args.overrides, Repository(source))
    parts = {
        "searchpath": ["Folders:", *(f"  {folder}" for folder in source.folders)],
        "defaults": [
            "Files, in the order in which they are merged:",
            *(f"  {d.config_path}  (package {d.package or '_global_'})" for d in listed.defaults),
        ],
        "defaults-tree": [
            "Files, and which asks for which:",
            *_tree_lines(listed.defaults_tree, 1),
        ],
        "plugins": ["Plugins: none but Hydra's launchers, see hydra/launcher under --hydra-help"],
        "config": ["Configuration:", _as_yaml(compose(source, args.overrides))],
    }
    chosen = parts if args.info == "all" else [args.info]
    return "\n".join(line for name in chosen for line in parts[name])


def _tree_lines(tree: Any, depth: int) -> list[str]:
    node = getattr(tree, "node", tree)
    lines = ["  " * depth + ("_self_" if node.is_self() else str(node.get_config_path()))]
    return lines + [
        line
        for child in getattr(tree, "children", None) or []
        for line in _tree_lines(child, depth + 1)
    ]


def _raise_user_error(given: str, allowed: str) -> NoReturn:
    raise UserError(given=given, allowed=allowed, where=WHERE)
