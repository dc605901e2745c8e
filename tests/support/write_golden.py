"""Write the golden files anew: `make golden`. Look at the diff before committing it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import accuracy
import interviewed
import lesson
import minsight
import walk
from minsight.assessment.record import assessment_schema
from minsight.compiler.bundle import rules_folder
from minsight.compiler.folder import Folder, read_folder
from minsight.compiler.lowering import lower
from places import DATA, ROOT, SMALL_RULES

sys.path.insert(0, str(ROOT / "docs" / "generate"))
import architecture
import handbook


def small_folder() -> Folder:
    """The made-up rules that tests look into."""
    return _folder(SMALL_RULES)


def _folder(root: Path) -> Folder:
    folder, issues = read_folder(root)
    if folder is None:
        raise SystemExit("\n".join(str(issue) for issue in issues))
    return folder


def generated() -> dict[Path, str]:
    """Every generated file with its content."""
    rules = minsight.load(rules_folder(), cache=False)
    pages = handbook.pages(_folder(rules_folder()), rules)
    schema = json.dumps(assessment_schema(), indent=2, ensure_ascii=False)
    return {
        DATA / "golden" / "small_program.txt": lower(small_folder()).as_text(),
        DATA / "golden" / "interviews.txt": interviewed.as_transcript(rules),
        ROOT / "docs" / "assessment.schema.json": schema + "\n",
        ROOT / "docs" / "accuracy.md": accuracy.as_page(rules),
        ROOT / "docs" / "whatif.md": lesson.as_page(),
        walk.PAGE: walk.as_page(),
        architecture.PAGE: architecture.as_page(),
        **{ROOT / "docs" / name: page for name, page in pages.items()},
    }


if __name__ == "__main__":
    for path, content in generated().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
