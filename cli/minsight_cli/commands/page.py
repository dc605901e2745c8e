"""`minsight page`: the rules and all that answers by them in one file for a browser."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from minsight_cli.options.common import ForceOption, RulesOption, load_rules


def page(
    output: Annotated[
        Path,
        typer.Option(metavar="FILE", help="Where the page goes."),
    ] = Path("minsight.html"),
    force: ForceOption = False,
    rules: RulesOption = None,
) -> None:
    """Write one page that does in a browser what these commands do, without a network.

    It opens from a disk or a stick, keeps nothing and sends nothing. The rules in use
    travel in it, a teacher's own rules too.

    **Examples**

    `minsight page`

    `minsight page --rules rules --output lesson.html`
    """
    from minsight.cases.published import lesson_cases
    from minsight.compiler.bundle import rules_folder
    from minsight.files.taken import refuse_taken
    from minsight.service import packed_cases
    from minsight_cli.page.frame import page_of, write_page
    from minsight_cli.printable import printable

    refuse_taken(output, force=force)
    with load_rules(rules) as loaded:
        cases = packed_cases(lesson_cases(rules or rules_folder()))
        size = write_page(output, page_of(loaded, cases))
    told = f"`{output}`: {size / 1e6:.1f} MB; open it in a browser, or share it"
    typer.echo(printable(told))
