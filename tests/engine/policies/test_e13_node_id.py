"""Policy `node_id`: the `UniqueId` of a node in the graphs that Glue answers with.

How Glue makes it is not documented. The only policy without a choice: whoever keeps an id counts on what is held here.
"""

from __future__ import annotations

import re

from gluedsl.engine import snapshot
from gluedsl.graph import Node
from gluedsl.spelling import graph_to_api, node_unique_id, snapshot_to_api
from tests.support.engine import Play, ends, start_trigger, when_all, workflow

FLOW = workflow(start_trigger("load", "crawl"), when_all("both", ends("load"), ends("crawl"), then=("report",)))
ACCOUNT, REGION = "123456789012", "us-east-1"


def ids(graph: dict[str, list[dict[str, str]]]) -> dict[str, str]:
    """Return the ids of a graph's nodes by their names."""
    return {node["Name"]: node["UniqueId"] for node in graph["Nodes"]}


def test_it_looks_as_glue_writes_it() -> None:
    """`wnode_` and 64 hexadecimal digits.

    https://docs.aws.amazon.com/glue/latest/dg/resuming-workflow.html shows some.
    """
    found = ids(graph_to_api(FLOW, account=ACCOUNT, region=REGION))

    assert set(found) == {"start", "both", "load", "crawl", "report"}
    assert len(set(found.values())) == 5
    assert all(re.fullmatch(r"wnode_[0-9a-f]{64}", each) for each in found.values())


def test_it_is_the_same_in_the_design_and_in_every_run() -> None:
    """So that a node that is resumed can be named by what the design says."""
    first = Play(FLOW)
    for name in ("load", "crawl", "report"):
        first.end(name)
    second = first.resume("report")

    design = ids(graph_to_api(FLOW, account=ACCOUNT, region=REGION))

    for run in (first, second):
        answer = snapshot_to_api(snapshot(run.state), include_graph=True, account=ACCOUNT, region=REGION)
        assert ids(answer["Graph"]) == design


def test_it_follows_from_where_the_node_is() -> None:
    """Account, region, workflow, type and name, and nothing else, on every machine."""
    here = node_unique_id("123456789012", "us-east-1", "nightly", Node("JOB", "load"))

    assert here == "wnode_7fbedd10af5bbce4324884311c94c93ec881c17e51ca1496d171eb2ce67033d7"
    others = {
        node_unique_id("123456789013", "us-east-1", "nightly", Node("JOB", "load")),
        node_unique_id("123456789012", "eu-west-1", "nightly", Node("JOB", "load")),
        node_unique_id("123456789012", "us-east-1", "hourly", Node("JOB", "load")),
        node_unique_id("123456789012", "us-east-1", "nightly", Node("CRAWLER", "load")),
        node_unique_id("123456789012", "us-east-1", "nightly", Node("JOB", "store")),
    }
    assert len(others | {here}) == 6
