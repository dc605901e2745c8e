"""Write `rules/vocabulary/hpo.yaml` anew: `python tests/support/write_hpo.py hp.obo`.

For each term of the Human Phenotype Ontology below one that a finding stands for: the
finding nearest above it. The ontology file comes from its releases, and is not kept.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from format_yaml import formatted
from minsight.compiler.bundle import rules_folder
from minsight.compiler.folder import read_folder

HEADER = """\
# Terms of the Human Phenotype Ontology (https://hpo.jax.org, release {release})
# that stand below one of findings.yaml, under the finding nearest above them. Who
# enters one is told what it was taken for. Written by tests/support/write_hpo.py;
# change findings.yaml. The ontology is by its consortium (https://hpo.jax.org/app/license).
release: "{release}"
below:
"""


def main(ontology: Path) -> None:
    folder, issues = read_folder(rules_folder())
    if folder is None:
        raise SystemExit("\n".join(map(str, issues)))
    release, parents = read_terms(ontology.read_text(encoding="utf-8"))
    own = folder.hpo_terms
    below: dict[str, list[str]] = defaultdict(list)
    for term in sorted(parents.keys() - own.keys()):
        for nearest in sorted(nearest_above(term, parents, own)):
            below[own[nearest]].append(term.removeprefix("HP:"))
    lines = [
        f'  {finding.id}: "{" ".join(below[finding.id])}"\n'
        for finding in folder.findings
        if below[finding.id]
    ]
    target = rules_folder() / "vocabulary" / "hpo.yaml"
    text = HEADER.format(release=release) + "".join(lines)
    target.write_text(formatted(text), encoding="utf-8")


def read_terms(text: str) -> tuple[str, dict[str, list[str]]]:
    """The release, and for each term its parents; another id of a term has the term."""
    release, parents = "", dict[str, list[str]]()
    head, *stanzas = text.split("\n\n[Term]\n")
    for line in head.splitlines():
        if line.startswith("data-version: "):
            release = line.removeprefix("data-version: hp/releases/")
    for stanza in stanzas:
        term = next(_values(stanza, "id: "))
        if "is_obsolete: true" in stanza:
            parents[term] = list(_values(stanza, "replaced_by: "))
            continue
        parents[term] = [value.split(" ")[0] for value in _values(stanza, "is_a: ")]
        for other in _values(stanza, "alt_id: "):
            parents[other] = [term]
    return release, parents


def _values(stanza: str, key: str) -> Iterator[str]:
    for line in stanza.split("\n\n", maxsplit=1)[0].splitlines():
        if line.startswith(key):
            yield line.removeprefix(key)


def nearest_above(
    term: str, parents: Mapping[str, Iterable[str]], own: Mapping[str, str]
) -> set[str]:
    """The terms of findings that are the fewest steps above."""
    seen, level = set[str](), {term}
    while level:
        if level & own.keys():
            return level & own.keys()
        seen |= level
        level = {p for one in level for p in parents.get(one, ())} - seen
    return set()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
