"""What names mean in the account of a test: those of Glue, and the shorter ones of flows.

Comes in: names and declared objects, as authors of tests write them. Goes out: what the account has, or a refusal that
says what there is. Looking here lets nothing happen.
"""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any

from gluedsl.dsl.outcomes import CrawlerNode, JobNode
from gluedsl.dsl.workflow import Workflow as DeclaredWorkflow
from gluedsl.errors import UsageError
from gluedsl.graph import Node
from gluedsl.graph.named import named_among

if TYPE_CHECKING:
    from collections.abc import Callable

    from gluedsl.graph import NodeType
    from gluedsl.local.service.glue import GlueService
    from gluedsl.testing.flows import NodeName
    from gluedsl.testing.stepping import SteppedWork

WorkflowName = str | DeclaredWorkflow[Any]
"""A workflow: itself, or its name in Glue."""


class AccountNames:
    """The names of one account; empty before there is one."""

    def __init__(self, service: Callable[[], GlueService], work: Callable[[], SteppedWork | None]) -> None:
        self._service = service
        self._work = work
        self.prefixes: dict[str, None] = {"": None}
        """Of the stages that were deployed, the last one last."""

    def resolved(self, given: NodeName) -> Node | None:
        """Return the job or crawler that is meant; None: nothing is defined yet.

        Raises:
            UsageError: something is defined, and nothing of that name.
        """
        jobs, crawlers = self._all("ListJobs", "JobNames"), self._all("ListCrawlers", "CrawlerNames")
        nodes = [Node("JOB", name) for name in jobs] + [Node("CRAWLER", name) for name in crawlers]
        if not nodes:
            return None
        if isinstance(given, JobNode | CrawlerNode):
            kind: NodeType = "JOB" if isinstance(given, JobNode) else "CRAWLER"
            nodes = [node for node in nodes if node.type == kind]
            for prefix in reversed(self.prefixes):
                if (found := Node(kind, f"{prefix}{given.name}")) in nodes:
                    return found
        return named_among(
            nodes,
            given if isinstance(given, str) else str(given.name),
            workflows=self.workflows(),
            place="the account",
            what="job or crawler",
            prefix=next(reversed(self.prefixes)),
        )

    def workflow(self, given: WorkflowName | None) -> str:
        """Return the name of the workflow that is meant; None means the only one.

        Raises:
            UsageError: there is none of that name, or more than one.
        """
        names = self.workflows()
        wanted = given.name if isinstance(given, DeclaredWorkflow) else given
        for prefix in reversed(self.prefixes):
            if wanted is not None and f"{prefix}{wanted}" in names:
                return f"{prefix}{wanted}"
        listed = ", ".join(f"`{name}`" for name in names) or "none"
        if wanted is None and len(names) == 1:
            return names[0]
        if wanted is None:
            message = f"there are {len(names)} workflows: {listed}" if names else "there is no workflow"
            raise UsageError(message, hint="name one" if names else "deploy one first: glue.deploy(flow)")
        near = difflib.get_close_matches(wanted, names, n=1)
        message = f"there is no workflow `{wanted}`"
        raise UsageError(message, hint=f"did you mean `{near[0]}`?" if near else f"there is {listed}")

    def workflows(self) -> list[str]:
        """Return the names of all workflows."""
        return self._all("ListWorkflows", "Workflows")

    def _all(self, operation: str, member: str) -> list[str]:
        work = self._work()
        if work is None:
            return []
        names: list[str] = []
        page: dict[str, Any] = {}
        with work.held():
            while True:
                answer = self._service().handle(operation, page)
                names += answer[member]
                if "NextToken" not in answer:
                    return names
                page = {"NextToken": answer["NextToken"]}
