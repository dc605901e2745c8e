"""Published cases: the rules beat naive orders by far and leave the controls quiet."""

import accuracy
import minsight


def test_every_phrase_of_every_case_is_mapped_by_hand() -> None:
    """A phrase that nobody mapped would count as nothing, in silence."""
    ids = accuracy.read("by_hand.yaml")
    for case in accuracy.read("cases.yaml"):
        said = [
            phrase for answer in accuracy.ANSWERS for phrase in case.get(answer, ())
        ]
        assert set(said) == set(ids[case["id"]]), case["id"]


def test_the_mapping_names_ids_of_the_vocabulary(rules: minsight.Rules) -> None:
    known = set(rules.vocabulary.finding) | set(rules.vocabulary.group)
    for case, phrases in accuracy.read("by_hand.yaml").items():
        for phrase, ids in phrases.items():
            assert set(ids) <= known, f"{case}: {phrase}"


def test_every_case_says_where_it_was_published() -> None:
    for case in accuracy.vignettes():
        assert len(case.source) > 10, case.id
