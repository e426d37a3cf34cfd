"""Runs of workflows, through boto3.

Comes in: names, ids of runs and of nodes. Goes out: snapshots of runs, newest first, in pages as large as Glue gives
them. It decides nothing, and waits for nothing but boto3's own retries.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gluedsl import spelling
from gluedsl.deploy.gateway.connection import Connection
from gluedsl.graph import Node

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gluedsl.runs import RunSnapshot

_WITH_GRAPH = 10
"""Runs in one answer, each with its graph; Glue's limit of an answer's size is not documented."""
_NAMES = 25
"""Names in one answer: https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-workflow.html, ListWorkflows."""


def connect_to_runs(*, region: str | None = None) -> Runs:
    """Reach an account the way boto3 does; whoever answers is asked whose account it is, so that errors show early."""
    connection = Connection(profile=None, region=region, endpoint_url=None)
    connection.identity  # noqa: B018 -- asking is the point
    return Runs(connection)


class Runs:
    """The runs of one account in one region."""

    def __init__(self, connection: Connection) -> None:
        """Work over a connection."""
        self._connection = connection

    def workflow_names(self) -> Iterator[str]:
        """Yield the names of all workflows, a page at a time."""
        more: dict[str, Any] = {}
        while True:
            with self._connection.translated("glue"):
                answer = self._connection.glue.list_workflows(MaxResults=_NAMES, **more)
            yield from answer.get("Workflows", [])
            if not answer.get("NextToken"):
                return
            more = {"NextToken": answer["NextToken"]}

    def run(self, workflow: str, run_id: str) -> RunSnapshot:
        """Return a run with its graph."""
        return spelling.snapshot_from_api(self._get(workflow, run_id))

    def runs(self, workflow: str) -> Iterator[RunSnapshot]:
        """Yield the runs of a workflow with their graphs, the newest first, a page at a time."""
        more: dict[str, Any] = {}
        while True:
            with self._connection.translated("glue"):
                answer = self._connection.glue.get_workflow_runs(
                    Name=workflow, IncludeGraph=True, MaxResults=_WITH_GRAPH, **more
                )
            yield from (spelling.snapshot_from_api(run) for run in answer.get("Runs", []))
            if not answer.get("NextToken"):
                return
            more = {"NextToken": answer["NextToken"]}

    def node_ids(self, workflow: str, run_id: str) -> Mapping[Node, str]:
        """Return what Glue calls the nodes of a run's graph."""
        nodes: Sequence[Any] = self._get(workflow, run_id).get("Graph", {}).get("Nodes", [])
        return {Node(node["Type"], node["Name"]): node["UniqueId"] for node in nodes}

    def start_run(self, workflow: str, properties: Mapping[str, str]) -> str:
        """Start a run and return its id. It is asked for once: asked again, Glue would start another."""
        with self._connection.translated("glue"):
            return self._connection.glue_once.start_workflow_run(Name=workflow, RunProperties=properties)["RunId"]

    def stop_run(self, workflow: str, run_id: str) -> None:
        """Stop a run; takes effect later."""
        with self._connection.translated("glue"):
            self._connection.glue.stop_workflow_run(Name=workflow, RunId=run_id)

    def resume_run(self, workflow: str, run_id: str, node_ids: Sequence[str]) -> tuple[str, Sequence[str]]:
        """Resume a run from some of its nodes; return the id of the new run, and the nodes that start again.

        It is asked for once: asked again, Glue would resume it once more.
        """
        with self._connection.translated("glue"):
            answer = self._connection.glue_once.resume_workflow_run(Name=workflow, RunId=run_id, NodeIds=list(node_ids))
        return answer["RunId"], answer.get("NodeIds", [])

    def _get(self, workflow: str, run_id: str) -> Any:
        with self._connection.translated("glue"):
            return self._connection.glue.get_workflow_run(Name=workflow, RunId=run_id, IncludeGraph=True)["Run"]
