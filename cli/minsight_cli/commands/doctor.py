"""`minsight doctor`: what is in use on this machine."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterator

import typer

from minsight_cli.options.common import RulesOption, forward_can_run, load_rules
from minsight_cli.printable import printable


def doctor(rules: RulesOption = None) -> None:
    """Show which engine, Python, rules and cache are in use.

    **Example**

    `minsight doctor`
    """
    for name, value in _lines(rules):
        typer.echo(printable(f"{name:13} {value}"))


def _lines(folder: RulesOption) -> Iterator[tuple[str, str]]:
    from minsight.compiler.bundle import rules_folder

    loaded = load_rules(folder)
    vocabulary = loaded.vocabulary
    yield "minsight", loaded.version
    yield (
        "python",
        f"{platform.python_version()} on {platform.system()} ({sys.executable})",
    )
    yield "engine", _engine()
    yield "rules", str(folder or rules_folder())
    yield "rules version", loaded.version
    yield "fingerprint", loaded.fingerprint
    counts = {
        "rules": len(loaded.catalogue.rules),
        "scored minerals": len(loaded.program.minerals),
        "profiles": len(loaded.profiles),
        "findings": len(vocabulary.findings),
        "groups": len(vocabulary.groups),
        "sources": len(loaded.catalogue.sources),
        "clauses": len(loaded.program.clauses),
    }
    yield "contents", ", ".join(f"{count} {name}" for name, count in counts.items())
    yield "cache", _cache()


def _engine() -> str:
    if forward_can_run():
        return "forward (durable-rules), with reference as referee"
    return (
        "reference; the forward engine needs durable-rules, which supports Python up to"
        " 3.12. Both give the same answers"
    )


def _cache() -> str:
    from minsight.compiler.cache import cache_folder

    folder = cache_folder()
    stands = os.access(folder, os.F_OK)
    writable = os.access(folder if stands else folder.parent, os.W_OK)
    state = "" if writable else " (cannot be written; rules are compiled at each start)"
    return f"{folder}{state}"
