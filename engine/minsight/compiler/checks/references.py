"""References: what is named exists, and what is claimed has a source."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

from minsight.compiler.checks.content import (
    FINDINGS,
    GROUPS_FILE,
    LOOK_ALIKES,
    MEDICINES,
    NETWORK,
    Content,
    dangling,
)
from minsight.compiler.conditions import leaves
from minsight.compiler.layout import PROFILE
from minsight.errors import Issue
from minsight.knowledge.phrases import normalise


def known_ids(content: Content) -> Iterator[Issue]:
    """Every id in a condition is in the vocabulary."""
    names = content.names
    known = names.findings | names.groups | names.bands | set(names.pictures)
    for place, condition in content.conditions():
        for id_, present in leaves(condition):
            if id_ not in known:
                yield dangling(place, "finding, group, band or picture", id_, known)
            elif not present and id_ not in names.findings | names.groups:
                message = f"`absent: {id_}` reads a picture or a band"
                yield Issue(place, message, "name a finding or a group")


def known_references(content: Content) -> Iterator[Issue]:
    """Parents, clusters, explained findings, ages and linked minerals exist."""
    yield from _vocabulary_references(content)
    yield from _medicine_references(content)
    for place, band in content.bands():
        for parent in band.parents:
            if parent not in content.names.findings:
                yield dangling(place, "finding", parent, content.names.findings)
    yield from _rule_references(content)
    yield from _shown_references(content)
    for number, link in enumerate(content.folder.links):
        for mineral in dict.fromkeys((*link.when, *link.risk)):
            if mineral not in content.folder.scored:
                place = content.folder.place(NETWORK, "links", number)
                yield dangling(place, "scored mineral", mineral, content.folder.scored)


def _shown_references(content: Content) -> Iterator[Issue]:
    """Minerals beside look-alikes, kinds of food, and what tests measure."""
    folder = content.folder
    for number, one in enumerate(folder.look_alikes):
        for mineral in one.beside:
            if mineral not in folder.profiles:
                place = folder.place(LOOK_ALIKES, "look_alikes", number, "beside")
                yield dangling(place, "mineral", mineral, folder.profiles)
    measurements = {id_ for _, id_ in content.measurements()}
    kinds = {kind.id for kind in folder.food_kinds}
    for mineral, profile in folder.profiles.items():
        made_of = [food.made_of for food in profile.foods]
        measures = [test.measures for test in profile.tests]
        for key, named, what, known in (
            ("foods", made_of, "kind of food", kinds),
            ("tests", measures, "measurement", measurements),
        ):
            for number, id_ in _unknown(named, known):
                place = folder.place(f"{mineral}/{PROFILE}", key, number)
                yield dangling(place, what, id_, known)


def _unknown(
    named: Iterable[Iterable[str]], known: Container[str]
) -> Iterator[tuple[int, str]]:
    """The ids that are not known, each with the number of where it is named."""
    for number, ids in enumerate(named):
        yield from ((number, id_) for id_ in ids if id_ not in known)


def _vocabulary_references(content: Content) -> Iterator[Issue]:
    names, clusters = content.names, _clusters(content)
    known = {source.id for source in content.folder.sources}
    for number, finding in enumerate(content.folder.findings):
        place = content.folder.place(FINDINGS, "findings", number)
        for parent in finding.parents:
            if parent not in names.findings:
                yield dangling(place, "finding", parent, names.findings)
        if finding.cluster and finding.cluster not in clusters:
            yield dangling(place, "cluster", finding.cluster, clusters)
        for key in finding.lasting.sources if finding.lasting else ():
            if key not in known:
                yield dangling(place, "source", key, known)
    for number, group in enumerate(content.folder.groups):
        for parent in group.parents:
            if parent not in names.groups:
                place = content.folder.place(GROUPS_FILE, "groups", number)
                yield dangling(place, "group", parent, names.groups)


def _medicine_references(content: Content) -> Iterator[Issue]:
    """Each class means a group, and what a product holds is named by itself."""
    folder = content.folder
    if folder.medicines is None:
        return
    too_much, findings = folder.medicines.too_much, content.names.findings
    if too_much is not None and too_much not in findings:
        place = folder.place(MEDICINES, "too_much")
        yield dangling(place, "finding", too_much, findings)
    for number, one in enumerate(folder.medicines.classes):
        if one.means not in content.names.groups:
            place = folder.place(MEDICINES, "classes", number, "means")
            yield dangling(place, "group", one.means, content.names.groups)
    classes = (one.names for one in folder.medicines.classes)
    synonyms = ((group.label, *group.synonyms) for group in folder.groups)
    known = {normalise(name) for names in (*classes, *synonyms) for name in names}
    for number, product in enumerate(folder.medicines.products):
        for part in product.of:
            if normalise(part) not in known:
                place = folder.place(MEDICINES, "products", number, "of")
                yield dangling(place, "medicine", part, known)


def _rule_references(content: Content) -> Iterator[Issue]:
    names, clusters = content.names, _clusters(content)
    for mineral, number, rule in content.rules():
        place = content.rule_place(mineral, number)
        for id_ in rule.then.explains:
            if id_ not in names.findings:
                yield dangling(place, "finding", id_, names.findings)
        for id_ in rule.ages:
            if id_ not in names.groups:
                yield dangling(place, "life stage", id_, names.groups)
        if rule.cluster and rule.cluster not in clusters:
            yield dangling(place, "cluster", rule.cluster, clusters)


def _clusters(content: Content) -> set[str]:
    return {cluster.id for cluster in content.folder.clusters}


def sourced(content: Content) -> Iterator[Issue]:
    """Every source exists; a grade above C rests on a source that was read."""
    known = {source.id: source for source in content.folder.sources}
    for place, claim in content.claims():
        for key in claim.sources:
            if key not in known:
                yield dangling(place, "source", key, known)
        read = any(known[key].read for key in claim.sources if key in known)
        if claim.grade != "C" and not read:
            message = f"grade {claim.grade} without a source that was read"
            fix = "write `grade: C`, or read the source and mark it"
            yield Issue(place, message, fix)
