"""The page that describes the API to people: made here, with no script and no host."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any, Final

_HEAD: Final = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>minsight: the API</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
:root { color-scheme: light dark }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 50rem;
  padding: 0 1rem }
code { font-family: ui-monospace, monospace }
table { border-collapse: collapse }
td, th { padding: .2rem .8rem .2rem 0; text-align: left; vertical-align: top }
</style></head><body><main>
"""
CSP: Final = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"


def docs_page(document: dict[str, Any]) -> str:
    """The whole page."""
    info = document["info"]
    head = (
        f"<h1>{escape(info['title'])} {escape(info['version'])}</h1>"
        f"<p>{escape(info['description'])}</p>"
        '<p>The same for programs: <a href="/openapi.json">openapi.json</a>.</p>'
    )
    return "\n".join([_HEAD + head, *_paths(document), "</main></body></html>", ""])


def _paths(document: dict[str, Any]) -> Iterator[str]:
    for address, methods in document["paths"].items():
        for method, operation in methods.items():
            name = f"{method.upper()} {address}"
            yield f"<h2><code>{escape(name)}</code></h2>"
            yield f"<p>{escape(operation['summary'])}</p>"
            yield from _fields(operation, document["components"]["schemas"])


def _fields(operation: dict[str, Any], schemas: dict[str, Any]) -> Iterator[str]:
    body = operation.get("requestBody")
    if body is None:
        return
    schema = next(iter(body["content"].values()))["schema"]
    known = schemas.get(schema.get("$ref", "").rpartition("/")[2], {})
    rows = [
        f"<tr><td><code>{escape(name)}</code></td><td>{_kind(one)}</td>"
        f"<td>{'needed' if name in known.get('required', ()) else ''}</td></tr>"
        for name, one in known.get("properties", {}).items()
    ]
    if rows:
        yield "<table><tr><th>Key</th><th>Is</th><th></th></tr>"
        yield from rows
        yield "</table>"


def _kind(schema: dict[str, Any]) -> str:
    if "enum" in schema:
        return escape(", ".join(map(str, schema["enum"])))
    parts = [str(one.get("type", "")) for one in schema.get("anyOf", [schema])]
    return escape(schema.get("title") or " or ".join(part for part in parts if part))
