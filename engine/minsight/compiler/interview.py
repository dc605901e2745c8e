"""The guide of a rule folder: how its people are asked."""

from __future__ import annotations

from collections.abc import Iterator

from minsight.ages import parse_age
from minsight.compiler import documents as doc
from minsight.compiler.folder import Folder
from minsight.knowledge.guide import (
    FrequencyBand,
    Guide,
    HistoryPart,
    HistoryQuestion,
    MoreOften,
    WarningSigns,
    Wording,
)
from minsight.knowledge.vocabulary import ANYBODY, Demographic, Family


def guide_of(folder: Folder) -> Guide:
    """How interviews and forms ask the people of these rules."""
    often = folder.frequencies
    return Guide(
        questions=tuple(map(_question, folder.history)),
        wordings={w.id: Wording(w.ask, w.short, w.parent) for w in folder.wordings},
        warnings=tuple(
            WarningSigns(
                one.id,
                one.title,
                tuple(one.beside),
                tuple(one.items),
                ages_and_sex(one),
                one.group,
            )
            for one in folder.warning_signs
        ),
        bands=tuple(
            FrequencyBand(one.id, ages_and_sex(one), one.group)
            for one in (often.bands if often else ())
        ),
        shares=dict(often.classes) if often else {},
        how_often={
            one.id: tuple(one.how_often) for one in (often.entries if often else ())
        },
        more_often=tuple(
            MoreOften(tuple(one.given_any), tuple(one.entries), one.how_much)
            for one in (often.more_often if often else ())
        ),
    )


def families_of(guide: Guide, folder: Folder) -> Iterator[Family]:
    """What records can answer as a whole: of it what people can answer themselves."""
    told = {finding.id for finding in folder.findings if not _can_be_asked(finding)}
    for question in guide.questions:
        if question.kind != "examination":
            denies = tuple(
                id_
                for id_ in question.items
                if id_ in question.denied and id_ not in told
            )
            yield Family(question.id, denies, question.affirms)


def _can_be_asked(finding: doc.FindingDocument) -> bool:
    return finding.lay and not finding.told_only


def ages_and_sex(
    written: doc.AgesAndSexDocument | doc.Derivation | None,
) -> Demographic:
    """The people of some ages and sex, as written."""
    if written is None:
        return ANYBODY
    return Demographic(
        from_days=parse_age(written.from_) if written.from_ else None,
        below_days=parse_age(written.below) if written.below else None,
        sex=written.sex,
    )


def _question(written: doc.HistoryQuestionDocument) -> HistoryQuestion:
    return HistoryQuestion(
        id=written.id,
        title=written.title,
        kind=written.kind,
        ask=written.ask,
        no_means=written.no_means,
        parts=tuple(
            HistoryPart(part.id, part.ask, tuple(part.items), part.parent)
            for part in written.parts
        ),
        parent=written.parent,
        teenager=written.teenager,
        asked_of=ages_and_sex(written.asked_of),
        left_open=tuple(written.left_open),
        affirms=tuple(written.affirms),
        example=written.example,
    )
