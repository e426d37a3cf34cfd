"""GR004 `twice-started-node`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.graph import Node
from gluedsl.graph.algorithms import loops, startable
from gluedsl.graph.build import action_node
from gluedsl.model import walk
from gluedsl.rules.duplicates import ambiguous_nodes
from gluedsl.rules.graph.blockage import can_fire
from gluedsl.rules.graph.exclusion import Necessity, leading_to
from gluedsl.rules.places import related
from gluedsl.rules.rule import Kind, Rule

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.model import Path, Trigger, Workflow
    from gluedsl.rules.rule import Context

_JOB_NOTE = "a job runs once at a time unless it allows more, so the second run may fail"
_CRAWLER_NOTE = "a crawler that runs cannot be started again"


def _fires(trigger: Trigger, possible: Collection[Node]) -> bool:
    return trigger.is_start or (trigger.enabled and can_fire(trigger, possible))


def _starts(path: Path, firing: Mapping[int, Trigger]) -> dict[Node, dict[int, Path]]:
    """Return, by node, the triggers that start it, each with its first action that does."""
    starts: dict[Node, dict[int, Path]] = {}
    for index, trigger in firing.items():
        for place, action in walk.actions((*path, "triggers", index), trigger):
            if (node := action_node(action)) is not None:
                starts.setdefault(node, {}).setdefault(index, place)
    return starts


class TwiceStartedNode(Rule):
    """One run can start a job or crawler twice.

    ## What it does

    Reports jobs and crawlers that two triggers start, unless the two can never fire in one run
    since they need different ends of the same node. For a crawler it is an error.

    ## Why is this bad

    Each trigger that fires starts the node anew.
    A job runs once at a time unless it allows more, so the second run fails if the first has not ended;
    with more allowed, its work is done twice. A crawler that runs cannot be started again at all.

    ## Example

    ```python
    from gluedsl import Trigger, Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.python_shell_job
    def load_orders(run): ...


    @sales.python_shell_job
    def load_customers(run): ...


    @sales.python_shell_job
    def publish(run): ...


    sales.add(Trigger("sales-after-orders", when=load_orders, start=[publish]))
    sales.add(Trigger("sales-after-customers", when=load_customers, start=[publish]))
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow, all_of

    sales = Workflow("sales", role="GlueJobRole")


    @sales.python_shell_job
    def load_orders(run): ...


    @sales.python_shell_job
    def load_customers(run): ...


    @sales.python_shell_job(after=all_of(load_orders, load_customers))
    def publish(run): ...
    ```
    """

    code = "GR004"
    name = "twice-started-node"
    kind = Kind.LINT
    severity = Severity.WARNING
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/dg/job-run-statuses.html"
    also = ("CR022", "GR005", "GR011", "JB042")

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each node with two triggers that can both start it in one run."""
        ambiguous = ambiguous_nodes(context.project)
        for (path, workflow), graph in zip(walk.workflows(context.project), context.graphs, strict=True):
            possible = context.once(startable, workflow)
            firing = {index: one for index, one in enumerate(workflow.triggers) if _fires(one, possible)}
            starts = _starts(path, firing)
            if all(len(places) == 1 for places in starts.values()):
                continue
            several = {index for places in starts.values() if len(places) > 1 for index in places}
            necessity = Necessity.of(leading_to(firing, several), possible)
            circles = loops(graph)
            for node, places in starts.items():
                if len(places) > 1 and node not in ambiguous:
                    # A trigger that waits for the node itself is part of a circle (GR002, CN010).
                    own = circles.get(node)
                    triggers = [
                        index
                        for index in places
                        if own is None or circles.get(Node("TRIGGER", workflow.triggers[index].name)) != own
                    ]
                    yield from self._node(context, workflow, node, places, necessity.pairs(triggers))

    def _node(
        self,
        context: Context,
        workflow: Workflow,
        node: Node,
        places: dict[int, Path],
        pairs: Iterable[tuple[int, int]],
    ) -> Iterator[Diagnostic]:
        for one, other in pairs:
            first, second = workflow.triggers[one], workflow.triggers[other]
            # Two start triggers are a mistake by themselves (WF006).
            if first.is_start and second.is_start:
                continue
            is_crawler = node.type == "CRAWLER"
            yield self.finding(
                f"{node} is started by triggers `{first.name}` and `{second.name}`, and one run can fire both",
                context.span(*places[other]),
                label="started here as well",
                related=related((context.span(*places[one]), f"trigger `{first.name}` starts it here")),
                notes=(_CRAWLER_NOTE if is_crawler else _JOB_NOTE,),
                help=("start it from one trigger that waits for all of it, or for any of it",),
                severity=Severity.ERROR if is_crawler else None,
            )
            return
