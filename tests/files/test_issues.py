"""What pydantic finds is told in our words: each kind of problem, at its line.

The rule files that ship show most kinds; here stand all, on a document of our own.
"""

from __future__ import annotations

from typing import Annotated, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from minsight.compiler import documents as doc
from minsight.errors import Issue
from minsight.files.document import FORMS
from minsight.files.issues import validation_issues
from minsight.files.yaml import load_bytes

FILE = "some.yaml"


class Inner(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    id: doc.Id = "some_id"
    note: str | None = None


class Outer(BaseModel):
    """One field for each kind of problem."""

    model_config = ConfigDict(extra="forbid", strict=True)

    text: Annotated[str, Field(min_length=1, max_length=9)] = "x"
    whole: Annotated[int, Field(ge=0)] = 0
    number: float = 0
    yes: bool = True
    items: Annotated[list[Inner], Field(min_length=1)] = [Inner()]
    table: dict[str, int] = {}
    inner: Inner | None = None
    choice: Literal["this", "that"] = "this"
    code: Annotated[str, Field(pattern=r"^c\d$")] = "c1"
    when: doc.ConditionDocument = "itch"
    last: int = 0

    @model_validator(mode="after")
    def _orderly(self) -> Outer:
        if self.last == 1:
            raise ValueError("one is too few; write two")
        if self.last == 2:
            raise ValueError("two are too many")
        return self


def issues(text: str, *, from_attributes: bool = False) -> list[Issue]:
    loaded = load_bytes(text.encode(), FILE)
    with pytest.raises(ValidationError) as caught:
        Outer.model_validate(loaded.data, from_attributes=from_attributes)
    return list(validation_issues(caught.value, loaded, Outer))


SEE = "see rules/README.md for its form"
MAPPING = "write a mapping; write `key: value` lines"
CONDITION = (
    "write an id, or one of `all: [...]`, `any: [...]`,"
    " `at_least: n` with `of: [...]`, `absent: id`"
)
LIST = "write a list; write `[...]` or lines that begin with `-`"


@pytest.mark.parametrize(
    ("written", "message", "fix"),
    [
        ("inner: {notee: x}", "unknown key `notee`", "did you mean `note`?"),
        ("qqqq: x", "unknown key `qqqq`", "remove it"),
        (
            "choice: other",
            "`other` is not a value of `choice`",
            "use one of `this` or `that`",
        ),
        (
            "inner: {id: Bad}",
            "`Bad` is not written as `id` must be",
            "write lower case and `_`, like `spoon_nails`",
        ),
        ("last: 1", "the file: one is too few", "write two"),
        ("last: 2", "the file: two are too many", SEE),
        (
            "when: 5",
            "`5` is not a condition",
            CONDITION,
        ),
        ("items: []", "`items` is empty", "write at least one entry"),
        ("text: ''", "`text` is empty", "write it, or remove the key"),
        ("text: 5", "`text` is `5`, which does not fit", "write text"),
        ("text: ~", "`text` is empty, which does not fit", "write text"),
        ("whole: x", "`whole` is `x`, which does not fit", "write a whole number"),
        ("whole: 0.5", "`whole` is `0.5`, which does not fit", "write a whole number"),
        ("number: x", "`number` is `x`, which does not fit", "write a number"),
        ("number: [1]", "`number` is a list, which does not fit", "write a number"),
        ("yes: x", "`yes` is `x`, which does not fit", "write `true` or `false`"),
        ("items: x", "`items` is `x`, which does not fit", LIST),
        ("items: {a: 1}", "`items` is a mapping, which does not fit", LIST),
        ("items: [x]", "`items` is `x`, which does not fit", MAPPING),
        ("table: [1]", "`table` is a list, which does not fit", MAPPING),
        ("table: {a: x}", "`a` is `x`, which does not fit", "write a whole number"),
        ("inner: x", "`inner` is `x`, which does not fit", MAPPING),
        ("whole: -1", "`whole` is `-1`: input should be greater than", SEE),
        ("text: 0123456789x", "`text` is `0123456789x`: string should have", SEE),
    ],
)
def test_each_kind_of_problem_has_its_words(
    written: str, message: str, fix: str
) -> None:
    (issue,) = issues(f"number: 1\n{written}\n" if "number" not in written else written)
    assert issue.message.startswith(message)
    assert issue.fix == fix
    whole_file = message.startswith("the file") or "number" in written
    assert issue.place.line == (1 if whole_file else 2)


def test_a_key_that_is_missing_is_told_at_what_lacks_it() -> None:
    loaded = load_bytes(b"# rules\nmineral: alum\n", FILE)
    with pytest.raises(ValidationError) as caught:
        doc.RulesDocument.model_validate(loaded.data)
    (issue,) = validation_issues(caught.value, loaded, doc.RulesDocument)
    assert str(issue) == "some.yaml:2:1: `rules` is missing (add `rules: ...`)"


@pytest.mark.parametrize("text", ["[]", "x", "12", "true"])
def test_a_file_that_is_no_mapping_is_the_file(text: str) -> None:
    """Whether pydantic reads mappings only or objects as well."""
    for from_attributes in (False, True):
        (issue,) = issues(text, from_attributes=from_attributes)
        assert issue.message.startswith("the file is ")
        assert issue.fix == MAPPING


def test_a_form_that_nobody_explained_is_shown_as_it_is() -> None:
    (issue,) = issues("code: d")
    assert issue.message == "`d` is not written as `code` must be"
    assert issue.fix.endswith(r"matches `^c\d$`")


def test_what_is_shown_is_short() -> None:
    (issue,) = issues(f"choice: {'x' * 5_000}")
    assert issue.message == f"`{'x' * 57}...` is not a value of `choice`"


@pytest.mark.parametrize("written", ["true", "false"])
def test_yes_and_no_are_shown_as_written(written: str) -> None:
    (issue,) = issues(f"text: {written}")
    assert issue.message == f"`text` is `{written}`, which does not fit"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("when:\n  all:\n    - itch\n    - 5\n", 4),
        ("when:\n  any:\n    - itch\n    - all:\n        - 5\n", 5),
        ("when:\n  at_least: 1\n  of:\n    - itch\n    - 5\n", 5),
        ("when:\n  of:\n    - 5\n    - itch\n  at_least: 1\n", 3),
    ],
)
def test_a_problem_inside_a_condition_is_told_at_its_own_line(
    text: str, line: int
) -> None:
    (issue,) = issues(text)
    assert issue.message == "`5` is not a condition"
    assert issue.place.line == line


def test_every_pattern_of_the_documents_is_explained() -> None:
    """Nobody who writes rules should have to read a regular expression."""
    wanted = {
        pattern
        for kind in vars(doc).values()
        if isinstance(kind, type) and issubclass(kind, doc.Document)
        for pattern in _patterns(kind.model_json_schema())
    }
    assert wanted
    assert wanted - set(FORMS) == set()


def _patterns(schema: object) -> set[str]:
    if isinstance(schema, list):
        return {found for part in schema for found in _patterns(part)}
    if not isinstance(schema, dict):
        return set()
    here = {schema["pattern"]} if isinstance(schema.get("pattern"), str) else set()
    return here.union(*(_patterns(part) for part in schema.values()))
