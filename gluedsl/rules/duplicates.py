"""Names that are given twice, where Glue and the rest of gluedsl tell things apart by name."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from gluedsl.graph import Node

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gluedsl.model import Path, Project, Workflow


def repeated(named: Iterable[tuple[Path, str]]) -> Iterator[tuple[Path, Path, str]]:
    """Yield each later use of a name, after the path of its first use."""
    first: dict[str, Path] = {}
    for path, name in named:
        if name in first:
            yield first[name], path, name
        else:
            first[name] = path


def derives_from_repeated_workflow(name: str, project: Project) -> bool:
    """Whether a name begins with that of two workflows, as derived names do: its own repetition follows from theirs."""
    return any(name.startswith(f"{workflow}-") for workflow in _twice(w.name for w in project.workflows))


def ambiguous_nodes(project: Project) -> frozenset[Node]:
    """Return the jobs and crawlers of which the project has two."""
    jobs = {Node("JOB", name) for name in _twice(job.name for job in project.jobs)}
    return frozenset(jobs | {Node("CRAWLER", name) for name in _twice(crawler.name for crawler in project.crawlers)})


def has_ambiguous_triggers(workflow: Workflow) -> bool:
    """Whether two triggers of the workflow have one name, so that its graph cannot tell them apart."""
    return bool(_twice(trigger.name for trigger in workflow.triggers))


def _twice(names: Iterable[str]) -> set[str]:
    return {name for name, count in Counter(names).items() if count > 1}
