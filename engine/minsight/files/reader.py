"""Reader: a YAML file as a document, or all that is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from minsight.errors import Issue
from minsight.files.issues import validation_issues
from minsight.files.yaml import Loaded, LoadingError, load_file

DocumentT = TypeVar("DocumentT", bound=BaseModel)


class DocumentError(Exception):
    """A file is not the document that it should be; holds every issue of it."""

    def __init__(self, issues: Iterable[Issue]) -> None:
        self.issues = tuple(issues)
        super().__init__(*map(str, self.issues))


def read_document(
    path: Path, name: str, kind: type[DocumentT], *, may_be_empty: bool = False
) -> tuple[DocumentT, Loaded]:
    """The document in a file, and where each part of it stands.

    `name` is what the file is called in messages. A file that `may_be_empty` is read as
    a document without keys.

    Raises:
        DocumentError: when it cannot be read, or is not such a document.
    """
    try:
        loaded = load_file(path, name)
        data = {} if may_be_empty and not loaded.data else loaded.data
        return kind.model_validate(data), loaded
    except LoadingError as error:
        raise DocumentError([error.issue]) from None
    except ValidationError as error:
        raise DocumentError(validation_issues(error, loaded, kind)) from None
