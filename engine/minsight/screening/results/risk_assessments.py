"""RiskAssessments: results as resources of FHIR R4, one a person, no person left out.

What stands where is told in `docs/fhir.md`. There is no probability in them, since none
is known, no mitigation, since no treatment is given, and no time, since none is read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from itertools import groupby
from operator import itemgetter
from typing import Any, Final, NamedTuple, TypeAlias

from polars import DataFrame

from minsight.assessment.engine import Engine
from minsight.assessment.wording import joined, source_title
from minsight.errors import FileError, quoted
from minsight.knowledge.catalogue import Rule, RuleSentence
from minsight.scales import URGENCIES, Doubt
from minsight.screening.results.schema import LONG, SEPARATOR

_Resource: TypeAlias = dict[str, Any]
OURS: Final = "urn:minsight:"
"""How our own systems and extensions begin; they are registered nowhere."""
_UCUM: Final = "http://unitsofmeasure.org"
_NOT_RANKED: Final = URGENCIES[-1]
"""At this urgency the text for people names no minerals, as nowhere on a screen."""


class ResultLine(NamedTuple):
    """One row of results."""

    file: str
    row: int
    subject_id: str
    age: str | None
    age_years: float | None
    sex: str | None
    urgency: str
    urgency_judged: bool
    urgency_reasons: str
    rank: int | None
    mineral: str | None
    level: str
    points: int | None
    reasons: str
    against: str
    brakes: str


class RiskAssessments:
    """Makes resources from results of one set of rules."""

    def __init__(self, rules: Engine) -> None:
        catalogue = rules.catalogue
        self._catalogue = catalogue
        self._method = _method(rules)
        self._notices: Mapping[str, RuleSentence] = {n.id: n for n in catalogue.flags}
        self._brakes = {brake.id: brake for brake in catalogue.brakes}
        self._because = {rule.id: _because(rule) for rule in catalogue.rules}
        self._levels = {
            level.id: _concept("level", level.id, level.sentence)
            for level in catalogue.levels
        }
        self._outcomes = {
            mineral: _concept("lack", mineral, catalogue.profile[mineral].lack)
            for mineral in rules.program.minerals
        }
        names = [catalogue.profile[m].name.lower() for m in rules.program.minerals]
        self._nothing = (
            f"Nothing here points to a lack of {joined(names, 'or')}."
            " This tool cannot rule it out."
        )

    def of(self, results: DataFrame) -> Iterator[_Resource]:
        """The resource of each person of the results, in their order.

        INVARIANT: the rows of a person stand together, whole, by rank.
        """
        lines = map(ResultLine._make, results.select(LONG.names()).iter_rows())
        for _, of_person in groupby(lines, key=itemgetter(0, 1)):
            yield self._resource(list(of_person))

    def _resource(self, lines: list[ResultLine]) -> _Resource:
        person = lines[0]
        candidates = [line for line in lines if line.mineral is not None]
        place = f"{person.file}#{person.row}"
        resource: _Resource = {
            "resourceType": "RiskAssessment",
            "id": _id_of(person),
            "language": "en",
            "text": self._narrative(person, candidates),
            "extension": [*self._urgency(person), *_person(person)],
            "identifier": [{"system": f"{OURS}row", "value": place}],
            "status": "final",
            "method": self._method,
            "subject": _subject(person, place),
        }
        if candidates:
            resource["prediction"] = [self._prediction(line) for line in candidates]
        resource["note"] = [{"text": text} for text in self._notes(person, candidates)]
        return resource

    def _urgency(self, person: ResultLine) -> Iterator[_Resource]:
        coding = _coding("urgency", person.urgency, self._sentence(person))
        yield {"url": f"{OURS}urgency", "valueCoding": coding}
        yield {"url": f"{OURS}urgency-judged", "valueBoolean": person.urgency_judged}

    def _sentence(self, person: ResultLine) -> str:
        doubt: Doubt | None = None if person.urgency_judged else "any"
        return self._catalogue.urgency_sentence(person.urgency, doubt)

    def _prediction(self, line: ResultLine) -> _Resource:
        prediction: _Resource = {
            "outcome": self._outcomes[str(line.mineral)],
            "qualitativeRisk": self._levels[line.level],
        }
        rationale = "\n".join(self._rationale(line))
        return {**prediction, "rationale": rationale} if rationale else prediction

    def _rationale(self, line: ResultLine) -> Iterator[str]:
        """What speaks for it, against it and held it back; then the sources."""
        reasons, against = _ids(line.reasons), _ids(line.against)
        yield from (f"For: {self._because[rule]}" for rule in reasons)
        yield from (f"Against: {self._because[rule]}" for rule in against)
        for brake in _ids(line.brakes):
            yield f"Held back: {self._brakes[brake].text} [{brake}]"
        rule = self._catalogue.rule
        keys = dict.fromkeys(
            key for id_ in (*reasons, *against) for key in rule[id_].sources
        )
        for key in keys:
            yield f"Source {key}: {source_title(self._catalogue.source[key])}"

    def _notes(self, person: ResultLine, candidates: list[ResultLine]) -> Iterator[str]:
        """The urgency with its warnings, what was not found, what to remember."""
        yield "\n".join(self._warnings(person))
        if not candidates:
            yield self._nothing
        yield self._catalogue.footer

    def _warnings(self, person: ResultLine) -> Iterator[str]:
        yield self._sentence(person)
        for id_ in _ids(person.urgency_reasons):
            notice = self._notices.get(id_)
            text = notice.text if notice else self._catalogue.rule[id_].because
            yield f"{text} [{id_}]"

    def _narrative(self, person: ResultLine, candidates: list[ResultLine]) -> _Resource:
        """The text for people, from the parts above."""
        paragraphs = [f"<p>{escape(text)}</p>" for text in self._warnings(person)]
        if known := [told for told in (person.age, person.sex) if told]:
            paragraphs.append(f"<p>Assessed as: {escape(', '.join(known))}.</p>")
        if not candidates:
            paragraphs.append(f"<p>{escape(self._nothing)}</p>")
        elif person.urgency != _NOT_RANKED:
            items = "".join(
                f"<li>{escape(self._outcomes[str(line.mineral)]['text'])}:"
                f" {escape(self._levels[line.level]['text'])}</li>"
                for line in candidates
            )
            paragraphs.append(f"<ol>{items}</ol>")
        paragraphs.append(f"<p>{escape(self._catalogue.footer)}</p>")
        div = f'<div xmlns="http://www.w3.org/1999/xhtml">{"".join(paragraphs)}</div>'
        return {"status": "generated", "div": div}


def check_resource(resource: Mapping[str, Any]) -> None:
    """Check a resource with fhir.resources, whose R4B is R4 for this kind of resource.

    Raises:
        FileError: when it is not a RiskAssessment.
    """
    from fhir.resources.R4B.riskassessment import RiskAssessment
    from pydantic import ValidationError

    try:
        RiskAssessment.model_validate(resource)
    except ValidationError as error:
        where = quoted(resource["identifier"][0]["value"])
        wrong = "; ".join(
            f"{'.'.join(map(str, one['loc']))}: {one['msg'].lower()}"
            for one in error.errors()
        )
        raise FileError(f"the resource of {where} is not valid: {wrong}") from None


def _id_of(person: ResultLine) -> str:
    """An id that the file, row and subject id decide, in the form of a UUID.

    It is of version 8, which is for hashes of one's own.
    """
    told = "\0".join((person.file, str(person.row), person.subject_id))
    digits = list(hashlib.sha256(told.encode()).hexdigest()[:32])
    digits[12], digits[16] = "8", "89ab"[int(digits[16], 16) % 4]
    text = "".join(digits)
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


def _person(person: ResultLine) -> Iterator[_Resource]:
    """The age and sex that were assessed, as far as they are known."""
    if person.age_years is not None:
        age = {"value": person.age_years, "unit": "years", "system": _UCUM, "code": "a"}
        yield {"url": f"{OURS}age", "valueAge": age}
    if person.sex is not None:
        yield {"url": f"{OURS}sex", "valueCode": person.sex}


def _subject(person: ResultLine, place: str) -> _Resource:
    """A reference to the person by their id; by their place where they have none."""
    if person.subject_id.strip():
        return {"type": "Patient", "identifier": {"value": person.subject_id}}
    return {"type": "Patient", "display": place}


def _method(rules: Engine) -> _Resource:
    text = f"minsight rules {rules.version}, fingerprint {rules.fingerprint}"
    coding = {
        "system": f"{OURS}rules",
        "version": rules.version,
        "code": rules.fingerprint,
    }
    return {"coding": [coding], "text": text}


def _because(rule: Rule) -> str:
    points = f" Points to: {rule.points_to}." if rule.points_to else ""
    sources = ", ".join(rule.sources)
    return f"{rule.because}{points} [{rule.id}; grade {rule.grade}: {sources}]"


def _concept(system: str, code: str, text: str) -> _Resource:
    return {"coding": [_coding(system, code, text)], "text": text}


def _coding(system: str, code: str, display: str) -> _Resource:
    return {"system": f"{OURS}{system}", "code": code, "display": display}


def _ids(cell: str) -> Iterable[str]:
    return cell.split(SEPARATOR) if cell else ()
