"""Terms of the ontology: what is read instead of one, and where that was written."""

from __future__ import annotations

import minsight
from minsight.intake.text.stretches import Stretch
from minsight.intake.text.terms import in_known_terms


def below(rules: minsight.Rules) -> tuple[str, str]:
    """A term without an entry, and the nearest one above it."""
    vocabulary = rules.vocabulary
    numbers = (n for f in vocabulary.findings for n in f.hpo_below.split())
    number = next(n for n in numbers if f"hp {n}" not in vocabulary.phrase)
    nearest = vocabulary.nearest_to_hpo(number)
    return f"hp:{number}", ", ".join(nearest)


def test_a_term_without_an_entry_is_read_as_what_is_above_it(
    rules: minsight.Rules,
) -> None:
    term, nearest = below(rules)
    known = in_known_terms(f"fever, {term}; cough", rules.vocabulary)
    assert known.text == f"fever, {nearest}; cough"


def test_what_was_read_is_found_where_it_was_written(rules: minsight.Rules) -> None:
    term, nearest = below(rules)
    text = f"fever, {term}; {term} and cough"
    known = in_known_terms(text, rules.vocabulary)
    for read, written in ((nearest, term), ("cough", "cough"), ("fever", "fever")):
        start = known.text.index(read)
        at = known.as_written(Stretch(start, start + len(read)))
        assert at.of(text) == written
    whole = known.as_written(Stretch(0, len(known.text)))
    assert whole == Stretch(0, len(text))


def test_a_text_without_terms_is_read_as_it_is(rules: minsight.Rules) -> None:
    known = in_known_terms("fever", rules.vocabulary)
    assert (known.text, known.replaced) == ("fever", ())
