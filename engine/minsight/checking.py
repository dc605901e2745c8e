"""Checks across the rule files: what no single document can see by itself.

Each check is a generator of issues; `check_folder` runs all of them and collects
everything, so that an author runs it once, not once a mistake.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Final, TypeAlias

from minsight import documents as doc
from minsight.documents import Condition, RuleDocument, Sourced
from minsight.errors import Issue, Place, did_you_mean
from minsight.folder import Folder
from minsight.lowering import names_of
from minsight.lowering.conditions import Names, deep_leaves, leaves, needs_group
from minsight.scales import EFFECTS, LEVELS, STRENGTHS, URGENCIES, WEIGHTS

FINDINGS: Final = "vocabulary/findings.yaml"
GROUPS: Final = "vocabulary/risk_groups.yaml"
AGE_AND_SEX: Final = "age_sex"
_Check: TypeAlias = Callable[[Folder, Names], Iterator[Issue]]


def check_folder(folder: Folder) -> list[Issue]:
    """Every problem between the documents of a folder."""
    names = names_of(folder)
    return [issue for check in _CHECKS for issue in check(folder, names)]


def _ids_once(folder: Folder, names: Names) -> Iterator[Issue]:
    """An id means one thing in all of the vocabulary; a rule id one rule."""
    places = dict[str, Place]()
    for place, id_ in [*_vocabulary_ids(folder), *_rule_ids(folder)]:
        if id_ in places:
            yield Issue(
                place,
                f"the id `{id_}` is used twice, first at {places[id_]}",
                "rename one",
            )
        places.setdefault(id_, place)
    for place, keys in (
        (folder.place("vocabulary/sources.yaml"), [s.id for s in folder.sources]),
        (folder.place("vocabulary/clusters.yaml"), [c.id for c in folder.clusters]),
        (folder.place("urgency.yaml"), [f.id for f in folder.red_flags]),
        (folder.place("network.yaml"), [link.id for link in folder.links]),
        (
            folder.place("vocabulary/measurements.yaml"),
            [m.id for m in folder.measurements],
        ),
    ):
        for id_, count in Counter(keys).items():
            if count > 1:
                yield Issue(
                    place,
                    f"the id `{id_}` is used {count} times",
                    "rename or remove one",
                )


def _vocabulary_ids(folder: Folder) -> Iterator[tuple[Place, str]]:
    for number, finding in enumerate(folder.findings):
        yield folder.place(FINDINGS, "findings", number, "id"), finding.id
    for number, stage in enumerate(folder.life_stages):
        yield folder.place(GROUPS, "life_stages", number, "id"), stage.id
    for number, group in enumerate(folder.groups):
        yield folder.place(GROUPS, "groups", number, "id"), group.id
    for m, measurement in enumerate(folder.measurements):
        for b, band in enumerate(measurement.bands):
            path = ("measurements", m, "bands", b, "id")
            yield folder.place("vocabulary/measurements.yaml", *path), band.id
    for number, picture in enumerate(folder.pictures):
        yield folder.place("pictures.yaml", "pictures", number, "id"), picture.id


def _rules(folder: Folder) -> Iterator[tuple[str, int, RuleDocument]]:
    for mineral, rules in folder.rules.items():
        for number, rule in enumerate(rules):
            yield f"{mineral}/rules.yaml", number, rule


def _rule_ids(folder: Folder) -> Iterator[tuple[Place, str]]:
    for file, number, rule in _rules(folder):
        yield folder.place(file, "rules", number, "id"), rule.id


def _conditions(folder: Folder) -> Iterator[tuple[Place, Condition]]:
    """Every condition of the folder, with its place."""
    for file, number, rule in _rules(folder):
        yield folder.place(file, "rules", number, "when"), rule.when
    for number, picture in enumerate(folder.pictures):
        yield folder.place("pictures.yaml", "pictures", number, "when"), picture.when
    for number, flag in enumerate(folder.red_flags):
        yield folder.place("urgency.yaml", "red_flags", number, "when"), flag.when
    for number, group in enumerate(folder.groups):
        if group.derive and group.derive.when:
            yield folder.place(GROUPS, "groups", number, "derive"), group.derive.when


def _known_conditions(folder: Folder, names: Names) -> Iterator[Issue]:
    known = names.findings | names.groups | names.bands | set(names.pictures)
    for place, condition in _conditions(folder):
        for id_, present in leaves(condition):
            if id_ not in known:
                yield _dangling(place, "finding, group, band or picture", id_, known)
            elif not present and id_ not in names.findings | names.groups:
                message = f"`absent: {id_}` reads a picture or a band"
                yield Issue(
                    place, message, "only findings and groups can be said absent"
                )


def _dangling(place: Place, kind: str, id_: str, known: Iterable[str]) -> Issue:
    fix = did_you_mean(id_, known) or f"add it to the vocabulary or use a known {kind}"
    return Issue(place, f"unknown {kind} `{id_}`", fix)


def _known_references(folder: Folder, names: Names) -> Iterator[Issue]:
    """Parents, clusters, explained findings, ages and minerals that are named exist."""
    clusters = {cluster.id for cluster in folder.clusters}
    for number, finding in enumerate(folder.findings):
        place = folder.place(FINDINGS, "findings", number)
        for parent in finding.parents:
            if parent not in names.findings:
                yield _dangling(place, "finding", parent, names.findings)
        if finding.cluster and finding.cluster not in clusters:
            yield _dangling(place, "cluster", finding.cluster, clusters)
    for number, group in enumerate(folder.groups):
        for parent in group.parents:
            if parent not in names.groups:
                place = folder.place(GROUPS, "groups", number)
                yield _dangling(place, "group", parent, names.groups)
    for file, number, rule in _rules(folder):
        place = folder.place(file, "rules", number)
        for id_ in rule.then.explains:
            if id_ not in names.findings:
                yield _dangling(place, "finding", id_, names.findings)
        for id_ in rule.ages:
            if id_ not in names.groups:
                yield _dangling(place, "life stage", id_, names.groups)
        if rule.cluster and rule.cluster not in clusters:
            yield _dangling(place, "cluster", rule.cluster, clusters)
    for number, link in enumerate(folder.links):
        for mineral in link.when:
            if mineral not in folder.scored:
                place = folder.place("network.yaml", "links", number)
                yield _dangling(place, "scored mineral", mineral, folder.scored)


def _mineral_files(folder: Folder, names: Names) -> Iterator[Issue]:
    """A folder, its profile and its rules name the same mineral."""
    for mineral, profile in folder.profiles.items():
        file = f"{mineral}/profile.yaml"
        if profile.id != mineral:
            message = f"the profile names `{profile.id}` in the folder `{mineral}`"
            yield Issue(folder.place(file, "id"), message, f"write `id: {mineral}`")
        if profile.scored and not folder.rules.get(mineral):
            message = f"`{mineral}` is scored but has no rules"
            yield Issue(folder.place(file, "scored"), message, "write rules.yaml")
    for file, number, rule in _rules(folder):
        mineral = file.partition("/")[0]
        named = folder.files[file].data["mineral"]
        if number == 0 and named != mineral:
            message = f"the rules name `{named}` in the folder `{mineral}`"
            yield Issue(
                folder.place(file, "mineral"), message, f"write `mineral: {mineral}`"
            )
        if not rule.id.startswith(f"{mineral}."):
            place = folder.place(file, "rules", number, "id")
            fix = f"start it with `{mineral}.`"
            yield Issue(
                place, f"the rule id `{rule.id}` belongs to another mineral", fix
            )


def _sources(folder: Folder, names: Names) -> Iterator[Issue]:
    """Every source exists; a grade above C rests on a source that was read."""
    known = {source.id: source for source in folder.sources}
    for place, claim in _claims(folder):
        for key in claim.sources:
            if key not in known:
                yield _dangling(place, "source", key, known)
        read = any(known[key].read for key in claim.sources if key in known)
        if claim.grade != "C" and not read:
            message = f"grade {claim.grade} without a source that was read"
            yield Issue(
                place, message, "write `grade: C`, or read the source and mark it"
            )


def _claims(folder: Folder) -> Iterator[tuple[Place, Sourced]]:
    for file, number, rule in _rules(folder):
        yield folder.place(file, "rules", number, "sources"), rule
    for mineral, profile in folder.profiles.items():
        yield from _profile_claims(folder, f"{mineral}/profile.yaml", profile)
    for number, picture in enumerate(folder.pictures):
        yield folder.place("pictures.yaml", "pictures", number), picture
    for number, flag in enumerate(folder.red_flags):
        yield folder.place("urgency.yaml", "red_flags", number), flag
    for number, link in enumerate(folder.links):
        yield folder.place("network.yaml", "links", number), link


def _profile_claims(
    folder: Folder, file: str, profile: doc.ProfileDocument
) -> Iterator[tuple[Place, Sourced]]:
    for name, value in profile:
        for number, item in enumerate(value if isinstance(value, list) else [value]):
            if isinstance(item, Sourced):
                yield folder.place(file, name, number), item


def _acyclic(folder: Folder, names: Names) -> Iterator[Issue]:
    """Neither parents nor pictures nor derived groups go round in a circle."""
    graphs = {
        FINDINGS: {f.id: list(f.parents) for f in folder.findings},
        GROUPS: _group_graph(folder),
        "pictures.yaml": {
            p.id: [i for i, _ in leaves(p.when)] for p in folder.pictures
        },
    }
    for file, graph in graphs.items():
        for circle in _circles(graph):
            message = f"a circle: {' -> '.join([*circle, circle[0]])}"
            yield Issue(
                _place_of(folder, file, circle[0]), message, "remove one of the links"
            )


def _group_graph(folder: Folder) -> dict[str, list[str]]:
    graph = {group.id: list(group.parents) for group in folder.groups}
    for group in folder.groups:
        if group.derive and group.derive.when:
            graph[group.id] += [id_ for id_, _ in leaves(group.derive.when)]
    return graph


def _place_of(folder: Folder, file: str, id_: str) -> Place:
    return next((p for p, i in _vocabulary_ids(folder) if i == id_), Place(file))


def _circles(graph: dict[str, list[str]]) -> Iterator[list[str]]:
    done: set[str] = set()
    for start in graph:
        trail: list[str] = []
        node: str | None = start
        stack = [(start, iter(graph.get(start, ())))]
        if start in done:
            continue
        trail.append(start)
        while stack:
            node, children = stack[-1]
            child = next(children, None)
            if child is None:
                stack.pop()
                trail.pop()
                done.add(node)
            elif child in trail:
                yield trail[trail.index(child) :]
            elif child not in done:
                trail.append(child)
                stack.append((child, iter(graph.get(child, ()))))


def _one_direction(folder: Folder, names: Names) -> Iterator[Issue]:
    """INVARIANT: a finding or group acts on a mineral for or against it, never both.

    Reading the absence of a finding counts the other way round. A finding acts through
    its parents too, because observing it observes them.
    """
    if _circular(folder):
        return
    for mineral, rules in folder.rules.items():
        acts: dict[tuple[str, int], str] = {}
        for number, rule in enumerate(rules):
            sign = _sign(rule)
            if sign == 0:
                continue
            for id_, present in deep_leaves(rule.when, names):
                for touched in _with_descendants(folder, id_):
                    direction = sign if present else -sign
                    other = acts.get((touched, -direction))
                    if other:
                        place = folder.place(
                            f"{mineral}/rules.yaml", "rules", number, "when"
                        )
                        message = f"`{touched}` acts both for and against {mineral}: see `{other}`"
                        fix = "take it out of one of the two rules"
                        yield Issue(place, message, fix)
                    acts.setdefault((touched, direction), rule.id)


def _circular(folder: Folder) -> bool:
    graphs: list[dict[str, list[str]]] = [
        {f.id: list(f.parents) for f in folder.findings},
        _group_graph(folder),
        {p.id: [i for i, _ in leaves(p.when)] for p in folder.pictures},
    ]
    return any(True for graph in graphs for _ in _circles(graph))


def _sign(rule: RuleDocument) -> int:
    if rule.status == "deprecated" or rule.then.context or rule.then.against == "note":
        return 0
    return -1 if rule.then.against else 1


def _with_descendants(folder: Folder, id_: str) -> set[str]:
    """The id and everything that implies it."""
    implied_by: dict[str, list[str]] = {}
    for entry in [*folder.findings, *folder.groups]:
        for parent in entry.parents:
            implied_by.setdefault(parent, []).append(entry.id)
    found, waiting = set[str](), [id_]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += implied_by.get(name, [])
    return found


def _kinds_fit(folder: Folder, names: Names) -> Iterator[Issue]:
    """What a rule concludes fits what it reads."""
    context_only = {g.id for g in folder.groups if g.category == AGE_AND_SEX}
    context_only |= {stage.id for stage in folder.life_stages}
    for file, number, rule in _rules(folder):
        read = [id_ for id_, _ in deep_leaves(rule.when, names)]
        place = folder.place(file, "rules", number, "then")
        then = rule.then
        if then.risk and all(id_ in context_only for id_ in read):
            message = "age and sex alone are context, not a risk"
            yield Issue(place, message, "write `then: {context: raises}`")
        if then.context and any(id_ not in context_only for id_ in read):
            yield Issue(
                place, "context may read only age and sex", "write `risk:` instead"
            )
        if then.supports and any(id_ in names.groups for id_ in read):
            message = "a group cannot support like a finding"
            yield Issue(place, message, "write `risk:` or `combination:`")
        if then.combination and not _needs_finding(rule.when, names):
            message = "this combination can hold without any finding"
            yield Issue(place, message, "require a finding, or write `risk:`")
        if rule.ages and not then.supports:
            message = "`ages` judge a finding's strength; this rule has none"
            yield Issue(place, message, "put the life stage into `when`")


def _needs_finding(condition: Condition, names: Names) -> bool:
    """Whether the condition cannot hold on groups and bands alone."""
    findings_as_groups = Names(
        findings=names.groups,
        groups=names.findings,
        bands=names.bands,
        pictures=names.pictures,
    )
    return needs_group(condition, findings_as_groups)


def _levels_complete(folder: Folder, names: Names) -> Iterator[Issue]:
    """`levels.yaml` and `urgency.yaml` speak of every step of every scale."""
    levels = folder.levels
    asked: list[tuple[str, tuple[str, ...], Iterable[str]]] = [
        ("levels", LEVELS, [level.id for level in levels.levels]),
        ("points.findings", STRENGTHS, levels.points.findings),
        ("points.risk", WEIGHTS, levels.points.risk),
        ("points.combination", EFFECTS, levels.points.combination),
    ]
    for name, wanted, given in asked:
        for missing in [step for step in wanted if step not in set(given)]:
            place = folder.place("levels.yaml", *name.split("."))
            yield Issue(place, f"`{name}` says nothing of `{missing}`", "add it")
    for missing in [step for step in URGENCIES if step not in folder.urgency.sentences]:
        place = folder.place("urgency.yaml", "sentences")
        yield Issue(place, f"`sentences` says nothing of `{missing}`", "add it")
    for level in levels.levels:
        for step in (level.advice, level.advice_with_strong_risk or 0):
            if step >= len(levels.advice):
                place = folder.place("levels.yaml", "levels")
                fix = f"use 0 to {len(levels.advice) - 1}"
                yield Issue(place, f"`{level.id}` names the advice {step}", fix)


_CHECKS: Final[tuple[_Check, ...]] = (
    _ids_once,
    _known_conditions,
    _known_references,
    _mineral_files,
    _sources,
    _acyclic,
    _one_direction,
    _kinds_fit,
    _levels_complete,
)
