"""Nothing foreign is obeyed by a terminal, hidden in it, or read as markup."""

from __future__ import annotations

import pytest
from rich.text import Text

from command_line import CommandLine
from minsight_cli.printable import printable
from minsight_cli.rendering.page import Page

HIDDEN = [
    *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A),
    0xAD, 0x61C, 0x2060, 0xFEFF, 0xE0001, 0xE0041, 0xE007F, 0x2028, 0x2029,
]  # fmt: skip


@pytest.mark.parametrize("code", HIDDEN)
def test_what_is_hidden_is_shown_by_its_number(code: int) -> None:
    assert printable(f"a{chr(code)}b") == f"a<U+{code:04X}>b"


def test_words_of_all_scripts_are_shown_as_they_are() -> None:
    words = "Goître, Müdigkeit, усталость, 疲労, تعب, थकान, 🤒\n[/b] {x} \\"
    assert printable(words) == words


def test_styles_stay_where_they_were(capsys: pytest.CaptureFixture[str]) -> None:
    page = Page()
    page.line(Text("a\u202eb: ", "bold").append("c\x1bd", "red").append("e[/]"))
    assert page._lines[0].plain == "a<U+202E>b: c\ufffdde[/]"
    styles = [page._lines[0].get_style_at_offset(page._console, at) for at in (4, 14)]
    assert [str(style) for style in styles] == ["bold", "bold red"]
    page.show()
    assert capsys.readouterr().out == "a<U+202E>b: c\ufffdde[/]\n"


@pytest.mark.parametrize(
    "text", ["[/]", "[red]x", "[link=file:///x]x[/link]", "\u202ex"]
)
def test_words_that_look_like_markup_are_shown_as_they_are(
    command: CommandLine, text: str
) -> None:
    outcome = command.run("check", "always tired", text)
    assert outcome.code in (0, 1)
    assert printable(text) in outcome.out
