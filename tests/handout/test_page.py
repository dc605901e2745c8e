"""The page of a handout: whole, escaped, without script and without other hosts."""

from __future__ import annotations

from html.parser import HTMLParser

import minsight
from banned import banned_in
from minsight.handout.page import handout_page

VOID = frozenset({"meta", "link", "br", "hr", "img"})


class Nesting(HTMLParser):
    """Follows what is opened and closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        del attrs
        self.seen.add(tag)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def page(rules: minsight.Rules, *present: str) -> str:
    return handout_page(rules.assess({"present": present}), rules.knowledge)


def test_every_part_that_is_opened_is_closed(rules: minsight.Rules) -> None:
    nesting = Nesting()
    nesting.feed(page(rules, "craving ice", "always tired", "gribbly toes"))
    assert nesting.open == []
    assert {"h1", "h2", "h3", "main", "footer"} <= nesting.seen
    assert nesting.seen.isdisjoint({"script", "img", "link", "iframe", "a"})


def test_what_somebody_wrote_stays_text(rules: minsight.Rules) -> None:
    text = page(rules, "<script>alert(1)</script> & <b>")
    assert "<script" not in text
    assert "&lt;script&gt;" in text


def test_nothing_is_asked_of_any_host(rules: minsight.Rules) -> None:
    text = page(rules, "craving ice")
    assert "http:" not in text
    assert "https:" not in text
    assert "default-src 'none'" in text


def test_no_banned_word_and_always_the_limits(rules: minsight.Rules) -> None:
    text = page(rules, "craving ice", "night blindness", "chest pain")
    assert banned_in(text) == []
    assert rules.catalogue.footer in text
    assert rules.fingerprint in text
