"""The report: one page that loads nothing, says what was counted, and escapes all."""

from __future__ import annotations

import io
import re
import sys
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import pytest

import minsight
from banned import banned_in
from minsight.errors import FileError
from minsight.screening import Notice, Reject
from minsight.screening.report import require_report, write_report
from minsight.screening.report.figures import NOT_TOLD
from minsight.screening.summary.frequency import by_frequency, rule_label
from minsight.screening.summary.tally import Tally
from screened import Candidacy, Person, screened

VOID: Final = {"meta", "link", "img", "br", "input", "hr"}
LOADING: Final = {"src", "srcset", "data", "poster", "action", "background"}
MANIFEST: Final = {
    "inputs": [{"name": "people.csv", "sha256": "ab12", "rows": 42}],
    "options": {"keep_going": False, "map": None},
    "outputs": ["results.parquet"],
}
HOSTILE: Final = "</table><script>alert(1)</script><img src=http://evil.example/x>&amp;"


class Parsed(HTMLParser):
    """A page as elements with their attributes, its text and its table rows."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.headings: list[tuple[int, str]] = []
        self.rows: list[list[str]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(page)
        self.close()
        assert self._open == [], "every element is closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self._open.append(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th") and self.rows:
            self.rows[-1].append("")
        if re.fullmatch("h[1-6]", tag):
            self.headings.append((int(tag[1]), ""))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self._open, f"{tag} ends what did not begin"
        assert tag == self._open.pop()

    def handle_data(self, data: str) -> None:
        if "style" in self._open:
            return
        self.text += data
        if self._open and self._open[-1] in ("td", "th"):
            self.rows[-1][-1] += data
        if self._open and re.fullmatch("h[1-6]", self._open[-1]):
            level, before = self.headings[-1]
            self.headings[-1] = (level, before + data)

    def of(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]


def page_of(tally: Tally, rules: minsight.Rules, **more: Any) -> str:
    target = io.StringIO()
    write_report(tally, more.pop("manifest", MANIFEST), rules, target, **more)
    return target.getvalue()


def survey() -> Tally:
    """Twelve women with typical iron, three men with few findings, 27 with nothing."""
    typical = Candidacy("iron", "typical_pattern", ("iron.koilonychia", "iron.fatigue"))
    few = Candidacy(
        "zinc", "few_findings", ("zinc.dry_skin",), ("zinc.round_bald_patches",)
    )
    women = Person("30", "female", (True, None, None), None, "soon", (typical,))
    men = Person("66", "male", (True, False, None), 8.0, "none", (few,))
    bad = [Reject("people.csv", n, "fever", "mabye", f"`m{n}` is odd") for n in (1, 2)]
    tally = Tally(files=1)
    tally.add(
        screened(
            [*[women] * 12, *[men] * 3, *[Person()] * 27],
            rejects=bad,
            notices=[Notice("people.csv", "read as Windows-1252")],
        )
    )
    return tally


@pytest.fixture(scope="module")
def page(rules: minsight.Rules) -> str:
    return page_of(survey(), rules)


@pytest.fixture(scope="module")
def parsed(page: str) -> Parsed:
    return Parsed(page)


# --- it stands alone ------------------------------------------------------------------


def loads_nothing(page: str) -> bool:
    parsed = Parsed(page)
    assert not {"script", "link", "img", "iframe", "object", "embed", "image"} & {
        tag for tag, _ in parsed.elements
    }
    for tag, attributes in parsed.elements:
        assert not LOADING & attributes.keys(), tag
        assert not any(name.startswith("on") for name in attributes), tag
        for name in ("href", "xlink:href"):
            assert attributes.get(name, "#").startswith("#"), tag
        assert not any("http" in value for value in attributes.values()), tag
        assert "url(" not in attributes.get("style", "")
    styles = re.findall(r"<style.*?</style>", page, re.DOTALL)
    assert styles
    assert not any("url(" in style or "@import" in style for style in styles)
    return True


def test_the_page_loads_nothing_and_runs_nothing(page: str) -> None:
    assert loads_nothing(page)


def test_ids_are_unique_and_every_link_leads_somewhere(parsed: Parsed) -> None:
    ids = [a["id"] for _, a in parsed.elements if "id" in a]
    assert len(ids) == len(set(ids))
    for _, attributes in parsed.elements:
        for name in ("href", "aria-labelledby"):
            if name in attributes:
                assert attributes[name].removeprefix("#") in ids


def test_the_page_reads_aloud(parsed: Parsed) -> None:
    """It has a language, headings in steps, and words for each chart."""
    assert parsed.of("html") == [{"lang": "en"}]
    steps = [level for level, _ in parsed.headings]
    assert steps.count(1) == 1
    assert steps[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(steps))
    drawn = [a for a in parsed.of("div") if a.get("class") == "chart"]
    assert len(drawn) == len(parsed.of("svg"))
    assert all(a["role"] == "img" and a["aria-label"] for a in drawn)


def test_every_part_is_there_urgency_before_minerals(parsed: Parsed) -> None:
    assert [text for level, text in parsed.headings if level == 2] == [
        "How soon people should be seen",
        "Minerals and levels",
        "Age and sex",
        "The most frequent reasons",
        "What was not understood",
        "How good the data are",
        "Missing answers",
        "Rejected rows and notices",
        "What this cannot tell",
        "How it was made",
    ]


def test_the_page_is_the_same_each_time(page: str, rules: minsight.Rules) -> None:
    assert page_of(survey(), rules) == page


# --- it says what was counted ---------------------------------------------------------


@pytest.mark.parametrize(
    "row",
    [
        ["soon", "See a health professional within days.", "12", "29 %"],
        ["Iron", "0", "12", "0", "0", "12"],
        ["Zinc", "0", "0", "0", "3", "3"],
        ["typical pattern", "Fits the typical picture; a test can tell.", "12", "29 %"],
        ["mineral", "19-49y", "65y+", "unknown"],
        ["everybody", "12", "0", "0"],
        ["everybody", "0", "3", "0"],
        ["everybody", "0", "0", "27"],
        ["Iron", "12", "0", "0"],
        ["Fatigue", "42", "27", "64 %"],
        ["Fever", "42", "39", "93 %"],
        ["Serum ferritin", "42", "39", "93 %"],
        ["`…` is odd", "2"],
        ["fever", "2"],
        ["people.csv", "read as Windows-1252", ""],
        ["sha256", "ab12"],
        ["keep going", "no"],
    ],
)  # fmt: skip
def test_numbers_stand_in_tables(parsed: Parsed, row: list[str]) -> None:
    stripped = [[" ".join(cell.split()) for cell in found] for found in parsed.rows]
    assert row in stripped


def test_reasons_say_what_the_rules_say(parsed: Parsed, rules: minsight.Rules) -> None:
    rule = rules.catalogue.rule["iron.koilonychia"]
    said = f"Iron: {rule.because} [{rule.grade}]"
    assert [rule_label(rule.id, rules), said, "12", "29 %"] in parsed.rows
    against = rules.catalogue.rule["zinc.round_bald_patches"]
    assert against.because in parsed.text


def test_no_word_claims_more_than_the_rules_know(parsed: Parsed) -> None:
    assert banned_in(parsed.text.replace("never a diagnosis", "")) == []


def test_the_levels_and_the_limits_are_explained(
    parsed: Parsed, rules: minsight.Rules
) -> None:
    for level in rules.catalogue.levels:
        assert level.sentence in parsed.text
    assert rules.catalogue.footer in parsed.text
    assert "no estimate of how many people lack a mineral" in parsed.text


def test_small_counts_are_hidden_in_tables_and_charts(rules: minsight.Rules) -> None:
    """Three men stand out a little; nobody can read that they are three."""
    page = page_of(survey(), rules, manifest={}, smallest=5)
    parsed = Parsed(page)
    people = [row for row in parsed.rows if row and row[0] in ("Zinc", "everybody")]
    assert ["Zinc", "0", "0", "0", "<5", NOT_TOLD] in people
    assert ["everybody", "0", "<5", "0"] in people
    assert not any("3" in row for row in people)
    alternatives = [a["aria-label"] for a in parsed.of("div") if "aria-label" in a]
    assert not any(": 3 persons" in told for told in alternatives)
    marks = re.findall(r'<g class="mark-text role-mark.*?</g>', page)
    written = [text for mark in marks for text in re.findall(r">([^<]+)</text>", mark)]
    assert "12" in written
    assert not any(text.split()[0] == "3" for text in written)
    assert "look before you publish" in parsed.text


# --- whoever is in it -----------------------------------------------------------------


def test_what_comes_from_files_is_escaped(rules: minsight.Rules) -> None:
    tally = survey()
    tally.tell([Notice(HOSTILE, HOSTILE, 3)])
    tally.reject_file(Reject(HOSTILE, None, "", "", HOSTILE))
    tally.reject_columns[HOSTILE] += 1
    tally.reject_kinds[HOSTILE] += 1
    tally.asked[HOSTILE] += 1
    tally.unanswered[HOSTILE] += 1
    tally.reasons[HOSTILE] += 40
    hostile = {HOSTILE: [HOSTILE, {"name": HOSTILE}]}
    page = page_of(tally, rules, manifest=hostile)
    assert "<script" not in page
    assert loads_nothing(page.replace("http://evil.example", ""))
    assert Parsed(page).text.count(HOSTILE) >= 9


@pytest.mark.parametrize(
    ("people", "rejects", "told"),
    [
        (0, 0, "Nobody was assessed"),
        (0, 5, "Nobody was assessed"),
        (3, 0, "No answer pointed to a mineral"),
    ],
)
def test_a_run_without_findings_says_so(
    rules: minsight.Rules, people: int, rejects: int, told: str
) -> None:
    bad = [Reject("f", row, "", "", "the line is cut") for row in range(rejects)]
    tally = Tally(files=1)
    tally.add(screened([Person("30", "male")] * people, rejects=bad))
    parsed = Parsed(page_of(tally, rules, manifest={}))
    assert told in parsed.text
    assert len(parsed.of("svg")) == (1 if people else 0), "only missing answers"


def test_a_survey_of_one_person_has_every_chart(rules: minsight.Rules) -> None:
    candidate = Candidacy("iron", "partial_pattern", ("iron.koilonychia",))
    tally = Tally(files=1)
    tally.add(screened([Person(candidates=(candidate,))]))
    parsed = Parsed(page_of(tally, rules))
    assert len(parsed.of("svg")) == 4
    assert "sex not given" in parsed.text


def test_long_lists_are_cut_and_say_so(rules: minsight.Rules) -> None:
    tally = Tally()
    for number in range(130):
        tally.tell([Notice("f", f"notice {number}")])
    parsed = Parsed(page_of(tally, rules, manifest={"files": list(range(70))}))
    assert "30 more, of smaller numbers or later files, are left out" in parsed.text
    assert "20 more stand in the JSON" in parsed.text


# --- where it goes --------------------------------------------------------------------


def test_a_path_gets_the_same_page(
    page: str, rules: minsight.Rules, tmp_path: Path
) -> None:
    write_report(survey(), MANIFEST, rules, tmp_path / "r.html")
    assert (tmp_path / "r.html").read_bytes() == page.encode()


def test_a_path_that_cannot_be_written_is_told(
    rules: minsight.Rules, tmp_path: Path
) -> None:
    with pytest.raises(FileError, match=r"cannot write `.*r\.html`"):
        write_report(Tally(), {}, rules, tmp_path / "no" / "r.html")


@pytest.mark.parametrize("package", ["altair", "vl_convert", "jinja2"])
def test_without_the_extra_its_installation_is_told(
    package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(
        FileError, match=r'a report .* `pip install "minsight\[report\]"`'
    ):
        require_report()


# --- what was met most ----------------------------------------------------------------


def test_rules_that_one_answer_meets_are_told_together(rules: minsight.Rules) -> None:
    met = {"iron.fatigue": 5, "zinc.hair_loss": 7, "copper.fatigue": 5, "x.unknown": 1}
    found = by_frequency(met, rules)
    assert [(f.label, f.persons) for f in found] == [
        ("Hair loss", 7),
        ("Fatigue", 5),
        ("x.unknown", 1),
    ]
    assert found[1].rules == ("copper.fatigue", "iron.fatigue")


def test_every_rule_that_can_be_met_has_words(rules: minsight.Rules) -> None:
    """No id of the vocabulary is shown in place of a label."""
    for rule in rules.catalogue.rules:
        if rule.says != "context":
            assert "_" not in rule_label(rule.id, rules), rule.id
