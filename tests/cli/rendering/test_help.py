"""The help of a command: prose in lines, examples and options whole."""

from __future__ import annotations

from typing import Annotated

import pytest
import typer
from typer.core import TyperGroup

from minsight_cli.rendering.help import show_help

app = typer.Typer(
    help="Do things with people.",
    epilog="No diagnosis.",
    add_completion=False,
    rich_markup_mode=None,
)


@app.command()
def look(
    person: Annotated[str, typer.Argument(help="Who it is.", show_default=False)],
    far: Annotated[
        str | None,
        typer.Option("--far", metavar="A=LONG AND VERY WIDE VALUE", help="How far."),
    ] = None,
    near: Annotated[bool, typer.Option("--near", help="Not far.")] = False,
) -> None:
    """Look at one person: who it is, and why nobody has looked at them before.

    **Examples**

    `app look  "Ann Other" --near`

    More prose,
    on two lines.
    """


@app.command()
def leave() -> None:
    """Go away. And never come back."""


@pytest.fixture(scope="module")
def group() -> TyperGroup:
    made = typer.main.get_command(app)
    assert isinstance(made, TyperGroup)
    return made


def lines_of(
    group: TyperGroup, capsys: pytest.CaptureFixture[str], name: str | None = None
) -> list[str]:
    context = typer.Context(group, info_name="app")
    if name is None:
        show_help(group, context)
    else:
        command = group.commands[name]
        below = typer.Context(command, info_name=name, parent=context)
        show_help(command, below)  # type: ignore[arg-type]
    return capsys.readouterr().out.splitlines()


def test_prose_is_joined_and_an_example_stands_on_a_line_of_its_own(
    group: TyperGroup, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = lines_of(group, capsys, "look")
    assert lines[0].startswith("Usage: app look ")
    place = lines.index("Examples")
    assert lines[place : place + 5] == [
        "Examples",
        "",
        '  app look "Ann Other" --near',
        "",
        "More prose, on two lines.",
    ]


def test_options_stand_beside_their_help_and_a_long_one_above_it(
    group: TyperGroup, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = lines_of(group, capsys, "look")
    place = lines.index("Options")
    options = lines[place + 1 :]
    far = options.index("  --far A=LONG AND VERY WIDE VALUE")
    assert options[far + 1].split() == ["How", "far."]
    (near,) = [line for line in options if line.startswith("  --near ")]
    assert near.split() == ["--near", "Not", "far."]
    assert options[far + 1].index("How") == near.index("Not")


def test_an_argument_is_told_without_its_type(
    group: TyperGroup, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = lines_of(group, capsys, "look")
    person = lines[lines.index("Arguments") + 1]
    assert "<" not in person
    assert person.split() == ["person", "Who", "it", "is.", "[required]"]


def test_a_group_lists_its_commands_and_ends_with_its_epilogue(
    group: TyperGroup, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = lines_of(group, capsys)
    assert "Do things with people." in lines
    place = lines.index("Commands")
    assert lines[place + 1].startswith(
        "  look   Look at one person: who it is, and why"
    )
    (leaving,) = [line for line in lines if line.startswith("  leave ")]
    assert leaving.split()[:3] == ["leave", "Go", "away."]
    assert lines[-2:] == ["", "No diagnosis."]
    assert "Arguments" not in lines
