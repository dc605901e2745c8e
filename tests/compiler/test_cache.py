"""The cache of compiled rules: same answers, never trusted, never in the way."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

import minsight
from command_line import ONE_MINERAL, finished, one_mineral_rules
from minsight.compiler import cache
from minsight.compiler import compile as compiling
from minsight.compiler.cache import cache_key, read_cache, write_cache
from minsight.compiler.compile import compile_folder
from minsight.compiler.layout import SHARED_FILES, bytes_digest
from minsight.knowledge.base import KnowledgeBase

DIGEST: Final = "0" * 64
OTHER: Final = "1" * 64
SAID: Final = minsight.Subject(present=("fatigue", "muscle_weakness"), age="40")


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return one_mineral_rules(tmp_path_factory.mktemp("cache-test") / "rules")


@pytest.fixture(scope="session")
def compiled(folder: Path) -> KnowledgeBase:
    return compile_folder(folder)


@pytest.fixture
def entry(compiled: KnowledgeBase, tmp_path: Path) -> Path:
    """One entry in the cache folder `tmp_path`."""
    assert write_cache(tmp_path, DIGEST, compiled)
    return only_entry(tmp_path)


@pytest.fixture
def user_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where `load` keeps compiled rules in this test."""
    place = tmp_path / "user" / "minsight"
    monkeypatch.setattr("minsight.api.cache_folder", lambda: place)
    return place


@pytest.fixture
def compilations(
    folder: Path, compiled: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> list[Path]:
    """The folders that `load` compiled, in order."""
    seen: list[Path] = []

    def counting(root: Path) -> KnowledgeBase:
        seen.append(root)
        return compiled if root == folder else compile_folder(root)

    monkeypatch.setattr(compiling, "compile_folder", counting)
    return seen


def only_entry(folder: Path) -> Path:
    (file,) = folder.iterdir()
    return file


# --- a load from the cache ------------------------------------------------------------


def test_the_second_load_equals_the_first_and_compiles_nothing(
    folder: Path, user_cache: Path, compilations: list[Path]
) -> None:
    first = minsight.load(folder)
    second = minsight.load(folder)
    assert compilations == [folder]
    assert second.program == first.program
    assert second.vocabulary == first.vocabulary
    assert second.catalogue == first.catalogue
    assert second.fingerprint == first.fingerprint
    assert second.assess(SAID) == first.assess(SAID)
    assert only_entry(user_cache).suffix == ".rules"


def test_what_is_read_is_what_was_written(entry: Path, compiled: KnowledgeBase) -> None:
    assert read_cache(entry.parent, DIGEST) == compiled


def test_a_load_without_the_cache_neither_reads_nor_writes_it(
    folder: Path, user_cache: Path, compilations: list[Path]
) -> None:
    minsight.load(folder, cache=False)
    minsight.load(folder, cache=False)
    assert compilations == [folder, folder]
    assert not user_cache.exists()


def test_the_cache_is_for_the_user_alone(folder: Path, user_cache: Path) -> None:
    minsight.load(folder)
    assert user_cache.stat().st_mode & 0o077 == 0
    assert only_entry(user_cache).stat().st_mode & 0o077 == 0


# --- entries that are not what they should be -----------------------------------------


def damages(whole: bytes) -> Iterator[tuple[str, bytes]]:
    """An entry, spoilt in many ways."""
    header, _, body = whole.partition(b"\n")
    form, key, fingerprint, digest = header.split(b" ")
    yield "empty", b""
    yield "header only", header
    yield "no body", header + b"\n"
    yield "truncated", whole[:-1]
    yield "half", whole[: len(whole) // 2]
    yield "longer", whole + b" "
    yield "one bit", whole[:-2] + bytes([whole[-2] ^ 1]) + whole[-1:]
    yield "zeros", bytes(len(whole))
    yield "foreign", b"{}\n"
    yield "binary", bytes(range(256)) * 16
    yield (
        "other format",
        b" ".join([b"minsight-compiled-0", key, fingerprint, digest]) + b"\n" + body,
    )
    wrong_key = [form, b"0" * 32, fingerprint, digest]
    yield "wrong key", b" ".join(wrong_key) + b"\n" + body
    wrong_fingerprint = [form, key, b"0" * 16, digest]
    yield "wrong fingerprint", b" ".join(wrong_fingerprint) + b"\n" + body
    wrong_digest = [form, key, fingerprint, b"0" * 64]
    yield "wrong digest", b" ".join(wrong_digest) + b"\n" + body


def test_a_spoilt_entry_is_ignored_and_written_anew(
    folder: Path, user_cache: Path, compilations: list[Path]
) -> None:
    expected = minsight.load(folder)
    file = only_entry(user_cache)
    whole = file.read_bytes()
    for name, content in damages(whole):
        file.write_bytes(content)
        loaded = minsight.load(folder)
        assert loaded.program == expected.program, name
        assert file.read_bytes() == whole, name
    assert len(compilations) == 1 + len(list(damages(whole)))


@pytest.mark.parametrize(
    "body", [b"{}", b"[]", b"null", b"", b"{", b"\xff", b'{"program": {}}']
)
def test_a_well_sealed_entry_of_other_content_is_ignored(
    tmp_path: Path, compiled: KnowledgeBase, body: bytes
) -> None:
    """As another version with the same format, key and all would have left it."""
    header = cache._header(cache_key(DIGEST), compiled, body)
    (tmp_path / f"{cache_key(DIGEST)}.rules").write_bytes(header + b"\n" + body)
    assert read_cache(tmp_path, DIGEST) is None


def test_an_entry_under_another_name_is_ignored(entry: Path) -> None:
    entry.rename(entry.with_name(f"{cache_key(OTHER)}.rules"))
    assert read_cache(entry.parent, OTHER) is None
    assert read_cache(entry.parent, DIGEST) is None


def test_an_entry_of_another_version_is_not_even_looked_at(
    entry: Path, compiled: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "__version__", "999")
    assert read_cache(entry.parent, DIGEST) is None
    assert write_cache(entry.parent, DIGEST, compiled)
    assert len(list(entry.parent.iterdir())) == 2
    monkeypatch.undo()
    assert read_cache(entry.parent, DIGEST) == compiled


def test_a_folder_in_the_place_of_an_entry_is_harmless(
    compiled: KnowledgeBase, tmp_path: Path
) -> None:
    (tmp_path / f"{cache_key(DIGEST)}.rules").mkdir()
    assert read_cache(tmp_path, DIGEST) is None
    assert not write_cache(tmp_path, DIGEST, compiled)
    assert only_entry(tmp_path).is_dir()


@pytest.mark.parametrize("mode", [0o620, 0o602, 0o666])
def test_an_entry_that_others_can_write_is_ignored(
    entry: Path, compiled: KnowledgeBase, mode: int
) -> None:
    entry.chmod(mode)
    assert read_cache(entry.parent, DIGEST) is None
    entry.chmod(0o644)
    assert read_cache(entry.parent, DIGEST) == compiled


def test_an_entry_of_somebody_else_is_ignored(
    entry: Path, compiled: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = entry.stat().st_uid
    monkeypatch.setattr(os, "geteuid", lambda: own + 1)
    assert read_cache(entry.parent, DIGEST) is None
    monkeypatch.undo()
    assert read_cache(entry.parent, DIGEST) == compiled


def test_a_pipe_in_the_place_of_an_entry_is_harmless(
    folder: Path, user_cache: Path, compilations: list[Path]
) -> None:
    minsight.load(folder)
    file = only_entry(user_cache)
    file.unlink()
    os.mkfifo(file)
    minsight.load(folder)
    assert compilations == [folder, folder]
    assert only_entry(user_cache).is_file()


# --- a folder that cannot be used -----------------------------------------------------


@pytest.mark.parametrize("place", ["file", "file/below", "/proc/nonexistent/cache"])
def test_a_cache_that_cannot_be_written_is_harmless(
    compiled: KnowledgeBase, tmp_path: Path, place: str
) -> None:
    (tmp_path / "file").write_bytes(b"mine")
    assert read_cache(tmp_path / place, DIGEST) is None
    assert not write_cache(tmp_path / place, DIGEST, compiled)
    assert only_entry(tmp_path).read_bytes() == b"mine"


def test_rules_load_where_the_cache_cannot_be_written(
    folder: Path, compiled: KnowledgeBase, user_cache: Path
) -> None:
    user_cache.parent.touch()
    assert minsight.load(folder).program == compiled.program
    assert user_cache.parent.read_bytes() == b""


def test_a_failed_write_leaves_nothing_behind(
    compiled: KnowledgeBase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    assert not write_cache(tmp_path, DIGEST, compiled)
    assert list(tmp_path.iterdir()) == []


# --- the key --------------------------------------------------------------------------


def test_every_rule_file_is_part_of_the_key(tmp_path: Path) -> None:
    root = one_mineral_rules(tmp_path / "rules")
    mineral = [f"{ONE_MINERAL}/profile.yaml", f"{ONE_MINERAL}/rules.yaml"]
    digests = [bytes_digest(root)]
    for name in [*SHARED_FILES, *mineral]:
        (root / name).parent.mkdir(exist_ok=True)  # some folders may be missing
        with (root / name).open("a", encoding="utf-8") as file:
            file.write("# changed\n")
        digests.append(bytes_digest(root))
    assert len({cache_key(digest) for digest in digests}) == len(digests)
    assert len(digests) == 1 + len(SHARED_FILES) + len(mineral)


def test_a_moved_folder_has_the_same_key(folder: Path, tmp_path: Path) -> None:
    elsewhere = one_mineral_rules(tmp_path / "elsewhere")
    assert bytes_digest(elsewhere) == bytes_digest(folder)


def test_a_mineral_that_goes_or_is_renamed_changes_the_key(tmp_path: Path) -> None:
    root = one_mineral_rules(tmp_path / "rules")
    before = bytes_digest(root)
    (root / ONE_MINERAL).rename(root / "unobtainium")
    renamed = bytes_digest(root)
    for file in (root / "unobtainium").iterdir():
        file.unlink()
    assert len({before, renamed, bytes_digest(root)}) == 3


def test_a_changed_rule_file_is_compiled_again(
    tmp_path: Path, user_cache: Path, compilations: list[Path]
) -> None:
    root = one_mineral_rules(tmp_path / "rules")
    minsight.load(root)
    levels = root / "levels.yaml"
    text = levels.read_text(encoding="utf-8")
    levels.write_text(text.replace("footer: ", "footer: CHANGED "), encoding="utf-8")
    assert minsight.load(root).catalogue.footer.startswith("CHANGED ")
    assert compilations == [root, root]
    assert len(list(user_cache.iterdir())) == 2


def test_rules_edited_while_they_are_compiled_are_not_kept(
    tmp_path: Path, user_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody knows whether what was compiled is what stood there before or after."""
    root = one_mineral_rules(tmp_path / "rules")

    def slow(folder: Path) -> KnowledgeBase:
        compiled = compile_folder(folder)
        with (folder / "levels.yaml").open("a", encoding="utf-8") as file:
            file.write("# edited\n")
        return compiled

    monkeypatch.setattr(compiling, "compile_folder", slow)
    minsight.load(root)
    assert not user_cache.exists()


# --- keeping house --------------------------------------------------------------------


def test_the_oldest_entries_go_and_the_newest_stay(
    compiled: KnowledgeBase, tmp_path: Path
) -> None:
    digests = [f"{number:064x}" for number in range(cache.MOST_ENTRIES + 3)]
    for age, digest in enumerate(digests):
        assert write_cache(tmp_path, digest, compiled)
        file = tmp_path / f"{cache_key(digest)}.rules"
        os.utime(file, (1_000_000 + age, 1_000_000 + age))
    assert write_cache(tmp_path, DIGEST, compiled)
    kept = [d for d in digests[1:] if read_cache(tmp_path, d) is not None]
    assert kept == digests[-cache.MOST_ENTRIES + 1 :]
    assert read_cache(tmp_path, DIGEST) == compiled


def test_what_an_interrupted_writer_left_goes_once_it_is_old(
    compiled: KnowledgeBase, tmp_path: Path
) -> None:
    """A file of a writer that may still be at work stays."""
    old, fresh = tmp_path / ".writing-old", tmp_path / ".writing-fresh"
    old.touch()
    fresh.touch()
    os.utime(old, (1_000_000, 1_000_000))
    assert write_cache(tmp_path, DIGEST, compiled)
    assert not old.exists()
    assert fresh.exists()


def test_files_of_others_in_the_folder_stay(
    compiled: KnowledgeBase, tmp_path: Path
) -> None:
    (tmp_path / "notes.txt").write_bytes(b"mine")
    os.utime(tmp_path / "notes.txt", (1_000_000, 1_000_000))
    assert write_cache(tmp_path, DIGEST, compiled)
    assert (tmp_path / "notes.txt").read_bytes() == b"mine"


# --- two at once ----------------------------------------------------------------------

AT_ONCE: Final = """
import sys
from pathlib import Path
from minsight.compiler.cache import read_cache, write_cache
from minsight.compiler.compile import compile_folder

folder, digest, rules = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3])
compiled = compile_folder(rules)
print("ready", flush=True)
sys.stdin.readline()
for _ in range(10):
    assert write_cache(folder, digest, compiled)
    assert read_cache(folder, digest) == compiled
"""


def test_two_processes_at_once_do_no_harm(
    compiled: KnowledgeBase, folder: Path, tmp_path: Path
) -> None:
    """Both write and read one entry ten times; neither ever reads half of it."""
    arguments = [sys.executable, "-c", AT_ONCE, str(tmp_path), DIGEST, str(folder)]
    pipe = subprocess.PIPE
    writers = [
        subprocess.Popen(arguments, stdin=pipe, stdout=pipe, stderr=pipe)
        for _ in range(2)
    ]
    for writer in writers:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"ready\n"
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write(b"go\n")
        writer.stdin.flush()
    outcomes = [finished(writer) for writer in writers]
    assert [(o.code, o.err) for o in outcomes] == [(0, ""), (0, "")]
    assert read_cache(tmp_path, DIGEST) == compiled
    assert len(list(tmp_path.iterdir())) == 1
