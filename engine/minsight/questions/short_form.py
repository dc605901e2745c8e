"""Short forms: one page of the questions that find most, and what that costs.

A list of a few warning signs comes first. The rest is chosen by `one_page`; families of
illnesses, medicines or food may be asked about at once, with a place for free words.
What the page leaves out is said beside it.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import Final

from msgspec.structs import replace

from minsight.assessment.engine import Engine
from minsight.knowledge.vocabulary import ANYBODY, Demographic
from minsight.logic import atoms
from minsight.logic.atoms import Atom
from minsight.questions.form_items import FormItem, items_of
from minsight.questions.one_page import OnePage, PageRoom
from minsight.questions.questionnaire import (
    FormDraft,
    LeftOut,
    OutOfReach,
    Question,
    Questionnaire,
    complete_form,
    draft_of,
    rules_not_fed,
)
from minsight.questions.relevance import Asked, flow_from
from minsight.questions.simulated import Simulation
from minsight.questions.voice import (
    ADULT_FROM,
    TEENAGER_FROM,
    Voice,
    asked_aloud,
    listed,
)
from minsight.scales import LEVELS, URGENCIES

MOST_QUESTIONS: Final = 25
"""How many questions a page has, with age and sex."""
PAGE_LINES: Final = 54
"""How many lines of questions fit on a page of A4 or Letter, as printed."""
LINE_WIDTH, FULL_WIDTH = 80, 108
"""How many characters fit on a line, beside answers and without them."""
AROUND, WORDS = 0.3, 1.3
"""How many lines the space around a question takes, and a place for words."""
WARNING_SECTION: Final = "Warning signs"
COMPLAINTS: Final = "How the person is"
LIFE: Final = "Life and health"
SECTIONS: Final = (WARNING_SECTION, COMPLAINTS, LIFE)
WARNED: Final = "warning_signs"
ASKED_FIRST: Final = "Any of these?"
_WARNED_OF: Final = 6
"""How many warning signs a page begins with, as a list to tick."""
_MEASURED: Final = 4
"""How many measured values a page for clinicians asks for."""
_SUCH_AS, _EXAMPLES = 4, "Such as: "
"""How many examples a family has at most."""
_AT_ONCE: Final = frozenset(URGENCIES[URGENCIES.index("same_day") :])
_PERSON: Final = 2
"""Age and sex are questions too."""


def short_form(
    rules: Engine,
    *,
    minerals: Sequence[str] = (),
    people: Sequence[str] = (),
    age: str | float | None = None,
    sex: str | None = None,
    clinician: bool = False,
) -> Questionnaire:
    """One page about some minerals of some people, in the words of who answers it.

    It asks the most telling of what `questionnaire` asks, for the same people; its
    `left_out` says how many questions it leaves out, and what that costs.

    >>> import minsight
    >>> form = short_form(minsight.load(), minerals=["iodine"], people=["infants"])
    >>> len(form.questions) <= MOST_QUESTIONS - 2, form.left_out is not None
    (True, True)

    Raises:
        SubjectError: as `questionnaire` does.
    """
    draft = draft_of(
        rules,
        minerals=minerals,
        people=people,
        age=age,
        sex=sex,
        clinician=clinician,
    )
    return _Shortening(rules, draft).form()


class _Shortening:
    """Makes one page of a complete form."""

    def __init__(self, rules: Engine, draft: FormDraft) -> None:
        self._rules, self._draft = rules, draft
        self._complete = complete_form(rules, draft)
        self._questions = {one.id: one for one in self._complete.questions}
        whom = [part.whom for part in draft.asked]
        self._voice = _voice_for(whom)
        self._simulation = Simulation(rules, whom, draft.groups, self._in_words_only)
        self._ids = [
            id_ for id_ in self._in_words_only if self._simulation.share_of_yes(id_)
        ]
        warned = FormItem(WARNED, "list", tuple(self._warning_signs()))
        items = items_of(
            self._ids, rules.guide, rules.vocabulary, whom, alone=warned.covers
        )
        self._items = {item.name: item for item in (warned, *items) if item.covers}
        self._page = OnePage(
            rules, self._simulation, self._complete.minerals, self._items.values()
        )
        self._worded: dict[str, Question] = {}

    @property
    def _in_words_only(self) -> list[str]:
        return [id_ for id_, one in self._questions.items() if one.unit is None]

    def form(self) -> Questionnaire:
        measured = [q for q in self._questions.values() if q.unit][:_MEASURED]
        groups = {group.id for group in self._draft.groups}
        kept = {name for name in self._items if name == WARNED or name in groups}
        chosen = _each_once(self._chosen(kept, measured))
        questions = [
            *self._in_order([item.name for item in chosen]),
            *measured,
        ]
        asked = self._asked(questions)
        return replace(
            self._complete,
            questions=tuple(questions),
            not_fed=tuple(rules_not_fed(asked, self._draft.scope)),
            left_out=self._left_out(chosen, questions, asked),
        )

    # --- choosing ---------------------------------------------------------------------

    def _warning_signs(self) -> list[str]:
        """The likeliest of the warning signs that are urgent by themselves."""
        listed_for = {
            id_
            for family in self._rules.guide.warnings
            if any(part.whom.shared_with(family.whom) for part in self._draft.asked)
            for id_ in family.items
        }
        urgent = [
            one
            for one in self._complete.questions
            if one.urgency in _AT_ONCE and one.kind == "finding" and one.id in self._ids
        ]
        urgent.sort(
            key=lambda one: (
                one.id not in listed_for,
                -URGENCIES.index(one.urgency),
                -self._simulation.share_of_yes(one.id),
            )
        )
        return [one.id for one in urgent[:_WARNED_OF]]

    def _chosen(
        self, kept: set[str], measured: Sequence[Question]
    ) -> tuple[FormItem, ...]:
        """The lines that find most of those that fit beside the measured values."""
        room = PageRoom(
            MOST_QUESTIONS - _PERSON - len(measured),
            PAGE_LINES - sum(map(lines_of, measured)),
            {name: lines_of(self._question(name)) for name in self._items},
        )
        return self._page.chosen(kept, room)

    def _in_order(self, names: Sequence[str]) -> list[Question]:
        """Complaints first, each as in the complete form; families after the rest."""
        order = {id_: place for place, id_ in enumerate(self._questions)}
        last = len(order)
        return sorted(
            (self._question(name) for name in names),
            key=lambda one: (SECTIONS.index(one.section), order.get(one.id, last)),
        )

    # --- words ------------------------------------------------------------------------

    def _question(self, name: str) -> Question:
        if name not in self._worded:
            self._worded[name] = self._in_words(self._items[name])
        return self._worded[name]

    def _in_words(self, item: FormItem) -> Question:
        match item.kind:
            case "entry":
                return self._entry(item.name)
            case "list":
                return self._list(item)
            case "family":
                return self._family(item)

    def _entry(self, id_: str) -> Question:
        whole = self._questions[id_]
        is_worded = id_ in self._rules.guide.wordings
        return replace(
            whole,
            text=self._aloud(id_),
            help="" if is_worded else whole.help,
            section=COMPLAINTS if whole.kind == "finding" else LIFE,
        )

    def _list(self, item: FormItem) -> Question:
        lines = (
            replace(self._questions[id_], text=self._short(id_), help="")
            for id_ in item.covers
        )
        section = WARNING_SECTION if item.name == WARNED else COMPLAINTS
        return replace(
            self._above(item), kind="list", section=section, lines=tuple(lines)
        )

    def _family(self, item: FormItem) -> Question:
        question = self._rules.guide.question[item.name]
        asked = self._above(item)
        return replace(
            asked,
            help=self._such_as(item, _left_on_line(asked.text)),
            asked_of=question.asked_of,
            no_means=question.no_means,
        )

    def _such_as(self, item: FormItem, room: int) -> str:
        """The first examples of a family that have room on its last line."""
        found = ""
        for id_ in self._page.telling(item)[:_SUCH_AS]:
            longer = f"{found}; {self._short(id_)}" if found else self._short(id_)
            if len(longer) + len(_EXAMPLES) > room:
                break
            found = longer
        return f"{_EXAMPLES}{found}" if found else ""

    def _above(self, item: FormItem) -> Question:
        """A family with all that the entries below it can do."""
        below = [self._questions[id_] for id_ in item.covers]
        return Question(
            id=item.name,
            kind="family",
            text=ASKED_FIRST if item.name == WARNED else self._aloud(item.name),
            help="",
            section=LIFE,
            asked_of=ANYBODY,
            minerals=_once(one.minerals for one in below),
            rules=_once(one.rules for one in below),
            flags=_once(one.flags for one in below),
            urgency=max((one.urgency for one in below), key=URGENCIES.index),
            covers=item.covers,
        )

    def _aloud(self, name: str) -> str:
        rules = self._rules
        return asked_aloud(name, rules.guide, rules.vocabulary, self._voice)

    def _short(self, name: str) -> str:
        rules = self._rules
        return listed(name, rules.guide, rules.vocabulary, self._voice)

    # --- what it costs ----------------------------------------------------------------

    def _asked(self, questions: Sequence[Question]) -> list[Asked]:
        """What is asked now, and what can follow from it."""
        scope = self._draft.scope
        named = {id_ for one in questions for id_ in (one.id, *one.covers)}
        found: list[Asked] = []
        for part in self._draft.asked:
            ids = tuple(id_ for id_ in part.ids if id_ in named)
            found.append(Asked(part.whom, ids, flow_from(ids, part.whom, scope)))
        return found

    def _left_out(
        self,
        chosen: Sequence[FormItem],
        questions: Sequence[Question],
        asked: Sequence[Asked],
    ) -> LeftOut:
        before, now = _possible(self._draft.asked), _possible(asked)
        covered = {id_ for one in questions for id_ in (one.id, *one.covers)}
        flags = [atoms.flag(f.id) for f in self._rules.catalogue.flags]
        return LeftOut(
            questions=len(self._questions.keys() - covered),
            warnings=sum(flag in before for flag in flags),
            warnings_asked=sum(flag in now for flag in flags),
            out_of_reach=tuple(self._out_of_reach(before, now)),
            found=self._page.found(chosen),
        )

    def _out_of_reach(
        self, before: frozenset[Atom], now: frozenset[Atom]
    ) -> Iterator[OutOfReach]:
        for mineral in self._complete.minerals:
            lost = tuple(
                level
                for level in LEVELS[1:]
                if atoms.at_level(mineral, level) in before - now
            )
            if lost:
                yield OutOfReach(mineral, lost)


def lines_of(question: Question) -> float:
    """How many lines a question takes on the page, with the space around it.

    A list has its boxes behind its question, a family its examples, and below both the
    place for words, which is higher than a line.
    """
    if question.lines:
        ticks = "   ".join(f"[] {one.text}" for one in question.lines)
        whole = f"{question.text} {ticks}   [] none of these"
        return _wrapped(whole, FULL_WIDTH) + AROUND
    small = question.help[: len(question.help) * 5 // 6]
    whole = f"{question.text} {small}"
    if question.covers:
        return _wrapped(whole, FULL_WIDTH) + WORDS + AROUND
    return _wrapped(whole, LINE_WIDTH) + AROUND


def _left_on_line(text: str) -> int:
    """How many characters have room behind a text on its last line."""
    return FULL_WIDTH - len(textwrap.wrap(text, FULL_WIDTH)[-1]) - 1


def _wrapped(text: str, width: int) -> int:
    return len(textwrap.wrap(text, width))


def _voice_for(whom: Sequence[Demographic]) -> Voice:
    """Who answers for all of these people; of many ages, an adult."""
    oldest = [part.below_days for part in whom]
    if any(days is None or days > ADULT_FROM for days in oldest):
        return "adult"
    older = any(days is not None and days > TEENAGER_FROM for days in oldest)
    return "teenager" if older else "parent"


def _each_once(items: Sequence[FormItem]) -> tuple[FormItem, ...]:
    """The lines without those on an entry that a list asks about as well."""
    listed = {id_ for item in items if item.kind == "list" for id_ in item.covers}
    return tuple(i for i in items if i.kind != "entry" or i.name not in listed)


def _once(lists: Iterator[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for names in lists for name in names))


def _possible(asked: Sequence[Asked]) -> frozenset[Atom]:
    return frozenset[Atom]().union(*(part.flow.possible for part in asked))
