"""Scenarios: several sets of changes tried on one person, from a YAML file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from minsight.assessment.model import Assessment
from minsight.errors import FileError, Issue, ScenariosError, SubjectError, quoted
from minsight.files.yaml import Loaded, Path_
from minsight.intake.subject import Subject, subject_from_record
from minsight.whatif.changes import CHANGE_KINDS, Change, Changed, change, resolve
from minsight.whatif.comparison import Comparison, compare

if TYPE_CHECKING:
    from minsight.assessment.engine import Engine
    from minsight.knowledge.vocabulary import Vocabulary
    from minsight.whatif.scenarios_document import ChangeDocument, ScenariosDocument


class Scenario(msgspec.Struct, frozen=True):
    """A name and the changes that are made at once."""

    name: str
    changes: tuple[Change, ...]


class Scenarios(msgspec.Struct, frozen=True):
    """The scenarios of a file, and the person they start from, if it names one."""

    start: Subject | None
    scenarios: tuple[Scenario, ...]


class ScenarioOutcome(msgspec.Struct, frozen=True):
    """What became of one scenario."""

    name: str
    changed: Changed
    assessment: Assessment
    comparison: Comparison


def load_scenarios(
    path: Path, vocabulary: Vocabulary, *, start: Subject | None = None
) -> Scenarios:
    """The scenarios of a YAML file, each checked on the start.

    Raises:
        ScenariosError: with every problem of the file, each with its line.
        FileError: when there is no such file.
    """
    from minsight.files.reader import DocumentError, read_document
    from minsight.whatif.scenarios_document import ScenariosDocument

    if not path.exists() or path.is_dir():
        raise FileError(f"there is no file of scenarios `{path}`")
    try:
        document, loaded = read_document(
            path, str(path), ScenariosDocument, may_be_empty=True
        )
    except DocumentError as error:
        raise ScenariosError(error.issues) from None
    return _lowered(document, loaded, vocabulary, start)


def outcomes(
    start: Subject, scenarios: Iterable[Scenario], rules: Engine
) -> tuple[Assessment, tuple[ScenarioOutcome, ...]]:
    """The assessment of the start, and what becomes of each scenario.

    Raises:
        SubjectError: when a change cannot be made to the start.
    """
    before = rules.assess(start)
    return before, tuple(_outcome(start, before, one, rules) for one in scenarios)


def _outcome(
    start: Subject, before: Assessment, scenario: Scenario, rules: Engine
) -> ScenarioOutcome:
    changed = change(start, scenario.changes, rules.vocabulary)
    after = rules.assess(changed.subject)
    return ScenarioOutcome(scenario.name, changed, after, compare(before, after))


# --- from the document ----------------------------------------------------------------


def _lowered(
    document: ScenariosDocument,
    loaded: Loaded,
    vocabulary: Vocabulary,
    given: Subject | None,
) -> Scenarios:
    issues = list(_twice_named(document, loaded))
    start = None
    if document.start is not None and given is not None:
        message = "a start is given beside the file, and the file has one"
        issues.append(Issue(loaded.place(("start",)), message, "keep one of them"))
    elif document.start is not None:
        try:
            start = subject_from_record(document.start)
        except SubjectError as error:
            issues.append(_issue(error, loaded, ("start",)))
    scenarios = tuple(
        Scenario(one.name, tuple(map(_change, one.changes)))
        for one in document.scenarios
    )
    if not issues:
        on = start or given or Subject()
        issues += _not_made(scenarios, loaded, vocabulary, on)
    if issues:
        raise ScenariosError(issues)
    return Scenarios(start, scenarios)


def _change(document: ChangeDocument) -> Change:
    """The one change that a document holds."""
    given = ((kind, getattr(document, kind)) for kind in CHANGE_KINDS)
    kind, text = next((kind, value) for kind, value in given if value is not None)
    return Change(kind, text)


def _twice_named(document: ScenariosDocument, loaded: Loaded) -> Iterator[Issue]:
    names = Counter(one.name for one in document.scenarios)
    for number, one in enumerate(document.scenarios):
        if names[one.name] > 1:
            place = loaded.place(("scenarios", number, "name"))
            message = f"the name {quoted(one.name)} stands {names[one.name]} times"
            yield Issue(place, message, "give each scenario a name of its own")


def _not_made(
    scenarios: Sequence[Scenario],
    loaded: Loaded,
    vocabulary: Vocabulary,
    start: Subject,
) -> Iterator[Issue]:
    """Changes that are not understood, each at its line, or that cannot be made."""
    for number, scenario in enumerate(scenarios):
        at: Path_ = ("scenarios", number, "changes")
        wrong = [
            _issue(error, loaded, (*at, place))
            for place, one in enumerate(scenario.changes)
            if (error := _problem(partial(resolve, one, vocabulary))) is not None
        ]
        yield from wrong
        if not wrong:
            error = _problem(partial(change, start, scenario.changes, vocabulary))
            if error is not None:
                yield _issue(error, loaded, at)


def _problem(attempt: Callable[[], object]) -> SubjectError | None:
    """What an attempt refuses, if it refuses anything."""
    try:
        attempt()
    except SubjectError as error:
        return error
    return None


def _issue(error: SubjectError, loaded: Loaded, at: Path_) -> Issue:
    message, _, fix = str(error).rpartition("; ")
    return Issue(loaded.place(at), message or fix, fix if message else "correct it")
