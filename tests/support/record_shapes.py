"""Records in the shapes that others write: phenopackets and responses of FHIR, made up.

The phenopackets have the parts of those of public stores; the responses, what the test
cases of HL7 for validators are about.
"""

from __future__ import annotations

from typing import Any, Final

from hypothesis import strategies as st

from minsight.intake.contradictions import holds_for
from minsight.knowledge.vocabulary import Vocabulary
from minsight.screening.sources.fhir_clinical import CLINICAL

DAYS: Final = st.sampled_from(["2024-01-31T00:00:00Z", "2025-06-01", "2023-11-05"])
_ODD_TERMS: Final = ("HP:9999999", "MONDO:0007947", "OMIM:154700", "SNOMED:1", "")


@st.composite
def _optional(draw: st.DrawFn, /, **parts: st.SearchStrategy[Any]) -> dict[str, Any]:
    """Some of the parts, each or not."""
    return {key: draw(part) for key, part in parts.items() if draw(st.booleans())}


def _term(id_: str, label: str = "") -> dict[str, str]:
    return {"id": id_, "label": label or id_}


# --- phenopackets ---------------------------------------------------------------------

ONSETS: Final = st.one_of(
    st.builds(lambda n: {"age": {"iso8601duration": f"P{n}Y"}}, st.integers(0, 80)),
    st.builds(lambda n: {"age": {"iso8601duration": f"P{n}M"}}, st.integers(0, 20)),
    st.builds(lambda day: {"timestamp": day}, DAYS),
    st.just({"ontologyClass": _term("HP:0003577", "Congenital onset")}),
    st.just(
        {
            "ageRange": {
                "start": {"iso8601duration": "P1Y"},
                "end": {"iso8601duration": "P5Y"},
            }
        }
    ),
    st.just({"gestationalAge": {"weeks": 33, "days": 2}}),
)
EVIDENCE: Final = [
    {
        "evidenceCode": _term("ECO:0006017", "author statement from published study"),
        "reference": {"id": "PMID:30808312", "description": "a made-up report"},
    }
]


@st.composite
def phenopackets(draw: st.DrawFn, vocabulary: Vocabulary) -> dict[str, Any]:
    """A phenopacket whose features can all be true of the person.

    Of a term, no more specific one is observed where it is excluded.
    """
    sex = draw(st.sampled_from(["FEMALE", "MALE", "OTHER_SEX", "UNKNOWN_SEX", 1, 2]))
    age = draw(st.integers(0, 80))
    about = {
        "id": draw(st.sampled_from(["proband A", "1", "III-2"])),
        "sex": sex,
        **draw(
            _optional(
                timeAtLastEncounter=st.just({"age": {"iso8601duration": f"P{age}Y"}}),
                vitalStatus=st.sampled_from(
                    [
                        {"status": "ALIVE"},
                        {"status": "DECEASED", "causeOfDeath": _term("x")},
                    ]
                ),
                taxonomy=st.just(_term("NCBITaxon:9606", "Homo sapiens")),
                karyotypicSex=st.just("XX"),
                gender=st.just(_term("LOINC:LA22878-5", "Identifies as male")),
            )
        ),
    }
    whom = {"FEMALE": "female", "MALE": "male", 1: "female", 2: "male"}.get(sex)
    return {
        "id": "packet",
        "subject": about,
        "phenotypicFeatures": draw(_features(vocabulary, age * 365.25, whom)),
        **draw(
            _optional(
                interpretations=st.just([_INTERPRETATION]),
                diseases=st.just(
                    [{"term": _term("OMIM:154700", "Marfan syndrome"), "onset": {}}]
                ),
                measurements=st.just([_MEASUREMENT]),
                biosamples=st.just([{"id": "b", "sampledTissue": _term("UBERON:1")}]),
                files=st.just([{"uri": "file:///a.vcf.gz"}]),
                medicalActions=st.just(
                    [
                        {"procedure": {"code": _term("NCIT:C15329", "Surgery")}},
                        {"treatment": {"agent": _term("CHEBI:1", "biotin")}},
                        {"therapeuticRegimen": {"identifier": "x"}},
                    ]
                ),
            )
        ),
        "metaData": {
            "created": "2024-01-31T00:00:00Z",
            "createdBy": "ORCID:0000",
            "resources": [{"id": "hp", "namespacePrefix": "HP"}],
            "phenopacketSchemaVersion": draw(st.sampled_from(["2.0", "2.0.2"])),
            "externalReferences": [{"id": "PMID:30808312"}],
        },
    }  # fmt: skip


@st.composite
def _features(
    draw: st.DrawFn, vocabulary: Vocabulary, age_days: float, sex: str | None
) -> list[dict[str, Any]]:
    coded = [f for f in vocabulary.findings if f.hpo and f.hpo.startswith("HP:")]
    few = draw(st.lists(st.sampled_from(coded), min_size=1, max_size=5))
    own = {f.hpo: f.id for f in few if f.hpo}
    terms = own | {f"HP:{number}": f.id for f in few for number in f.hpo_below.split()}
    said = draw(st.lists(st.sampled_from(sorted(terms)), unique=True, max_size=12))
    there: set[str] = set()
    for id_ in said:
        if holds_for(vocabulary, terms[id_]).may_be(age_days, sex):
            there |= {id_} if draw(st.booleans()) else set()
    implied = {
        above for id_ in there for above in vocabulary.with_ancestors(terms[id_])
    }
    features = []
    for id_ in said:
        if id_ not in there and id_ in own and terms[id_] in implied:
            continue  # a kind of it is there
        feature: dict[str, Any] = {
            "type": _term(id_, vocabulary.label(terms[id_]) if id_ in own else "")
        }
        if id_ not in there:
            feature["excluded"] = True
        features.append(feature | draw(_beside()))
    odd = draw(st.lists(st.sampled_from(_ODD_TERMS), max_size=2))
    return features + [{"type": _term(id_)} for id_ in odd]


def _beside() -> st.SearchStrategy[dict[str, Any]]:
    """What stands beside the type of a feature."""
    return _optional(
        onset=ONSETS,
        severity=st.just(_term("HP:0012825", "Mild")),
        modifiers=st.just(
            [_term("HP:0012834", "Right"), _term("HP:0025303", "Episodic")]
        ),
        evidence=st.just(EVIDENCE),
        description=st.just("as told by the mother"),
    )


_INTERPRETATION: Final = {
    "id": "i",
    "progressStatus": "SOLVED",
    "diagnosis": {
        "disease": _term("OMIM:154700", "Marfan syndrome"),
        "genomicInterpretations": [
            {"subjectOrBiosampleId": "1", "interpretationStatus": "CAUSATIVE"}
        ],
    },
}
_MEASUREMENT: Final = {
    "assay": _term("LOINC:2276-4", "Ferritin"),
    "value": {
        "quantity": {
            "unit": _term("UCUM:ng/mL", "nanogram per milliliter"),
            "value": 24.0,
            "referenceRange": {"low": 15.0, "high": 200.0},
        }
    },
    "timeObserved": {"age": {"iso8601duration": "P14Y"}},
}


# --- responses of FHIR ----------------------------------------------------------------

_EXTENSION: Final = [{"url": "http://example.org/e", "valueString": "x"}]
ANSWERS: Final = st.one_of(
    st.builds(lambda v: {"valueBoolean": v}, st.booleans()),
    st.sampled_from(
        [
            {"valueCoding": {"system": "http://loinc.org", "code": "LA33-6"}},
            {"valueCoding": {"system": "http://loinc.org", "code": "LA32-8"}},
            {"valueCoding": {"code": "x", "display": "Sometimes"}},
            {"valueCoding": {}},
            {"valueString": "No"},
            {"valueInteger": 1},
            {"valueDecimal": 2.5},
            {"valueDate": "2024-01-31"},
            {"valueDateTime": "2024"},
            {"valueTime": "10:00:00"},
            {"valueUri": "http://example.org"},
            {"valueQuantity": {"value": 12, "unit": "ug/L", "comparator": ">="}},
            {"valueQuantity": {"unit": "ug/L"}},
            {"valueReference": {"reference": "Patient/1"}},
            {"valueAttachment": {"contentType": "image/png", "data": "AAAA"}},
            {"_valueString": {"extension": _EXTENSION}},
            {"extension": _EXTENSION},
            {},
        ]
    ),
)
"""Answers of every type, some of them to no question here."""
_LINKS: Final = st.sampled_from(
    ["fever", "fatigue", "ferritin", "age", "sex", "q1", "2276-4", "", "1.1", "mother"]
)


def _items() -> st.SearchStrategy[list[dict[str, Any]]]:
    """Items below items and below answers, with or without answers."""
    leaf = st.lists(_item(st.just([])), max_size=3)
    return st.recursive(
        leaf, lambda below: st.lists(_item(below), max_size=3), max_leaves=6
    )


@st.composite
def _item(draw: st.DrawFn, below: st.SearchStrategy[Any]) -> dict[str, Any]:
    given = [
        answer | draw(_optional(item=below))
        for answer in draw(st.lists(ANSWERS, max_size=2))
    ]
    return draw(
        _optional(
            linkId=_LINKS,
            text=st.sampled_from(["Fever", "Family history", "Group", ""]),
            answer=st.just(given),
            item=below,
            definition=st.just("http://example.org/Questionnaire#1"),
            extension=st.just(_EXTENSION),
            _text=st.just({"extension": _EXTENSION}),
        )
    )


_QUESTIONNAIRE: Final = {
    "resourceType": "Questionnaire",
    "id": "q",
    "item": [{"linkId": "fever", "type": "boolean"}],
}


@st.composite
def responses(draw: st.DrawFn) -> dict[str, Any]:
    """A QuestionnaireResponse, in which a part or two may be missing."""
    states = ("completed", "in-progress", "amended", "stopped")
    return {
        "resourceType": "QuestionnaireResponse",
        **draw(
            _optional(
                id=st.just("r"),
                status=st.sampled_from(states),
                questionnaire=st.sampled_from(["#q", "http://example.org/q|1"]),
                contained=st.just([_QUESTIONNAIRE]),
                authored=DAYS,
                subject=st.sampled_from(
                    [
                        {"reference": "Patient/1"},
                        {"reference": "#p"},
                        {"display": "Ann"},
                    ]
                ),
                meta=st.just({"profile": ["http://example.org/p"]}),
                text=st.just({"status": "generated", "div": "<div>fever</div>"}),
                item=_items(),
            )
        ),
    }


@st.composite
def bundles(draw: st.DrawFn) -> dict[str, Any]:
    """A Bundle of responses, a patient and other resources about them."""
    about = st.sampled_from(
        [{"reference": "Patient/1"}, {"reference": "urn:uuid:1"}, {"display": "Ann"}]
    )
    clinical = st.builds(
        lambda kind, who, value: {
            "resourceType": kind, "subject": who,
            "code": {"coding": [{"code": "2276-4"}], "text": "Fever"}, **value,
        },
        st.sampled_from([*CLINICAL, "Encounter"]),
        about,
        ANSWERS,
    )  # fmt: skip
    patient = {"resourceType": "Patient", "id": "1", "birthDate": "1990-01-01"}
    inside = st.one_of(responses(), clinical, st.just(patient), st.just({}), st.none())
    entries = [{"fullUrl": "urn:uuid:1", "resource": r} for r in draw(st.lists(inside))]
    return {"resourceType": "Bundle", "type": "collection", "entry": entries}
