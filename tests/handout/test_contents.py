"""What stands on a handout: what was said, what fits, and little enough for a page."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

import minsight
from minsight.handout.contents import (
    MOST_FOUND,
    MOST_REPORTED,
    MOST_TO_ASK,
    REASONS_ON_PAGE,
    HandoutContents,
    handout_of,
)
from random_laws import examples
from strategies import said_people


def contents(rules: minsight.Rules, **said: object) -> HandoutContents:
    return handout_of(rules.assess(said), rules.knowledge)


def test_it_tells_what_was_said_in_the_words_it_was_said_in(
    rules: minsight.Rules,
) -> None:
    found = contents(
        rules,
        present=["always tired", "spoon_nails", "gribbly toes"],
        absent=["fever"],
        unsure=["hair loss"],
        age_years=28,
        sex="female",
    )
    assert found.person == "female, 28 years"
    assert dict(found.reported) == {
        "Yes": ("always tired (Fatigue)", "Spoon-shaped nails"),
        "No": ("Fever",),
        "Not sure": ("Hair loss",),
    }
    assert found.not_understood == ("gribbly toes",)
    assert found.found[0].name == "Iron lack"
    assert found.found[0].reasons
    assert found.to_ask


def test_an_emergency_comes_before_all_that_fits(rules: minsight.Rules) -> None:
    found = contents(rules, present=["chest pain", "spoon_nails"])
    assert found.warnings
    assert (found.found, found.to_ask) == ((), ())
    assert "get help first" in found.nothing


def test_nothing_reported_rules_nothing_out(rules: minsight.Rules) -> None:
    found = contents(rules)
    assert (found.reported, found.found) == ((), ())
    assert "cannot rule one out" in found.nothing


@examples(25)
@given(data=st.data())
def test_a_handout_never_holds_more_than_its_page(
    data: st.DataObject, rules: minsight.Rules
) -> None:
    subject = data.draw(said_people(rules.vocabulary))
    assessment = rules.assess(subject, keep_going=True)
    found = handout_of(assessment, rules.knowledge)
    told = sum(len(texts) for _, texts in found.reported)
    assert told <= MOST_REPORTED
    said = (m for m in assessment.recognised if m.kind != "person")
    read = {(m.answer, m.text, m.id) for m in said}
    assert told + found.left_out <= len(read)
    assert len(found.found) <= MOST_FOUND
    assert all(len(one.reasons) <= REASONS_ON_PAGE for one in found.found)
    assert len(found.to_ask) <= MOST_TO_ASK


def test_an_id_that_was_ticked_is_shown_by_its_label(rules: minsight.Rules) -> None:
    """A page asks by ids, which nobody wants to read."""
    ticked = minsight.Subject(present=["ice_craving"])
    found = handout_of(rules.assess(ticked), rules.knowledge)
    assert found.reported == (("Yes", ("Craving and chewing ice",)),)
