"""Inputs: what is handed to the program, and what has to come of it."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple, TypeAlias

Chance: TypeAlias = random.Random
RESULTS: Final = "out.csv"


class Command(NamedTuple):
    """One command line, and what comes in by standard input."""

    arguments: tuple[str, ...]
    stdin: bytes = b""


class Input(NamedTuple):
    """Files to be written and the commands that read them.

    `rows` are the rows of the first file as it was made, None where that is not known;
    if it is `in_lines`, a person has several and is called by the number of one.
    `expected` is what has to be found of each row of it, None where that is not known.
    """

    files: Mapping[str, bytes]
    commands: tuple[Command, ...] = ()
    rows: int | None = None
    in_lines: bool = False
    expected: Mapping[int, object] | None = None


class Trial(NamedTuple):
    """Inputs that go through the same commands together.

    Without commands of their own, the files of all inputs are screened in one run.
    """

    kind: str
    seed: str
    inputs: tuple[Input, ...]
    options: tuple[str, ...] = ()
    output: str = RESULTS

    @property
    def names(self) -> list[list[str]]:
        """How the files of each input are called; those that are screened differ."""
        return [
            [name if one.commands else f"{number:03}-{name}" for name in one.files]
            for number, one in enumerate(self.inputs)
        ]

    @property
    def is_screened(self) -> bool:
        return not self.inputs[0].commands

    @property
    def commands(self) -> tuple[Command, ...]:
        if not self.is_screened:
            return self.inputs[0].commands
        screened = [names[0] for names in self.names]
        line = ("screen", *screened, "--output", self.output, *self.options)
        return (Command(line),)

    @property
    def bytes(self) -> int:
        files = (file for one in self.inputs for file in one.files.values())
        return sum(map(len, files))


class Kind(NamedTuple):
    """A kind of input: how one is drawn, and how many share a run.

    `share` is its part of all inputs; `options` draws the options of a run.
    """

    draw: Callable[[Chance], Input]
    together: int
    share: int
    options: Callable[[Chance], tuple[Sequence[str], str]] | None = None


def trial(name: str, kind: Kind, seed: int, number: int) -> Trial:
    """The trial with this number, the same for the same seed."""
    text = f"{name}-{seed}-{number}"
    chance = random.Random(text)
    inputs = tuple(kind.draw(chance) for _ in range(kind.together))
    options, output = kind.options(chance) if kind.options else ((), RESULTS)
    return Trial(name, text, inputs, tuple(options), output)
