"""Rules about what triggers start, and with what: AC001, AC005, AC007."""

from __future__ import annotations

import pytest

from gluedsl.model import Action
from tests.support.rules import action, after, job, project, says, start, told

LOAD = start("sales-start", "job load")


def test_action_of_a_job_and_a_crawler_is_refused() -> None:
    """Both names are told."""
    both = Action(job_name="load", crawler_name="catalog")

    assert told(project(start("sales-start", "job load", both))) == says("""
        AC001 error at workflows.0.triggers.0.actions.1
          an action of trigger `sales-start` names both job `load` and crawler `catalog`
          help: give each job and each crawler an action of its own
    """)


@pytest.mark.parametrize("empty", [Action(), Action(job_name="")])
def test_action_of_nothing_is_refused(empty: Action) -> None:
    """It is not said as well that the trigger starts nothing."""
    assert told(project(start("sales-start", empty))) == says("""
        AC001 error at workflows.0.triggers.0.actions.0
          an action of trigger `sales-start` names neither a job nor a crawler
          help: give each job and each crawler an action of its own
    """)


def test_argument_without_dashes_is_doubtful() -> None:
    """In an action, and in both kinds of a job's own arguments."""
    load = job("load", default_arguments={"--a": "1", "b": "2"}, non_overridable_arguments={"-c": "3"})
    starts = start("sales-start", action("job load", arguments={"d": "4", "--e": "5"}))

    assert told(project(starts, load)) == says("""
        AC005 warning at workflows.0.triggers.0.actions.0.arguments.d
          argument `d` of job `load` in trigger `sales-start` lacks its leading `--`, so no script finds it
          help: write `--d`
        AC005 warning at jobs.0.default_arguments.b
          argument `b` of job `load` lacks its leading `--`, so no script finds it
          help: write `--b`
        AC005 warning at jobs.0.non_overridable_arguments.-c
          argument `-c` of job `load` lacks its leading `--`, so no script finds it
          help: write `--c`
    """)


@pytest.mark.parametrize("key", ["--debug", "--mode", "--JOB_NAME", "--endpoint"])
def test_argument_that_glue_keeps_for_itself_is_refused(key: str) -> None:
    """At the key."""
    publish = after("sales-after-load", ["job load"], action("job publish", arguments={"--x": "1", key: "2"}))

    assert told(project(LOAD, publish)) == says(f"""
        AC007 error at workflows.0.triggers.1.actions.0.arguments.{key}
          trigger `sales-after-load` gives job `publish` argument `{key}`, which Glue keeps for itself
          help: give the argument another name
    """)


@pytest.mark.parametrize("key", ["--job_name", "--modes", "--DEBUG"])
def test_argument_like_a_reserved_one_is_allowed(key: str) -> None:
    """Names are told apart by every character."""
    assert told(project(start("sales-start", action("job load", arguments={key: "1"})))) == ""
