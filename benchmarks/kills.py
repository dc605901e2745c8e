"""Runs that are killed at any moment, and runs that meet at one output.

    python benchmarks/kills.py --kills 200 --pairs 200 --seed 1

A run that is killed and resumed must end in the same bytes as one that nobody
disturbed, with no file beside them; of two runs to one output, that of one. Prints a
line for each kind of output, and exits with 1 when anything was wrong.
"""

from __future__ import annotations

import argparse
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import polars as pl

QUESTIONS: Final = ("fatigue", "pallor", "ice_craving", "diarrhea", "hair_loss")
OUTPUTS: Final = (
    ("csv", ""), ("tsv", ""), ("csv.gz", ""), ("csv", "--wide"), ("parquet", ""),
    ("parquet", "--wide"), ("xlsx", ""), ("fhir.json", ""), ("fhir.ndjson", ""),
    ("jsonl", ""), ("csv", "--report"), ("csv", "--rejects"),
)  # fmt: skip
SIGNALS: Final = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT)
REFUSED: Final = "another run is writing to"
LONGEST: Final = 300.0


def write_inputs(folder: Path, chance: random.Random, *, rows: int) -> None:
    """Files of four formats, with rows that are rejected in each."""
    folder.mkdir()
    for number, ending in enumerate(("csv", "parquet", "jsonl", "csv")):
        path = folder / f"{number}.{ending}"
        ids = [f"{folder.name}-{number}-{row}" for row in range(rows)]
        if ending == "jsonl":
            lines = (f'{{"subject_id":"{id_}","present":["fatigue"]}}' for id_ in ids)
            path.write_text("\n".join(["{", *lines]) + "\n", encoding="utf-8")
            continue
        table = pl.DataFrame(
            {
                "subject_id": ids,
                "age_years": [str(chance.choice([4, 30, 80, 1000])) for _ in ids],
                **{
                    name: [chance.choice(["yes", "no", ""]) for _ in ids]
                    for name in QUESTIONS
                },
            }
        )
        if ending == "csv":
            table.write_csv(path)
        else:
            table.write_parquet(path)


class Trial:
    """One kind of output, and what an undisturbed run makes of it."""

    def __init__(self, work: Path, inputs: Path, ending: str, option: str) -> None:
        self.work, self.inputs = work, inputs
        self.ending, self.option = ending, option
        began = time.monotonic()
        undisturbed = work / f"undisturbed-{inputs.name}"
        undisturbed.mkdir(parents=True)
        process = self.start(undisturbed)
        _, said = process.communicate()
        assert process.returncode == 1, said  # some rows of each file are rejected
        self.needed = time.monotonic() - began
        self.made = files_in(undisturbed)

    def start(self, folder: Path, *more: str) -> subprocess.Popen[str]:
        """Begin a run whose files go into the folder."""
        aside = folder / "aside"
        aside.mkdir(exist_ok=True)
        options = {
            "--wide": ["--wide"],
            "--report": ["--report", str(aside / "report.html")],
            "--rejects": ["--rejects", str(aside / "rejects.csv")],
        }.get(self.option, [])
        out = folder / f"out.{self.ending}"
        words = ["screen", str(self.inputs), "--output", str(out), *options, *more]
        return subprocess.Popen(
            [sys.executable, "-m", "minsight_cli", *words],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )


def files_in(folder: Path) -> dict[str, bytes]:
    """All files at any depth; a manifest without the place of its inputs."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def killed(trial: Trial, folder: Path, chance: random.Random) -> Iterator[str]:
    """What is wrong after kills at random moments and a run to the end."""
    folder.mkdir()
    for _ in range(chance.choice([1, 1, 2, 3])):
        process = trial.start(folder, "--resume")
        time.sleep(chance.uniform(0.0, 1.05) * trial.needed)
        sent = chance.choice(SIGNALS)
        process.send_signal(sent)
        _, said = process.communicate(timeout=LONGEST)
        if "Traceback" in said or len(said.strip().splitlines()) > 1:
            yield f"{sent.name} says {said[-300:]!r}"
        for name, content in files_in(folder).items():
            hidden = any(part.startswith(".") for part in Path(name).parts)
            if not hidden and content != trial.made.get(name):
                yield f"{name} stands there and is not whole"
    process = trial.start(folder, "--resume")
    _, said = process.communicate(timeout=LONGEST)
    if process.returncode != 1:
        yield f"the last run ends with {process.returncode}: {said}"
    yield from different(files_in(folder), trial.made)


def met(one: Trial, other: Trial, folder: Path, chance: random.Random) -> Iterator[str]:
    """What is wrong after two runs to one output at nearly the same time."""
    folder.mkdir()
    processes = [one.start(folder, "--force")]
    time.sleep(chance.uniform(0.0, 1.05) * one.needed)
    processes.append(other.start(folder, "--force"))
    told = [process.communicate(timeout=LONGEST)[1] for process in processes]
    codes = [process.returncode for process in processes]
    for code, said in zip(codes, told, strict=True):
        if code != 1 and not (code == 2 and REFUSED in said):
            yield f"ends with {code}: {said}"
    if 1 not in codes:
        yield "neither run came to its end"
        return
    if codes == [1, 1]:
        if files_in(folder) not in (one.made, other.made):
            yield "the files are of neither run"
        return
    yield from different(files_in(folder), (one, other)[codes.index(1)].made)


def different(now: dict[str, bytes], wanted: dict[str, bytes]) -> Iterator[str]:
    yield from (f"{name} is left over" for name in now.keys() - wanted.keys())
    yield from (f"{name} is missing" for name in wanted.keys() - now.keys())
    for name in now.keys() & wanted.keys():
        if now[name] != wanted[name]:
            yield f"{name} has other bytes"


def tried(seed: int, kills: int, pairs: int, rows: int) -> Counter[str]:
    """Everything, told as it goes; gives what was wrong."""
    chance = random.Random(seed)
    wrong: Counter[str] = Counter()
    with tempfile.TemporaryDirectory(prefix="minsight-kills-") as name:
        work = Path(name)
        for one in ("a", "b"):
            write_inputs(work / one, chance, rows=rows)
        for at, (ending, option) in enumerate(OUTPUTS):
            place = work / f"{at}"
            first, second = (
                Trial(place, work / one, ending, option) for one in ("a", "b")
            )
            found: list[str] = []
            for number in range(at, kills, len(OUTPUTS)):
                found += killed(first, place / f"kill-{number}", chance)
            for number in range(at, pairs, len(OUTPUTS)):
                found += met(first, second, place / f"pair-{number}", chance)
            print(f"{ending:12}{option:10}{len(found)} wrong", *found, sep="\n    ")
            wrong.update(found)
    return wrong


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--pairs", type=int, default=200)
    parser.add_argument("--rows", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    wrong = tried(given.seed, given.kills, given.pairs, given.rows)
    print(f"{given.kills} kills, {given.pairs} pairs: {wrong.total()} wrong")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
