"""Reading: what a text says of a person, entry by entry, and what it leaves over.

"Exclusively breastfed, scaly rash round the mouth for two weeks, no fever" says that a
group and a finding are present and another finding is absent. A text is cut into
sentences and pieces; the lexicon finds the entries they name, and the scopes of the
cues say what is said of each. Whether an entry then counts depends on the words round
it: modifiers leave a complaint what it is, other words do when its own words tell
enough. Every piece that gives nothing is left over, and told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from types import MappingProxyType
from typing import Final

import msgspec

from minsight.intake.text.context import Turn
from minsight.intake.text.durations import Durations
from minsight.intake.text.lexicon import BY_FRAME, Lexicon, Match
from minsight.intake.text.mentions import BECAUSE, Mention, TextReading, Unread
from minsight.intake.text.named import NamedSentence, named_sentence
from minsight.intake.text.results import Result
from minsight.intake.text.scope import Ruling
from minsight.intake.text.sentences import sentences
from minsight.intake.text.words import is_general, leads_on
from minsight.knowledge.phrases import Phrase
from minsight.knowledge.vocabulary import LASTING, Vocabulary
from minsight.scales import Status

LEAST_COVERED: Final = 0.34
"""The share of a piece's words that must belong to entries, modifiers left out."""
LEAST_BESIDE_ONE_WORD: Final = 0.5
"""The same where an entry is found by a single word, which tells less."""

LEAST_BESIDE_A_FRAME: Final = 0.25
"""The same where a frame finds an entry by words of several kinds, which tell more."""

_BESIDE_A_NUMBER: Final = 2
"""How many unknown words may stand beside a value whose unit is not told."""


class Reader:
    """Reads texts with one lexicon.

    `reports` are the findings that only a laboratory makes, `lasting` the groups to
    which a person belongs for good, `stages` those of age and sex, `medicines` those
    whose names mean nothing else; `durations` names findings by how long they last.
    """

    def __init__(
        self,
        lexicon: Lexicon,
        *,
        reports: AbstractSet[str],
        lasting: AbstractSet[str],
        stages: AbstractSet[str],
        medicines: AbstractSet[str],
        durations: Durations,
    ) -> None:
        self.lexicon, self._durations = lexicon, durations
        self._reports, self._lasting = reports, lasting
        self._stages, self._medicines = stages, medicines

    def read(
        self,
        text: str,
        *,
        strictly: bool = False,
        results: Mapping[int, Result] = MappingProxyType({}),
    ) -> TextReading:
        """What the text says; `strictly` takes no cue and no word left over.

        `results` are the values that the text states, by where it holds a word for one.
        """
        parts: list[Mention] = []
        left: list[Unread] = []
        for start, sentence in sentences(text):
            read = named_sentence(start, sentence, self.lexicon, results)
            unused: list[_Unused] = []
            last = -1  # the last piece that the parts so far stand in
            for number in range(len(read.pieces)):
                if read.is_circumstance(number) and last == number - 1:
                    last = number
                    continue
                said = list(self._of_piece(read, number, strictly=strictly))
                found = [one for one in said if isinstance(one, Mention)]
                last = number if found else last
                parts += found
                unused += [
                    one
                    for one in said
                    if isinstance(one, _Unused) and (one.because or not found)
                ]
            left += _joined(unused, read)
        return TextReading(
            tuple(self._timed(part, text) for part in parts), tuple(left)
        )

    def _timed(self, part: Mention, text: str) -> Mention:
        """The mention by the name that fits how long it has lasted."""
        at, id_ = part.at, part.phrase.id
        if part.status == "excluded":
            return part
        name = self._durations.name_of(id_, at.of(text), part.begun - at.start)
        phrase = msgspec.structs.replace(part.phrase, id=name)
        return part if name == id_ else msgspec.structs.replace(part, phrase=phrase)

    def _of_piece(
        self, sentence: NamedSentence, number: int, *, strictly: bool
    ) -> Iterator[Mention | _Unused]:
        """What one piece says, and what of it is not used."""
        here = [n for n, f in enumerate(sentence.found) if f.piece == number]
        if not here and sentence.unknown(number):
            yield _Unused(number, "", None)
        said = [self._said(sentence, n, here, strictly=strictly) for n in here]
        passed_over = any(status is None for status, _ in said)
        for entry, (status, because) in zip(here, said, strict=True):
            found = sentence.found[entry]
            if status is None:
                yield _Unused(number, because, found.phrase)
            else:
                yield _part(sentence, found, status, passed_over=passed_over)

    def _said(
        self, sentence: NamedSentence, entry: int, here: list[int], *, strictly: bool
    ) -> tuple[Status | None, str]:
        """The status of one entry of a piece; if there is none, why not."""
        found = sentence.found[entry]
        unknown = sentence.beside(found.piece)
        status, because = _verdict(
            sentence.ruled.get(entry, ()),
            lasting=found.phrase.id in self._lasting,
            group=found.phrase.kind == "group",
            taken=found.phrase.id in self._medicines,
            tested=found.phrase.id in self._reports,
            measured=found.phrase.kind == "measurement",
        )
        result = sentence.result(found)
        if (strictly or status == "excluded") and sentence.is_narrowed(found):
            return None, BECAUSE[Turn.NARROWED]
        if result is not None:
            counts = result.with_unit or len(unknown) <= _BESIDE_A_NUMBER
        elif found.phrase.id in self._reports and " " in found.phrase.words:
            # easily taken for what was eaten, as no name of a state in one word is
            others = [sentence.found[n].phrase for n in here if n != entry]
            counts = not unknown and all(map(self._goes_with_reports, others))
        else:
            names = status == "observed" and found.phrase.id in self._medicines
            counts = not unknown or _tells_enough(
                sentence, found, unknown, by_name=names
            )
        if strictly and (result or status != "observed" or sentence.rest(found.piece)):
            counts = False
        return (status if counts else None), because

    def _goes_with_reports(self, phrase: Phrase) -> bool:
        """Whether a thing beside a report leaves no doubt that it is one."""
        return phrase.kind == "measurement" or phrase.id in self._stages


def _part(
    sentence: NamedSentence, found: Match, status: Status, *, passed_over: bool
) -> Mention:
    last = sentence.end_of(found)
    partly = passed_over or any(
        sentence.unknown(number) for number in range(found.piece, last + 1)
    )
    how = "part" if partly else "spelling" if found.mistyped else "words"
    result = sentence.result(found)
    alone = sum(one.piece == found.piece for one in sentence.found) == 1
    at = sentence.between(found.piece, last)
    if result is not None and not alone:
        at = result.at
    begun = sentence.start + sentence.words[found.places[0]].start
    return Mention(found.phrase, status, how, at, begun, result)


class _Unused(msgspec.Struct, frozen=True):
    piece: int
    because: str
    about: Phrase | None


def _tells_enough(
    sentence: NamedSentence, found: Match, unknown: list[str], *, by_name: bool
) -> bool:
    """Whether an entry counts with words beside it that were not understood.

    Several words tell enough. A single one does when the others describe it or say
    where it is, and when it is no general word: a growing goitre is a goitre, a pale
    stool no pallor. The name of a medicine tells enough in any company.
    """
    own = sentence.words[found.places[0]]
    if by_name and not is_general(own.stem):
        return True
    known = sum(len(f.places) for f in sentence.found if f.piece == found.piece)
    least = LEAST_COVERED if len(found.places) > 1 else LEAST_BESIDE_ONE_WORD
    if found.phrase.by == BY_FRAME and len(found.places) > 1:
        least = LEAST_BESIDE_A_FRAME
    if known / (known + len(unknown)) < least:
        return False
    if len(found.places) > 1:
        return True
    last = [word for word in sentence.words if word.piece == found.piece][-1]
    heads = own is last or leads_on(sentence.text[own.end :].lower())
    return heads and not is_general(own.stem)


def _verdict(
    ruled: Sequence[Ruling],
    *,
    lasting: bool,
    group: bool,
    taken: bool,
    tested: bool,
    measured: bool,
) -> tuple[Status | None, str]:
    """What the cues make of an entry: a status, or why there is none.

    Groups to which a relative belongs are family history, and so is how they were
    `tested`; medicines that are `taken` run in no family. What was `measured` is a
    value or nothing, and that of some weeks ago still is one.
    """
    turns = {ruling.turn for ruling in ruled}
    denials = sum(r.turn is Turn.NEGATED for r in ruled)
    if Turn.EXPERIENCER in turns or (
        Turn.CARER in turns and (tested or measured or (group and not taken))
    ):
        return None, BECAUSE[Turn.EXPERIENCER]
    if Turn.HYPOTHETICAL in turns:
        return None, BECAUSE[Turn.HYPOTHETICAL]
    if any(not ruling.sure for ruling in ruled) or denials > (not measured):
        return None, BECAUSE[Turn.NEGATED]
    if Turn.UNCERTAIN in turns:
        return (None, BECAUSE[Turn.UNCERTAIN]) if measured else ("unsure", "")
    if denials:
        return "excluded", ""
    if Turn.RECENT in turns and not (group or measured):
        return None, BECAUSE[Turn.RECENT]
    if Turn.HISTORICAL in turns and not lasting:
        return None, BECAUSE[Turn.HISTORICAL]
    return "observed", ""


def _joined(unused: Sequence[_Unused], sentence: NamedSentence) -> Iterator[Unread]:
    """Neighbouring pieces that were left for the same reason, told together."""
    groups: list[list[_Unused]] = []
    for one in sorted(unused, key=lambda u: u.piece):
        if groups and _goes_with(groups[-1][-1], one):
            groups[-1].append(one)
        else:
            groups.append([one])
    for group in groups:
        about = tuple(dict.fromkeys(u.about for u in group if u.about is not None))
        at = sentence.between(group[0].piece, group[-1].piece)
        yield Unread(at, group[0].because, about)


def _goes_with(one: _Unused, other: _Unused) -> bool:
    return other.piece - one.piece <= 1 and one.because == other.because


def reader_of(vocabulary: Vocabulary) -> Reader:
    """What reads longer texts in the words of this vocabulary; made once."""
    return vocabulary.once(_reader)


def _reader(vocabulary: Vocabulary) -> Reader:
    findings, groups = vocabulary.findings, vocabulary.groups
    by_age = {g.id for g in groups if g.derived}  # "18 months" is no group
    readable = [
        phrase
        for phrase in vocabulary.phrase.values()
        if phrase.id not in by_age or not any(c.isdigit() for c in phrase.words)
    ]
    return Reader(
        Lexicon(readable, vocabulary.frames, vocabulary.word_lists),
        reports={f.id for f in findings if f.kind == "lab"},
        lasting={g.id for g in groups if g.category in LASTING},
        stages={g.id for g in groups if g.category == "age_sex"},
        medicines={g.id for g in groups if g.category == "drug"},
        durations=Durations(findings),
    )
