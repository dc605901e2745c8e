"""The wheel: what it holds, and that it works on its own."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import minsight
from minsight.intake.text import lists
from places import ROOT

CHECK: Final = ("check", "spoon_nails", "ice_craving", "--age", "28")


def run(*command: str | Path, cwd: Path, **env: str) -> str:
    """What a command prints; it must succeed."""
    done = subprocess.run(
        command, cwd=cwd, env={**os.environ, **env}, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stdout.decode() + done.stderr.decode()
    return done.stdout.decode()


def build(folder: Path) -> Path:
    """The wheel of this checkout, built into a folder."""
    isolated = [] if find_spec("hatchling") is None else ["--no-isolation"]
    wheel = (sys.executable, "-m", "build", "--wheel", *isolated)
    run(*wheel, "--outdir", folder, ROOT, cwd=folder)
    (built,) = folder.glob("*.whl")
    return built


def install(wheel: Path, folder: Path) -> None:
    pip = (sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index")
    run(
        *pip, "--no-compile", "--target", folder, wheel,
        cwd=wheel.parent, PIP_DISABLE_PIP_VERSION_CHECK="1",
    )  # fmt: skip


def data_files() -> set[str]:
    """The rules and word lists of this checkout, as they are called in the wheel."""
    shipped = ROOT / "rules"
    rules = (path.relative_to(shipped) for path in shipped.rglob("*.yaml"))
    words = (path.relative_to(ROOT / "engine") for path in lists.DATA.glob("*.yaml"))
    return {f"minsight/_rules/{path.as_posix()}" for path in rules} | {
        path.as_posix() for path in words
    }


def test_the_wheel_works_in_a_folder_of_its_own(tmp_path: Path) -> None:
    """One test, since the wheel takes long to build."""
    wheel = build(tmp_path)
    with zipfile.ZipFile(wheel) as archive:
        held = set(archive.namelist())
        licence = next(name for name in held if name.endswith("/licenses/LICENSE"))
        assert archive.read(licence) == (ROOT / "LICENSE").read_bytes()
    assert {"minsight/py.typed", "minsight_cli/__main__.py"} <= held
    assert {name for name in held if name.endswith(".yaml")} == data_files()
    table = "minsight/intake/text/data/vectors"
    assert {"minsight_cli/_web/app.js", "minsight_cli/_web/index.html"} <= held
    assert {f"{table}.bin", f"{table}.md"} <= held
    tops = {name.split("/")[0] for name in held}
    assert tops == {
        "minsight",
        "minsight_cli",
        f"minsight-{minsight.__version__}.dist-info",
    }

    inside = tmp_path / "installed"
    install(wheel, inside)
    env = {"PYTHONPATH": str(inside), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    for package in ("minsight", "minsight_cli"):
        source = f"import {package}; print({package}.__file__)"
        file = run(sys.executable, "-c", source, cwd=tmp_path, **env).rstrip("\n")
        assert Path(file).is_relative_to(inside)
    program = (sys.executable, "-m", "minsight_cli")
    doctor = run(*program, "doctor", cwd=tmp_path, **env).splitlines()
    (used,) = (line for line in doctor if line.startswith("rules  "))
    assert used.split(maxsplit=1)[1] == str(inside / "minsight" / "_rules")
    assert "\n1  Iron" in run(*program, *CHECK, cwd=tmp_path, **env)
    assert "0 failed" in run(
        *program, "check-rules", "--engine", "reference", cwd=tmp_path, **env
    )
    same = minsight.load(ROOT / "rules", cache=False).fingerprint
    assert any(line.split() == ["fingerprint", same] for line in doctor)


def test_the_checkout_is_typed() -> None:
    assert (Path(minsight.__file__).parent / "py.typed").is_file()
