"""The small rules as documents, and with other documents in their place."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

from minsight.compiler.documents import RuleDocument
from minsight.compiler.folder import Folder, read_folder
from places import SMALL_RULES


@cache
def small_folder() -> Folder:
    folder, issues = read_folder(SMALL_RULES)
    assert folder is not None, issues
    return folder


def rule_document(
    id_: str, when: Any, then: dict[str, Any], **more: Any
) -> RuleDocument:
    """A rule as it would be read from a file."""
    written = {"id": id_, "when": when, "then": then, "because": "Made up."}
    claim = {"sources": ["handbook"], "grade": "C"}
    return RuleDocument.model_validate({**written, **claim, **more})


def with_rules(mineral: str, *rules: RuleDocument) -> Folder:
    """The small rules with these for a mineral, instead of its own."""
    folder = small_folder()
    return replace(folder, rules={**folder.rules, mineral: rules})
