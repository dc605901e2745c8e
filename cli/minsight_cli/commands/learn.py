"""`minsight learn`: one mineral's profile, or the list of them."""

from __future__ import annotations

from typing import Annotated

import typer

from minsight_cli.options import (
    RulesOption,
    complete_mineral,
    load_rules,
    mineral_named,
)


def learn(
    mineral: Annotated[
        str | None,
        typer.Argument(
            help="Which mineral; without one, all are listed.",
            autocompletion=complete_mineral,
            show_default=False,
        ),
    ] = None,
    rules_too: Annotated[
        bool,
        typer.Option("--rules-too", help="Show every rule of the mineral as well."),
    ] = False,
    rules: RulesOption = None,
) -> None:
    """Learn about a mineral: its work, foods, intake by life stage, signs of a lack.

    **Examples**

    `minsight learn iron`

    `minsight learn zinc --rules-too`
    """
    from minsight_cli.rendering.profile import show_profile, show_profiles

    loaded = load_rules(rules)
    if mineral is None:
        show_profiles(loaded.catalogue.profiles)
        return
    profile = mineral_named(mineral, loaded)
    show_profile(profile, loaded, with_rules=rules_too)
