"""A questionnaire asks what can change something, and nothing else."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from typing import Any, Final

import msgspec
import pytest
from fhir.resources.R4B.questionnaire import Questionnaire as Resource

import minsight
from minsight.compiler.bundle import rules_folder
from minsight.compiler.conditions import deep_leaves, leaves, names_of
from minsight.compiler.documents.vocabulary import BandDocument, MeasurementDocument
from minsight.compiler.folder import Folder, read_folder
from minsight.intake.answers import enter
from minsight.intake.facts import given_atoms
from minsight.knowledge.vocabulary import Demographic
from minsight.logic import atoms
from minsight.logic.atoms import Atom
from minsight.logic.dependencies import Flow
from minsight.logic.program import Clause
from minsight.questions import forms
from minsight.questions.questionnaire import (
    Question,
    Questionnaire,
    group_named,
    questionnaire,
)
from minsight.questions.relevance import HEADINGS
from minsight_cli.rendering.form import ANSWER_WORDS, form_page

FORMS: Final[dict[str, dict[str, Any]]] = {
    "everything": {},
    "clinician": {"clinician": True},
    "iron": {"minerals": ["iron"]},
    "iron and zinc for infants": {"minerals": ["zinc", "iron"], "people": ["infants"]},
    "iodine for pregnancy": {
        "minerals": ["iodine"],
        "people": ["pregnancy"],
        "clinician": True,
    },
    "two life stages": {"minerals": ["calcium"], "people": ["0-5mo", "65y+"]},
}
PEOPLE: Final = (("9mo", "female"), ("15y", "female"), ("30", "male"), ("70", "female"))


@pytest.fixture(params=FORMS)
def form(request: pytest.FixtureRequest, rules: minsight.Rules) -> Questionnaire:
    """Each of several forms."""
    return rules.questionnaire(**FORMS[request.param])


# --- what follows from what -----------------------------------------------------------


def clause(head: str, *body: str) -> Clause:
    return Clause(Atom(head), tuple(map(Atom, body)), "shared")


def test_a_flow_knows_what_can_be_reached_and_what_leads_there() -> None:
    flow = Flow(
        [clause("b", "a"), clause("d", "b", "c"), clause("e", "x")], [Atom("a")]
    )
    assert flow.possible == {"a", "b"}
    assert flow.reached_from([Atom("a")]) == {"a", "b"}
    assert flow.leading_to([Atom("b")]) == {"a", "b"}
    assert flow.leading_to([Atom("d")]) == {"d"}


def test_an_absence_is_possible_and_leads_on() -> None:
    flow = Flow([clause("b", "a", "not:z")], [Atom("a"), Atom("z")])
    assert flow.possible == {"a", "b", "z"}
    assert flow.leading_to([Atom("b")]) == {"a", "b", "z"}
    assert flow.implied_by(Atom("a")) == {"a"}


# --- which questions ------------------------------------------------------------------


def test_every_question_is_read_by_a_rule_of_the_minerals_or_by_a_red_flag(
    form: Questionnaire, rules: minsight.Rules
) -> None:
    catalogue, vocabulary = rules.catalogue, rules.vocabulary
    flags = {flag.id: flag for flag in catalogue.flags}
    for question in form.questions:
        assert question.rules or question.flags, question.id
        assert {catalogue.rule[rule].mineral for rule in question.rules} == set(
            question.minerals
        )
        assert set(question.minerals) <= set(form.minerals)
        assert set(question.flags) <= set(flags)
        assert question.text == vocabulary.label(question.id)
    ids = [question.id for question in form.questions]
    assert len(ids) == len(set(ids))


def test_nobody_is_asked_what_age_or_sex_rules_out(rules: minsight.Rules) -> None:
    for age, sex in PEOPLE:
        days = minsight.parse_age(age)
        for question in questionnaire(rules, age=age, sex=sex).questions:
            assert question.asked_of.may_be(days, sex), question.id


def test_what_follows_from_age_and_sex_is_not_asked(form: Questionnaire) -> None:
    ids = {question.id for question in form.questions}
    assert ids.isdisjoint(
        {"infant", "adult", "older_adult", "0-5mo", "adolescent_girl"}
    )


def test_only_a_clinician_is_asked_for_signs_of_theirs_and_numbers(
    rules: minsight.Rules,
) -> None:
    lay = {q.id for q in questionnaire(rules).questions}
    full = questionnaire(rules, clinician=True)
    finding, measurement = rules.vocabulary.finding, rules.vocabulary.measurement
    assert [id_ for id_ in lay if id_ in finding and not finding[id_].lay] == []
    assert lay.isdisjoint(measurement)
    assert {"heart_murmur", "ferritin"} <= {q.id for q in full.questions}
    assert all(
        (q.kind == "measurement") == (q.unit is not None) == (q.id in measurement)
        for q in full.questions
    )


def test_a_value_that_another_is_read_beside_is_asked_with_it(
    rules: minsight.Rules,
) -> None:
    pairs = [(m.id, m.adjusted.by) for m in rules.vocabulary.measurements if m.adjusted]
    assert pairs != []
    calcium = questionnaire(rules, minerals=["calcium"], clinician=True)
    iron = questionnaire(rules, minerals=["iron"], clinician=True)
    for pair in pairs:
        assert set(pair) <= {question.id for question in calcium.questions}
        assert {question.id for question in iron.questions}.isdisjoint(pair)


def test_a_form_for_several_groups_asks_what_any_of_them_can_be_asked(
    rules: minsight.Rules,
) -> None:
    both = questionnaire(rules, minerals=["zinc"], people=["infant", "pregnant"])
    each = [
        questionnaire(rules, minerals=["zinc"], people=[group])
        for group in ("infant", "pregnant")
    ]
    assert {q.id for q in both.questions} == {q.id for f in each for q in f.questions}
    lacking = [{rule.rule for rule in f.not_fed} for f in each]
    assert {rule.rule for rule in both.not_fed} == lacking[0] & lacking[1]


def test_sections_are_whole_and_the_urgent_and_strong_come_first(
    form: Questionnaire, rules: minsight.Rules
) -> None:
    headings = [question.section for question in form.questions]
    assert headings == [h for h, questions in form.sections.items() for _ in questions]
    order = ["none", "routine", "soon", "same_day", "emergency"]
    for questions in form.sections.values():
        urgencies = [order.index(question.urgency) for question in questions]
        assert urgencies == sorted(urgencies, reverse=True)
    of_iron = questionnaire(rules, minerals=["iron"]).sections
    skin = [q.id for q in of_iron[HEADINGS["skin_hair_nails"]]]
    assert skin.index("spoon_nails") < skin.index("pallor") < skin.index("dry_skin")


def test_every_category_of_the_vocabulary_has_a_heading(rules: minsight.Rules) -> None:
    vocabulary = rules.vocabulary
    categories = {finding.category for finding in vocabulary.findings}
    categories |= {group.category for group in vocabulary.groups if not group.derived}
    assert categories <= set(HEADINGS)


# --- nothing lost, nothing idle -------------------------------------------------------


def holds(rules: minsight.Rules, subject: minsight.Subject) -> frozenset[Atom]:
    answers = enter(subject, rules.vocabulary)
    given = given_atoms(answers, rules.program, rules.vocabulary)
    return rules.evaluate(given, engine="reference").holds


def said_yes(id_: str) -> set[Atom]:
    return {atoms.observed(id_), atoms.in_group(id_)}


def said_no(id_: str) -> set[Atom]:
    return {atoms.excluded(id_), atoms.outside_group(id_)}


def outcome(
    held: frozenset[Atom], minerals: Iterable[str], rules: minsight.Rules
) -> set[Atom]:
    """The levels of the minerals, their urgent rules that match, and the red flags.

    Those that are told only wait for somebody to tell them, and no form asks.
    """
    levels = tuple(atoms.level(mineral, "") for mineral in minerals)
    urgent = tuple(atoms.flag(f"{mineral}.") for mineral in minerals)
    flags = {atoms.flag(f.id) for f in rules.catalogue.flags if not f.told_only}
    return {atom for atom in held if atom in flags or atom.startswith(levels + urgent)}


def lay_ids(rules: minsight.Rules, days: float, sex: str) -> list[str]:
    """What a lay person of this age and sex can be asked, needed or not."""
    vocabulary = rules.vocabulary
    asked = (f for f in vocabulary.findings if f.lay and not f.told_only)
    known = {f.id: f.asked_of for f in asked}
    known |= {g.id: g.asked_of for g in vocabulary.groups if not g.derived}
    return [id_ for id_, whom in known.items() if whom.may_be(days, sex)]


@pytest.mark.parametrize(("age", "sex"), PEOPLE)
@pytest.mark.parametrize("minerals", [["iron"], ["copper", "zinc"], []])
def test_what_is_not_asked_changes_no_level_and_no_red_flag(
    rules: minsight.Rules, minerals: list[str], age: str, sex: str
) -> None:
    """Whoever answers everything ends where the form alone leads."""
    form = questionnaire(rules, minerals=minerals, age=age, sex=sex)
    asked = {question.id for question in form.questions}
    known = lay_ids(rules, minsight.parse_age(age), sex)
    chance = random.Random(f"{minerals}{age}{sex}")
    for count in (2, 5, 10, 20, 40) * 3:
        said = chance.sample(known, count)
        held = holds(rules, minsight.Subject(present=said, age=age, sex=sex))
        true = {name for id_ in said for name in rules.vocabulary.with_ancestors(id_)}
        denied = [i for i in known if i not in true and held.isdisjoint(said_yes(i))]
        denied = chance.sample(denied, min(len(denied), 3 * count))
        full = minsight.Subject(present=said, absent=denied, age=age, sex=sex)
        all_held = holds(rules, full)
        alone = minsight.Subject(
            present=sorted(i for i in asked if all_held & said_yes(i)),
            absent=sorted(i for i in asked if all_held & said_no(i)),
            age=age,
            sex=sex,
        )
        assert outcome(holds(rules, alone), form.minerals, rules) == outcome(
            all_held, form.minerals, rules
        )


def others(
    question: Question, form: Questionnaire, rules: minsight.Rules
) -> list[list[str]]:
    """What each rule and warning sign reads together with it, as far as it is asked."""
    asked = {q.id for q in form.questions if q.unit is None} - {question.id}
    flags = {flag.id: flag.reads for flag in rules.catalogue.flags}
    read = [rules.catalogue.rule[rule].reads for rule in question.rules]
    read += [flags[flag] for flag in question.flags]
    beside = [[id_ for id_ in ids if id_ in asked] for ids in read]
    return [ids for ids in beside if ids]


def around(
    question: Question, form: Questionnaire, rules: minsight.Rules
) -> Iterator[list[str]]:
    """People without an answer to the question, the likeliest to show its use first."""
    beside = others(question, form, rules)
    asked = [q.id for q in form.questions if q.unit is None and q.id != question.id]
    chance = random.Random(question.id)
    yield []
    yield from ([id_] for ids in beside for id_ in ids)
    for _ in range(600 if beside else 0):
        ids = chance.choice(beside)
        yield chance.sample(ids, min(len(ids), chance.randint(1, 4)))
    together = list(dict.fromkeys(id_ for ids in beside for id_ in ids))
    for _ in range(300):
        yield chance.sample(together, min(len(together), chance.randint(1, 4)))
    for _ in range(150):
        yield chance.sample(asked, chance.randint(1, 6))


@pytest.mark.parametrize(
    ("minerals", "age", "sex"),
    [(["iron"], "30", "female"), (["zinc"], "9mo", "male"), (["iodine"], "70", "male")],
)
def test_each_question_makes_a_difference_to_somebody(
    rules: minsight.Rules, minerals: list[str], age: str, sex: str
) -> None:
    """Dropping it would lose a change of level or a red flag in some person."""
    form = questionnaire(rules, minerals=minerals, age=age, sex=sex)
    idle = [
        question.id
        for question in form.questions
        if not any(
            differs(rules, question, present, minerals=minerals, age=age, sex=sex)
            for present in around(question, form, rules)
        )
    ]
    assert idle == []


def differs(
    rules: minsight.Rules,
    question: Question,
    present: list[str],
    *,
    minerals: list[str],
    age: str,
    sex: str,
) -> bool:
    person = minsight.Subject(present=present, age=age, sex=sex)
    before = outcome(holds(rules, person), minerals, rules)
    yes = minsight.Subject(present=[*present, question.id], age=age, sex=sex)
    if outcome(holds(rules, yes), minerals, rules) != before:
        return True
    no = minsight.Subject(present=present, absent=[question.id], age=age, sex=sex)
    return outcome(holds(rules, no), minerals, rules) != before


# --- coverage -------------------------------------------------------------------------


@pytest.mark.parametrize("clinician", [False, True])
@pytest.mark.parametrize(("age", "sex"), PEOPLE)
def test_rules_are_not_fed_exactly_when_no_answers_make_them_match(
    rules: minsight.Rules, age: str, sex: str, clinician: bool
) -> None:
    """Against an evaluation of somebody who says both yes and no to everything."""
    form = questionnaire(rules, age=age, sex=sex, clinician=clinician)
    given: set[Atom] = set()
    for subject in extremes(form, rules, age=age, sex=sex):
        answers = enter(subject, rules.vocabulary)
        given |= given_atoms(answers, rules.program, rules.vocabulary)
    held = rules.evaluate(frozenset(given), engine="reference").holds
    silent = [r.id for r in rules.catalogue.rules if atoms.evidence(r.id) not in held]
    assert [rule.rule for rule in form.not_fed] == silent
    for rule in form.not_fed:
        assert rule.lacks, rule.rule


def extremes(
    form: Questionnaire, rules: minsight.Rules, *, age: str, sex: str
) -> Iterator[minsight.Subject]:
    ids = [q.id for q in form.questions if q.unit is None]
    yield minsight.Subject(present=ids, age=age, sex=sex)
    yield minsight.Subject(absent=ids, age=age, sex=sex)
    for question in form.questions:
        if question.unit is not None:
            kind = rules.vocabulary.measurement[question.id]
            for value in (kind.plausible_from, kind.plausible_to):
                measured = minsight.Measurement(question.id, value, question.unit)
                yield minsight.Subject(measurements=[measured], age=age, sex=sex)


def test_entries_are_unread_exactly_when_no_rule_reads_them(
    rules: minsight.Rules,
) -> None:
    """Against the rule files: conditions, pictures, bands, derivations, parents."""
    folder, _ = read_folder(rules_folder())
    assert folder is not None
    read = read_by_rules(folder)
    vocabulary = rules.vocabulary
    of_age = ("age_sex", "life_stage")
    ids = [
        *vocabulary.finding,
        *(g.id for g in vocabulary.groups if g.category not in of_age),
        *vocabulary.measurement,
    ]
    unread = [id_ for id_ in ids if read.isdisjoint(vocabulary.with_ancestors(id_))]
    form = questionnaire(rules, minerals=["fluoride"])
    assert list(form.unread) == unread


def read_by_rules(folder: Folder) -> set[str]:
    """The ids that rules and red flags read, and all through which those can come."""
    names = names_of(folder)
    whens = [rule.when for rules in folder.rules.values() for rule in rules]
    whens += [flag.when for flag in folder.red_flags]
    found: set[str] = set()
    for when in whens:
        found |= {id_ for id_, _ in deep_leaves(when, names)}
    before = None
    while before != found:
        before = set(found)
        for group in folder.groups:
            if group.id in found and group.derive and group.derive.when:
                found |= {id_ for id_, _ in leaves(group.derive.when)}
        for measured in folder.measurements:
            for band in measured.bands:
                if not found.isdisjoint({band.id, *band.parents}):
                    found |= read_by_band(band, measured)
    return found


def read_by_band(band: BandDocument, measured: MeasurementDocument) -> set[str]:
    beside = {measured.adjusted.by} if measured.adjusted else set()
    whens = [cutoff.whom.when for cutoff in band.cutoffs if cutoff.whom]
    conditions = [when for when in whens if when is not None]
    read = {id_ for when in conditions for id_, _ in leaves(when)}
    return {measured.id, *beside, *read}


# --- whom it is for -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("infants", "infant"),
        ("pregnancy", "pregnant"),
        ("6-11mo", "6-11mo"),
        ("65 years and over", "65y+"),
        ("vegetarian", "vegetarian_diet"),
    ],
)
def test_people_are_named_in_words(rules: minsight.Rules, text: str, id_: str) -> None:
    assert group_named(text, rules.vocabulary).id == id_


@pytest.mark.parametrize(
    ("wanted", "named"),
    [
        ({"minerals": ["sulfur"]}, "`sulfur` is not scored"),
        ({"people": ["infnts"]}, "did you mean `infant`"),
        ({"people": ["fatigue"]}, "`fatigue` is not one group of people"),
        ({"people": ["infant"], "age": "30"}, "nobody of the given age and sex"),
        ({"people": ["pregnant"], "sex": "m"}, "nobody of the given age and sex"),
        ({"age": "old"}, "`old` is not an age"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    rules: minsight.Rules, wanted: dict[str, Any], named: str
) -> None:
    with pytest.raises(minsight.SubjectError, match=named):
        questionnaire(rules, **wanted)


def test_whom_is_said_in_words() -> None:
    assert forms.whom_in_words(Demographic()) == ""
    assert forms.whom_in_words(Demographic(28.0, 365.25, "male")) == (
        "male, from 28 days, under 12 months"
    )


# --- CSV ------------------------------------------------------------------------------


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_the_columns_are_the_questions_and_the_codebook_explains_each(
    form: Questionnaire,
) -> None:
    template = forms.csv_template(form)
    ids = [question.id for question in form.questions]
    columns = next(csv.reader(io.StringIO(template)))
    assert columns == ["subject_id", "age_years", "age_months", "sex", *ids]
    assert rows_of(template) == []
    codebook = rows_of(forms.csv_codebook(form))
    assert [row["column"] for row in codebook] == columns
    for row, question in zip(codebook[4:], form.questions, strict=True):
        assert row["question"].startswith(question.text)
        assert row["unit"] == (question.unit or "")
        assert row["minerals"].split() == list(question.minerals)
        assert ("yes" in row["answers"]) == (question.unit is None)


def test_a_filled_row_is_understood_in_full(rules: minsight.Rules) -> None:
    form = questionnaire(rules, minerals=["iron"], age="30", sex="f", clinician=True)
    said = {"spoon_nails": "yes", "ice_craving": "yes", "ferritin": "8"}
    columns = next(csv.reader(io.StringIO(forms.csv_template(form))))
    filled = {"age_years": "30", "sex": "female", **said}
    text = (
        forms.csv_template(form) + ",".join(filled.get(c, "") for c in columns) + "\n"
    )
    (row,) = rows_of(text)
    units = {q.id: q.unit for q in form.questions if q.unit}
    subject = minsight.Subject(
        present=[column for column, value in row.items() if value == "yes"],
        measurements=[
            minsight.Measurement(id_, float(row[id_]), unit)
            for id_, unit in units.items()
            if row[id_]
        ],
        age=row["age_years"],
        sex=row["sex"],
    )
    assessment = rules.assess(subject)
    assert assessment.unrecognised == ()
    assert assessment.candidates[0].level == "measured_low"


# --- HTML -----------------------------------------------------------------------------


class Page(HTMLParser):
    """The elements of a page, its text, and whether every element is closed."""

    VOID: Final = frozenset({"meta", "input"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str, name: str) -> list[str | None]:
        return [attrs.get(name) for found, attrs in self.elements if found == tag]


def page_of(form: Questionnaire) -> Page:
    return Page(form_page(form, scored=(), says="what the rules say"))


def test_the_page_has_each_question_once_with_its_boxes(form: Questionnaire) -> None:
    page = page_of(form)
    rows = [id_ for id_ in page.all("tr", "id") if id_]
    ids = [question.id for question in form.questions]
    assert rows == ["q-age", "q-sex", "q-subject_id", *(f"q-{id_}" for id_ in ids)]
    boxes = [a for tag, a in page.elements if tag == "input" and a["type"] == "radio"]
    for question in form.questions:
        values = [box["value"] for box in boxes if box["name"] == question.id]
        assert values == ([v for v, _ in ANSWER_WORDS] if question.unit is None else [])
        assert question.text in page.text


def test_the_page_stands_alone_and_can_be_read_aloud(form: Questionnaire) -> None:
    page = page_of(form)
    tags = [tag for tag, _ in page.elements]
    assert not {"script", "link", "img", "iframe", "object"} & set(tags)
    assert [
        n for _, attrs in page.elements for n in ("src", "href") if n in attrs
    ] == []
    assert page.all("html", "lang") == ["en"]
    assert tags.count("caption") == tags.count("table") == len(form.sections) + 1
    marks = [attrs["id"] for _, attrs in page.elements if attrs.get("id")]
    assert len(marks) == len(set(marks))
    labels = set(page.all("label", "for"))
    for tag, attrs in page.elements:
        if tag == "input" and attrs["name"] != "age_months":  # inside its label
            named = attrs.get("aria-labelledby")
            assert set(named.split()) <= set(marks) if named else attrs["id"] in labels
    assert "Education and decision support, never a diagnosis" in page.text
    assert form.version in page.text
    assert form.fingerprint in page.text


def test_texts_are_escaped_on_the_page(rules: minsight.Rules) -> None:
    form = questionnaire(rules, minerals=["fluoride"])
    first = msgspec.structs.replace(
        form.questions[0],
        text="<script>alert('&')</script>",
        help='"<b>"',
        section="<i>",
    )
    page = page_of(msgspec.structs.replace(form, questions=(first,), people=("<u>",)))
    assert {"script", "b", "i", "u"}.isdisjoint(tag for tag, _ in page.elements)
    for written in (first.text, first.help, first.section, "<u>"):
        assert written in page.text


# --- FHIR -----------------------------------------------------------------------------


def items_of(resource: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for item in resource.get("item", []):
        yield item
        yield from items_of(item)


def test_the_resource_is_a_questionnaire_of_fhir(form: Questionnaire) -> None:
    resource = forms.fhir_questionnaire(form)
    again = Resource.model_validate(resource).model_dump(mode="json")
    assert {**again, "resourceType": "Questionnaire"} == resource


def test_the_resource_keeps_the_constraints_that_models_do_not_check(
    form: Questionnaire,
) -> None:
    """Those of the Questionnaire resource in release 4, by their keys."""
    resource = forms.fhir_questionnaire(form)
    items = list(items_of(resource))
    links = [item["linkId"] for item in items]
    assert len(links) == len(set(links)), "que-2"
    assert resource["name"].isalnum(), "que-0"
    assert resource["name"][0].isupper(), "que-0"
    for item in items:
        kind = item["type"]
        assert kind in ("group", "display", "choice", "quantity")
        assert (kind != "group") or item["item"], "que-1"
        assert (kind != "display") or not {"item", "code"} & set(item), "que-1, que-3"
        assert ("answerOption" in item) == (kind == "choice"), "que-5"
    assert links[:3] == ["section-person", "age", "sex"]


def test_each_question_is_an_item_with_the_codes_of_the_vocabulary_only(
    form: Questionnaire, rules: minsight.Rules
) -> None:
    items = {item["linkId"]: item for item in items_of(forms.fhir_questionnaire(form))}
    for question in form.questions:
        item = items[question.id]
        assert item["text"] == question.text
        assert item["type"] == ("choice" if question.unit is None else "quantity")
        codes = {code["system"]: code["code"] for code in item.get("code", ())}
        finding = rules.vocabulary.finding.get(question.id)
        measured = rules.vocabulary.measurement.get(question.id)
        hpo, loinc = finding and finding.hpo, measured and measured.loinc
        assert codes == {
            **({"http://human-phenotype-ontology.org": hpo} if hpo else {}),
            **({"http://loinc.org": loinc} if loinc else {}),
        }
    asked = {q.id for q in form.questions}
    assert {link for link in items if link in rules.vocabulary.finding} <= asked


def test_the_same_choice_has_the_same_address(rules: minsight.Rules) -> None:
    chosen = [
        forms.fhir_questionnaire(questionnaire(rules, **wanted))
        for wanted in (*FORMS.values(), *FORMS.values())
    ]
    assert len({resource["url"] for resource in chosen}) == len(FORMS)
    assert len({resource["id"] for resource in chosen}) == len(FORMS)
