"""The sources of the page: nothing in them leads outside, and they are put into one."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest

from minsight_cli.page import bundle
from minsight_cli.page.bundle import WEB, page_of_server, page_on_disk

SOURCES: Final = sorted(
    path for path in WEB.iterdir() if path.suffix in {".html", ".css", ".js"}
)
OUTSIDE: Final = re.compile(r"(?:https?:)?//[\w-]+\.[a-z]|@import|url\(|sendBeacon")
KEPT: Final = re.compile(r"localStorage|sessionStorage|indexedDB|document\.cookie")
LONGEST: Final = 400


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_no_source_names_a_place_outside_or_keeps_anything(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert OUTSIDE.findall(text) == []
    assert KEPT.findall(text) == []
    assert "innerHTML" not in text, "text is set as text"
    assert len(text.splitlines()) <= LONGEST


def test_only_the_transport_talks_to_a_server() -> None:
    asking = {path.name for path in SOURCES if "fetch(" in path.read_text("utf-8")}
    assert asking == {"transport.js"}


def test_one_file_holds_every_module_once_and_lets_nothing_else_run() -> None:
    page = page_on_disk("<!-- parts -->")
    script = page.rpartition('<script type="module">')[2].partition("</script>")[0]
    assert not re.search(r"^(import|export) ", script, re.MULTILINE)
    for path in SOURCES:
        if path.suffix == ".js" and path.name != "worker.js":
            assert script.count(path.read_text("utf-8").splitlines()[0]) == 1, path
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy.startswith("default-src 'none';")
    assert bundle.hashed(script) in policy
    assert "://" not in policy
    assert "unsafe-inline" not in policy
    assert "connect-src" not in policy, "so that nothing can be asked for or sent"
    assert page.index("Content-Security-Policy") < page.index("<!-- parts -->")
    assert not re.search(r"""(?:src|href|action)=["']?(?!#)\w""", page)


def test_a_page_of_a_server_asks_that_server_alone() -> None:
    page = page_of_server()
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy.startswith("default-src 'none';")
    assert "connect-src 'self'" in policy
    assert "blob:" not in policy
    assert "part-worker" not in page.partition("<script")[0]


def test_two_modules_that_share_a_name_are_refused(tmp_path: Path) -> None:
    for path in SOURCES:
        (tmp_path / path.name).write_bytes(path.read_bytes())
    twice = (tmp_path / "dom.js").read_text("utf-8") + "\nconst MOST_UNDONE = 1;\n"
    (tmp_path / "dom.js").write_text(twice, encoding="utf-8")
    with pytest.raises(AssertionError, match="MOST_UNDONE"):
        page_of_server(tmp_path)
