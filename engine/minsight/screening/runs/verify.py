"""Verifying: a run made again from its manifest, and compared byte for byte."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final, Literal, TypeAlias

import msgspec

from minsight.__about__ import __version__
from minsight.assessment.engine import Engine
from minsight.errors import MinsightError
from minsight.screening.rejects import Reject
from minsight.screening.runs.manifest import File, Manifest, digest_of, versions
from minsight.screening.runs.order import Order
from minsight.screening.runs.parts import Watch, unwatched
from minsight.screening.runs.run import Runner
from minsight.screening.sources.files import Found
from minsight.screening.sources.source import Source, source_of

Outcome: TypeAlias = Literal["same", "differs", "missing"]
AGAIN: Final = "made again"


class Check(msgspec.Struct, frozen=True):
    """One thing that a manifest names, and whether it is still what it was."""

    what: str
    name: str
    outcome: Outcome
    detail: str = ""


class Verified(msgspec.Struct, frozen=True):
    """What was compared; `notes` say what may explain a difference."""

    checks: tuple[Check, ...]
    notes: tuple[str, ...]

    @property
    def is_same(self) -> bool:
        return all(check.outcome == "same" for check in self.checks)


def verify(
    manifest: Manifest, folder: Path, rules: Engine, *, watch: Watch = unwatched
) -> Verified:
    """Compare all that the manifest names, and make the outputs again if nothing moved.

    `folder` is where the manifest stands. Outputs are compared as they are on disk, and
    as they come out now; they are not made again from inputs that have changed.
    """
    checks = [
        _rules_check(manifest, rules),
        *([_check("map", manifest.map, folder)] if manifest.map else ()),
        *([_check("words", manifest.words, folder)] if manifest.words else ()),
        *(
            _check("input", one.file, folder, shown=one.name)
            for one in manifest.inputs
            if one.file is not None
        ),
        *(_check(one.role, one.file, folder) for one in manifest.outputs),
    ]
    made_of = checks[: len(checks) - len(manifest.outputs)]
    if all(check.outcome == "same" for check in made_of):
        checks += _made_again(manifest, folder, rules, watch)
    return Verified(tuple(checks), tuple(_notes(manifest)))


def _rules_check(manifest: Manifest, rules: Engine) -> Check:
    same = manifest.fingerprint == rules.fingerprint
    detail = "" if same else f"was {manifest.fingerprint}, is {rules.fingerprint}"
    return Check("rules", manifest.fingerprint, "same" if same else "differs", detail)


def _check(what: str, file: File, folder: Path, *, shown: str = "") -> Check:
    name = shown or file.path
    path = folder / file.path
    if file.path == "-":
        return Check(what, name, "missing", "came by standard input, which is gone")
    if not path.is_file():
        return Check(what, name, "missing", "there is no such file now")
    digest, _ = digest_of(path)
    if digest != file.sha256:
        return Check(what, name, "differs", "its content has changed since the run")
    return Check(what, name, "same")


def _made_again(
    manifest: Manifest, folder: Path, rules: Engine, watch: Watch
) -> Iterator[Check]:
    """The outputs as they come out now, against what the manifest says of them."""
    if all(one.role != "results" for one in manifest.outputs):
        yield Check(AGAIN, "results", "missing", "the manifest names no results")
        return
    with tempfile.TemporaryDirectory(prefix="minsight-") as made:
        order = _order(manifest, folder, Path(made))
        try:
            run = Runner(order, rules, watch=watch).run()
        except MinsightError as error:
            yield Check(AGAIN, "results", "differs", str(error))
            return
        now = {one.role: one.file for one in run.manifest.outputs}
    for was in manifest.outputs:
        again = now.pop(was.role, None)
        if again is None:
            yield Check(AGAIN, was.role, "missing", "the run does not make it now")
        elif again.sha256 != was.file.sha256:
            yield Check(AGAIN, was.role, "differs", "the run makes other bytes now")
        else:
            yield Check(AGAIN, was.role, "same")
    for role in now:
        yield Check(AGAIN, role, "differs", "the run makes it only now")


def _order(manifest: Manifest, folder: Path, made: Path) -> Order:
    """The order that the manifest came from, with its outputs in another folder."""
    names = {one.role: made / Path(one.file.path).name for one in manifest.outputs}
    return Order(
        found=found_of(manifest, folder),
        output=names["results"],
        rejects=names.get("rejects", made / "rejects"),
        report=names.get("report"),
        unread_words=names.get("unread_words"),
        map=folder / manifest.map.path if manifest.map else None,
        words=folder / manifest.words.path if manifest.words else None,
        rules_folder=folder / manifest.rules_folder if manifest.rules_folder else None,
        options=manifest.options,
        base=folder,
    )


def found_of(manifest: Manifest, folder: Path) -> Found:
    """The inputs of the manifest as files to read."""
    sources: list[Source] = []
    rejects: list[Reject] = []
    for one in manifest.inputs:
        if one.file is None:
            rejects.append(Reject(one.name, None, "", "", one.problem))
        else:
            sources.append(source_of(folder / one.file.path, one.name))
    return Found(tuple(sources), tuple(rejects))


def _notes(manifest: Manifest) -> Iterator[str]:
    """What is of another version than when the run was made."""
    if manifest.version != __version__:
        yield f"the run was made by minsight {manifest.version}; this is {__version__}"
    now = versions()
    for name, was in manifest.versions.items():
        if now.get(name) != was:
            yield f"the run was made with {name} {was}; here is {now.get(name, 'none')}"
