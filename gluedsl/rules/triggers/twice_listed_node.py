"""TR018 `twice-listed-node`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.graph.build import action_node, watched_nodes
from gluedsl.model import walk
from gluedsl.rules.duplicates import ambiguous_nodes
from gluedsl.rules.places import related
from gluedsl.rules.rule import Kind, Rule
from gluedsl.rules.wording import counted
from gluedsl.spelling.tables import JOB

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.graph import Node
    from gluedsl.model import Action, Path, Trigger
    from gluedsl.rules.rule import Context


def _starts(path: Path, trigger: Trigger) -> dict[Node, list[tuple[Path, Action]]]:
    """Return where each node is started; what the trigger waits for is CN010's."""
    watched = watched_nodes(trigger)
    starts: dict[Node, list[tuple[Path, Action]]] = {}
    for place, action in walk.actions(path, trigger):
        if (node := action_node(action)) is not None and node not in watched:
            starts.setdefault(node, []).append((place, action))
    return starts


class TwiceListedNode(Rule):
    """A trigger starts one job or crawler twice.

    ## What it does

    Reports jobs that stand twice in one trigger, unless they allow as many runs at once
    and are given different arguments. For a crawler it is an error.

    ## Why is this bad

    Both runs begin at the same moment. A job that allows one run at a time fails the second;
    with the same arguments, its work is done twice. A crawler that runs cannot be started again.

    ## Example

    ```python
    from gluedsl import PythonShellJob, Trigger, Workflow

    sales = Workflow("sales", role="GlueJobRole")
    load = sales.add(PythonShellJob("load", script="s3://scripts/load.py"))
    publish = PythonShellJob("publish", script="s3://scripts/publish.py")
    sales.add(Trigger("sales-publish", when=load, start=[publish, publish]))
    ```

    ## Use instead

    ```python
    from gluedsl import PythonShellJob, Trigger, Workflow

    sales = Workflow("sales", role="GlueJobRole")
    load = sales.add(PythonShellJob("load", script="s3://scripts/load.py"))
    publish = PythonShellJob("publish", script="s3://scripts/publish.py", max_concurrent_runs=2)
    regions = [publish.with_arguments({"--region": region}) for region in ("eu", "us")]
    sales.add(Trigger("sales-publish", when=load, start=regions))
    ```
    """

    code = "TR018"
    name = "twice-listed-node"
    kind = Kind.LINT
    severity = Severity.WARNING
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/dg/job-run-statuses.html"
    also = ("AC015",)

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each node that one trigger starts more often than it can run; two of one name are JB001's to say."""
        jobs = {job.name: job for job in context.project.jobs}
        ambiguous = ambiguous_nodes(context.project)
        for path, _, trigger in walk.triggers(context.project):
            for node, places in _starts(path, trigger).items():
                if node in ambiguous:
                    continue
                allowed = (jobs[node.name].max_concurrent_runs or 1) if node.name in jobs else len(places)
                differ = len({tuple(sorted(action.arguments.items())) for _, action in places}) == len(places)
                if len(places) == 1 or (node.type == "JOB" and differ and allowed >= len(places)):
                    continue
                is_crawler = node.type == "CRAWLER"
                at_once = f", which allows {counted(allowed, 'run')} at once" if not is_crawler and differ else ""
                yield self.finding(
                    f"trigger `{trigger.name}` starts {node} {len(places)} times{at_once}",
                    context.span(*places[1][0]),
                    related=related((context.span(*places[0][0]), "started here first")),
                    help=("start it once",)
                    if not at_once
                    else (f"give it {context.words.field(JOB, 'max_concurrent_runs', len(places))}",),
                    severity=Severity.ERROR if is_crawler else None,
                )
