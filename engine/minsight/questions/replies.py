"""Replies: what is answered to a screen, and what that says of each entry."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Final, TypeAlias, get_args

from minsight.assessment.engine import Engine
from minsight.errors import SubjectError, quoted
from minsight.intake.facts import said_atom
from minsight.intake.status import OF_ANSWER, in_lists
from minsight.intake.subject import Measurement, Subject
from minsight.knowledge.guide import Guide
from minsight.knowledge.vocabulary import Vocabulary
from minsight.logic.atoms import Atom
from minsight.questions.outline import ReplyWord
from minsight.scales import Status

REPLY_WORDS: Final[tuple[ReplyWord, ...]] = get_args(ReplyWord)
Reply: TypeAlias = ReplyWord | Measurement
"""An answer to a question; to a question for a value, the value."""
Replies: TypeAlias = Mapping[str, Reply]
"""By name: of entries, and of questions and parts of the guide."""


def meant_by_replies(
    replies: Replies,
    rules: Engine,
    *,
    asked: Collection[str],
    held: Callable[[Replies], frozenset[Atom]],
    told: Collection[str] = (),
) -> Replies:
    """The replies by entry: with what a no to a question denies or affirms.

    Only entries that can be `asked` are denied, and none of which something says that
    it is so: `held` tells what holds after replies to entries, `told` what was said
    before any, also where a reply is at odds with it. What one no affirms and another
    denies is so; no order of the replies counts.

    Raises:
        SubjectError: when a reply is to no question of the rules, or is none.
    """
    _refuse_unknown(replies, rules)
    guide, vocabulary = rules.guide, rules.vocabulary
    direct = {n: r for n, r in replies.items() if not is_question(n, guide)}
    others = [pair for pair in replies.items() if pair[0] not in direct]
    closed = [n for word in ("no", "skip") for n, reply in others if reply == word]
    if not closed:
        return direct
    holds = held(direct)
    said = (*told, *(name for name, reply in direct.items() if reply == "yes"))
    so = all_so(holds, vocabulary).union(*map(vocabulary.with_ancestors, said))
    affirmed = [
        id_
        for name in closed
        for id_ in _affirmed_by(name, replies[name], guide, so)
        if id_ in asked and id_ not in direct and not _denied(id_, holds, vocabulary)
    ]
    so = so.union(*(vocabulary.with_ancestors(id_) for id_ in affirmed))
    found: dict[str, Reply] = dict.fromkeys(affirmed, "yes")
    for name in closed:  # a no before a skip
        for id_, reply in _closed_by(name, replies[name], guide):
            if id_ in asked and id_ not in so:
                found.setdefault(id_, reply)
    return {**{id_: found[id_] for id_ in asked if id_ in found}, **direct}


def all_so(holds: AbstractSet[Atom], vocabulary: Vocabulary) -> frozenset[str]:
    """The entries that hold, with all that they are kinds of, read by rules or not."""
    entries = (*vocabulary.finding, *vocabulary.group)
    told = (id_ for id_ in entries if said_atom(id_, vocabulary, present=True) in holds)
    return frozenset[str]().union(*map(vocabulary.with_ancestors, told))


def _denied(id_: str, holds: AbstractSet[Atom], vocabulary: Vocabulary) -> bool:
    """Whether it, or what it is a kind of, was said not to be so."""
    return any(
        said_atom(above, vocabulary, present=False) in holds
        for above in vocabulary.with_ancestors(id_)
    )


def is_question(name: str, guide: Guide) -> bool:
    """Whether the name is of a question or part of the guide, and of no entry."""
    return name in guide.question or name in guide.part


def _affirmed_by(
    name: str, reply: Reply, guide: Guide, so: AbstractSet[str]
) -> tuple[str, ...]:
    """What a no to a question says yes to; nothing once something below it is so."""
    question = guide.question.get(name)
    if question is None or reply != "no" or not so.isdisjoint(question.items):
        return ()
    return question.affirms


def _closed_by(name: str, reply: Reply, guide: Guide) -> Iterator[tuple[str, Reply]]:
    """What a no or a skip says of the entries below a question or part.

    No test that was done says nothing of any result.
    """
    question = guide.question.get(name) or guide.question_of[name]
    below = guide.below(name)
    if reply == "skip" or question.kind == "tests":
        yield from ((id_, "skip") for id_ in below)
        return
    yield from ((id_, "no") for id_ in below if id_ in question.denied)


def with_replies(person: Subject, meant: Replies, vocabulary: Vocabulary) -> Subject:
    """The subject with the replies to entries, as `Rules.assess` takes it."""
    findings_first = sorted(meant, key=vocabulary.group.__contains__)
    said = [
        (id_, OF_ANSWER[reply])
        for id_ in findings_first
        if isinstance(reply := meant[id_], str) and reply in OF_ANSWER
    ]
    lists = in_lists(said, vocabulary.group)
    values = [given for given in meant.values() if isinstance(given, Measurement)]
    return replace(
        person,
        present=(*person.present, *lists["present"]),
        absent=(*person.absent, *lists["absent"]),
        unsure=(*person.unsure, *lists["unsure"]),
        groups=(*person.groups, *lists["groups"]),
        not_groups=(*person.not_groups, *lists["not_groups"]),
        measurements=(*person.measurements, *values),
    )


def taken_back(
    replies: Collection[tuple[str, object]],
    said: Iterable[tuple[str, Status]],
    vocabulary: Vocabulary,
) -> frozenset[str]:
    """The entries whose replies do not fit what is said later: a person may correct.

    A yes takes back a no to itself and to all that it is a kind of; a no, a yes to
    itself and to what is a kind of it.
    """
    found = set[str]()
    for id_, status in said:
        if vocabulary.entry(id_) is None:
            continue
        above = vocabulary.with_ancestors(id_)
        denied = {name for name, reply in replies if reply == "no" and name in above}
        affirmed = {name for name, reply in replies if reply == "yes"}
        if status == "observed":
            found |= denied
        elif status == "excluded":
            found |= {name for name in affirmed if _is_kind(name, id_, vocabulary)}
    return frozenset(found)


def _is_kind(name: str, of: str, vocabulary: Vocabulary) -> bool:
    known = vocabulary.entry(name) is not None
    return known and of in vocabulary.with_ancestors(name)


def _refuse_unknown(replies: Replies, rules: Engine) -> None:
    vocabulary = rules.vocabulary
    for name, reply in replies.items():
        known = vocabulary.entry(name) is not None or is_question(name, rules.guide)
        if not known and name not in vocabulary.measurement:
            raise SubjectError(
                f"there is a reply to {quoted(name)}, which these rules do not ask"
                " about"
            )
        if not isinstance(reply, Measurement) and reply not in REPLY_WORDS:
            raise SubjectError(
                f"{quoted(reply)} is not a reply to {quoted(name)}; give"
                f" {', '.join(REPLY_WORDS)} or a measurement"
            )
