"""How far a deployment reaches: which workflows that no flow names any more are its own to delete.

Several flow files share one project. Deploying one of them must not take away what another one made. So every
workflow is tagged with the flow file that it was deployed from, and a deployment deletes a whole workflow only if that
file is one that the deployment covers, by its path. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from gluedsl.deploy.ownership import FLOW, tag_value

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What one command covers, in paths below the folder of the project, with forward slashes."""

    covers: str | None = None
    """A flow file, or a folder of them ("." is the project's own); None: only the workflows at hand."""
    flows: Mapping[str, str] = field(default_factory=dict)
    """By workflow: its flow file."""

    def tags(self, workflow: str) -> dict[str, str]:
        """Return the tag that says where a workflow is from."""
        flow = self.flows.get(workflow)
        return {} if flow is None else {FLOW: tag_value(flow)}

    def reaches(self, tags: Mapping[str, str]) -> bool:
        """Whether a workflow of ours with these tags, which no flow names, is this deployment's to delete."""
        flow = tags.get(FLOW)
        if self.covers is None or not flow:
            return False
        if flow in {tag_value(self.covers), *(tag_value(each) for each in self.flows.values())}:
            return True
        return not flow.startswith("../") and PurePosixPath(flow).is_relative_to(self.covers)
