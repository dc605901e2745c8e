"""The `minsight` command: its subcommands, its exit codes, its last line of defence."""

from __future__ import annotations

import gc
import io
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any, NoReturn, cast

import typer
from typer.core import TyperCommand, TyperGroup

from minsight.errors import MinsightError, RulesError
from minsight_cli.exits import Exit
from minsight_cli.printable import printable
from minsight_cli.remedies import as_done_here
from minsight_cli.stopping import (
    code_of,
    end_again_at_once,
    heard,
    line_of,
    raise_signals,
)

_USAGE: Any = typer.BadParameter.__mro__[2]  # ClickException, wherever Typer has it

EPILOG = """\
Education and decision support, never a diagnosis. Runs offline; sends nothing anywhere.
"""

COMMANDS = {
    "check": "minsight_cli.commands.check:check",
    "explain": "minsight_cli.commands.explain:explain",
    "interview": "minsight_cli.commands.interview:interview",
    "whatif": "minsight_cli.commands.whatif.command:whatif",
    "explore": "minsight_cli.commands.explore:explore",
    "learn": "minsight_cli.commands.learn:learn",
    "symptoms": "minsight_cli.commands.search:symptoms",
    "groups": "minsight_cli.commands.search:groups",
    "screen": "minsight_cli.commands.screen.command:screen",
    "verify": "minsight_cli.commands.verify:verify",
    "map": "minsight_cli.commands.map:map_",
    "questionnaire": "minsight_cli.commands.questionnaire:questionnaire",
    "page": "minsight_cli.commands.page:page",
    "check-rules": "minsight_cli.commands.check_rules:check_rules",
    "serve": "minsight_cli.commands.serve:serve",
    "mcp": "minsight_cli.commands.mcp:mcp",
    "doctor": "minsight_cli.commands.doctor:doctor",
}
"""Where each command is, in the order of the help."""


class _OwnHelp:
    """A command whose help is drawn as all other text is."""

    def format_help(self, context: Any, formatter: object) -> None:
        """Print the help; the formatter has nothing to add."""
        from minsight_cli.rendering.help import show_help

        del formatter
        show_help(cast(TyperCommand, self), context)


class _Command(_OwnHelp, TyperCommand):
    """A command with our help."""


class _Interrupted(BaseException):
    """An interrupt, which Typer would end without a word."""


class _Commands(_OwnHelp, TyperGroup):
    """All commands, with our help."""

    def make_context(self, *args: Any, **more: Any) -> Any:
        """As Typer does it, but that an interrupt is told."""
        with _interrupts_told():
            return super().make_context(*args, **more)

    def invoke(self, ctx: Any) -> Any:
        """As Typer does it, but that an interrupt is told."""
        with _interrupts_told():
            return super().invoke(ctx)


@contextmanager
def _interrupts_told() -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt:
        raise _Interrupted from None


def application(chosen: Iterable[str] = COMMANDS) -> typer.Typer:
    """The application with the chosen commands, which are imported now.

    A command line that names its command pays for that one only: a fifth of the time
    that `check` needs to start would go into describing the others.
    """
    built = typer.Typer(
        name="minsight",
        cls=_Commands,
        help="Show which mineral deficiencies fit symptoms and risk groups, and why.",
        epilog=EPILOG,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    built.callback()(_options)
    for name in chosen:
        module, _, function = COMMANDS[name].partition(":")
        built.command(name, cls=_Command)(getattr(import_module(module), function))
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


def run_and_exit() -> NoReturn:
    """`main`, then out without taking the interpreter down.

    All files are closed and all text is out by then. Freeing a hundred thousand objects
    one by one would take a sixth of the time of `check`; the system frees them at once.
    """
    try:
        main()
    except SystemExit as stop:
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError, AttributeError):
                stream.flush()
        os._exit(stop.code if isinstance(stop.code, int) else Exit.INTERNAL)


def main() -> NoReturn:
    """Run the command line; every error becomes one paragraph and an exit code."""
    # Start-up makes many objects that all stay; looking for garbage among them costs a
    # tenth of the time of `check`.
    gc.set_threshold(100_000)
    _mend_streams()
    sys.exit(_run(sys.argv[1:] or ["--help"]))


def _run(arguments: list[str]) -> int:
    """The exit code; whatever became of the work, a signal is told."""
    try:
        command = typer.main.get_command(application(_named(arguments)))
        raise_signals()
        code = _carried_out(command, arguments)
        end_again_at_once()
    except (KeyboardInterrupt, _Interrupted):
        end_again_at_once()
        code = _say_stopped()
    swallowed = heard() and code != code_of(heard())
    return _say_stopped() if swallowed else code


def _say_stopped() -> int:
    return _say(line_of(heard()), Exit(code_of(heard())))


def _carried_out(command: Any, arguments: list[str]) -> int:
    try:
        code = command.main(arguments, prog_name="minsight", standalone_mode=False)
        sys.stdout.flush()
    except RulesError as error:
        return _say(str(error), Exit.INVALID_RULES)
    except MinsightError as error:
        return _say(str(error), Exit.USAGE)
    except _USAGE as error:
        message = error.format_message().removeprefix("Invalid value: ")
        return _say(message, Exit.USAGE)
    except typer.Abort:
        return _say_stopped()
    except (OSError, SystemExit) as error:
        return _from_system(error)
    except (KeyboardInterrupt, _Interrupted):
        raise
    except BaseException as error:  # the panic of a native library is no `Exception`
        if os.environ.get("MINSIGHT_TRACEBACK"):
            raise
        return _say(
            f"internal error: {type(error).__name__}: {error};"
            " set MINSIGHT_TRACEBACK=1 to see where, and please report it",
            Exit.INTERNAL,
        )
    return Exit.INTERRUPTED if code == Exit.INTERRUPTED else int(code or Exit.DONE)


def _from_system(error: OSError | SystemExit) -> int:
    """What the system refused, or that the reader of our output went away."""
    if isinstance(error, BrokenPipeError) or isinstance(
        error.__context__, BrokenPipeError
    ):
        # Nobody is listening (`| head`): nothing is wrong, and nothing more is said.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.BROKEN_PIPE
    if isinstance(error, SystemExit):
        raise error
    what = f"`{error.filename}`: " if error.filename else "cannot write: "
    return _say(f"{what}{(error.strerror or str(error)).lower()}", Exit.USAGE)


def _mend_streams() -> None:
    """What is closed or knows few characters must not stop the work."""
    if sys.stdout is None:
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="surrogateescape")


def _named(arguments: list[str]) -> Iterable[str]:
    """The command that is named, when it comes first; else all of them."""
    return arguments[:1] if arguments[0] in COMMANDS else COMMANDS


def _say(message: str, code: Exit) -> int:
    """Say why, on standard error, in one paragraph; a signal is why of all else."""
    if heard():
        message, code = line_of(heard()), Exit(code_of(heard()))
    with suppress(OSError):
        sys.stdout.flush()
    if sys.stderr is not None:
        print(f"minsight: {printable(as_done_here(message))}", file=sys.stderr)
    return code
