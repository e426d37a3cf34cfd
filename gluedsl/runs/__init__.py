"""What is known of one workflow run: one vocabulary for the engine, the watcher of a real run, and every view."""

from gluedsl.runs.snapshot import ActionRun, NodeRuns, Outcome, RunSnapshot, Statistics, TriggerFiring

__all__ = ["ActionRun", "NodeRuns", "Outcome", "RunSnapshot", "Statistics", "TriggerFiring"]
