"""The `minsight` command: its subcommands, its exit codes, its last line of defence."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from importlib import import_module
from typing import Annotated, NoReturn

import typer

from minsight.errors import MinsightError, RulesError
from minsight_cli.exits import Exit

EPILOG = """\
Education and decision support, never a diagnosis. Runs offline; sends nothing anywhere.
"""

COMMANDS = {
    "check": "minsight_cli.commands.check:check",
    "learn": "minsight_cli.commands.learn:learn",
    "symptoms": "minsight_cli.commands.search:symptoms",
    "groups": "minsight_cli.commands.search:groups",
    "screen": "minsight_cli.commands.screen:screen",
    "check-rules": "minsight_cli.commands.check_rules:check_rules",
    "doctor": "minsight_cli.commands.doctor:doctor",
}
"""Where each command is, in the order of the help."""


def application(chosen: Iterable[str] = COMMANDS) -> typer.Typer:
    """The application with the chosen commands, which are imported now.

    A command line that names its command pays for that one only: a fifth of the time
    that `check` needs to start would go into describing the others.
    """
    built = typer.Typer(
        name="minsight",
        help="Show which mineral deficiencies fit symptoms and risk groups, and why.",
        epilog=EPILOG,
        no_args_is_help=True,
        rich_markup_mode="markdown",
        pretty_exceptions_enable=False,
    )
    built.callback()(_options)
    for name in chosen:
        module, _, function = COMMANDS[name].partition(":")
        built.command(name)(getattr(import_module(module), function))
    return built


def _version(wanted: bool) -> None:
    if wanted:
        from minsight import __version__

        typer.echo(f"minsight {__version__}")
        raise typer.Exit


def _options(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_version, is_eager=True, help="Show the version."
        ),
    ] = False,
) -> None:
    pass


def main() -> None:
    """Run the command line; every error becomes one paragraph and an exit code."""
    try:
        application(_named(sys.argv[1:]))()
    except RulesError as error:
        _stop(str(error), Exit.INVALID_RULES)
    except MinsightError as error:
        _stop(str(error), Exit.USAGE)
    except KeyboardInterrupt:
        _stop("interrupted", Exit.INTERRUPTED)
    except BrokenPipeError:
        # The reader went away (`| head`): nothing is wrong and nobody is listening.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(Exit.BROKEN_PIPE)
    except OSError as error:
        what = f"`{error.filename}`: " if error.filename else ""
        _stop(f"{what}{(error.strerror or str(error)).lower()}", Exit.USAGE)
    except Exception as error:
        if os.environ.get("MINSIGHT_TRACEBACK"):
            raise
        _stop(
            f"internal error: {type(error).__name__}: {error};"
            " set MINSIGHT_TRACEBACK=1 to see where, and please report it",
            Exit.INTERNAL,
        )


def _named(arguments: list[str]) -> Iterable[str]:
    """The command that is named, when it comes first; else all of them."""
    return arguments[:1] if arguments and arguments[0] in COMMANDS else COMMANDS


def _stop(message: str, code: Exit) -> NoReturn:
    sys.stdout.flush()
    print(f"minsight: {message}", file=sys.stderr)
    sys.exit(code)
