"""`minsight questionnaire`: the questions worth asking, as a form to fill in."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from minsight.files.taken import refuse_taken
from minsight.files.whole import written_whole
from minsight_cli.options.common import (
    ForceOption,
    RulesOption,
    complete_mineral,
    complete_people,
    load_rules,
    mineral_named,
)
from minsight_cli.printable import printable
from minsight_cli.rendering.phrasing import counted

if TYPE_CHECKING:
    from minsight.api import Rules
    from minsight.questions.questionnaire import Questionnaire

OUT: Final = "-"
"""What stands for standard output."""


class FormFormat(str, Enum):
    """The forms that can be written."""

    CSV = "csv"
    HTML = "html"
    FHIR = "fhir"


_OF_SUFFIX: Final = {
    ".csv": FormFormat.CSV,
    ".html": FormFormat.HTML,
    ".htm": FormFormat.HTML,
    ".json": FormFormat.FHIR,
}
_SUFFIX: Final = {
    FormFormat.CSV: ".csv",
    FormFormat.HTML: ".html",
    FormFormat.FHIR: ".json",
}


def questionnaire(
    minerals: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="MINERAL",
            help="About which minerals; without one, about all that are scored.",
            autocompletion=complete_mineral,
            show_default=False,
        ),
    ] = None,
    people: Annotated[
        list[str] | None,
        typer.Option(
            "--for",
            metavar="GROUP",
            help="For whom: a group or life stage. Repeat for more.",
            autocompletion=complete_people,
        ),
    ] = None,
    age: Annotated[
        str | None, typer.Option(help="For people of this age: `28`, `9mo`, `3y`.")
    ] = None,
    sex: Annotated[str | None, typer.Option(help="`female` or `male`.")] = None,
    clinician: Annotated[
        bool,
        typer.Option(
            "--clinician", help="Add signs and tests that need one, and measurements."
        ),
    ] = False,
    format_: Annotated[
        FormFormat | None,
        typer.Option(
            "--format",
            help="A CSV template with its codebook, a page to print, or a FHIR R4"
            " Questionnaire. [default: by the name of the output, else html]",
            show_default=False,
        ),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            help="Where the form goes; `-` is standard output."
            " [default: questionnaire.html, .csv or .json]",
            show_default=False,
        ),
    ] = None,
    coverage: Annotated[
        bool,
        typer.Option(
            "--coverage",
            help="Print which rules the form cannot feed, and which words no rule"
            " reads; a form is written only with --output.",
        ),
    ] = False,
    force: ForceOption = False,
    rules: RulesOption = None,
) -> None:
    """Write the shortest useful questionnaire for some minerals and some people.

    Only questions that can change a level or raise a red flag are asked; age and sex
    come first. A CSV template comes with a codebook that explains its columns.

    **Examples**

    `minsight questionnaire iron zinc --for infants`

    `minsight questionnaire iodine --for pregnancy --output iodine.csv`

    `minsight questionnaire --age 9mo --clinician --format fhir --output -`

    `minsight questionnaire iron --coverage`
    """
    if coverage and output == OUT:
        raise typer.BadParameter(
            "the form and its coverage cannot both go to standard output;"
            " name a file for the form"
        )
    chosen = _format(format_, output)
    with load_rules(rules) as loaded:
        form = loaded.questionnaire(
            [mineral_named(text, loaded).id for text in minerals or []],
            people=people or [],
            age=age,
            sex=sex,
            clinician=clinician,
        )
        targets = [] if coverage and output is None else _targets(chosen, output)
        for target in targets:
            refuse_taken(target, force=force)
        texts = _texts(form, chosen, loaded)
        if output == OUT:
            sys.stdout.write(texts[0])
        _write(targets, texts)
        if coverage:
            from minsight_cli.rendering.coverage import show_coverage

            show_coverage(form, loaded)
    typer.echo(printable(_summary(form, targets)), err=True)


def _format(asked: FormFormat | None, output: str | None) -> FormFormat:
    if asked is not None:
        return asked
    if output is None or output == OUT:
        return FormFormat.HTML
    return _OF_SUFFIX.get(Path(output).suffix.lower(), FormFormat.HTML)


def _targets(chosen: FormFormat, output: str | None) -> list[Path]:
    """The files to write: none for standard output; with a template its codebook."""
    if output == OUT:
        return []
    target = Path(output or f"questionnaire{_SUFFIX[chosen]}")
    if chosen is not FormFormat.CSV:
        return [target]
    return [target, target.with_name(f"{target.stem}_codebook.csv")]


def _texts(form: Questionnaire, chosen: FormFormat, rules: Rules) -> list[str]:
    """What goes into each file, in the order of the files."""
    from minsight.questions import forms

    scored = rules.program.minerals
    if chosen is FormFormat.CSV:
        return [forms.csv_template(form), forms.csv_codebook(form)]
    if chosen is FormFormat.FHIR:
        import json

        resource = forms.fhir_questionnaire(form, scored=scored)
        return [json.dumps(resource, indent=2, ensure_ascii=False) + "\n"]
    from minsight_cli.rendering.form import form_page

    return [form_page(form, scored=scored, says=rules.catalogue.footer)]


def _write(targets: list[Path], texts: list[str]) -> None:
    """Write all of the files, or none."""
    from minsight.errors import FileError

    try:
        with ExitStack() as stack:
            for target, text in zip(targets, texts, strict=False):
                stack.enter_context(written_whole(target)).write(text)
    except OSError as error:
        names = " and ".join(f"`{target}`" for target in targets)
        why = (error.strerror or str(error)).lower()
        raise FileError(f"cannot write {names}: {why}; choose another place") from None


def _summary(form: Questionnaire, targets: list[Path]) -> str:
    where = f" in {' and '.join(map(str, targets))}" if targets else ""
    return (
        f"{counted(len(form.questions) + 2, 'question')}{where},"
        f" {counted(len(form.not_fed), 'rule')} not fed"
    )
