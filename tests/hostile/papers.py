"""Papers: rule folders, maps, manifests, sessions, scenarios and records, spoiled."""

from __future__ import annotations

import json
from functools import cache
from typing import Any, Final

import yaml

from hostile import mutations, people
from hostile.inputs import Chance, Command, Input, Trial
from hostile.running import ended, written
from minsight.questions.outline import ReplyWord
from minsight.questions.session import ReplyValue, Session, session_json
from places import ROOT, SMALL_RULES

REPLIES: Final[tuple[ReplyWord, ...]] = ("yes", "no", "unsure", "skip")
TABLE: Final = b"SEQN,AGE,SEX,Q1,Q2,FER,NOTE\n1,30,1,1,2,8,tired\n2,9,2,7,1,,\n"
MAP: Final[dict[str, Any]] = {
    "id": "SEQN",
    "age": [{"column": "AGE", "unit": "years"}],
    "sex": {"column": "SEX", "male": [1], "female": [2]},
    "value_sets": {"yes_no": {"observed": [1], "excluded": [2], "unknown": [7, ">=9"]}},
    "answers": [
        {"column": "Q1", "answers": "fatigue", "values": "yes_no"},
        {"column": "Q2", "answers": "pallor", "observed": [1], "excluded": [2]},
    ],
    "measurements": [{"column": "FER", "measures": "ferritin", "unit": "ng/mL"}],
    "texts": [{"column": "NOTE", "given": "present"}],
    "others": "told",
    "decimal": ".",
    "separator": ",",
}


def spoiled_yaml(chance: Chance, raw: bytes) -> bytes:
    """A file of YAML, changed in its structure or in its bytes."""
    if chance.random() < 0.5:
        return mutations.bytes_of(chance, raw)
    changed = mutations.tree(chance, yaml.safe_load(raw))
    dumped = yaml.safe_dump(changed, allow_unicode=True, sort_keys=False)
    return dumped.encode(errors="surrogatepass")


def map_(chance: Chance) -> Input:
    """A spoiled map with a table that it would fit."""
    raw = spoiled_yaml(chance, yaml.safe_dump(MAP).encode())
    line = ("screen", "a.csv", "--map", "m.yaml", "--output", "o.csv")
    return Input({"m.yaml": raw, "a.csv": TABLE}, (Command(line),))


@cache
def _small_rules() -> dict[str, bytes]:
    files = sorted(SMALL_RULES.rglob("*.yaml"))
    return {p.relative_to(SMALL_RULES).as_posix(): p.read_bytes() for p in files}


def rule_folder(chance: Chance) -> Input:
    """A folder of rules with one or two spoiled files, checked and used."""
    files = dict(_small_rules())
    for name in chance.sample(sorted(files), chance.randint(1, 2)):
        files[name] = spoiled_yaml(chance, files[name])
    inside = {f"rules/{name}": raw for name, raw in files.items()}
    return Input(inside, (Command(("check-rules", "rules")),))


# --- what runs have left --------------------------------------------------------------


@cache
def _run() -> dict[str, bytes]:
    """The files of a small run that went well."""
    line = ("screen", "a.csv", "--map", "m.yaml", "--output", "o.csv")
    source = Input({"m.yaml": yaml.safe_dump(MAP).encode(), "a.csv": TABLE})
    source = source._replace(commands=(Command(line),))
    with written(Trial("run", "run", (source,))) as folder:
        done = ended(source.commands[0])
        assert done.code == 0, done.err
        return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def manifest(chance: Chance) -> Input:
    """A spoiled manifest, or spoiled files that it tells of, verified and traced."""
    files = dict(_run())
    name = "o.csv.manifest.json"
    if chance.random() < 0.1:
        name = chance.choice(sorted(files))
    if name.endswith(".json") and chance.random() < 0.7:
        files[name] = json.dumps(
            mutations.tree(chance, json.loads(files[name]))
        ).encode()
    else:
        files[name] = mutations.bytes_of(chance, files[name])
    line: tuple[str, ...] = ("verify", "o.csv.manifest.json")
    if chance.random() < 0.5:
        line = ("explain", "o.csv", "--subject", chance.choice(("1", "#2", "a.csv#1")))
    return Input(files, (Command(line),))


def session(chance: Chance) -> Input:
    """A spoiled saved interview, which is gone on with and stopped."""
    known = people.rules()
    findings = [finding.id for finding in known.vocabulary.findings]
    replies: dict[str, ReplyWord | ReplyValue] = {
        id_: chance.choice(REPLIES) for id_ in chance.sample(findings, 4)
    }
    kept = Session(
        fingerprint=known.fingerprint,
        age_days=10_000.0,
        sex="female",
        told=("always tired",),
        steps=tuple({id_: reply} for id_, reply in replies.items()),
    )
    value = json.loads(session_json(kept))
    raw = json.dumps(mutations.tree(chance, value)).encode()
    if chance.random() < 0.4:
        raw = mutations.bytes_of(chance, raw)
    typed = [
        chance.choice(("yes", "no", "back", "why", "skip", mutations.text(chance)))
    ]
    stdin = "\n".join([*typed, "stop", ""]).encode(errors="surrogatepass")
    line = ("interview", "--save", "s.json")
    return Input({"s.json": raw}, (Command(line, stdin),))


def scenarios(chance: Chance) -> Input:
    """Spoiled scenarios for one person."""
    raw = (ROOT / "examples" / "teenager.scenarios.yaml").read_bytes()
    line = ("whatif", "--scenarios", "s.yaml")
    return Input({"s.yaml": spoiled_yaml(chance, raw)}, (Command(line),))


def subject(chance: Chance) -> Input:
    """A spoiled record of one person, in JSON or YAML."""
    value = mutations.tree(chance, people.record(people.person(chance, 1)))
    if chance.random() < 0.5:
        raw = json.dumps(value).encode()
    else:
        raw = yaml.safe_dump(value).encode(errors="surrogatepass")
    if chance.random() < 0.4:
        raw = mutations.bytes_of(chance, raw)
    engine = ("--engine", chance.choice(("reference", "reference", "forward")))
    command = chance.choice((("check", *engine), ("check", "--json"), ("explain",)))
    line = (*command, "--subject", "person.json")
    return Input({"person.json": raw}, (Command(line),))
