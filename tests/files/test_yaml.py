"""Loading: plain data with the place of everything, or one clear refusal."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsight.errors import Place
from minsight.files.yaml import (
    MAX_BYTES,
    MAX_DEPTH,
    LoadingError,
    load_bytes,
    load_file,
)
from random_laws import examples

FILE = "some.yaml"


def refusal(raw: bytes | str) -> LoadingError:
    """The refusal of these contents; anything else fails the test."""
    content = raw.encode() if isinstance(raw, str) else raw
    with pytest.raises(LoadingError) as caught:
        load_bytes(content, FILE)
    return caught.value


def data_of(text: str) -> object:
    return load_bytes(text.encode(), FILE).data


# --- places -------------------------------------------------------------------------

NESTED = """\
# a comment
rules:
  - id: first
    when: {all: [one, two]}

  - id: second
    when: three
"""


@pytest.mark.parametrize(
    ("path", "line", "column"),
    [
        ((), 2, 1),
        (("rules",), 2, 1),
        (("rules", 0), 3, 5),
        (("rules", 0, "id"), 3, 5),
        (("rules", 0, "when"), 4, 5),
        (("rules", 0, "when", "all"), 4, 12),
        (("rules", 0, "when", "all", 0), 4, 18),
        (("rules", 0, "when", "all", 1), 4, 23),
        (("rules", 1), 6, 5),
        (("rules", 1, "when"), 7, 5),
    ],
)
def test_every_part_has_its_place_counted_from_1(
    path: tuple[str | int, ...], line: int, column: int
) -> None:
    """A key stands where it is written, an item of a list where it begins."""
    assert load_bytes(NESTED.encode(), FILE).place(path) == Place(FILE, line, column)


def test_a_part_that_is_not_there_has_the_place_of_what_is_around_it() -> None:
    loaded = load_bytes(NESTED.encode(), FILE)
    assert loaded.place(("rules", 1, "because")) == loaded.place(("rules", 1))
    assert loaded.place(("nowhere", 3)) == loaded.place()


def test_columns_count_characters_not_bytes() -> None:
    loaded = load_bytes("é: {ü: 1, 𝄞: 2}".encode(), FILE)
    assert loaded.place(("é", "𝄞")) == Place(FILE, 1, 11)


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_lines_are_counted_whatever_ends_them(ending: str) -> None:
    loaded = load_bytes(f"a: 1{ending}b: 2{ending}c: 3{ending}".encode(), FILE)
    assert loaded.place(("c",)) == Place(FILE, 3, 1)


@pytest.mark.parametrize("text", ["", "# only a comment\n", "---\n"])
def test_an_empty_file_is_nothing_and_stands_at_its_beginning(text: str) -> None:
    loaded = load_bytes(text.encode(), FILE)
    assert loaded.data is None
    assert (loaded.place().file, loaded.place().column) == (FILE, 1)


# --- keys ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "key", "first", "second"),
    [
        ("a: 1\nb: 2\na: 3\n", "a", 1, Place(FILE, 3, 1)),
        ("a:\n  b: 1\n  c: 2\n  b: 3\n", "b", 2, Place(FILE, 4, 3)),
        ("a:\n  - b:\n      c: 1\n      c: 2\n", "c", 3, Place(FILE, 4, 7)),
        ("- [{x: 1,\n    x: 2}]\n", "x", 1, Place(FILE, 2, 5)),
        ("a: 1\n'a': 2\n", "a", 1, Place(FILE, 2, 1)),
        ("1: x\n1: y\n", "1", 1, Place(FILE, 2, 1)),
        ("{a: {b: {c: {d: 1, d: 2}}}}", "d", 1, Place(FILE, 1, 20)),
    ],
)
def test_a_key_stands_once_and_the_refusal_names_the_first_line(
    text: str, key: str, first: int, second: Place
) -> None:
    issue = refusal(text).issue
    assert issue.place == second
    assert issue.message == f"the key `{key}` stands twice, first on line {first}"
    assert issue.fix == "keep one of them"


def test_the_same_key_in_two_places_is_no_duplicate() -> None:
    assert data_of("- {a: 1}\n- {a: 2}\n") == [{"a": 1}, {"a": 2}]


@pytest.mark.parametrize("text", ["? [a, b]\n: 1\n", "{? {a: 1} : 2}"])
def test_a_key_must_be_text(text: str) -> None:
    assert "key that is not text" in refusal(text).issue.message


def test_a_merge_key_is_a_plain_key() -> None:
    """`<<` merges nothing: what is written is what there is."""
    assert data_of("{<<: {b: 1}, c: 2}") == {"<<": {"b": 1}, "c": 2}


# --- dangers ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "tag",
    [
        "!!python/object:os.system",
        "!!python/object/apply:os.system",
        "!!python/name:os.system",
        "!!binary",
        "!!set",
        "!!timestamp",
        "!!str",
        "!own",
        "!",
        "!<tag:yaml.org,2002:str>",
    ],
)
@pytest.mark.parametrize("value", ["x", "[x]", "{x: 1}"])
def test_no_tag_is_let_through(tag: str, value: str) -> None:
    issue = refusal(f"a: 1\nb: {tag} {value}\n").issue
    assert issue.place == Place(FILE, 2, 4)
    assert issue.message.startswith("uses the tag `")
    assert "without tags" in issue.fix


def test_a_tag_by_a_directive_is_no_way_round() -> None:
    text = "%TAG !y! tag:yaml.org,2002:python/\n---\na: !y!name:os.system x\n"
    assert "tag:yaml.org,2002:python/name:os.system" in refusal(text).issue.message


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a: 1\nb: *x\n", Place(FILE, 2, 4)),
        ("- *x\n", Place(FILE, 1, 3)),
        ("*x : 1\n", Place(FILE, 1, 1)),
        ("a: {<<: *x}\n", Place(FILE, 1, 9)),
    ],
)
def test_an_alias_is_refused_by_name(text: str, place: Place) -> None:
    issue = refusal(text).issue
    assert issue.place == place
    assert issue.message == "uses the alias `*x`"
    assert issue.fix == "write it out"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a: 1\nb: &x 2\n", Place(FILE, 2, 4)),
        ("a: &x [1]\n", Place(FILE, 1, 4)),
        ("a: &x {b: 1}\n", Place(FILE, 1, 4)),
        ("a: &x\nb: 2\n", Place(FILE, 1, 4)),
        ("&x a: 1\n", Place(FILE, 1, 1)),
        ("a: &x 1\nb: *x\n", Place(FILE, 1, 4)),
        ("a: &x {b: 1}\nc: {<<: *x}\n", Place(FILE, 1, 4)),
        ("&x [*x]\n", Place(FILE, 1, 1)),
    ],
)
def test_an_anchor_is_refused_by_name_whether_used_or_not(
    text: str, place: Place
) -> None:
    issue = refusal(text).issue
    assert issue.place == place
    assert issue.message == "uses the anchor `&x`"
    assert issue.fix == "write it without"


def test_a_billion_laughs_are_refused_at_the_first_anchor() -> None:
    lines = ["a0: &a0 [lol]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    issue = refusal("\n".join(lines)).issue
    assert "the anchor `&a0`" in issue.message
    assert issue.place.line == 1


@pytest.mark.parametrize(
    "text", ["a: 1\n---\nb: 2\n", "a: 1\n...\n---\nb: 2\n", "---\n---\n---\n"]
)
def test_one_document_a_file(text: str) -> None:
    issue = refusal(text).issue
    assert issue.message == "holds more than one document"
    assert "`---`" in issue.fix


# --- size and depth -----------------------------------------------------------------


def test_two_mebibytes_are_read_and_one_byte_more_is_not() -> None:
    assert MAX_BYTES == 2 * 1024 * 1024
    full = b"a: 1\n" + b"#" * (MAX_BYTES - 5)
    assert load_bytes(full, FILE).data == {"a": 1}
    assert refusal(full + b"#").issue.fix == "split it into smaller files"


@pytest.mark.parametrize(
    ("opening", "closing"), [("[", "]"), ("{a: ", "}"), ("[{a: ", "}]")]
)
def test_twenty_four_levels_are_read_and_one_more_is_not(
    opening: str, closing: str
) -> None:
    assert MAX_DEPTH == 24
    steps = MAX_DEPTH // opening.replace("{", "[").count("[")
    inside = opening * steps + "1" + closing * steps
    assert load_bytes(inside.encode(), FILE).data is not None
    assert refusal(f"[{inside}]").issue.message == "is nested more than 24 deep"


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "[" * 100_000 + "]" * 100_000,
        "{a: " * 100_000,
        "- " * 100_000 + "x",
        "? " * 100_000 + "x",
        "[{" * 50_000,
    ],
    ids=["open", "closed", "mappings", "block", "keys", "mixed"],
)
def test_a_hundred_thousand_levels_are_refused_not_followed(text: str) -> None:
    issue = refusal(text).issue
    assert issue.message == "is nested more than 24 deep"
    assert issue.place.line == 1


def test_a_closed_branch_does_not_count_as_depth() -> None:
    text = "\n".join(["- [[[1]]]"] * 100)
    assert data_of(text) == [[[[1]]]] * 100


# --- encodings ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("encoding", "line"), [("latin-1", 2), ("utf-16", 1), ("utf-32", 1), ("cp1252", 2)]
)
def test_other_encodings_are_refused_with_the_line(encoding: str, line: int) -> None:
    issue = refusal("a: 1\nb: naïve\n".encode(encoding)).issue
    assert issue.message == "is not UTF-8 text"
    assert issue.fix == "save the file as UTF-8"
    assert issue.place.line == line


@pytest.mark.parametrize(
    "raw",
    [b"a: \0\n", b"a: 1\n\0", b"\0", "a: 1\n".encode("utf-16-le"), b"a: \x07\n"],
    ids=["inside", "at the end", "alone", "two bytes a letter", "bell"],
)
def test_control_characters_are_refused(raw: bytes) -> None:
    issue = refusal(raw).issue
    assert "not valid YAML" in issue.message
    assert "remove control characters" in issue.fix


def test_a_byte_order_mark_is_accepted_and_not_counted() -> None:
    loaded = load_bytes(b"\xef\xbb\xbfa: 1\n", FILE)
    assert loaded.data == {"a": 1}
    assert loaded.place(("a",)) == Place(FILE, 1, 1)


# --- broken YAML --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: [1, 2\n", 2),
        ("a: 1\nb:\n\t- c\n", 3),
        ("a: 'open\n", 2),
        ("a: b: c\n", 1),
        ("a: 1\n b: 2\n", 2),
        ("a: }\n", 1),
        ("- a\nb: 1\n", 2),
        ("a: @x\n", 1),
        ('a: "\\q"\n', 1),
        ('a: "\\ud800"\n', 1),
        ("%YAML 3.0\n---\na: 1\n", 1),
    ],
)
def test_broken_yaml_is_refused_where_it_breaks(text: str, line: int) -> None:
    issue = refusal(text).issue
    assert issue.message.startswith("is not valid YAML: ")
    assert issue.fix == "correct the YAML here or just above"
    assert issue.place.line == line


# --- files --------------------------------------------------------------------------


def test_a_missing_file_is_refused_by_its_name_in_messages(tmp_path: Path) -> None:
    with pytest.raises(LoadingError) as caught:
        load_file(tmp_path / "absent.yaml", FILE)
    assert str(caught.value) == (
        "some.yaml:1:1: is missing (add the file, or restore it)"
    )


def test_a_directory_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LoadingError, match="cannot be read: is a directory") as caught:
        load_file(tmp_path, FILE)
    assert caught.value.issue.place == Place(FILE)


def test_a_file_in_the_place_of_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(LoadingError, match="cannot be read: not a directory"):
        load_file(tmp_path / "file" / "x.yaml", FILE)


def test_a_file_gives_what_its_bytes_give(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(NESTED.encode())
    assert load_file(path, FILE) == load_bytes(NESTED.encode(), FILE)


# --- whatever comes -----------------------------------------------------------------

PIECES = st.sampled_from(
    [
        *"[]{}:,-?#&*!|>'\"%@`~=<\\ \n\t\r",
        *("a: ", "- ", "? ", "---\n", "...\n", "<<: ", "*a", "&a ", "!!int ", "!t "),
        *("0x", "0b", "1_", ":00", ".nan", "-.inf", "1e9", "2020-01-01", "\ufeff"),
        *("é", "\u2028", "\x85", "𝄞", "\\x00", '"\\u', "%TAG ", "%YAML 1.1\n", "  "),
    ]
)


def outcome(raw: bytes) -> str:
    """What came of the bytes: their data, or a refusal that is located and worded."""
    try:
        return repr(load_bytes(raw, FILE).data)
    except LoadingError as error:
        issue = error.issue
        assert issue.place.file == FILE
        assert issue.place.line >= 1
        assert issue.place.column >= 1
        assert issue.message
        assert issue.fix
        return str(issue)


@examples(200)
@given(raw=st.binary(max_size=200))
def test_arbitrary_bytes_load_or_are_refused(raw: bytes) -> None:
    assert outcome(raw) == outcome(raw)


@examples(400)
@given(pieces=st.lists(PIECES, max_size=40))
def test_arbitrary_yaml_like_text_loads_or_is_refused(pieces: list[str]) -> None:
    raw = "".join(pieces).encode()
    assert outcome(raw) == outcome(raw)


@examples(100)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.text("ab é:#'-"),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(st.text("abc", min_size=1), inner, max_size=4)
        ),
        max_leaves=12,
    )
)
def test_plain_data_written_as_json_comes_back_the_same(data: object) -> None:
    """JSON of plain data is YAML of the same data."""
    import msgspec

    assert load_bytes(msgspec.json.encode(data), FILE).data == data
