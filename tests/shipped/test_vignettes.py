"""Published cases: the rules beat naive orders by far and leave the controls quiet."""

import accuracy
import minsight
from minsight.compiler.layout import BY_HAND, PUBLISHED


def test_every_phrase_of_every_case_is_mapped_by_hand() -> None:
    """A phrase that nobody mapped would count as nothing, in silence."""
    ids = accuracy.read(BY_HAND)
    for case in accuracy.read(PUBLISHED):
        said = [
            phrase for answer in accuracy.ANSWERS for phrase in case.get(answer, ())
        ]
        assert set(said) == set(ids[case["id"]]), case["id"]


def test_the_mapping_names_ids_of_the_vocabulary(rules: minsight.Rules) -> None:
    known = set(rules.vocabulary.finding) | set(rules.vocabulary.group)
    for case, phrases in accuracy.read(BY_HAND).items():
        for phrase, ids in phrases.items():
            assert set(ids) <= known, f"{case}: {phrase}"


def test_every_case_says_where_it_was_published() -> None:
    for case in accuracy.vignettes():
        assert len(case.source) > 10, case.id


def test_the_targets_are_met_from_the_words_alone(rules: minsight.Rules) -> None:
    """Set before the rules were written; no laboratory value is used."""
    found = accuracy.figures(accuracy.read_all(rules, accuracy.vignettes()))
    assert found.top3 >= 0.90
    assert found.top1 >= 0.70
    assert found.alarms <= 0.10
    assert found.quiet >= 0.60


def test_the_rules_beat_every_naive_order(rules: minsight.Rules) -> None:
    readings = accuracy.read_all(rules, accuracy.mapped_by_hand())
    ours = accuracy.figures(readings)
    for naive in (accuracy.by_base_rate(rules), accuracy.by_number_of_findings(rules)):
        theirs = accuracy.figures(readings, naive)
        assert ours.top1 > theirs.top1
        assert ours.top3 >= theirs.top3
    assert ours.top1 > accuracy.at_random(rules)[0]
