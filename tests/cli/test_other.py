"""Learn, symptoms, groups, doctor, check-rules, help and shell completion."""

from __future__ import annotations

import platform
import re
import shlex
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Final

import pytest
import typer
from typer.core import TyperGroup

import minsight
from command_line import (
    ONE_MINERAL,
    CommandLine,
    Outcome,
    control_characters,
    finished,
    is_one_paragraph,
    one_mineral_rules,
    said,
    too_wide,
)
from minsight.compiler.bundle import rules_folder
from minsight.compiler.cache import cache_key
from minsight.compiler.layout import bytes_digest
from minsight_cli.app import application
from minsight_cli.page import frame

MINERALS: Final = {
    "calcium": "Ca",
    "chloride": "Cl",
    "chromium": "Cr",
    "cobalt": "Co",
    "copper": "Cu",
    "fluoride": "F",
    "iodine": "I",
    "iron": "Fe",
    "magnesium": "Mg",
    "manganese": "Mn",
    "molybdenum": "Mo",
    "phosphorus": "P",
    "potassium": "K",
    "selenium": "Se",
    "sodium": "Na",
    "sulfur": "S",
    "zinc": "Zn",
}
SCORED: Final = frozenset(MINERALS) - {"sulfur"}
COMMANDS: Final = (
    "check",
    "check-rules",
    "doctor",
    "explain",
    "explore",
    "groups",
    "interview",
    "learn",
    "map",
    "mcp",
    "page",
    "questionnaire",
    "screen",
    "serve",
    "symptoms",
    "verify",
    "whatif",
)
SUMMED_UP: Final = ("map", "questionnaire")
"""Commands whose standard output may be their product: they sum up beside it."""
RUN_ELSEWHERE: Final = ("explore", "mcp", "serve")
"""Commands that need a terminal, or go on until they are told to end; `test_explore`,
`test_mcp_server` and `test_serve` run them."""
_SEQUENCE: Final = re.compile(r"\x1b\[[\d;]*m")


@pytest.fixture
def one_mineral(tmp_path: Path) -> Path:
    return one_mineral_rules(tmp_path / "rules")


def refused(outcome: Outcome, named: str, *, code: int = 2) -> bool:
    assert (outcome.code, outcome.out) == (code, "")
    assert is_one_paragraph(outcome.err), outcome.err
    assert named in outcome.err
    return True


def is_plain(text: str) -> bool:
    """Whether a text fits 80 columns, without control characters or blank ends."""
    lines = text.splitlines()
    assert control_characters(text) == []
    assert too_wide(text) == []
    assert [line for line in lines if line != line.rstrip()] == []
    return True


# --- learn ----------------------------------------------------------------------------


def test_learn_lists_every_mineral_of_the_article(command: CommandLine) -> None:
    outcome = command.run("learn")
    assert (outcome.code, outcome.err) == (0, "")
    rows = [line.split() for line in outcome.out.splitlines() if line]
    assert sorted(row[0] for row in rows if row[0] in MINERALS) == list(MINERALS)
    with_rules = sorted(
        row[0] for row in rows if row[-3:] == ["rules", "and", "profile"]
    )
    assert with_rules == sorted(SCORED)
    assert is_plain(outcome.out)


@pytest.mark.parametrize("mineral", MINERALS)
def test_learn_shows_a_mineral_with_its_sources(
    command: CommandLine, rules: minsight.Rules, mineral: str
) -> None:
    outcome = command.run("learn", mineral)
    assert (outcome.code, outcome.err) == (0, "")
    heading = f"{rules.profiles[mineral].name} ({MINERALS[mineral]}), "
    assert outcome.out.startswith(heading)
    titles = [line for line in outcome.out.splitlines() if line in TITLES]
    assert titles == list(TITLES)
    assert "Education and decision support only." in outcome.out
    assert "\nFindings that count\n" not in outcome.out
    assert ("--rules-too" in outcome.out) == (mineral in SCORED)
    with_rules = command.run("learn", mineral, "--rules-too").out
    assert ("\nFindings that count\n" in with_rules) == (mineral in SCORED)
    assert is_plain(outcome.out)


TITLES: Final = ("What it does", "Foods", "Sources")


def test_a_mineral_is_found_by_id_name_and_symbol(command: CommandLine) -> None:
    by_id = command.run("learn", "iron")
    assert by_id.code == 0
    for asked in ("Iron", "IRON", "fe", "Fe", " iron "):
        assert command.run("learn", asked) == by_id


@pytest.mark.parametrize(
    ("asked", "named"),
    [("irn", "did you mean `iron`?"), ("plutonium", "`minsight learn`"), ("", "``")],
)
def test_an_unknown_mineral_is_refused_with_advice(
    command: CommandLine, asked: str, named: str
) -> None:
    assert refused(command.run("learn", asked), named)


def test_every_source_that_a_profile_cites_is_listed(command: CommandLine) -> None:
    out = command.run("learn", "zinc", columns=100).out
    body, _, listed = out.partition("\nSources\n")
    keys = set(re.findall(r"^ - (\w+):", listed, re.MULTILINE))
    cited = re.findall(r"\[[ABC]: ([^\]]+)\]", said(body))
    assert {key for keys in cited for key in keys.split(", ")} == keys


# --- symptoms and groups --------------------------------------------------------------


def ids(outcome: Outcome) -> list[str]:
    assert (outcome.code, outcome.err) == (0, "")
    return re.findall(r"^([a-z0-9_+-]+) ", outcome.out, re.MULTILINE)


def test_symptoms_and_groups_list_the_whole_vocabulary(
    command: CommandLine, rules: minsight.Rules
) -> None:
    findings = ids(command.run("symptoms"))
    assert sorted(findings) == sorted(rules.vocabulary.finding)
    listed = {phrase.id for phrase in rules.vocabulary.phrases}
    groups = ids(command.run("groups"))
    assert sorted(groups) == sorted(listed & set(rules.vocabulary.group))


@pytest.mark.parametrize(
    ("name", "words", "found"),
    [
        ("symptoms", ("nails",), "spoon_nails"),
        ("symptoms", ("NAILS", "spoon"), "spoon_nails"),
        ("symptoms", ("koilonychia",), "spoon_nails"),
        ("symptoms", ("koilonichia",), "spoon_nails"),
        ("groups", ("vegetarian",), "vegetarian_diet"),
        ("groups", ("parenteral", "nutrition"), "parenteral_nutrition"),
    ],
)
def test_a_search_finds_by_label_synonym_and_spelling(
    command: CommandLine, name: str, words: tuple[str, ...], found: str
) -> None:
    assert found in ids(command.run(name, *words))


def test_a_search_keeps_to_its_kind(command: CommandLine) -> None:
    assert "spoon_nails" not in ids(command.run("groups"))
    assert "pregnant" not in ids(command.run("symptoms"))


@pytest.mark.parametrize(
    ("name", "words"),
    [("symptoms", ()), ("symptoms", ("nails",)), ("groups", ()), ("groups", ("diet",))],
)
def test_what_a_search_prints_is_plain(
    command: CommandLine, name: str, words: tuple[str, ...]
) -> None:
    outcome = command.run(name, *words)
    assert ids(outcome) != []
    assert is_plain(outcome.out)


@pytest.mark.parametrize("name", ["symptoms", "groups"])
@pytest.mark.parametrize("words", ["qqqqwwww", "\x1bqqqq\x07wwww"])
def test_a_search_that_finds_nothing_says_so(
    command: CommandLine, name: str, words: str
) -> None:
    outcome = command.run(name, words)
    assert refused(outcome, "nothing fits", code=1)
    assert control_characters(outcome.err) == []


# --- doctor ---------------------------------------------------------------------------


def facts(outcome: Outcome) -> dict[str, str]:
    assert (outcome.code, outcome.err) == (0, "")
    return {line[:13].strip(): line[14:] for line in outcome.out.splitlines()}


def test_doctor_says_what_is_in_use(
    command: CommandLine, rules: minsight.Rules
) -> None:
    shown = facts(command.run("doctor"))
    assert shown["minsight"] == minsight.__version__
    assert platform.python_version() in shown["python"]
    assert shown["rules"] == str(rules_folder())
    assert shown["rules version"] == rules.version
    assert shown["fingerprint"] == rules.fingerprint
    assert shown["cache"] == str(command.cache / "minsight")
    engine = "forward" if sys.version_info < (3, 13) else "reference"
    assert shown["engine"].startswith(engine)


def test_doctor_speaks_of_the_rules_that_were_asked_for(
    command: CommandLine, one_mineral: Path
) -> None:
    shown = facts(command.run("doctor", "--rules", str(one_mineral)))
    assert shown["rules"] == str(one_mineral)
    assert shown["fingerprint"] == minsight.load(one_mineral, cache=False).fingerprint


def test_doctor_says_when_the_cache_cannot_be_written(
    command: CommandLine, tmp_path: Path
) -> None:
    file = tmp_path / "file"
    file.touch()
    shown = facts(command.run("doctor", XDG_CACHE_HOME=str(file / "cache")))
    assert "cannot be written" in shown["cache"]


# --- check-rules ----------------------------------------------------------------------


def test_sound_rules_pass_with_their_numbers(
    command: CommandLine, one_mineral: Path
) -> None:
    outcome = command.run("check-rules", str(one_mineral))
    assert (outcome.code, outcome.err) == (0, "")
    rules = minsight.load(one_mineral, cache=False)
    assert outcome.out.startswith(f"{len(rules.catalogue.rules)} rules, ")
    assert f" 0 failed; fingerprint {rules.fingerprint}" in outcome.out


def test_a_failing_case_is_named_and_exits_with_1(
    command: CommandLine, one_mineral: Path
) -> None:
    swap(one_mineral / ONE_MINERAL / "cases.yaml", "near_miss:", "match:")
    outcome = command.run("check-rules", str(one_mineral), "--engine", "reference")
    assert outcome.code == 1
    assert f"{ONE_MINERAL}/cases.yaml: {ONE_MINERAL}." in outcome.err
    assert re.search(
        r"matches on its near miss|does not match on its match", outcome.err
    )
    failed = len(outcome.err.splitlines())
    assert f" {failed} failed; " in outcome.out
    assert failed > 0


def swap(file: Path, one: str, other: str) -> None:
    """Swap two words throughout a file."""
    text = file.read_text(encoding="utf-8")
    swapped = text.replace(one, "\0").replace(other, one).replace("\0", other)
    assert swapped != text
    file.write_text(swapped, encoding="utf-8")


def test_a_rule_without_a_case_exits_with_1(
    command: CommandLine, one_mineral: Path
) -> None:
    (one_mineral / ONE_MINERAL / "cases.yaml").write_text("{}\n", encoding="utf-8")
    outcome = command.run("check-rules", str(one_mineral))
    rules = minsight.load(one_mineral, cache=False).catalogue.rules
    assert outcome.code == 1
    assert [line.split(": ")[1] for line in outcome.err.splitlines()] == [
        rule.id for rule in rules
    ]


def test_invalid_rules_exit_with_3_and_show_every_problem(
    command: CommandLine, one_mineral: Path
) -> None:
    (one_mineral / "pictures.yaml").write_text("pictures: [\n", encoding="utf-8")
    (one_mineral / "network.yaml").unlink()
    outcome = command.run("check-rules", str(one_mineral))
    assert (outcome.code, outcome.out) == (3, "")
    assert outcome.err.splitlines()[0] == "minsight: the rules have 2 problems"
    assert "  network.yaml:1:1: is missing (" in outcome.err
    assert "  pictures.yaml:2:1: is not valid YAML" in outcome.err


def test_unreadable_cases_exit_with_3(command: CommandLine, one_mineral: Path) -> None:
    cases = one_mineral / ONE_MINERAL / "cases.yaml"
    cases.write_text("rules: nothing\n", encoding="utf-8")
    outcome = command.run("check-rules", str(one_mineral))
    assert (outcome.code, outcome.out) == (3, "")
    assert f"{ONE_MINERAL}/cases.yaml:1:1: " in outcome.err


def test_a_missing_folder_of_rules_exits_with_2(command: CommandLine) -> None:
    assert refused(command.run("check-rules", "no/such/folder"), "`no/such/folder`")


# --- version and help -----------------------------------------------------------------


def test_version_is_that_of_the_package(command: CommandLine) -> None:
    outcome = command.run("--version")
    assert outcome == Outcome(0, f"minsight {minsight.__version__}\n", "")


def test_without_arguments_the_commands_are_shown(command: CommandLine) -> None:
    outcome = command.run()
    shown = outcome.out + outcome.err
    assert [name for name in COMMANDS if f" {name} " not in shown] == []


def examples(command: CommandLine, name: str) -> list[list[str]]:
    """The commands that stand in the help of a command, each as its words."""
    outcome = command.run(name, "--help", columns=400)
    assert outcome.code == 0
    lines = [_SEQUENCE.sub("", line).strip() for line in outcome.out.splitlines()]
    return [shlex.split(line) for line in lines if line.startswith("minsight ")]


@pytest.mark.parametrize("name", COMMANDS)
def test_no_option_of_a_command_means_two_things(name: str) -> None:
    whole = typer.main.get_command(application([name]))
    assert isinstance(whole, TyperGroup)
    taken = Counter(
        option
        for parameter in whole.commands[name].params
        for option in (*parameter.opts, *parameter.secondary_opts)
    )
    assert [option for option, times in taken.items() if times > 1] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_help_speaks_of_no_type_of_python(command: CommandLine, name: str) -> None:
    shown = command.run(name, "--help").out
    assert re.findall(r"<(?:list|str|int|float|path|bool)\b[^>]*>", shown) == []


@pytest.mark.parametrize(
    "name", [name for name in COMMANDS if name not in RUN_ELSEWHERE]
)
def test_every_example_of_every_help_runs(
    command: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """In a folder that holds the files which the examples name."""
    monkeypatch.chdir(tmp_path)
    furnish(tmp_path, command)
    monkeypatch.setattr(frame, "FRAME", tmp_path / "frame.html")
    shown = examples(command, name)
    assert [words[:2] for words in shown] == [["minsight", name]] * len(shown)
    assert shown != []
    for words in shown:
        outcome = command.run(*words[1:])
        assert outcome.code == 0, words
        summed_up = name in SUMMED_UP and "--check" not in words
        assert (outcome.err != "") == summed_up, words
        assert outcome.out + outcome.err != ""


def furnish(folder: Path, command: CommandLine) -> None:
    person = '{"present": ["always tired"], "age_years": 28}\n'
    (folder / "person.json").write_text(person, encoding="utf-8")
    (folder / "people.jsonl").write_text(person * 2, encoding="utf-8")
    (folder / "survey.csv").write_text("id,fatigue\n1,yes\n", encoding="utf-8")
    mapping = "id: id\nanswers:\n  - {column: fatigue, answers: fatigue}\n"
    (folder / "clinic.map.yaml").write_text(mapping, encoding="utf-8")
    dictionary = "Variable / Field Name,Field Type,Field Label\nfatigue,yesno,Tired?\n"
    (folder / "dictionary.csv").write_text(dictionary, encoding="utf-8")
    scenarios = "scenarios:\n  - {name: pale, changes: [{add: pallor}]}\n"
    (folder / "teenager.scenarios.yaml").write_text(scenarios, encoding="utf-8")
    one_mineral_rules(folder / "rules")
    (folder / "frame.html").write_text(frame.HOLES, encoding="utf-8")
    words = ("screen", "survey.csv", "--output", "done.csv")
    assert command.run(*words).code == 0


def test_the_commands_are_those_whose_examples_run(command: CommandLine) -> None:
    out = _SEQUENCE.sub("", command.run("--help", columns=400).out)
    listed = out.partition("Commands")[2]
    assert sorted(re.findall(r"^\W*([a-z-]+)  +[A-Z]", listed, re.MULTILINE)) == list(
        COMMANDS
    )


# --- shell completion -----------------------------------------------------------------


def completions(command: CommandLine, line: str) -> list[str]:
    """What the shell is offered for the last word of a line, one process a question."""
    program = Path(sys.executable).with_name("minsight")
    assert program.is_file()
    asked = {
        "_MINSIGHT_COMPLETE": "complete_bash",
        "COMP_WORDS": line,
        "COMP_CWORD": str(len(line.split(" ")) - 1),
    }
    outcome = finished(
        subprocess.Popen(
            [program],
            env=command.environment(asked),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
    )
    assert (outcome.code, outcome.err) == (0, "")
    return outcome.out.split()


def test_completion_offers_findings_that_begin_so(command: CommandLine) -> None:
    assert "spoon_nails" in completions(command, "minsight check spo")


def test_completion_offers_groups_for_a_group(command: CommandLine) -> None:
    offered = completions(command, "minsight check fatigue --group veg")
    assert "vegetarian_diet" in offered
    assert [word for word in offered if not word.startswith("veg")] == []


def test_completion_offers_every_mineral(command: CommandLine) -> None:
    assert sorted(completions(command, "minsight learn ")) == list(MINERALS)


def test_completion_offers_groups_and_life_stages_for_people(
    command: CommandLine,
) -> None:
    assert "infant" in completions(command, "minsight questionnaire --for inf")
    assert completions(command, "minsight questionnaire --for 65") == ["65y+"]


# --- rules from elsewhere -------------------------------------------------------------


@pytest.mark.parametrize(
    "args",
    [
        ("check", "fatigue", "--json"),
        ("learn",),
        ("symptoms", "nails"),
        ("groups", "diet"),
        ("questionnaire", "--output", "-"),
    ],
)
def test_every_command_takes_rules_from_elsewhere(
    command: CommandLine, one_mineral: Path, args: tuple[str, ...]
) -> None:
    """And answers as it does with the same rules at their usual place."""
    elsewhere = one_mineral.parent / "elsewhere"
    shutil.copytree(one_mineral, elsewhere)
    here = command.run(*args, "--rules", str(one_mineral))
    there = command.run(*args, "--rules", str(elsewhere))
    assert here == there
    assert here.code == 0
    key = cache_key(bytes_digest(elsewhere))
    assert (command.cache / "minsight" / f"{key}.rules").is_file()
