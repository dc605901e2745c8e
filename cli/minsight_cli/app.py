"""The `minsight` command: its subcommands, its exit codes, its last line of defence."""

from __future__ import annotations

import os
import sys
from typing import Annotated, NoReturn

import typer

from minsight.errors import MinsightError, RulesError
from minsight_cli import commands
from minsight_cli.exits import Exit

EPILOG = """\
Education and decision support, never a diagnosis. Runs offline; sends nothing anywhere.
"""

app = typer.Typer(
    name="minsight",
    help="Show which mineral deficiencies fit symptoms and risk groups, and why.",
    epilog=EPILOG,
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
)
app.command("check")(commands.check)
app.command("learn")(commands.learn)
app.command("symptoms")(commands.symptoms)
app.command("groups")(commands.groups)
app.command("screen")(commands.screen)
app.command("check-rules")(commands.check_rules)
app.command("doctor")(commands.doctor)


def _version(wanted: bool) -> None:
    if wanted:
        from minsight import __version__

        typer.echo(f"minsight {__version__}")
        raise typer.Exit


@app.callback()
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
        app()
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


def _stop(message: str, code: Exit) -> NoReturn:
    sys.stdout.flush()
    print(f"minsight: {message}", file=sys.stderr)
    sys.exit(code)
