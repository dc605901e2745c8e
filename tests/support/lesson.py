"""The lesson of `docs/whatif.md`: ten steps, each a command that is run for the page.

What is said of a step stands here beside what must be true of it, and a test compares
both with the rules.
"""

from __future__ import annotations

import shlex
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from command_line import CommandLine
from places import ROOT

SCENARIOS = ROOT / "examples"


class Step(NamedTuple):
    """A step: its title, the words of its command, what to look at and why.

    `level` is that of iron after the changes, `points` whether it has `more` of them,
    `fewer` or the `same`, and `urgency` how soon to see someone.
    """

    title: str
    words: tuple[str, ...]
    says: str
    level: str
    points: str
    urgency: str = "none"


TEEN = ("tired teenager",)
PALE = (*TEEN, "headache", "pale skin")
RISKS = (*PALE, "vegetarian", "heavy periods")
PICTURE = (*RISKS, "craving ice")

STEPS = (
    Step(
        "A second complaint that many things bring",
        (*TEEN, "--add", "headache"),
        """\
The number in brackets is the same, and so are the words: several unspecific findings
count one point together. Tiredness and headache come with a great many things, from
too little sleep to a cold. The rules call such findings unspecific, and however many
of them there are, they never make more than "a few findings".""",
        "few_findings",
        "same",
    ),
    Step(
        "A sign that says a little more",
        (*TEEN, "headache", "--add", "pale skin"),
        """\
The line with a `+` is a reason that came.
It is marked `supports`: paleness belongs to the picture of too few red blood cells, and
iron is needed to make them.
One such sign alone is still not enough to move the words.""",
        "few_findings",
        "more",
    ),
    Step(
        "The same thing, seen twice",
        (*PALE, "--add", "pale eyelids"),
        """\
No points came, although a reason did.
Pale skin and pale eyelids are two ways to see one thing, so they count once.
If they counted twice, looking closely would make a person look more ill.""",
        "few_findings",
        "same",
    ),
    Step(
        "A reason why iron may run short",
        (*PALE, "--group", "vegetarian"),
        """\
Now the words change: a sign and a cause meet, and that is part of the picture.
`--group` puts the person into a risk group.
A diet is no sign of anything; it only tells where to look.
(The pale eyelids are left out again, as they changed nothing.)""",
        "partial_pattern",
        "more",
    ),
    Step(
        "A stronger reason, and nothing moves",
        (*PALE, "vegetarian", "--add", "heavy periods"),
        """\
Heavy periods are a strong risk factor, and the points rise again.
The words stay: two causes and one sign are still one sign.
The last line says so in general: points only put the candidates in order.""",
        "partial_pattern",
        "more",
    ),
    Step(
        "The sign that belongs to the picture",
        (*RISKS, "--add", "craving ice"),
        """\
Chewing ice is a typical sign: of all odd cravings it is met most in iron lack.
Together with tiredness and paleness it makes a combination, and the words become "fits
the typical picture; a test can tell".
They do not say that iron is low. Only a blood test can say that.""",
        "typical_pattern",
        "more",
    ),
    Step(
        "The test",
        (*PICTURE, "--measure", "ferritin=8 ug/L"),
        """\
Ferritin tells how full the stores of iron are, and 8 is under the limit.
A test result goes before all pictures: it has a level of its own.
Look at the next step: something must have caused it, and that needs finding.""",
        "measured_low",
        "same",
    ),
    Step(
        "Something that cannot wait",
        (*PICTURE, "--add", "chest pain"),
        """\
Urgency always stands first, and here it is all that counts.
Nobody should read about iron while waiting with chest pain, so the candidates are
hidden.
Urgency has rules of its own, and points have no say in it.""",
        "typical_pattern",
        "same",
        "emergency",
    ),
    Step(
        "The way back: saying no",
        (*PICTURE, "--deny", "craving ice"),
        """\
The lines with a `-` are the reasons that went, and the words step down again.
`--deny` says "no, that is not so"; `--remove` would say "nobody asked".
For these rules a question that nobody asked is open, and never a no.""",
        "partial_pattern",
        "fewer",
    ),
    Step(
        "The way back: to the start",
        (
            *RISKS, "--remove", "heavy periods", "--remove", "vegetarian",
            "--remove", "pale", "--remove", "headaches",
        ),
        """\
Four answers are taken back at once, and the person is the tired teenager again.
It did not matter that "pale" and "headaches" were written this time: answers are known
by what they mean, not by the words.
What went up by reasons comes down by the same reasons, and nothing is left over.""",
        "few_findings",
        "fewer",
    ),
)  # fmt: skip

OPENING = """\
# What if? A lesson in ten steps

This page is written by `make golden`, which runs every command; change
`tests/support/lesson.py` instead.

A teenager is always tired. What would have to be true as well before that looks like
a lack of iron? In ten steps you change one answer at a time, and see what moves, and
why.
Every block below is what the command prints, without its first and last lines.

You need a terminal with `minsight` in it and about forty minutes, alone or in pairs.
Before you press Enter, say what you think will move: `up`, `down` or nothing?

How to read it:

* **before** and **after** stand side by side, and the last column says `up`, `down`,
  `new`, `gone` or `same`.
* `1. few findings (3)` means: first place, the level "few findings", three points.
* `+` is a reason that came, `-` one that went, `~` one that counts otherwise.
* In brackets at the end stand the sources, and a grade: A is a study of how well a sign
  tells, B a study or an authority, C a textbook.

The teenager is made up. Nothing here tells what a real person lacks: who is worried
asks a nurse or a doctor.
"""

TABLE = """\
## All at once

A file can hold several scenarios; `examples/teenager.scenarios.yaml` is one to copy.
Each row is the same start with other changes.
"""

CLOSING = """\
## To think about

1. In step 3 nothing moved. Find another pair of signs that count once.
   (Look for the line "Why:".)
2. Which single answer moves the tired teenager furthest? Make a guess first, then try.
3. Change the age in step 4 to `9mo`. Which words of the start go, and why must they?
4. In step 6 the words say "a test can tell". Why do the rules not say "iron is low"?

## Ask the rules

So far you changed answers to see what the rules say. The rules can be asked the other
way round, too. Try each of these, and say in your own words what it answers:

    minsight whatif "tired teenager" --flip iron
    minsight whatif "tired teenager" --reach iron:typical_pattern --most 2
    minsight whatif "tired teenager" --duel iron iodine
    minsight whatif "tired teenager" --bounds
    minsight whatif "tired teenager" --sensitivity
"""


def command_of(words: tuple[str, ...]) -> str:
    """The command line of a step as a person types it."""
    quoted = (f'"{word}"' if " " in word else shlex.quote(word) for word in words)
    return " ".join(["minsight whatif", *quoted])


def as_page() -> str:
    """The page, with what every command prints."""
    with TemporaryDirectory() as cache:
        command = CommandLine(Path(cache))
        parts = [OPENING]
        for number, step in enumerate(STEPS, start=1):
            parts += [
                f"## {number}. {step.title}\n",
                _console(command_of(step.words), _shown(command, step.words)),
                step.says + "\n",
            ]
        parts += [TABLE, _of_scenarios(command), CLOSING]
    return "\n".join(parts)


def _console(command: str, shown: str) -> str:
    return f"```console\n$ {command}\n{shown}\n```\n"


def _shown(command: CommandLine, words: tuple[str, ...]) -> str:
    """From the change on, up to the command line of the person after it."""
    outcome = command.run("whatif", *words)
    assert outcome.code == 0, outcome.err
    _, mark, rest = outcome.out.partition("Change:")
    return (mark + rest.partition("\nAssess the person after")[0]).strip()


def _of_scenarios(command: CommandLine) -> str:
    file = SCENARIOS / "teenager.scenarios.yaml"
    outcome = command.run("whatif", "--scenarios", str(file))
    assert outcome.code == 0, outcome.err
    shown = outcome.out[outcome.out.index("Scenario") :]
    shown = shown.partition("\n\n")[0].strip()
    return _console(f"minsight whatif --scenarios examples/{file.name}", shown)
