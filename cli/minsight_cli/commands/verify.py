"""`minsight verify`: a run made again from its manifest, and compared."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from minsight_cli.exits import Exit
from minsight_cli.options.common import RulesOption, load_rules


def verify(
    manifest: Annotated[
        Path,
        typer.Argument(
            metavar="MANIFEST", help="The manifest that stands beside results."
        ),
    ],
    rules: RulesOption = None,
) -> None:
    """Check that results are what they were and come out the same again.

    Compares rules, map, inputs and outputs with what the manifest says of them, then
    screens the inputs once more and compares the outputs byte for byte. Exits with 1
    when anything differs.

    **Examples**

    `minsight verify done.csv.manifest.json`
    """
    from minsight.screening.runs.manifest import read_manifest
    from minsight.screening.runs.verify import verify as verified
    from minsight_cli.rendering.progress import rows_with_progress
    from minsight_cli.rendering.verifying import show_verified

    kept, folder = read_manifest(manifest), manifest.parent
    own = folder / kept.rules_folder if kept.rules_folder else None
    with load_rules(rules or own) as loaded:
        found = verified(kept, folder, loaded, watch=rows_with_progress)
    show_verified(found)
    if not found.is_same:
        raise typer.Exit(Exit.LOOK)
