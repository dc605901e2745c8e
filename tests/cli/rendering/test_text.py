"""An assessment as text: each part stands where it belongs, and no empty one."""

from __future__ import annotations

import msgspec
import pytest

import minsight
from command_line import said
from minsight.assessment.model import Assessment, Urgency, UrgencyReason
from minsight.intake.recognition import Recognised, Unrecognised
from minsight.intake.subject import Subject
from minsight_cli.rendering.brief import show_assessment
from minsight_cli.rendering.page import Page
from minsight_cli.rendering.phrasing import inside
from minsight_cli.rendering.text import (
    begin,
    cited,
    end,
    reason_line,
    taken_for,
)

WOMAN = Subject(present=["spoon_nails", "fatigue"], age="30", sex="f")


@pytest.fixture(scope="module")
def woman(rules: minsight.Rules) -> Assessment:
    return rules.assess(WOMAN, engine="reference")


def recognised(text: str, id_: str, **about: str) -> Recognised:
    given = {"kind": "finding", "by": "synonym", "answer": "present", **about}
    return Recognised(text=text, id=id_, similarity=100, **given)


@pytest.mark.parametrize(
    ("match", "words"),
    [
        (recognised("tired", "fatigue"), "Fatigue (tired)"),
        (recognised("Fatigue!", "fatigue"), "Fatigue"),
        (recognised("x", "fatigue", by="id"), "Fatigue"),
        (recognised("tired", "fatigue", answer="absent"), "not: Fatigue (tired)"),
        (recognised("tired", "fatigue", answer="unsure"), "not sure: Fatigue (tired)"),
        (
            recognised("fatige", "fatigue", by="spelling"),
            "Fatigue (fatige, read as meant)",
        ),
        (recognised("30 years", "age", kind="person"), "age (30 years)"),
    ],
)
def test_what_a_text_was_taken_for_is_echoed(
    match: Recognised,
    words: str,
    rules: minsight.Rules,
    capsys: pytest.CaptureFixture[str],
) -> None:
    page = Page()
    taken_for(page, [match, match], rules.vocabulary)
    page.show()
    assert capsys.readouterr().out == f"Understood: {words}.\n"


def test_what_was_not_understood_comes_first_where_nothing_is_urgent(
    woman: Assessment, rules: minsight.Rules, capsys: pytest.CaptureFixture[str]
) -> None:
    left = (
        Unrecognised("qqqq", ("pica", "cramps")),
        Unrecognised("wwww", (), because="too long"),
    )
    calm = Urgency("none", rules.catalogue.not_judged["unread"], (), judged=False)
    page = Page()
    begin(
        page,
        msgspec.structs.replace(woman, urgency=calm, unrecognised=left),
        rules.vocabulary,
    )
    page.show()
    shown = said(capsys.readouterr().out)
    assert shown.startswith(
        "Not understood: qqqq; did you mean pica or cramps?"
        " Not understood: wwww (too long) Urgency: Not judged, because not everything"
        " was understood. If it may be urgent, get help now. Understood: "
    )


@pytest.mark.parametrize(
    ("level", "warned"), [("soon", True), ("same_day", True), ("emergency", False)]
)
def test_what_is_urgent_comes_first_and_something_else_may_be_more_so(
    woman: Assessment,
    rules: minsight.Rules,
    capsys: pytest.CaptureFixture[str],
    level: str,
    warned: bool,
) -> None:
    urgent = Urgency(level, "Go.", (), judged=False)
    left = (Unrecognised("qqqq", ()),)
    page = Page()
    begin(
        page,
        msgspec.structs.replace(woman, urgency=urgent, unrecognised=left),
        rules.vocabulary,
    )
    page.show()
    shown = said(capsys.readouterr().out)
    assert shown.startswith("Urgency: Go. ")
    assert shown.endswith(" Not understood: qqqq")
    more = "- What was not understood may be more urgent still. Understood: "
    assert (more in shown) == warned


def test_red_flags_stand_under_the_urgency_with_their_sources(
    woman: Assessment, rules: minsight.Rules, capsys: pytest.CaptureFixture[str]
) -> None:
    reason = UrgencyReason("flag", "soon", "See somebody.", "B", ("one", "two"))
    urgent = msgspec.structs.replace(
        woman, urgency=Urgency("soon", "Within days.", (reason,)), recognised=()
    )
    page = Page()
    begin(page, urgent, rules.vocabulary)
    page.show()
    assert capsys.readouterr().out == (
        "Urgency: Within days.\n  - See somebody. [grade B: one, two]\n"
        "Understood: 30 years; female.\n"
    )


def test_a_reason_is_told_with_how_it_counts_and_by_which_sources(
    woman: Assessment, rules: minsight.Rules
) -> None:
    ((first, *_),) = [[*c.reasons] for c in woman.candidates if c.mineral == "iron"]
    plain = msgspec.structs.replace(
        first,
        matched=("fatigue",),
        kind="supports",
        strength="nonspecific",
        counted=True,
        because="Iron carries oxygen.",
        grade="B",
        sources=("one",),
        out_of_age=False,
    )
    told = reason_line(plain, woman, rules.vocabulary).plain
    assert told == "fatigue (unspecific): Iron carries oxygen. [grade B: one]"
    other = msgspec.structs.replace(plain, counted=False, points_to="an illness")
    assert reason_line(other, woman, rules.vocabulary).plain == (
        "fatigue (unspecific): Iron carries oxygen. Points to: an illness. Counted once"
        " with the other signs of its kind. [grade B: one]"
    )
    assert cited("A", ["x", "y"]) == "grade A: x, y"


def test_the_end_says_what_this_is_and_by_which_rules(
    woman: Assessment, rules: minsight.Rules, capsys: pytest.CaptureFixture[str]
) -> None:
    page = Page()
    end(page, woman)
    page.show()
    assert said(capsys.readouterr().out) == (
        f"{said(rules.catalogue.footer)} Rules {rules.version}, fingerprint"
        f" {rules.fingerprint}."
    )


def shown_of(
    assessment: Assessment,
    rules: minsight.Rules,
    capsys: pytest.CaptureFixture[str],
    *,
    full: bool = False,
) -> str:
    show_assessment(assessment, rules, full=full)
    return said(capsys.readouterr().out)


def test_the_whole_has_every_candidate_with_the_line_of_each_rule(
    woman: Assessment, rules: minsight.Rules, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = shown_of(woman, rules, capsys, full=True)
    for candidate in woman.candidates:
        assert f"{candidate.rank}. {candidate.name} " in whole
        for reason in candidate.reasons:
            assert rules.catalogue.rule[reason.rule].place in whole


def test_an_emergency_waits_with_the_ranking_and_names_none_where_there_is_none(
    woman: Assessment, rules: minsight.Rules, capsys: pytest.CaptureFixture[str]
) -> None:
    emergency = msgspec.structs.replace(
        woman, urgency=Urgency("emergency", "Call.", ()), notes=("A note.",)
    )
    waits = "The ranking is not shown in an emergency."
    assert waits in shown_of(emergency, rules, capsys)
    assert "Note: A note." not in shown_of(emergency, rules, capsys)
    unfolded = shown_of(emergency, rules, capsys, full=True)
    assert waits not in unfolded
    assert "Note: A note." in unfolded
    nobody = msgspec.structs.replace(emergency, candidates=())
    assert waits not in shown_of(nobody, rules, capsys)


def test_where_nothing_fits_every_mineral_is_named(
    woman: Assessment, rules: minsight.Rules, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = shown_of(msgspec.structs.replace(woman, candidates=()), rules, capsys)
    assert "This tool cannot rule it out." in shown
    for mineral in rules.program.minerals:
        assert inside(rules.profiles[mineral].name) in shown


def test_sources_are_listed_once_for_all_that_is_shown(
    woman: Assessment, rules: minsight.Rules, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = shown_of(woman, rules, capsys, full=True)
    _, _, listed = shown.partition("Sources (`minsight learn MINERAL` gives")
    keys = {
        key
        for candidate in woman.candidates
        for reason in (*candidate.reasons, *candidate.against, *candidate.context)
        for key in reason.sources
    }
    for key in keys:
        assert listed.count(f"- {key}: ") == 1, key
