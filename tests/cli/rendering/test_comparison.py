"""Two assessments side by side: what moved stands there, and what did not does not."""

from __future__ import annotations

import msgspec
import pytest

import minsight
from command_line import said
from minsight.assessment.model import Reason
from minsight.assessment.wording import strength_in_words
from minsight.intake.subject import Subject
from minsight.whatif.changes import Change, Changed
from minsight.whatif.comparison import CandidateStanding, Pair
from minsight.whatif.scenarios import Scenario, outcomes
from minsight.whatif.settings import NOT_SAID, Setting
from minsight.whatif.statements import AGE
from minsight_cli.rendering.comparison import (
    _cell,
    _otherwise,
    _setting,
    show_comparison,
    show_scenarios,
)

TIRED = Subject(present=["fatigue"], age="30", sex="f")
NAILS = Change("add", "spoon_nails")


def compared(
    start: Subject,
    changes: list[Change],
    rules: minsight.Rules,
    capsys: pytest.CaptureFixture[str],
    *,
    show_all: bool = False,
) -> str:
    changed = rules.change(start, *changes)
    show_comparison(
        rules.assess(start, engine="reference"),
        rules.assess(changed.subject, engine="reference"),
        changed,
        rules,
        command="minsight check 'as  typed'",
        show_all=show_all,
    )
    return capsys.readouterr().out


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        (Setting("fever", "Fever", "not said", "yes"), "Fever: not said, now yes"),
        (Setting("fever", "Fever", "yes", "yes"), "Fever: yes already"),
        (Setting(AGE, "Age", "28 years", "9 months"), "Age: 28 years, now 9 months"),
        (
            Setting(AGE, "Age", NOT_SAID, "9 months"),
            f"Age: {NOT_SAID}, now 9 months (--start-age would say it of the start)",
        ),
    ],
)
def test_a_change_is_told_before_and_after(setting: Setting, words: str) -> None:
    assert _setting(setting) == words


def test_a_place_is_told_with_level_and_points() -> None:
    standing = CandidateStanding(2, "few_findings", "", 7, "")
    assert _cell(standing) == "2. few findings (7)"
    assert _cell(None) == "not listed"


def test_what_came_is_told_with_its_reason(
    rules: minsight.Rules, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = compared(TIRED, [NAILS], rules, capsys)
    after = rules.assess(Subject(present=["fatigue", "spoon_nails"], age="30", sex="f"))
    (iron,) = [c for c in after.candidates if c.mineral == "iron"]
    (reason,) = [r for r in iron.reasons if r.matched == ("spoon_nails",)]
    assert f"+ Spoon-shaped nails ({strength_in_words(reason)}): " in said(shown)
    assert said(reason.because) in said(shown)
    assert "No candidate moved" not in shown
    assert "Urgency, before and after: " in shown


def test_the_command_stands_on_a_line_of_its_own_as_it_is(
    rules: minsight.Rules, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = compared(TIRED, [NAILS], rules, capsys)
    assert "\n  minsight check 'as  typed'\n" in shown
    assert shown.endswith(f"Rules {rules.version}, fingerprint {rules.fingerprint}.\n")


def test_where_nothing_moved_it_says_so_and_why(
    rules: minsight.Rules, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = said(compared(TIRED, [Change("add", "fatigue")], rules, capsys))
    assert "Change: Fatigue: yes already" in shown
    assert "No candidate moved: no level, no points and no reason" in shown
    assert "Why: " in shown


def test_an_emergency_hides_the_candidates_until_they_are_asked_for(
    rules: minsight.Rules, capsys: pytest.CaptureFixture[str]
) -> None:
    seizure = [Change("add", "seizure")]
    hidden = compared(TIRED, seizure, rules, capsys)
    assert "The candidates are not shown in an emergency." in said(hidden)
    assert "Place, level (points)" not in hidden
    assert "Urgency after, up: " in hidden
    shown = compared(TIRED, seizure, rules, capsys, show_all=True)
    assert "are not shown in an emergency" not in said(shown)


def test_a_reason_that_counts_otherwise_says_how(rules: minsight.Rules) -> None:
    assessment = rules.assess(TIRED, engine="reference")
    was = Reason(
        rule="iron.fatigue",
        says="for",
        kind="supports",
        matched=("fatigue",),
        matched_absent=(),
        strength="nonspecific",
        cluster="weakness",
        counted=False,
        because="Iron carries oxygen.",
        grade="B",
        sources=("one",),
    )
    counted = msgspec.structs.replace(was, counted=True)
    stronger = msgspec.structs.replace(was, strength="supportive", counted=True)
    for before, after, words in (
        (was, counted, "counts now, before once with the other signs of its kind."),
        (counted, was, "counts now once with the other signs of its kind."),
        (
            was,
            stronger,
            (
                "supports, before unspecific; counts now, before once with the other"
                " signs of its kind."
            ),
        ),
        (was, was, "the same reason, before by fatigue."),
    ):
        told = _otherwise(Pair(before, after), assessment, assessment, rules)
        assert told.plain == f"fatigue: {words}"


def test_scenarios_are_rows_below_the_start(
    rules: minsight.Rules, capsys: pytest.CaptureFixture[str]
) -> None:
    start, tried = outcomes(
        TIRED,
        (
            Scenario("with nails", (NAILS,)),
            Scenario("the same", (Change("add", "fatigue"),)),
            Scenario("a seizure", (Change("add", "seizure"),)),
        ),
        rules,
    )
    show_scenarios(start, tried, rules, show_all=False)
    shown = said(capsys.readouterr().out)
    places = [
        shown.index(name) for name in ("(start)", "with nails", "the same", "a seizure")
    ]
    assert places == sorted(places)
    assert "no candidate moved" in shown[places[2] : places[3]]
    assert "emergency (up)" in shown[places[3] :]
    assert "not shown in an emergency" in shown[places[3] :]


def test_notes_of_a_change_are_told_under_its_scenario(
    rules: minsight.Rules, capsys: pytest.CaptureFixture[str]
) -> None:
    start, (tried,) = outcomes(TIRED, (Scenario("one", (NAILS,)),), rules)
    changed = Changed(tried.changed.subject, (), ("Something to know.",))
    noted = msgspec.structs.replace(tried, changed=changed)
    show_scenarios(start, [noted], rules, show_all=False)
    assert "Note, one: Something to know." in said(capsys.readouterr().out)
