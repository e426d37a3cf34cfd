"""CN012 `impossible-join`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.graph.algorithms import startable
from gluedsl.graph.build import condition_node, started_nodes, watched_nodes
from gluedsl.model import walk
from gluedsl.rules.conditions.ends import awaited_end
from gluedsl.rules.duplicates import ambiguous_nodes, has_ambiguous_triggers
from gluedsl.rules.graph.blockage import can_fire
from gluedsl.rules.graph.exclusion import Necessity, branching, leading_to
from gluedsl.rules.places import related
from gluedsl.rules.rule import Kind, Rule

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.graph import Node
    from gluedsl.model import Trigger
    from gluedsl.rules.rule import Context


def _fires(trigger: Trigger, possible: Collection[Node]) -> bool:
    return trigger.is_start or (trigger.enabled and can_fire(trigger, possible))


def _joins(trigger: Trigger) -> bool:
    """Whether a trigger waits for all of several nodes, each in one state; more states are CN011's."""
    if trigger.is_start or trigger.predicate is None or trigger.predicate.logical != "AND":
        return False
    ends = {(condition_node(one), one.state or one.crawl_state) for one in trigger.predicate.conditions}
    return len(ends) > 1 and len({node for node, _ in ends}) == len(ends)


def _ended_wrongly(triggers: Iterable[Trigger]) -> frozenset[Node]:
    """Return the nodes for which something waits that is no end of theirs: what was meant is not known."""
    conditions = (one for trigger in triggers if trigger.predicate for one in trigger.predicate.conditions)
    nodes = (condition_node(one) for one in conditions if awaited_end(one) is None)
    return frozenset(node for node in nodes if node is not None)


def _is_explained(trigger: Trigger, firing: Mapping[int, Trigger], necessity: Necessity) -> bool:
    """Whether what a trigger waits for can itself not start, for the same reason, and is told there."""
    for node in watched_nodes(trigger):
        starters = [index for index, one in firing.items() if node in started_nodes(one)]
        if starters and all(necessity.contradiction(index) is not None for index in starters):
            return True
    return False


class ImpossibleJoin(Rule):
    """A trigger waits for branches of which only one can run.

    ## What it does

    Reports triggers that wait for all of several nodes, where these follow from different ends of one run:
    one branch runs when a job succeeds, the other when it fails.

    ## Why is this bad

    In every run one of the two branches does not start, so that the trigger never fires.

    ## Example

    ```python
    from gluedsl import Workflow, all_of

    sales = Workflow("sales", role="GlueJobRole")


    @sales.python_shell_job
    def load(run): ...


    @sales.python_shell_job(after=load.failed)
    def clean_up(run): ...


    @sales.python_shell_job(after=all_of(load, clean_up))
    def publish(run): ...
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow, any_of

    sales = Workflow("sales", role="GlueJobRole")


    @sales.python_shell_job
    def load(run): ...


    @sales.python_shell_job(after=load.failed)
    def clean_up(run): ...


    @sales.python_shell_job(after=any_of(load, clean_up))
    def publish(run): ...
    ```
    """

    code = "CN012"
    name = "impossible-join"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/webapi/API_Predicate.html"
    also = ("GR012",)

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each trigger that needs two ends of one node, in a way that only the graph shows."""
        ambiguous = ambiguous_nodes(context.project)
        for path, workflow in walk.workflows(context.project):
            if has_ambiguous_triggers(workflow) or not branching(workflow.triggers):
                continue
            possible = context.once(startable, workflow)
            firing = {index: one for index, one in enumerate(workflow.triggers) if _fires(one, possible)}
            joins = {index: trigger for index, trigger in firing.items() if _joins(trigger)}
            before = leading_to(firing, joins)
            if not branching(before.values()):
                continue
            necessity = Necessity.of(before, possible, vague=ambiguous | _ended_wrongly(before.values()))
            for index, trigger in joins.items():
                node = necessity.contradiction(index)
                if node is None or _is_explained(trigger, before, necessity):
                    continue
                first, *others = [place for place, _ in walk.conditions((*path, "triggers", index), trigger)]
                yield self.finding(
                    f"trigger `{trigger.name}` can never fire: what it waits for needs different ends of {node}",
                    context.span(*first),
                    related=related(*((context.span(*place), "and waits for this") for place in others)),
                    help=(f"wait for any of the branches: {context.words.any_of_them()}",),
                )
