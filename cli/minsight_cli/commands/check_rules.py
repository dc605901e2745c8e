"""`minsight check-rules`: are the rule files sound, and do their cases come out?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from minsight_cli.exits import Exit
from minsight_cli.options.common import EngineOption
from minsight_cli.printable import printable

if TYPE_CHECKING:
    from minsight.logic.backend import BackendName


def check_rules(
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="DIR",
            help="A folder of rules. [default: the rules in use]",
            show_default=False,
        ),
    ] = None,
    engine: EngineOption = None,
) -> None:
    """Check rule files and run their cases; shows every problem with a proposed fix.

    Cases run on the reference engine, several times faster, unless another is named.

    **Example**

    `minsight check-rules rules`
    """
    from minsight import RulesError, load
    from minsight.cases.folder import read_cases
    from minsight.cases.published import published_issues
    from minsight.cases.runner import run_cases, size
    from minsight.compiler.bundle import rules_folder

    root = folder or rules_folder()
    with load(root, cache=False) as rules:
        cases, issues = read_cases(root)
        issues += published_issues(root, rules)
        if issues:
            raise RulesError(issues)
        way: BackendName = engine.value if engine else "reference"
        failures = run_cases(rules, cases, engine=way)
        count = sum(map(size, cases.values()))
        fingerprint = rules.fingerprint
    for failure in failures:
        typer.echo(printable(str(failure)), err=True)
    typer.echo(
        f"{len(rules.catalogue.rules)} rules, {count} cases, {len(failures)} failed;"
        f" fingerprint {fingerprint}"
    )
    if failures:
        raise typer.Exit(Exit.LOOK)
