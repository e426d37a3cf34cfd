"""A workflow as the graph that Glue draws: triggers, jobs and crawlers, and what starts and watches what."""

from gluedsl.graph.algorithms import cycles, started_when_all_succeed
from gluedsl.graph.build import Edge, Node, NodeType, WorkflowGraph

__all__ = ["Edge", "Node", "NodeType", "WorkflowGraph", "cycles", "started_when_all_succeed"]
