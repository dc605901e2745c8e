"""The public surface of the library: short, sorted, documented, light to import."""

from __future__ import annotations

import inspect
import os
import subprocess
import sys
from collections.abc import Callable
from importlib import metadata
from types import ModuleType
from typing import Any, Final

import pytest

import minsight
from command_line import CommandLine
from engines import FORWARD_CAN_RUN
from minsight.whatif.changes import Change
from minsight_cli.exits import Exit

PUBLIC: Final = [
    "Assessment",
    "BackendError",
    "Candidate",
    "FileError",
    "Issue",
    "Measurement",
    "MinsightError",
    "Place",
    "Reason",
    "Rules",
    "RulesError",
    "Subject",
    "SubjectError",
    "SubjectLike",
    "Urgency",
    "__version__",
    "load",
    "parse_age",
    "subject_from_record",
]
FOR_COMPILING: Final = (
    "minsight.compiler.compile",
    "minsight.compiler.documents",
    "minsight.files.document",
    "pint",
    "polars",
    "pydantic",
    "yaml",
)
HEAVY: Final = ("durable", "pint", "pydantic", "rich", "typer", "yaml", "minsight_cli")


def test_all_is_sorted_and_as_agreed() -> None:
    """A name that comes or goes is a decision, so it is written down twice."""
    assert minsight.__all__ == sorted(minsight.__all__)
    assert minsight.__all__ == PUBLIC


def test_nothing_else_looks_public() -> None:
    shown = {
        name
        for name, value in vars(minsight).items()
        if not name.startswith("_") and not isinstance(value, ModuleType)
    }
    assert shown == {name for name in PUBLIC if not name.startswith("_")}


@pytest.mark.parametrize("name", [n for n in PUBLIC if not n.startswith("_")])
def test_every_name_is_there_with_a_docstring_of_its_own(name: str) -> None:
    value: Any = getattr(minsight, name)
    text = vars(value).get("__doc__") if inspect.isclass(value) else value.__doc__
    assert text
    assert not text.startswith(f"{name}("), "the signature that dataclass writes"
    assert text.splitlines()[0].rstrip().endswith((".", ",", ":")) or "\n" in text


@pytest.mark.parametrize(
    "method",
    [
        name
        for name, _ in inspect.getmembers(minsight.Rules, inspect.isfunction)
        if not name.startswith("_")
    ],
)
def test_every_method_of_the_rules_has_a_docstring(method: str) -> None:
    assert getattr(minsight.Rules, method).__doc__


def test_the_version_is_that_of_the_installed_package() -> None:
    assert minsight.__version__ == metadata.version("minsight")


def values(rules: minsight.Rules) -> list[object]:
    """One value of every public type that holds data."""
    measurement = minsight.Measurement("ferritin", 8, "ug/L")
    subject = minsight.Subject(present=("spoon_nails",), measurements=(measurement,))
    assessment = rules.assess(subject)
    candidate = assessment.candidates[0]
    place = minsight.Place("levels.yaml")
    issue = minsight.Issue(place, "is missing", "add it")
    parts = (assessment.urgency, candidate, candidate.reasons[0])
    return [measurement, subject, assessment, *parts, place, issue]


def test_values_are_frozen(rules: minsight.Rules) -> None:
    for value in values(rules):
        fields = list(type(value).__annotations__)
        assert fields != []
        for name in fields:
            with pytest.raises(AttributeError):
                setattr(value, name, None)


ASKING: Final[dict[str, Callable[[minsight.Rules, Any], object]]] = {
    "assess": lambda rules, person: rules.assess(person),
    "bounds": lambda rules, person: rules.bounds(person),
    "change": lambda rules, person: rules.change(person, Change("age", "30")),
    "compare": lambda rules, person: rules.compare(person, person),
    "duel": lambda rules, person: rules.duel(person, "iron", "zinc"),
    "explain": lambda rules, person: rules.explain(person, "iron"),
    "flip": lambda rules, person: rules.flip(person, "iron", most=1),
    "interview": lambda rules, person: rules.interview(person).step({}),
    "reach": lambda rules, person: rules.reach(
        "iron", "few_findings", subject=person, most=1
    ),
    "sensitivity": lambda rules, person: rules.sensitivity(person),
    "trace": lambda rules, person: rules.trace(person),
}
"""How the rules are asked about a person; the forward backend alone can trace."""
ASKED: Final = [name for name in ASKING if name != "trace" or FORWARD_CAN_RUN]


def test_every_way_to_ask_about_a_person_is_tried_here() -> None:
    taking = {
        name
        for name, method in inspect.getmembers(minsight.Rules, inspect.isfunction)
        if "SubjectLike" in str(inspect.signature(method))
    }
    assert taking == ASKING.keys()


@pytest.mark.parametrize("name", ASKED)
def test_a_record_is_taken_as_the_subject_it_is_of(
    name: str, rules: minsight.Rules
) -> None:
    record = {"present": ["spoon_nails"], "age_years": 28}
    subject = minsight.Subject(present=["spoon_nails"], age="28")
    assert ASKING[name](rules, record) == ASKING[name](rules, subject)


@pytest.mark.parametrize("name", ASKING)
@pytest.mark.parametrize(
    ("given", "named"),
    [
        ("fatigue", "`fatigue` is not a subject; give a `Subject` or its record"),
        (["fatigue"], "a list is not a subject"),
        (28, "`28` is not a subject"),
        ({"symptoms": ["fatigue"]}, "unknown key `symptoms` .*did you mean `present`"),
        ({"present": "fatigue"}, "`present` must be a list of texts"),
        ({"age_years": "28"}, "`age_years` must be a number"),
    ],
)
def test_what_is_not_a_subject_is_refused_in_words(
    name: str, given: object, named: str, rules: minsight.Rules
) -> None:
    with pytest.raises(minsight.SubjectError, match=named):
        ASKING[name](rules, given)


def test_every_error_is_one_of_ours() -> None:
    errors = [minsight.RulesError, minsight.SubjectError, minsight.FileError]
    for error in [*errors, minsight.BackendError]:
        assert issubclass(error, minsight.MinsightError)
    assert not issubclass(minsight.MinsightError, (ValueError, OSError))


def test_an_import_is_light() -> None:
    """What a caller does not use is not loaded: start-up is measured."""
    loaded = modules_after("import minsight")
    assert "minsight" in loaded
    assert [name for name in HEAVY if name in loaded] == []


def test_an_assessment_from_the_cache_imports_nothing_that_compiling_needs(
    command: CommandLine,
) -> None:
    """The rules were checked, and their units worked out, when they were compiled."""
    loading = "import minsight; rules = minsight.load()"
    modules_after(loading, XDG_CACHE_HOME=str(command.cache))
    loaded = modules_after(
        f"{loading}; rules.assess(minsight.Subject(present=['fatigue'], age='28'))",
        XDG_CACHE_HOME=str(command.cache),
    )
    assert "minsight.assessment.differential" in loaded
    assert [name for name in FOR_COMPILING if name in loaded] == []


def test_a_check_from_the_cache_imports_nothing_that_compiling_needs(
    command: CommandLine,
) -> None:
    assert command.run("check", "fatigue").code == Exit.DONE
    loaded = modules_after(
        "from minsight_cli.app import main\n"
        "sys.argv = ['minsight', 'check', 'fatigue', '--age', '28']\n"
        "try: main()\n"
        "except SystemExit as stop: assert stop.code == 0",
        XDG_CACHE_HOME=str(command.cache),
    )
    assert "minsight_cli.commands.check" in loaded
    assert [name for name in FOR_COMPILING if name in loaded] == []


def modules_after(source: str, **env: str) -> set[str]:
    """What a fresh interpreter has imported after running the source."""
    printed = subprocess.run(
        [sys.executable, "-c", f"import sys\n{source}\nprint(); print(*sys.modules)"],
        env={**os.environ, **env},
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    return set(printed.splitlines()[-1].split())
