"""Where the answers go: a subject record, and a command line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from minsight.errors import FileError
from minsight.files.whole import written_whole
from minsight.intake.records import subject_json
from minsight.intake.subject import Subject
from minsight.knowledge.vocabulary import Vocabulary
from minsight_cli.reproducing import check_command
from minsight_cli.tui.state import State


@dataclass(frozen=True)
class SavedFile:
    """The file of this session, once there is one."""

    path: Path | None = None

    def written(self, name: str, subject: Subject) -> SavedFile:
        """With the subject in the file of this name, which is that of the session now.

        Raises:
            FileError: when another file has this name, or it has none.
            OSError: when it cannot be written.
        """
        if not name.strip():
            raise FileError("a file needs a name, for example `person.json`")
        target = Path(name.strip())
        if target != self.path and target.exists():
            raise FileError(f"`{target}` exists; choose another name")
        with written_whole(target, private=True) as file:
            file.write(subject_json(subject))
        return SavedFile(target)


def command_line(state: State, vocabulary: Vocabulary) -> str:
    """The `minsight check` that says the same again."""
    command = check_command(state.subject(vocabulary))
    return f"{command} --keep-going" if state.at_odds(vocabulary) else command
