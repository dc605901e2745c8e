"""Command lines: every command with options and words that nobody should give it."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

import typer

from hostile import mutations
from hostile.inputs import Chance, Command, Input
from minsight_cli.app import COMMANDS, application

LEFT_OUT: Final = frozenset({"explore", "check-rules", "serve"})
"""One takes the whole terminal, one has a kind of its own, and one never ends."""
NEVER: Final = frozenset({"--install-completion", "--show-completion", "--master"})
WORDS: Final = (
    "tired", "always tired and pale", "craving ice", "fever", "fatigue", "iron", "Zn",
    "pregnant", "infants", "ferritin=8 ug/L", "ferritin=", "=8", "28", "9mo", "65y+",
    "f", "male", "a.csv", "person.json", "missing.csv", ".", "-", "--",
    "*.csv", "[a].csv", "~", "out.csv", "out.jsonl", "out.svg", "out.xyz", "columnar",
    "reference", "forward", "fhir", "csv", "0", "3", "-1", "1e9",
)  # fmt: skip
FILES: Final = {
    "a.csv": b"id,fatigue,age\na,yes,28\nb,no,9\n",
    "person.json": b'{"present": ["fatigue"], "age": 28}',
}


@cache
def options() -> dict[str, list[tuple[str, bool]]]:
    """The options of each command, and whether a word follows."""
    whole: Any = typer.main.get_command(application())
    return {
        name: [
            (option, not parameter.is_flag)
            for parameter in command.params
            if parameter.param_type_name == "option"
            for option in parameter.opts
            if option not in NEVER
        ]
        for name, command in whole.commands.items()
        if name not in LEFT_OUT
    }


def line(chance: Chance) -> Input:
    """A command with anything behind it."""
    name = chance.choice([one for one in COMMANDS if one not in LEFT_OUT])
    words: list[str] = []
    for _ in range(chance.randint(0, 5)):
        if chance.random() < 0.5:
            words.append(_word(chance))
            continue
        option, takes_one = chance.choice(options()[name])
        words += [option, _word(chance)] if takes_one else [option]
    if chance.random() < 0.02:
        words.insert(chance.randint(0, len(words)), f"--{mutations.text(chance)}")
    front = [name] if chance.random() < 0.97 else [_word(chance), name]
    typed = "\n".join(_word(chance) for _ in range(3)).encode(errors="replace")
    arguments = tuple(_passable(word) for word in (*front, *words))
    return Input(FILES, (Command(arguments, typed),))


def _word(chance: Chance) -> str:
    return mutations.text(chance) if chance.random() < 0.2 else chance.choice(WORDS)


def _passable(word: str) -> str:
    """What a system can hand over, and no way out of the folder."""
    return word.replace("\x00", "").replace("..", ".")[:100_000]
