"""No command touches the program: as for the command line."""

from tests.cli.conftest import _no_command_touches_the_program  # noqa: F401
