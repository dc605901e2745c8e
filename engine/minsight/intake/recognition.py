"""Recognition: what one text means in ids of the vocabulary, and how that was seen.

A text is matched whole, exactly or with a slip of spelling or word order, and else read
piece by piece. A doubtful match is a suggestion, never an answer, and what is denied
never becomes present.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final, TypeAlias

import msgspec

from minsight.errors import quoted
from minsight.intake.mistyped import mistyped
from minsight.intake.stated import StatedValue
from minsight.intake.status import AS_RECORDED, OF_RECORD
from minsight.intake.suggestions import near_ids, suggestions
from minsight.knowledge.phrases import Phrase, normalise
from minsight.knowledge.vocabulary import Vocabulary
from minsight.scales import Status

if TYPE_CHECKING:
    from minsight.intake.text.demographics import PersonMention
    from minsight.intake.text.mentions import Mention, Unread
    from minsight.intake.text.words_of import WordsOf

_MARKED: Final = re.compile(
    r"\?|-ve\b|\(\s*[-\u2212\u2013]\s*\)|:\s*[-\u2212\u2013]"
    r"|(?<!\S)[-\u2212\u2013+](?=\w)|\w\s?[-\u2212\u2013+](?=[,;]|$)"
)
"""Signs that deny or doubt, which normal words do not show."""
_WIDER: Final = "that it is absent does not deny what is above it"
_WIDE: Final = frozenset({"hpo_ancestor", "product"})
"""How an entry is known whose words, denied, do not deny it."""
_NARROWER: Final = "a kind of it is denied, and not the whole"
WEEKS: Final = "it may be an age or a pregnancy; write `weeks old` or `weeks pregnant`"
_TOLD_BESIDE: Final = 4
"""How many ages and sexes that a text tells say what cannot be meant by it."""
NOTHING_WRONG: Final = "nothing to report"
"""Stands for the id of what is understood and says nothing of the person's health."""
_SEXED: Final = (" girl", " boy", " woman", " man", " lady", " gentleman")


_Suggesting: TypeAlias = Callable[..., tuple[str, ...]]


class Recognised(msgspec.Struct, frozen=True):
    """A stretch of text and its meaning.

    `answer` is present, absent, unsure or measured; `kind` is finding, group,
    measurement or person (an age, a sex, or that nothing is wrong); `by` is id, label,
    synonym, order, spelling, hpo, hpo_ancestor, ending (of a medicine that is not
    listed), product (of several medicines), words (found among modifiers), part (found
    among unknown words) or told (`minsight.intake.corrections`).
    """

    text: str
    answer: str
    id: str
    kind: str
    by: str
    similarity: int

    @property
    def status(self) -> Status:
        """What is said of the entry; what was measured is observed."""
        return OF_RECORD[self.answer]


class Unrecognised(msgspec.Struct, frozen=True):
    """A stretch of text that gives no answer, up to three entries near it, and why."""

    text: str
    suggestions: tuple[str, ...]
    because: str = ""


class Meaning(msgspec.Struct, frozen=True):
    """What one text means, what of it means nothing here, and who it is about.

    `stages` are life stages that words of a finding tell besides, as those of "floppy
    toddler" do; they hold only of whose age nothing else is known. `values` are those
    of the measurements that are recognised. `weeks` are an age or a pregnancy's, and
    stay unrecognised until that is known (`minsight.intake.gestation`).
    """

    recognised: tuple[Recognised, ...] = ()
    unrecognised: tuple[Unrecognised, ...] = ()
    mentions: tuple[PersonMention, ...] = ()
    notes: tuple[str, ...] = ()
    stages: tuple[Recognised, ...] = ()
    values: tuple[StatedValue, ...] = ()
    weeks: tuple[PersonMention, ...] = ()


def recognise(
    text: str,
    vocabulary: Vocabulary,
    *,
    status: Status = "observed",
    suggesting: bool = True,
) -> Meaning:
    """What one text means: one entry or several, an age, or nothing with suggestions.

    `status` is what is said of the text as a whole; inside a text of what is observed,
    words may deny or doubt what they name. Who shows nobody the suggestions does
    without `suggesting`, which takes half of the time.
    """
    if _MARKED.search(text) is None:
        words = normalise(text)
        exact = vocabulary.phrase.get(words)
        near = (exact, 100.0, exact.by) if exact else mistyped(words, vocabulary)
        if near is not None and _denies_a_kind(near[0], status, vocabulary):
            label = vocabulary.label(near[0].id)
            return Meaning((), (Unrecognised(text, (label,), _NARROWER),))
        if near is not None:
            phrase, similarity, by = near
            meaning = _whole(text, status, phrase, by, vocabulary, similarity)
            if exact and status == "observed" and words.endswith(_SEXED):
                return _with_sex(meaning, text)
            return meaning
    suggest: _Suggesting = suggestions if suggesting else lambda *_, **__: ()
    return _read(text, vocabulary, status=status, suggest=suggest)


def _whole(
    text: str,
    status: Status,
    phrase: Phrase,
    by: str,
    vocabulary: Vocabulary,
    similarity: float,
) -> Meaning:
    answer = AS_RECORDED[status]
    match = Recognised(text, answer, phrase.id, phrase.kind, by, round(similarity))
    every = tuple(_each(match, phrase, vocabulary))
    return Meaning(every, stages=tuple(_stages(match, phrase, vocabulary)))


def _each(
    match: Recognised, phrase: Phrase, vocabulary: Vocabulary
) -> Iterator[Recognised]:
    """The match, once for each group of a product that holds several medicines."""
    if phrase.by != "product":
        yield match
        return
    from minsight.intake.text.medicines import groups_of

    for id_ in groups_of(phrase, vocabulary):
        yield msgspec.structs.replace(match, id=id_)


def _denies_a_kind(phrase: Phrase, status: Status, vocabulary: Vocabulary) -> bool:
    """Whether words that are denied name a kind of an entry: "cough at night"."""
    if status != "excluded" or phrase.by != "synonym":
        return False
    from minsight.intake.text.context import narrowing

    label = normalise(vocabulary.label(phrase.id))
    whole = f"{label} {phrase.id.replace('_', ' ')}"
    return any(word not in whole for word in narrowing(phrase.words))


def _stages(
    match: Recognised, phrase: Phrase, vocabulary: Vocabulary
) -> Iterator[Recognised]:
    """The life stages that the words of an observed finding tell of its person.

    Not of somebody else: who has lost a baby is none. What is given by its id or its
    label, as columns are, is told in no words of a person.
    """
    named = phrase.by in ("id", "label")
    if named or phrase.kind != "finding" or match.status != "observed":
        return
    whom = vocabulary.finding[phrase.id].asked_of
    for word in phrase.words.split():
        stage = vocabulary.life_stages.get(word)
        if stage is not None and whom.shared_with(stage.holds_for) is not None:
            yield Recognised(match.text, "present", stage.id, "group", "words", 100)


def _young(text: str, vocabulary: Vocabulary) -> Iterator[Recognised]:
    """The life stages of the young that the words for one in care tell: "our baby"."""
    from minsight.intake.text.persons import charge_told_of

    for said in charge_told_of(text):
        for word in normalise(said).split():
            stage = vocabulary.life_stages.get(word)
            if stage is not None and stage.holds_for.below_days is not None:
                yield Recognised(said, "present", stage.id, "group", "words", 100)


def _with_sex(meaning: Meaning, text: str) -> Meaning:
    """A phrase such as "teenage girl" tells the sex besides."""
    from minsight.intake.text.demographics import mentions

    person = mentions(text)
    sexes = (_of_person(one.text, "sex") for one in person if one.sex)
    return msgspec.structs.replace(
        meaning, recognised=(*meaning.recognised, *sexes), mentions=person
    )


def _read(
    text: str, vocabulary: Vocabulary, *, status: Status, suggest: _Suggesting
) -> Meaning:
    """The meaning of a text that is not, as a whole, a phrase of the vocabulary."""
    from minsight.intake.left_phrases import left_phrases
    from minsight.intake.stated import stated_values, with_doubtful, without_unit
    from minsight.intake.text.demographics import mentions, set_aside
    from minsight.intake.text.directions import worded
    from minsight.intake.text.neutral import is_aside, is_empty_answer, is_neutral
    from minsight.intake.text.persons import of_one_person
    from minsight.intake.text.reader import reader_of
    from minsight.intake.text.results import results, with_marks
    from minsight.intake.text.taken import as_taken
    from minsight.intake.text.terms import in_known_terms
    from minsight.intake.text.tidying import tidied, with_colons
    from minsight.intake.text.weeks import are_open, with_weeks
    from minsight.intake.text.words_of import WordsOf

    if status == "observed" and is_empty_answer(text):
        return Meaning((_of_person(text, NOTHING_WRONG),))
    written = unicodedata.normalize("NFC", text)
    tidy = tidied(written)
    known = in_known_terms(tidy.text, vocabulary)
    stated = results(known.text, vocabulary)
    plain = with_marks(known.text, stated, " ")
    observed = status == "observed"
    every = person = with_weeks(plain, mentions(plain)) if observed else ()
    marked = with_marks(_without(known.text, person), stated, "0")
    wording = worded(marked, vocabulary)
    told = reader_of(vocabulary).read(
        with_colons(wording.text),
        strictly=status != "observed",
        results={one.at.start: one for one in stated if not one.because},
    )
    taken = as_taken(told, known.text, vocabulary)
    if observed:
        taken, person = of_one_person(known.text, taken, person)
    told = with_doubtful(taken, stated, wording.unclear)
    unticked = ", ".join(tidy.unticked)
    notes = (
        *dict.fromkeys(term.told for term in known.replaced),
        *map(_no_age, set_aside(plain, every)),
        *([f"Not ticked, and so left open: {unticked}."] if unticked else []),
    )
    if not (
        person or told.parts or wording.unclear or any(one.because for one in stated)
    ):
        whole = _all_of(text, told.left, vocabulary, suggest)
        return Meaning((), (whole,), notes=notes)
    words = WordsOf(written, tidy, known, [*person, *told.parts, *told.left])
    parts = [(_recognised(one, status, words), one.phrase) for one in told.parts]
    read = list(_once(m for pair in parts for m in _each(*pair, vocabulary)))
    stages = [one for pair in parts for one in _stages(*pair, vocabulary)]
    stages += _young(known.text, vocabulary) if observed else ()
    weeks = tuple(
        msgspec.structs.replace(m, text=words.of(m))
        for m in person
        if are_open(plain, m)
    )
    person = tuple(m for m in person if not are_open(plain, m))
    too_wide = [m for m in read if m.by in _WIDE and m.status == "excluded"]
    recognised = (
        *(_of_person(words.of(m), "age") for m in person if m.age_days is not None),
        *(_of_person(words.of(m), "sex") for m in person if m.sex is not None),
        *(match for match in read if match not in too_wide),
    )
    left = sorted([*told.left, *words.idle()], key=lambda one: one.at.start)
    calm = [one for one in left if is_neutral(one.at.of(known.text))]
    aside = [one for one in left if is_aside(one.at.of(known.text))]
    phrases = left_phrases(left, known.text, vocabulary)
    recognised += (
        *(_of_person(words.of(one), NOTHING_WRONG) for one in calm),
        *(_by_itself(*pair, words, status) for pair in phrases.items()),
    )
    unrecognised = (
        *(Unrecognised(m.text, (), WEEKS) for m in weeks),
        *(
            _unrecognised(one, words, vocabulary, person, suggest)
            for one in left
            if one not in (*calm, *aside) and one not in phrases
        ),
        *(Unrecognised(m.text, (vocabulary.label(m.id),), _WIDER) for m in too_wide),
    )
    notes += (
        *map(_tells_nothing, map(words.of, aside)),
        *without_unit(told.parts, vocabulary),
    )
    values = stated_values(told.parts, words.of, vocabulary)
    return Meaning(
        recognised, unrecognised, person, notes, tuple(_once(stages)), values, weeks
    )


def _by_itself(
    left: Unread, phrase: Phrase, words: WordsOf, status: Status
) -> Recognised:
    meant = (AS_RECORDED[status], phrase.id, phrase.kind, phrase.by)
    return Recognised(words.of(left), *meant, 100)


def _tells_nothing(text: str) -> str:
    return f"{quoted(text)} was set aside, as it tells nothing of anybody."


def _no_age(number: str) -> str:
    return f"`{number}` was not taken as an age; write `{number} years old` if it is."


def _all_of(
    text: str, left: Sequence[Unread], vocabulary: Vocabulary, suggest: _Suggesting
) -> Unrecognised:
    """A text that gives nothing, told whole."""
    reasons = {one.because for one in left}
    because = reasons.pop() if len(reasons) == 1 else ""
    about = [phrase for one in left for phrase in one.about]
    return Unrecognised(text, suggest(about, text, vocabulary), because)


def _of_person(words: str, what: str) -> Recognised:
    return Recognised(words, "present", what, "person", "words", 100)


def _recognised(part: Mention, status: Status, words: WordsOf) -> Recognised:
    by = part.phrase.by if part.phrase.by in ("ending", "product") else part.how
    if part.result is not None:
        return Recognised(
            words.of(part), "measured", part.phrase.id, "measurement", by, 100
        )
    given = AS_RECORDED[part.status if status == "observed" else status]
    if part.phrase.by == "hpo":
        replaced = words.known.replaced_in(part.at)
        nearest = {normalise(one) for term in replaced for one in term.nearest}
        by = "hpo_ancestor" if part.phrase.words in nearest else "hpo"
    return Recognised(words.of(part), given, part.phrase.id, part.phrase.kind, by, 100)


def _once(matches: Iterable[Recognised]) -> Iterator[Recognised]:
    """Each entry once for each answer, and again where other words name it."""
    told: dict[tuple[str, str], set[str]] = {}
    for match in matches:
        words = set(normalise(match.text).split())
        before = told.get((match.id, match.answer))
        if before is None or not words <= before:
            told.setdefault((match.id, match.answer), set()).update(words)
            yield match


def _without(text: str, person: Iterable[PersonMention]) -> str:
    """The text with the words for the age, and for weeks, blanked out."""
    letters = list(text)
    for mention in person:
        if mention.tells_time:
            blank = " " * (mention.end - mention.start)
            letters[mention.start : mention.end] = blank
    return "".join(letters)


def search(words: str, vocabulary: Vocabulary, *, kind: str) -> list[str]:
    """The ids of one kind whose phrases fit the words best, best first.

    Every word must begin a word of the phrase; if none fits so, close spellings do.
    """
    asked = normalise(words).split()
    if words.strip() and not asked:
        return []
    found = [
        phrase.id
        for phrase in vocabulary.phrases
        if phrase.kind == kind
        and all(any(w.startswith(a) for w in phrase.words.split()) for a in asked)
    ]
    if not found and asked:
        near = near_ids(normalise(words), vocabulary)
        found = [id_ for id_ in near if _kind(id_, vocabulary) == kind]
    return list(dict.fromkeys(found))


def _kind(id_: str, vocabulary: Vocabulary) -> str:
    return "finding" if id_ in vocabulary.finding else "group"


def _unrecognised(
    left: Unread,
    words: WordsOf,
    vocabulary: Vocabulary,
    person: Sequence[PersonMention],
    suggest: _Suggesting,
) -> Unrecognised:
    read = left.at.of(words.known.text)
    near = suggest(left.about, read, vocabulary, told=person[:_TOLD_BESIDE])
    return Unrecognised(words.of(left), near, left.because)
