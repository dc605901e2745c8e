"""Names: every id, phrase and file stands for one thing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from minsight.compiler import layout
from minsight.compiler.checks.content import (
    CLUSTERS,
    FINDINGS,
    GROUPS_FILE,
    HPO_FILE,
    LEVELS_FILE,
    MEASUREMENTS_FILE,
    MEDICINES,
    NETWORK,
    SOURCES,
    URGENCY_FILE,
    Content,
    dangling,
)
from minsight.errors import Issue, Place
from minsight.knowledge.phrases import normalise


def ids_once(content: Content) -> Iterator[Issue]:
    """An id means one thing in all of the vocabulary; a rule id one rule."""
    places = dict[str, Place]()
    rules = [
        (content.rule_place(m, n, "id"), rule.id) for m, n, rule in content.rules()
    ]
    for place, id_ in [*content.vocabulary(), *content.measurements(), *rules]:
        if id_ in places:
            first = f"the id `{id_}` is used twice, first at {places[id_]}"
            yield Issue(place, first, "rename one of them")
        places.setdefault(id_, place)
    folder = content.folder
    listed: tuple[tuple[str, str, list[str]], ...] = (
        (SOURCES, "sources", [source.id for source in folder.sources]),
        (CLUSTERS, "clusters", [cluster.id for cluster in folder.clusters]),
        (URGENCY_FILE, "red_flags", [flag.id for flag in folder.red_flags]),
        (NETWORK, "links", [link.id for link in folder.links]),
        (LEVELS_FILE, "brakes", [brake.id for brake in folder.levels.brakes]),
        (LEVELS_FILE, "levels", [str(level.id) for level in folder.levels.levels]),
    )
    for file, key, ids in listed:
        for id_, count in Counter(ids).items():
            if count > 1:
                last = len(ids) - 1 - ids[::-1].index(id_)
                place = folder.place(file, key, last, "id")
                message = f"the id `{id_}` is used {count} times"
                yield Issue(place, message, "rename or remove one of them")


def terms_once(content: Content) -> Iterator[Issue]:
    """The finding above a term exists, and the term is not a finding's own."""
    ids = {finding.id for finding in content.folder.findings}
    own = content.folder.hpo_terms
    for id_, terms in content.folder.hpo_below.items():
        place = content.folder.place(HPO_FILE, "below", id_)
        if id_ not in ids:
            yield dangling(place, "finding", id_, ids)
        for term in terms.split():
            if f"HP:{term}" in own:
                message = f"`HP:{term}` is a finding's own term"
                yield Issue(place, message, "write the file anew")


def phrases_once(content: Content) -> Iterator[Issue]:
    """Words mean one finding or group, or one measurement; entry need not guess."""
    owners: dict[tuple[str, str], str] = {}
    for place, kind, id_, phrase in _phrases(content):
        owner = owners.setdefault((kind, normalise(phrase)), id_)
        if owner != id_:
            message = f"`{phrase}` means both `{owner}` and `{id_}`"
            yield Issue(place, message, "keep it with one of them")


def _phrases(content: Content) -> Iterator[tuple[Place, str, str, str]]:
    folder = content.folder
    for number, finding in enumerate(folder.findings):
        place = folder.place(FINDINGS, "findings", number)
        for phrase in (_words(finding.id), finding.label, *finding.synonyms):
            yield place, "answer", finding.id, phrase
    for number, group in enumerate(folder.groups):
        place = folder.place(GROUPS_FILE, "groups", number)
        for phrase in (_words(group.id), group.label, *group.synonyms):
            yield place, "answer", group.id, phrase
    for number, measurement in enumerate(folder.measurements):
        place = folder.place(MEASUREMENTS_FILE, "measurements", number)
        for phrase in (
            _words(measurement.id),
            measurement.label,
            *measurement.synonyms,
        ):
            yield place, "measurement", measurement.id, phrase

    yield from ((place, "answer", id_, name) for place, id_, name in _named(content))


def _named(content: Content) -> Iterator[tuple[Place, str, str]]:
    """Each name of a medicine with its place and what it means."""
    medicines = content.folder.medicines
    if medicines is None:
        return
    for number, one in enumerate(medicines.classes):
        place = content.folder.place(MEDICINES, "classes", number)
        for name in (*one.names, *one.endings):
            yield place, one.means, name
    for number, product in enumerate(medicines.products):
        place = content.folder.place(MEDICINES, "products", number)
        yield place, " and ".join(product.of), product.name


def medicines_once(content: Content) -> Iterator[Issue]:
    """A medicine is named once: among the medicines, and not at its group as well."""
    named = {
        (group.id, normalise(word))
        for group in content.folder.groups
        for word in group.synonyms
    }
    for place, id_, name in _named(content):
        if (id_, normalise(name)) in named:
            message = f"`{name}` is named twice"
            yield Issue(place, message, "keep it here, and once")
        named.add((id_, normalise(name)))


def _words(id_: str) -> str:
    return id_.replace("_", " ")


def mineral_files(content: Content) -> Iterator[Issue]:
    """A folder, its profile and its rules name the same mineral."""
    folder = content.folder
    for mineral, profile in folder.profiles.items():
        file = f"{mineral}/{layout.PROFILE}"
        if profile.id != mineral:
            message = f"the profile names `{profile.id}` in the folder `{mineral}`"
            yield Issue(folder.place(file, "id"), message, f"write `id: {mineral}`")
        if profile.scored and not folder.rules.get(mineral):
            place = folder.place(file, "scored")
            message = f"`{mineral}` is scored but has no rules"
            yield Issue(place, message, "write rules.yaml, or `scored: false`")
    for mineral in folder.rules:
        if mineral in folder.profiles and not folder.profiles[mineral].scored:
            place = folder.place(f"{mineral}/{layout.PROFILE}", "scored")
            message = f"`{mineral}` has rules but is not scored"
            yield Issue(place, message, "write `scored: true`, or remove rules.yaml")
        file = f"{mineral}/{layout.RULES}"
        named = folder.files[file].data["mineral"]
        if named != mineral:
            message = f"the rules name `{named}` in the folder `{mineral}`"
            fix = f"write `mineral: {mineral}`"
            yield Issue(folder.place(file, "mineral"), message, fix)
    for mineral, number, rule in content.rules():
        if not rule.id.startswith(f"{mineral}."):
            place = content.rule_place(mineral, number, "id")
            message = f"the rule id `{rule.id}` belongs to another mineral"
            yield Issue(place, message, f"start it with `{mineral}.`")
