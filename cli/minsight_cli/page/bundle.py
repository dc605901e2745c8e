"""Bundling: the page's own files put into one, with the policy that holds it shut.

The modules of the page import each other by name and share no name at the top, so that
one after the other, without `import` and `export`, they are one script.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Final

IMPORT: Final = re.compile(
    r"^import\s+(?:[^;]*?\s+from\s+)?\"\./([\w-]+\.js)\";\n", re.MULTILINE
)
EXPORT: Final = re.compile(
    r"^export (?=(?:async )?(?:function|const|class|let))", re.MULTILINE
)
TOP_NAME: Final = re.compile(
    r"^(?:export )?(?:async )?(?:function|const|let|class) (\w+)", re.MULTILINE
)
STYLE: Final = '<link rel="stylesheet" href="style.css">'
SCRIPT: Final = '<script type="module" src="app.js"></script>'
FROM_DISK: Final = "script-src {script} blob: 'wasm-unsafe-eval'; worker-src blob:"
FROM_SERVER: Final = "script-src {script}; connect-src 'self'"
POLICY: Final = (
    "default-src 'none'; {from_where}; style-src {style}; img-src data:; "
    "base-uri 'none'; form-action 'none'"
)
"""Only these two texts run and style; a page from a disk can ask nobody anything."""
_PACKAGED: Final = Path(__file__).parents[1] / "_web"
_CHECKOUT: Final = Path(__file__).parents[3] / "web" / "page"
WEB: Final = _PACKAGED if _PACKAGED.is_dir() else _CHECKOUT
"""Where the files of the page are: in the installed package, or in a checkout."""


def page_on_disk(parts: str, web: Path = WEB) -> str:
    """The page in one file, with the parts that its worker runs."""
    worker = (web / "worker.js").read_text(encoding="utf-8")
    assert "</" not in worker, "it would end the element"
    inside = f'<script type="text/plain" id="part-worker">{worker}</script>\n{parts}\n'
    return _bundled(web, FROM_DISK, inside)


def page_of_server(web: Path = WEB) -> str:
    """The page as a server sends it, which then asks that server alone."""
    return _bundled(web, FROM_SERVER, "")


def _bundled(web: Path, from_where: str, inside: str) -> str:
    html = (web / "index.html").read_text(encoding="utf-8")
    style = (web / "style.css").read_text(encoding="utf-8")
    script = "\n".join(modules(web, "app.js", set()))
    twice = [
        name for name, many in Counter(TOP_NAME.findall(script)).items() if many > 1
    ]
    assert not twice, f"two modules of the page share names: {twice}"
    assert "</" not in script + style, "it would end the element"
    runs = from_where.format(script=hashed(script))
    policy = POLICY.format(from_where=runs, style=hashed(style))
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    assert html.count(STYLE) == html.count(SCRIPT) == 1
    html = html.replace(STYLE, f"{meta}\n<style>{style}</style>")
    run = f'{inside}<script type="module">{script}</script>'
    return html.replace(SCRIPT, run)


def modules(web: Path, name: str, seen: set[str]) -> Iterator[str]:
    """The text of a module after those that it imports, each once."""
    if name in seen:
        return
    seen.add(name)
    text = (web / name).read_text(encoding="utf-8")
    for needed in IMPORT.findall(text):
        yield from modules(web, needed, seen)
    yield EXPORT.sub("", IMPORT.sub("", text))


def hashed(text: str) -> str:
    """How the policy names a text."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
