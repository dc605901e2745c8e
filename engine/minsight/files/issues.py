"""What pydantic finds wrong with a document, in our words and with its line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, Final

from pydantic import BaseModel, ValidationError

from minsight.errors import Issue, did_you_mean, quoted
from minsight.files.document import FORMS
from minsight.files.yaml import Loaded

_SEE: Final = "see rules/README.md for its form"
_WANTED: Final = {
    "string_type": "text",
    "int_type": "a whole number",
    "float_type": "a number",
    "bool_type": "`true` or `false`",
    "list_type": "a list; write `[...]` or lines that begin with `-`",
    "dict_type": "a mapping; write `key: value` lines",
    "model_type": "a mapping; write `key: value` lines",
    "model_attributes_type": "a mapping; write `key: value` lines",
}


def validation_issues(
    error: ValidationError, loaded: Loaded, kind: type[BaseModel]
) -> Iterator[Issue]:
    """One issue for each problem, at the place of the nearest part that exists.

    A key that is unknown is answered with the nearest of those that `kind` has.
    """
    for detail in error.errors(include_url=False):
        path = tuple(_real_path(detail["loc"], loaded.data))
        message, fix = _in_words(detail, path, kind)
        yield Issue(loaded.place(path), message, fix)


def _real_path(loc: Iterable[str | int], data: Any) -> Iterator[str | int]:
    """The part of a pydantic location that exists in the data (it adds union tags)."""
    for step in loc:
        here = isinstance(data, dict) and step in data
        if here or (isinstance(data, list) and step in range(len(data))):
            data = data[step]
            yield step


def _in_words(
    detail: Any, path: tuple[str | int, ...], document: type[BaseModel]
) -> tuple[str, str]:
    """The message and the fix for one problem of pydantic."""
    last = detail["loc"][-1] if detail["loc"] else ""
    key = next((step for step in reversed(path) if isinstance(step, str)), "")
    name = f"`{key}`" if key else "the file"
    given = detail.get("input")
    shown = "empty" if given is None else quoted(given)
    context = detail.get("ctx", {})
    kind = detail["type"]
    match kind:
        case "extra_forbidden":
            known = _keys_of(document)
            meant = "" if last in known else did_you_mean(str(last), known)
            return f"unknown key `{last}`", meant or "remove it"
        case "missing":
            return f"`{last}` is missing", f"add `{last}: ...`"
        case "literal_error":
            expected = context["expected"].replace("'", "`").replace("True", "`true`")
            return f"{shown} is not a value of {name}", f"use one of {expected}"
        case "string_pattern_mismatch":
            pattern = context["pattern"]
            form = FORMS.get(pattern, f"what matches `{pattern}`")
            return f"{shown} is not written as {name} must be", f"write {form}"
        case "value_error":
            problem, _, advice = str(context["error"]).partition("; ")
            return f"{name}: {problem}", advice or _SEE
        case "condition":
            problem, _, advice = detail["msg"].partition("; ")
            return f"{shown} {problem}", advice
        case "too_short":
            return f"{name} is empty", "write at least one entry"
        case "string_too_short":
            return f"{name} is empty", "write it, or remove the key"
        case _ if kind in _WANTED:
            return f"{name} is {shown}, which does not fit", f"write {_WANTED[kind]}"
        case _:
            problem = detail["msg"][:1].lower() + detail["msg"][1:]
            return f"{name} is {shown}: {problem}", _SEE


@cache
def _keys_of(kind: type[BaseModel]) -> frozenset[str]:
    """Every key that may stand somewhere in a document of this kind."""
    schema = kind.model_json_schema()
    parts = [schema, *schema.get("$defs", {}).values()]
    return frozenset(key for part in parts for key in part.get("properties", ()))
