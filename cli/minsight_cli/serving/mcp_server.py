"""Tools for assistants over the Model Context Protocol: six, each for one task."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final, Literal, TypeVar

import msgspec
from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import ToolAnnotations

from minsight.__about__ import __version__
from minsight.errors import MinsightError
from minsight.knowledge.catalogue import Fact, Test
from minsight.service import answers as given
from minsight.service.answers import Answer, ProblemAnswer
from minsight.service.service import Service
from minsight.service.taking import taken_request
from minsight_cli.serving import assistants as told
from minsight_cli.serving.assistants import AskedChange, PersonRecord

_Given = TypeVar("_Given", bound=Answer)
READ_ONLY: Final = ToolAnnotations(
    read_only_hint=True,
    destructive_hint=False,
    idempotent_hint=True,
    open_world_hint=False,
)
"""All tools only tell; the same question has the same answer."""
MOST_TOLD: Final = 5
_AMOUNT: Final = re.compile(
    r"\d\s*(?:m|u|\u00b5|mc|k)?g\b[^.;]*\b(?:(?:a|per|each|every) day|daily)\b"
)
"""Facts about amounts a day are for people who read them in their place."""
INSTRUCTIONS: Final = (
    "Shows which mineral deficiencies fit what a person reports, by rules with sources."
    " Begin with `understand`, correct what was not understood, then `assess`."
    " Tell the urgency first and in its own words, then the level sentences as they"
    " are, then the limits. A level says how far answers fit a published picture; it is"
    " no chance in numbers, and nothing here says how much of anything to take."
)


class AssistantTools:
    """The tools over one service. What cannot be answered is raised as a tool error."""

    def __init__(self, service: Service) -> None:
        self._service, self._catalogue = service, service.rules.catalogue

    def understand(
        self, text: str, person: PersonRecord | None = None
    ) -> told.Understood:
        """Read free words about one person: complaints, denials, age, sex, medicines.

        Gives the person in ids for the other tools, and what was not understood with
        suggestions. `person` is what is known already; the words are added to it.
        """
        known: dict[str, Any] = dict(person or {})
        known["present"] = [*known.get("present", []), text]
        found = self._ask(given.ReadAnswer, "read", subject=known)
        return told.Understood(
            person=found.subject,
            read=[
                {"text": one.text, "id": one.id, "label": one.label, "is": one.answer}
                for one in found.read
            ],
            not_understood=[
                {
                    "text": one.text,
                    "because": one.because,
                    "may_mean": [entry.label for entry in one.suggestions],
                }
                for one in found.unread
            ],
            at_odds=found.at_odds,
            notes=list(found.notes),
            from_rules=told.from_rules(found, self._catalogue),
        )

    def assess(
        self, person: PersonRecord, with_record: bool = False
    ) -> told.AssessedPerson:
        """Which mineral deficiencies fit a person's answers, why, and how soon to go.

        Tell the urgency first. In an emergency there are no candidates: get help first.
        """
        found = self._ask(given.AssessAnswer, "assess", subject=person)
        record = found.record
        candidates = told.told_candidates(record, most=MOST_TOLD)
        return told.AssessedPerson(
            urgency=told.told_urgency_of(record),
            candidates=candidates,
            other_states_that_fit=[one.name for one in record.look_alikes],
            not_understood=[one.text for one in record.unrecognised],
            notes=list(record.notes),
            record=msgspec.json.encode(record).decode() if with_record else "",
            from_rules=told.from_rules(
                found, self._catalogue, told.keys_in(candidates)
            ),
        )

    def explain(self, person: PersonRecord, mineral: str) -> told.ExplainedMineral:
        """Why a mineral stands where it does for a person, and why not higher."""
        found = self._ask(
            given.ExplainAnswer, "explain", subject=person, minerals=[mineral]
        )
        (proof,) = found.record.proofs
        lack = proof.why_not
        keys = [
            key
            for step in proof.steps
            if step.reason is not None
            for key in step.reason.sources
        ]
        return told.ExplainedMineral(
            mineral=proof.mineral,
            level=proof.level,
            sentence=proof.sentence,
            steps=[step.says for step in proof.steps],
            next_sentence=lack.next_sentence if lack else "",
            lacks=[
                part.says
                for gate in (lack.gates[:1] if lack else ())
                for part in gate.parts
                if not part.met
            ],
            held_back_by=[one.sentence for one in proof.brakes],
            urgency=told.told_urgency_of(found.record.assessment),
            from_rules=told.from_rules(found, self._catalogue, keys),
        )

    def what_if(
        self, person: PersonRecord, changes: list[AskedChange]
    ) -> told.ChangedPerson:
        """What would move if answers were otherwise; all changes are made at once."""
        found = self._ask(given.WhatIfAnswer, "whatif", subject=person, changes=changes)
        return told.ChangedPerson(
            person=found.subject,
            urgency_before=told.told_urgency_of(found.before),
            urgency_after=told.told_urgency_of(found.after),
            moved=[
                told.MovedMineral(
                    one.mineral,
                    one.before.level if one.before else None,
                    one.after.level if one.after else None,
                )
                for one in found.record.minerals
            ],
            unmoved=list(found.unmoved),
            notes=list(found.notes),
            from_rules=told.from_rules(found, self._catalogue),
        )

    def next_question(
        self,
        person: PersonRecord,
        replies: dict[str, Literal["yes", "no", "unsure", "skip"]] | None = None,
    ) -> told.NextQuestion:
        """What to ask a person next; `replies` are all so far, by the names asked.

        Ask until `enough`; then `assess` with what was replied in the person.
        """
        found = self._ask(
            given.NextAnswer, "next", subject=person, replies=replies or {}
        )
        return told.NextQuestion(
            questions=[
                told.AskableQuestion(one.name, one.ask, one.more, list(one.units))
                for one in found.asked
            ],
            enough=found.enough,
            about_so_many_more=found.to_enough,
            urgency=told.told_urgency_of(found.record),
            first=[
                told.MovedMineral(one.mineral, None, one.level) for one in found.first
            ],
            from_rules=told.from_rules(found, self._catalogue),
        )

    def learn(self, mineral: str | None = None) -> told.LearnedMineral:
        """What a mineral does, where it comes from and what its lack looks like.

        Without a mineral, the names of all.
        """
        listed = self._ask(given.MineralsAnswer, "minerals")
        names = [one.name for one in listed.minerals]
        if mineral is None:
            nothing: list[told.SaidReason] = []
            ends = told.from_rules(listed, self._catalogue)
            return told.LearnedMineral(
                names, "", "", nothing, nothing, nothing, nothing, nothing, [], ends
            )
        found = self._ask(given.MineralAnswer, "mineral", mineral=mineral)
        one = found.profile
        facts = (*one.functions, *one.foods, *one.lack_facts, *one.look_alikes)
        keys = [key for fact in facts for key in fact.sources]
        keys += [key for test in one.tests for key in test.sources]
        return told.LearnedMineral(
            minerals=names,
            name=one.name,
            summary=_without_amounts(one.summary),
            what_it_does=_facts(one.functions),
            foods=_facts(one.foods),
            when_it_lacks=_facts(one.lack_facts),
            what_looks_like_it=_facts(one.look_alikes),
            tests=_facts(one.tests),
            doubts=[text for text in one.doubts if not _AMOUNT.search(text)],
            from_rules=told.from_rules(found, self._catalogue, keys),
        )

    def _ask(self, kind: type[_Given], ask: str, **parts: Any) -> _Given:
        """The answer of this kind.

        Raises:
            ToolError: with what is wrong, where, and what to do.
        """
        try:
            request = taken_request(msgspec.json.encode({"ask": ask, **parts}))
        except MinsightError as error:
            raise ToolError(str(error)) from None
        found = self._service.reply(request)
        if isinstance(found, ProblemAnswer):
            raise ToolError(f"{found.where}: {found.what}; {found.what_to_do}")
        assert isinstance(found, kind)
        return found


def _facts(facts: Iterable[Fact | Test]) -> list[told.SaidReason]:
    """The facts in words, but for those that name an amount a day."""
    return [
        told.SaidReason(words, one.grade, list(one.sources))
        for one in facts
        if not _AMOUNT.search(words := _in_words(one))
    ]


def _without_amounts(text: str) -> str:
    """The sentences that name no amount a day."""
    sentences = re.split(r"(?<=[.;]) ", text)
    return " ".join(one for one in sentences if not _AMOUNT.search(one))


def _in_words(fact: Fact | Test) -> str:
    return fact.text if isinstance(fact, Fact) else f"{fact.name}: {fact.reads}"


TITLES: Final[Mapping[str, str]] = {
    "understand": "Read words about a person",
    "assess": "Which deficiencies fit",
    "explain": "Why, and why not higher",
    "what_if": "What would move",
    "next_question": "What to ask next",
    "learn": "About a mineral",
}
"""The tools, in the order they are used in."""


def mcp_server(service: Service) -> MCPServer:
    """The server, to be run over standard input and output, or asked in memory."""
    server = MCPServer(
        "minsight",
        title="minsight: mineral deficiencies that fit",
        instructions=INSTRUCTIONS,
        version=__version__,
        log_level="WARNING",
    )
    tools = AssistantTools(service)
    for name, title in TITLES.items():
        server.add_tool(
            getattr(tools, name),
            name=name,
            title=title,
            annotations=READ_ONLY,
            structured_output=True,
        )
    return server
