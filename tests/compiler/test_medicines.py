"""Medicines of a rule folder: what their names mean, and what is wrong with a file."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from pydantic import ValidationError

from minsight.compiler.checks import check_folder
from minsight.compiler.compile import vocabulary_of
from minsight.compiler.documents import MedicinesDocument
from minsight.compiler.folder import Folder
from minsight.compiler.medicines import medicine_phrases
from minsight.intake.recognition import recognise
from minsight.knowledge.phrases import Phrase
from small_folder import small_folder

WRITTEN: dict[str, Any] = {
    "sources": ["handbook"],
    "grade": "C",
    "too_much": "fever",
    "classes": [
        {"means": "mill_elder", "endings": ["quorin"], "names": ["Abrin", "wexa salt"]},
        {"means": "deep_well", "names": ["brolin"]},
    ],
    "products": [{"name": "co-abrolin", "of": ["abrin", "Brolin"]}],
}


def with_medicines(**changed: object) -> Folder:
    document = MedicinesDocument.model_validate({**WRITTEN, **changed})
    return replace(small_folder(), medicines=document)


def told(folder: Folder) -> list[str]:
    return [issue.message for issue in check_folder(folder)]


def test_names_endings_and_products_are_phrases_of_their_groups() -> None:
    document = MedicinesDocument.model_validate(WRITTEN)
    assert list(medicine_phrases(document, ())) == [
        Phrase("too much medicine", "fever", "finding", "too_much"),
        Phrase("abrin", "mill_elder", "group", "synonym"),
        Phrase("wexa salt", "mill_elder", "group", "synonym"),
        Phrase("quorin", "mill_elder", "group", "ending"),
        Phrase("brolin", "deep_well", "group", "synonym"),
        Phrase("co abrolin", "mill_elder", "group", "product"),
        Phrase("co abrolin", "deep_well", "group", "product"),
    ]


def test_what_a_product_holds_may_be_named_at_its_group() -> None:
    document = MedicinesDocument.model_validate(
        {**WRITTEN, "products": [{"name": "pair", "of": ["abrin", "salt of old"]}]}
    )
    others = [Phrase("salt of old", "deep_well", "group", "synonym")]
    found = {p.id for p in medicine_phrases(document, others) if p.by == "product"}
    assert found == {"mill_elder", "deep_well"}


def test_the_vocabulary_reads_them() -> None:
    vocabulary = vocabulary_of(with_medicines())
    for text, groups in (
        ("wexa salt", ["mill_elder"]),
        ("loraquorin", ["mill_elder"]),
        ("co-abrolin", ["mill_elder", "deep_well"]),
    ):
        assert [m.id for m in recognise(text, vocabulary).recognised] == groups


def test_rules_without_medicines_read_as_before() -> None:
    folder = replace(small_folder(), medicines=None)
    assert told(folder) == []
    assert recognise("loraquorin", vocabulary_of(folder)).recognised == ()


def test_the_small_rules_may_have_medicines() -> None:
    assert told(with_medicines()) == []


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"too_much": "fevr"}, "unknown finding `fevr`"),
        ({"sources": ["handbok"]}, "unknown source `handbok`"),
        (
            {"classes": [{"means": "nobody", "names": ["abrin", "brolin"]}]},
            "unknown group `nobody`",
        ),
        ({"products": [{"name": "p", "of": ["corin"]}]}, "unknown medicine `corin`"),
        (
            {"products": [{"name": "Brolin", "of": ["abrin"]}]},
            "`Brolin` means both `deep_well` and `abrin`",
        ),
        (
            {
                "classes": [
                    {"means": "deep_well", "names": ["abrin", "brolin", "ABRIN"]}
                ]
            },
            "`ABRIN` is named twice",
        ),
    ],
)
def test_what_is_wrong_is_told(changed: dict[str, Any], message: str) -> None:
    assert told(with_medicines(**changed)) == [message]


@pytest.mark.parametrize(
    "classes",
    [
        [{"means": "deep_well", "names": []}],
        [{"means": "deep_well", "names": ["a"], "endings": ["Pril"]}],
        [{"means": "deep_well", "names": ["a"], "endings": ["ol"]}],
    ],
)
def test_a_class_has_names_and_endings_of_some_letters(classes: object) -> None:
    with pytest.raises(ValidationError):
        MedicinesDocument.model_validate({**WRITTEN, "classes": classes})
