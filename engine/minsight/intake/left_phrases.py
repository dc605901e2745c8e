"""Left phrases: stretches that a text leaves although each is a phrase by itself.

A phrase of which small words leave one, such as "have a temp", is not looked for inside
a text: it is none of "the temp at the office". Alone between commas it is what it is.
"""

from __future__ import annotations

from collections.abc import Iterable

from minsight.intake.mistyped import mistyped
from minsight.intake.text.context import cues_of
from minsight.intake.text.mentions import Unread
from minsight.intake.text.sentences import LONGEST_SENTENCE
from minsight.intake.text.stretches import within
from minsight.knowledge.phrases import Phrase, normalise
from minsight.knowledge.vocabulary import Vocabulary


def left_phrases(
    left: Iterable[Unread], text: str, vocabulary: Vocabulary
) -> dict[Unread, Phrase]:
    """The stretches that are phrases; none where others deny, doubt or speak of others.

    A word that denies may be one of the phrase: "won't eat". In texts that are longer
    than any sentence nothing is looked for.
    """
    if len(text) > LONGEST_SENTENCE:  # cues are looked for sentence by sentence
        return {}
    said = ((one, _phrase(normalise(one.at.of(text)), vocabulary)) for one in left)
    found = {one: phrase for one, phrase in said if phrase is not None}
    inside = [one.at for one in found]
    if any(not within(cue.start, inside) for cue in cues_of(text)):
        return {}
    return found


def _phrase(words: str, vocabulary: Vocabulary) -> Phrase | None:
    near = mistyped(words, vocabulary)
    return vocabulary.phrase.get(words) or (near[0] if near else None)
