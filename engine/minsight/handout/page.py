"""The page of a handout: HTML for one sheet, with no script and no other host."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import Final

from minsight.assessment.model import Assessment
from minsight.handout.contents import HandoutContents, handout_of
from minsight.knowledge.base import KnowledgeBase

_HEAD: Final = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy"
 content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>For my visit</title>
<style>
@page { size: A4; margin: 12mm }
body { font: 10.5pt/1.35 system-ui, sans-serif; color: #111; background: #fff;
  max-width: 186mm; margin: 1rem auto; padding: 0 1rem; overflow-wrap: anywhere }
h1 { font-size: 16pt; margin: 0 }
h2 { font-size: 12pt; margin: .8em 0 .2em; border-bottom: 1px solid #777 }
h3 { font-size: 10.5pt; margin: .5em 0 .1em }
p, ul { margin: .2em 0 }
ul { padding-left: 1.2em }
.urgency { border: 2px solid #111; padding: .4em .7em; margin: .6em 0 }
.notes { border-bottom: 1px solid #bbb; height: 1.5em }
footer { font-size: 8.5pt; color: #333; margin-top: .8em }
@media print { body { margin: 0; padding: 0 } }
</style>
</head>
<body>
<main>
"""


def handout_page(assessment: Assessment, knowledge: KnowledgeBase) -> str:
    """The whole page for a person who was assessed, ready to be printed."""
    contents = handout_of(assessment, knowledge)
    return "\n".join([_HEAD.rstrip(), *_body(contents), "</main>\n</body>\n</html>\n"])


def _body(contents: HandoutContents) -> Iterator[str]:
    yield "<h1>For my visit</h1>"
    if contents.person:
        yield _paragraph(contents.person)
    yield '<section class="urgency" aria-label="How soon">'
    yield f"<p><strong>{escape(contents.urgency)}</strong></p>"
    yield from _list(contents.warnings)
    yield "</section>"
    yield "<h2>What I reported</h2>"
    yield from _reported(contents)
    yield "<h2>What was found</h2>"
    yield from _found(contents)
    yield "<h2>What to ask</h2>"
    yield from _list(contents.to_ask)
    yield from _named("What else it may be", contents.may_also_be)
    yield from _named("Not asked yet, and it could change this", contents.not_asked)
    yield '<h3>My notes</h3>\n<div class="notes"></div>\n<div class="notes"></div>'
    yield f"<footer><p>{escape(contents.footer)}</p>{_paragraph(contents.rules)}"
    yield "</footer>"


def _reported(contents: HandoutContents) -> Iterator[str]:
    for answer, texts in contents.reported:
        yield f"<p><strong>{answer}:</strong> {escape('; '.join(texts))}</p>"
    if contents.left_out:
        yield _paragraph(f"{contents.left_out} more that this page has no room for.")
    if contents.not_understood:
        words = escape("; ".join(contents.not_understood))
        yield f"<p><strong>Not understood:</strong> {words}</p>"
    if not (contents.reported or contents.not_understood):
        yield _paragraph("Nothing.")


def _found(contents: HandoutContents) -> Iterator[str]:
    if contents.nothing:
        yield _paragraph(contents.nothing)
    for one in contents.found:
        yield f"<h3>{escape(one.name)}: {escape(one.sentence)}</h3>"
        yield from _list((*one.reasons, *(f"Against: {t}" for t in one.against)))


def _named(title: str, texts: Iterable[str]) -> Iterator[str]:
    words = escape("; ".join(texts))
    if words:
        yield f"<p><strong>{escape(title)}:</strong> {words}</p>"


def _list(texts: Iterable[str]) -> Iterator[str]:
    items = "".join(f"<li>{escape(text)}</li>" for text in texts)
    if items:
        yield f"<ul>{items}</ul>"


def _paragraph(text: str) -> str:
    return f"<p>{escape(text)}</p>"
