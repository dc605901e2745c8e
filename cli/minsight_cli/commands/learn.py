"""`minsight learn`: one mineral's profile, or the list of them."""

from __future__ import annotations

from typing import Annotated

import typer

from minsight_cli.options import RulesOption, complete_mineral, load_rules


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
    known = {p.id: p for p in loaded.catalogue.profiles}
    by_name = {p.name.lower(): p for p in loaded.catalogue.profiles}
    by_symbol = {p.symbol.lower(): p for p in loaded.catalogue.profiles}
    asked = mineral.strip().lower()
    profile = known.get(asked) or by_name.get(asked) or by_symbol.get(asked)
    if profile is None:
        from minsight.errors import did_you_mean

        hint = did_you_mean(asked, known) or "`minsight learn` lists them"
        raise typer.BadParameter(f"unknown mineral `{mineral[:40]}`; {hint}")
    show_profile(profile, loaded, with_rules=rules_too)
