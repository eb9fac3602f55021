"""Tab completion for bash, fish and zsh: Hydra's own scripts, answered from our composition."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from hydra.core.object_type import ObjectType
from hydra.core.plugins import Plugins
from hydra.errors import ConfigCompositionException
from hydra.plugins.completion_plugin import CompletionPlugin
from omegaconf import OmegaConf

from sim.composition.check import choices_of, groups_of
from sim.composition.compose import compose
from sim.composition.sources import Source
from sim.errors import UserError, nearest

ASKED = ("install", "uninstall", "query")


class _Choices:
    """What Hydra's completion asks of a configuration."""

    def __init__(self, source: Source) -> None:
        self.source = source

    def load_configuration(
        self, *, config_name: Any, overrides: Sequence[str], run_mode: Any
    ) -> Any:
        """Return the composed configuration; completion offers nothing where it cannot be composed."""
        try:
            return OmegaConf.create(compose(self.source, overrides))
        except UserError as mistake:
            raise ConfigCompositionException(str(mistake)) from mistake

    def get_group_options(self, group_name: str, results_filter: ObjectType, **_: Any) -> list[str]:
        """Return the choices of a group, or the groups in it."""
        if results_filter == ObjectType.CONFIG:
            return list(choices_of(self.source, group_name))
        start = f"{group_name}/" if group_name else ""
        inside = [group for group in groups_of(self.source) if group.startswith(start)]
        return sorted({group.removeprefix(start).split("/")[0] for group in inside})


def print_completion(overrides: Sequence[str], source: Source) -> str:
    """Print the script of a shell, or what may stand next on the line that a shell gives; return what is left to print.

    Raises
    ------
    UserError : no such shell, or nothing asked.
    """
    known: Any = Plugins.instance().discover(CompletionPlugin)
    plugins = {plugin.provides(): plugin for plugin in known}
    asked, _, shell = overrides[0].partition("=") if len(overrides) == 1 else ("", "", "")
    if asked not in ASKED or shell not in plugins:
        raise UserError(
            given=f"--shell-completion is told {' '.join(overrides) or 'nothing'}",
            allowed=f"it is told one of {', '.join(ASKED[:2])}, and {nearest(shell, plugins)}",
            where="on the command line: --shell-completion install=bash",
        )
    plugin = plugins[shell](_Choices(source))
    if asked != "query":
        getattr(plugin, asked)()
    elif "COMP_LINE" in os.environ:
        with suppress(SystemExit):  # a line whose flags are not complete yet
            plugin.query(source.name)
    return ""
