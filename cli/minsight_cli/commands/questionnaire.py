"""`minsight questionnaire`: the questions worth asking, as a form to fill in."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from minsight.files.taken import refuse_taken
from minsight.files.whole import whole_path
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
    XLSFORM = "xlsform"
    REDCAP = "redcap"


_OF_ENDING: Final = {
    ".redcap.csv": FormFormat.REDCAP,
    ".csv": FormFormat.CSV,
    ".html": FormFormat.HTML,
    ".htm": FormFormat.HTML,
    ".fhir.json": FormFormat.FHIR,
    ".json": FormFormat.FHIR,
    ".xlsx": FormFormat.XLSFORM,
}
"""The longer endings before those that they end in."""
_ENDING: Final = {format_: ending for ending, format_ in reversed(_OF_ENDING.items())}
"""The first ending of each."""


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
    complete: Annotated[
        bool,
        typer.Option(
            "--complete",
            help="Ask all that can change a level or raise a red flag, not one page.",
        ),
    ] = False,
    format_: Annotated[
        FormFormat | None,
        typer.Option(
            "--format",
            help="A CSV template with its codebook, a page to print, a FHIR R4"
            " Questionnaire, an XLSForm or a REDCap data dictionary. [default: by the"
            " name of the output, else html]",
            show_default=False,
        ),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            help="Where the form goes: `.csv`, `.html`, `.fhir.json`, `.xlsx` (XLSForm)"
            " or `.redcap.csv`; `-` is standard output."
            " [default: questionnaire with that ending]",
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
    """Write a questionnaire of one page for some minerals and some people.

    It asks what finds most, warning signs first, and says what it leaves out. With
    `--complete` it asks all that can change a level or raise a red flag. What was
    filled in is screened without a map. A CSV template comes with a codebook.

    **Examples**

    `minsight questionnaire iron zinc --for infants`

    `minsight questionnaire iodine --for pregnancy --output iodine.csv`

    `minsight questionnaire --age 9mo --clinician --format fhir --output -`

    `minsight questionnaire iron --complete --coverage`
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
            one_page=not complete,
        )
        targets = [] if coverage and output is None else _targets(chosen, output)
        for target in targets:
            refuse_taken(target, force=force)
        texts = _texts(form, chosen, loaded)
        if output == OUT:
            sys.stdout.write(texts[0].decode())
        _write(targets, texts)
        if coverage:
            from minsight_cli.rendering.coverage import show_coverage

            show_coverage(form, loaded)
    for line in _summary(form, targets):
        typer.echo(printable(line), err=True)


def _format(asked: FormFormat | None, output: str | None) -> FormFormat:
    """The format that the name of the output says; what is asked for must agree.

    Raises:
        typer.BadParameter: when the name says none, or another one.
    """
    if output is None or output == OUT:
        chosen = asked or FormFormat.HTML
        if output == OUT and chosen is FormFormat.XLSFORM:
            raise typer.BadParameter(
                "a workbook cannot go to standard output; name a file for it"
            )
        return chosen
    name = Path(output).name.lower()
    of_name = next((f for end, f in _OF_ENDING.items() if name.endswith(end)), None)
    if of_name is None:
        raise typer.BadParameter(
            f"`{output}` names no format of a form; end it in"
            f" {', '.join(f'`{ending}`' for ending in _OF_ENDING)}"
        )
    if asked not in (None, of_name):
        raise typer.BadParameter(
            f"`{output}` is the name of another format than `{asked.value}`;"
            f" end it in `{_ENDING[asked]}`, or leave out `--format`"
        )
    return of_name


def _targets(chosen: FormFormat, output: str | None) -> list[Path]:
    """The files to write: none for standard output; with a template its codebook."""
    if output == OUT:
        return []
    target = Path(output or f"questionnaire{_ENDING[chosen]}")
    if chosen is not FormFormat.CSV:
        return [target]
    return [target, target.with_name(f"{target.stem}_codebook.csv")]


def _texts(form: Questionnaire, chosen: FormFormat, rules: Rules) -> list[bytes]:
    """What goes into each file, in the order of the files."""
    from minsight.questions import forms

    scored = rules.program.minerals
    match chosen:
        case FormFormat.CSV:
            texts = [forms.csv_template(form), forms.csv_codebook(form)]
        case FormFormat.FHIR:
            import json

            resource = forms.fhir_questionnaire(form, scored=scored)
            texts = [json.dumps(resource, indent=2, ensure_ascii=False) + "\n"]
        case FormFormat.REDCAP:
            from minsight.questions.redcap import redcap_dictionary

            texts = [redcap_dictionary(form)]
        case FormFormat.XLSFORM:
            from minsight.questions.xlsform import xlsform

            return [xlsform(form, scored=scored)]
        case FormFormat.HTML:
            texts = [_page(form, rules)]
    return [text.encode() for text in texts]


def _page(form: Questionnaire, rules: Rules) -> str:
    scored, says = rules.program.minerals, rules.catalogue.footer
    if form.left_out is not None:
        from minsight_cli.rendering.short_form import short_form_page

        return short_form_page(form, scored=scored, says=says)
    from minsight_cli.rendering.form import form_page

    return form_page(form, scored=scored, says=says)


def _write(targets: list[Path], texts: list[bytes]) -> None:
    """Write all of the files, or none."""
    from minsight.errors import FileError

    try:
        with ExitStack() as stack:
            for target, text in zip(targets, texts, strict=False):
                stack.enter_context(whole_path(target)).write_bytes(text)
    except OSError as error:
        names = " and ".join(f"`{target}`" for target in targets)
        why = (error.strerror or str(error)).lower()
        raise FileError(f"cannot write {names}: {why}; choose another place") from None


def _summary(form: Questionnaire, targets: list[Path]) -> Iterator[str]:
    from minsight.questions.forms import left_out_in_words

    where = f" in {' and '.join(map(str, targets))}" if targets else ""
    yield (
        f"{counted(len(form.questions) + 2, 'question')}{where},"
        f" {counted(len(form.not_fed), 'rule')} not fed"
    )
    left_out = left_out_in_words(form)
    if left_out:
        yield left_out
