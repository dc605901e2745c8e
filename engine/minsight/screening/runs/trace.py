"""Tracing: from a row of results back to the person it speaks of."""

from __future__ import annotations

from pathlib import Path

import msgspec

from minsight.assessment.engine import Engine
from minsight.errors import FileError, Remedy, SubjectError, quoted
from minsight.intake.subject import Subject
from minsight.screening.answers.batches import (
    read_batches,
)
from minsight.screening.answers.only import Only
from minsight.screening.answers.places import (
    place,
)
from minsight.screening.mapping.maps import load_map
from minsight.screening.mapping.word_list import WordList, load_word_list
from minsight.screening.runs.manifest import (
    Input,
    digest_of,
    manifest_of,
    read_manifest,
)
from minsight.screening.sources.source import source_of


def traced_subject(results: Path, subject_id: str, rules: Engine) -> Subject:
    """The person with this id, as the inputs of the run tell of them.

    A row number may stand after `#`, alone or after the name of an input, for persons
    without an id of their own and for ids that stand more than once: `#12`,
    `survey.csv#12`.

    Raises:
        FileError: when the results have no manifest, were made with other rules, or an
            input is not what it was.
        SubjectError: when nobody or more than one person is meant.
    """
    manifest = read_manifest(manifest_of(results))
    if manifest.fingerprint != rules.fingerprint:
        raise FileError(
            f"`{results}` was made with the rules {manifest.fingerprint}, and these are"
            f" {rules.fingerprint}; {Remedy.RULES_OF_RUN}"
        )
    folder, options = results.parent, manifest.options
    mapping = (
        load_map(folder / manifest.map.path, rules.vocabulary) if manifest.map else None
    )
    words = (
        load_word_list(folder / manifest.words.path, rules.vocabulary)
        if manifest.words
        else WordList()
    )
    name, only = _wanted(subject_id)
    found: list[tuple[str, Subject]] = []
    for one in manifest.inputs:
        if one.file is None or name not in (None, one.name):
            continue
        source = source_of(_unchanged(folder / one.file.path, one), one.name)
        placing = msgspec.structs.replace(
            place(source, rules.vocabulary, mapping), words=words
        )
        batches = read_batches(
            source,
            placing,
            rules.vocabulary,
            keep_going=options.keep_going,
            one_by_one=True,
            only=only,
        )
        found += (
            (f"{one.name}#{row}", words.in_ids(answers.subject, rules.vocabulary))
            for batch in batches
            for row, answers in batch.entered
        )
    if len(found) == 1:
        return found[0][1]
    if not found:
        raise SubjectError(
            f"nobody in the inputs of `{results}` has the id {quoted(subject_id)},"
            " or their row was rejected; the ids are in the column `subject_id`"
        )
    places = ", ".join(f"`{place}`" for place, _ in found[:3])
    raise SubjectError(
        f"{len(found)} persons have the id {quoted(subject_id)}; write one of {places}"
        f"{' ...' if len(found) > 3 else ''}"
    )


def _wanted(text: str) -> tuple[str | None, Only]:
    """The input that is named, and who is wanted of it."""
    name, mark, row = text.rpartition("#")
    if mark and row.isdecimal():
        return name or None, Only(row=int(row))
    return None, Only(subject_id=text)


def _unchanged(path: Path, one: Input) -> Path:
    """The path of an input, as long as it is the file that was screened."""
    assert one.file is not None
    if not path.is_file():
        raise FileError(f"the input `{one.name}` is not at `{path}` any more")
    if digest_of(path)[0] != one.file.sha256:
        raise FileError(f"the input `{one.name}` has changed since it was screened")
    return path
