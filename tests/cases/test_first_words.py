"""The first-word table: a missing line and a rule that reads too much are found."""

from __future__ import annotations

import minsight
from minsight.cases.documents import WordCase
from minsight.cases.first_words import word_failures
from minsight.cases.folder import read_cases
from minsight.compiler.bundle import rules_folder

TABLE = "baseline/first_words.cases.yaml"


def line(entry: str, **said: object) -> WordCase:
    about = {"because": "Made up.", "sources": ["handbook"]}
    return WordCase.model_validate({"entry": entry, **about, **said})


def every_line(rules: minsight.Rules) -> dict[str, WordCase]:
    """Lines that allow just what the rules list."""
    neutral = {
        id_: WordCase(entry=id_, neutral="Nobody knows.")
        for id_ in (*rules.vocabulary.finding, *rules.vocabulary.group)
    }
    neutral |= {
        band: WordCase(entry=band, neutral="Nobody knows.")
        for kind in rules.vocabulary.measurements
        for band in kind.bands
    }
    found = dict(word_failures(rules, list(neutral.values()), engine="reference"))
    assert all(message.startswith("lists ") for message in found.values())
    listed = {e: m.removeprefix("lists ").split(", ") for e, m in found.items()}
    return neutral | {entry: line(entry, must=own) for entry, own in listed.items()}


def told(rules: minsight.Rules, lines: list[WordCase]) -> list[tuple[str, str]]:
    return list(word_failures(rules, lines, engine="reference"))


def test_lines_that_allow_what_is_listed_hold(small: minsight.Rules) -> None:
    lines = every_line(small)
    assert "alum" in lines["grey_nails"].must
    assert told(small, list(lines.values())) == []


def test_what_is_missing_unknown_or_told_twice_is_named(small: minsight.Rules) -> None:
    lines = every_line(small)
    itch = lines.pop("itch")
    gone = told(small, list(lines.values()))
    assert gone == [
        ("itch", "has no line: what must and may it list, or is it neutral?")
    ]
    strange = line("xyzzy", sources=["nowhere"])
    found = told(small, [*lines.values(), itch, itch, strange])
    assert found == [
        ("itch", "is told twice"),
        ("xyzzy", "is no finding, group or band"),
        ("xyzzy", "names the unknown source `nowhere`"),
    ]


def test_a_rule_that_reads_too_much_or_too_little_is_found(
    small: minsight.Rules,
) -> None:
    lines = every_line(small)
    lines["grey_nails"] = WordCase(entry="grey_nails", neutral="Nails grow.")
    lines["nail_change"] = WordCase(entry="nail_change", neutral="Nails grow.")
    lines["fever"] = line("fever", must=["alum"])
    found = dict(told(small, list(lines.values())))
    assert found["grey_nails"].startswith("lists alum")
    assert found["fever"] == "does not list alum"


def test_a_kind_of_an_entry_may_list_what_the_entry_may(small: minsight.Rules) -> None:
    lines = every_line(small)
    lines["grey_nails"] = WordCase(entry="grey_nails", neutral="Nails grow.")
    lines["nail_change"] = line("nail_change", may=["alum", "ochre"])
    assert "grey_nails" not in dict(told(small, list(lines.values())))


def test_the_shipped_table_has_every_entry_and_is_obeyed(rules: minsight.Rules) -> None:
    cases, issues = read_cases(rules_folder())
    assert issues == []
    lines = cases[TABLE].words
    assert len(lines) > 900
    assert told(rules, lines) == []
