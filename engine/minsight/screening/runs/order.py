"""Orders: what a run is to make of which files, checked before any work is done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

import msgspec

from minsight.errors import FileError
from minsight.logic.backend import BackendName
from minsight.screening.formats import ending_of
from minsight.screening.runs.manifest import Options, Role, manifest_of, relative
from minsight.screening.sources.files import Found, refuse_broken_name

MAY_BE_NONE: Final[frozenset[Role]] = frozenset({"rejects", "urgent"})
"""The files that are not made where nobody would stand in them."""
_NO_FILE: Final = ("-", ".", "/")
"""Names that are none of a file; an empty one is that of this folder."""
URGENT: Final = ".urgent.csv"
"""What the name of the list of whom to see adds to that of the results."""


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be made of which files, and how.

    The manifest names files as seen from `base`, by default the folder of the output.
    """

    found: Found
    output: Path
    rejects: Path
    report: Path | None = None
    unread_words: Path | None = None
    map: Path | None = None
    words: Path | None = None
    rules_folder: Path | None = None
    options: Options = Options()
    fail_fast: bool = False
    base: Path | None = None

    @property
    def outputs(self) -> Mapping[Role, Path]:
        """The files that the run makes, besides its manifest."""
        outputs: dict[Role, Path] = {"results": self.output, "rejects": self.rejects}
        if self.options.urgent_list:
            outputs["urgent"] = self.urgent
        if self.report is not None:
            outputs["report"] = self.report
        if self.unread_words is not None:
            outputs["unread_words"] = self.unread_words
        return outputs

    @property
    def manifest(self) -> Path:
        return manifest_of(self.output)

    @property
    def urgent(self) -> Path:
        """Where whom to see is listed."""
        return self.output.with_name(self.output.name + URGENT)

    @property
    def targets(self) -> tuple[Path, ...]:
        """All files that the run writes, or takes away where it makes none.

        A list of whom to see from an earlier run would not be true of these results.
        """
        none = () if self.options.urgent_list else (self.urgent,)
        return (*self.outputs.values(), *none, self.manifest)

    def refuse_sharing(self) -> None:
        """Refuse two uses of one name: every file read or written needs its own.

        Raises:
            FileError: naming the file.
        """
        inputs = [source.path for source in self.found.sources]
        inputs += [one for one in (self.map, self.words) if one is not None]
        taken: set[Path] = set()
        named = (self.output, self.rejects, self.report, self.unread_words)
        if any(str(one) in _NO_FILE for one in named):
            raise FileError("results go to a file of their own; name one")
        for target in self.targets:
            if _is_one_of(target, inputs):
                raise FileError(f"`{target}` is the input; write somewhere else")
            if target.resolve() in taken:
                raise FileError(
                    f"`{target}` would be written twice; results, rejects, whom to see,"
                    " report, unread words and manifest need a file each"
                )
            taken.add(target.resolve())

    def refuse_broken_names(self, base: Path) -> None:
        """Refuse what cannot be written of, as it is given and as seen from `base`."""
        read = [source.path for source in self.found.sources]
        aside = (self.map, self.words, self.rules_folder)
        for path in (*self.targets, *(one for one in aside if one is not None), *read):
            refuse_broken_name(str(path))
            refuse_broken_name(relative(path, base))


def options_for(
    output: Path,
    way: BackendName | None,
    *,
    wide: bool = False,
    keep_going: bool = False,
    smallest: int = 0,
    urgent_list: bool = False,
    by: Sequence[str] = (),
) -> Options:
    """The options of a run, as the ending of its output decides the rest.

    Raises:
        FileError: when records are asked for as a table.
    """
    full = ending_of(output).writer == "records"
    if full and wide:
        raise FileError(
            f"`{output}` is for records, and a record holds everything; name a table"
            " such as `out.csv` for a wide one"
        )
    named = tuple(dict.fromkeys(by))
    chosen = way or "columnar"
    return Options(chosen, keep_going, wide, full, smallest, urgent_list, named)


def _is_one_of(target: Path, files: Iterable[Path]) -> bool:
    return target.exists() and any(
        one.exists() and target.samefile(one) for one in files
    )
