"""Rules about what the API's own model says: WF001, WF003, TR001, TR027, RP001, JB001, JB033, JB034, TG001, TL009."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from gluedsl.model import Action, ExistingJob
from gluedsl.rules.limits.owners import GENERIC, OWNERS
from gluedsl.rules.registry import all_rules
from gluedsl.spelling.shapes import api_inputs, api_shapes
from tests.support.rules import crawler, job, project, says, start, told, workflow

if TYPE_CHECKING:
    from gluedsl.model import Project


LOAD = start("sales-start", "job load")
LONG = "x" * 256
SHOWN = f"{'x' * 57}..."
"""What messages show of a name that is too long."""
SHOWN_ACCENTS = f"{'é' * 57}..."


def loading(**settings: Any) -> Project:
    """Return a project of one Python shell job."""
    return project(LOAD, job("load", **settings))


def flow(**settings: Any) -> Project:
    """Return a project of one workflow."""
    return project(workflow(LOAD, **settings))


def test_name_has_255_bytes_at_most() -> None:
    """Characters are told where they are fewer."""
    assert told(flow(name="x" * 256)) == says(f"""
        WF001 error at workflows.0.name
          `name` of workflow `{SHOWN}` has 256 bytes, and Glue allows 1 to 255
    """)
    assert told(flow(name="é" * 128)) == says(f"""
        WF001 error at workflows.0.name
          `name` of workflow `{SHOWN_ACCENTS}` has 256 bytes in 128 characters, and Glue allows 1 to 255 bytes
    """)


@pytest.mark.parametrize(
    "of",
    [
        flow(name="x" * 255),
        flow(name="é" * 127),
        flow(name="sales 夜\t\U0001f600"),
    ],
)
def test_name_of_255_bytes_is_allowed(of: Project) -> None:
    """Of any characters on one line."""
    assert told(of) == ""


def test_name_stands_on_one_line() -> None:
    """And is something."""
    assert told(flow(name="nightly\nsales")) == says("""
        WF001 error at workflows.0.name
          `name` of workflow `nightly\\nsales` has the character U+000A, which Glue does not allow in it
    """)
    assert told(flow(name="")) == says("""
        WF001 error at workflows.0.name
          `name` of workflow `` is empty
    """)


def test_names_derived_from_an_overlong_one_are_not_told_again() -> None:
    """They follow from the workflow's."""
    assert told(project(workflow(start(f"{LONG}-start", f"job {LONG}-load"), name=LONG))) == says(f"""
        WF001 error at workflows.0.name
          `name` of workflow `{SHOWN}` has 256 bytes, and Glue allows 1 to 255
    """)


def test_trigger_has_a_name_that_glue_takes() -> None:
    """As a workflow has."""
    assert told(project(start("", "job load"))) == says("""
        TR001 error at workflows.0.triggers.0.name
          `name` of trigger `` is empty
    """)
    assert told(project(start("sales\x7f\x00", "job load"))) == says("""
        TR001 error at workflows.0.triggers.0.name
          `name` of trigger `sales\\x7f\\x00` has the character U+0000, which Glue does not allow in it
    """)


def test_job_has_a_name_that_glue_takes() -> None:
    """It is told once, where the job is defined."""
    assert told(project(start("sales-start", "job " + "x" * 256))) == says(f"""
        JB001 error at jobs.0.name
          `name` of job `{SHOWN}` has 256 bytes, and Glue allows 1 to 255
    """)


def test_job_of_somebody_else_has_a_name_that_glue_takes() -> None:
    """Where it is started."""
    assert told(
        project(start("sales-start", Action(job_name="x" * 256)), existing_jobs=(ExistingJob(name="x" * 256),))
    ) == says("""
        TL009 error at workflows.0.triggers.0.actions.0.job_name
          `job_name` of trigger `sales-start` has 256 bytes, and Glue allows 1 to 255
    """)


def test_descriptions_have_limits() -> None:
    """A workflow's is longer than others."""
    assert told(flow(description="x" * 120_001)) == says("""
        WF003 error at workflows.0.description
          `description` of workflow `sales` has 120,001 bytes, and Glue allows 120,000 at most
    """)
    assert told(loading(description="x" * 2_049)) == says("""
        WF003 error at jobs.0.description
          `description` of job `load` has 2,049 bytes, and Glue allows 2,048 at most
    """)
    assert told(project(start("sales-start", "job load", description="x" * 2_049))) == says("""
        TR027 error at workflows.0.triggers.0.description
          `description` of trigger `sales-start` has 2,049 bytes, and Glue allows 2,048 at most
    """)


@pytest.mark.parametrize(
    "of",
    [
        flow(description="x" * 119_999 + "\n"),
        loading(description="x" * 2_047 + "\n"),
        project(start("sales-start", "job load", description="x" * 2_047 + "\n")),
    ],
)
def test_longest_descriptions_are_allowed(of: Project) -> None:
    """Of several lines."""
    assert told(of) == ""


def test_run_property_has_a_name() -> None:
    """Of 255 bytes at most."""
    assert told(flow(default_run_properties={"": "1", "x" * 256: "2"})) == says(f"""
        RP001 error at workflows.0.default_run_properties.
          a key of `default_run_properties` of workflow `sales` is empty
        RP001 error at workflows.0.default_run_properties.{"x" * 256}
          a key of `default_run_properties` of workflow `sales` has 256 bytes, and Glue allows 1 to 255
    """)


def test_source_control_is_one_that_glue_knows() -> None:
    """All that is wrong inside is told."""
    assert told(loading(extra={"SourceControlDetails": {"Provider": "SVN", "Branch": "", "Brunch": ""}})) == says("""
        JB033 error at jobs.0.extra.SourceControlDetails.Provider
          `Provider` of job `load` is `SVN`, which Glue does not have
          help: Glue has `GITHUB`, `GITLAB`, `BITBUCKET` or `AWS_CODE_COMMIT`
        JB033 error at jobs.0.extra.SourceControlDetails.Branch
          `Branch` of job `load` is empty
        JB033 error at jobs.0.extra.SourceControlDetails.Brunch
          `SourceControlDetails` of job `load` has `Brunch`, which is no member of it
          help: did you mean `Branch`?
    """)


def test_job_has_a_thousand_connections_at_most() -> None:
    """The number is told."""
    assert told(loading(connections=("warehouse",) * 1_001)) == says("""
        JB034 error at jobs.0.connections
          `connections` of job `load` has 1,001 entries, and Glue allows 1,000 at most
    """)


def test_tags_have_limits() -> None:
    """In number, in keys and in values; a key of AWS's own is refused."""
    assert told(loading(tags={"": "x" * 257, "aws:team": "a"})) == says("""
        TG001 error at jobs.0.tags.
          `tags` at key `` of job `load` has 257 bytes, and Glue allows 256 at most
        TG001 error at jobs.0.tags.
          a key of `tags` of job `load` is empty
        TG001 error at jobs.0.tags.aws:team
          tag `aws:team` of job `load` begins with `aws:`, which AWS keeps for itself
          help: give the tag another key
    """)
    assert told(flow(tags={f"key-{number}": "" for number in range(51)})) == says("""
        TG001 error at workflows.0.tags
          `tags` of workflow `sales` has 51 entries, and Glue allows 50 at most
    """)
    assert told(project(start("sales-start", "job load", tags={"AWS:x": ""}))) == says("""
        TG001 error at workflows.0.triggers.0.tags.AWS:x
          tag `AWS:x` of trigger `sales-start` begins with `aws:`, which AWS keeps for itself
          help: give the tag another key
    """)
    assert told(project(start("sales-start", "crawler catalog"), crawler("catalog", tags={"x" * 129: ""}))) == says(f"""
        TG001 error at crawlers.0.tags.{"x" * 129}
          a key of `tags` of crawler `catalog` has 129 bytes, and Glue allows 1 to 128
    """)


@pytest.mark.parametrize(
    "of",
    [
        flow(tags={f"key-{number}": "" for number in range(50)}),
        loading(tags={"x" * 128: "y" * 256, "awsome": ""}),
    ],
)
def test_fifty_tags_are_allowed(of: Project) -> None:
    """With the longest keys and values."""
    assert told(of) == ""


def test_value_of_another_type_is_refused() -> None:
    """Wherever it stands."""
    assert told(loading(max_retries="2")) == says("""
        TL009 error at jobs.0.max_retries
          `max_retries` of job `load` is of type `str`, and Glue takes a whole number
    """)
    assert told(loading(timeout_minutes=True)) == says("""
        TL009 error at jobs.0.timeout_minutes
          `timeout_minutes` of job `load` is of type `bool`, and Glue takes a whole number
    """)
    assert told(loading(job_run_queuing_enabled="yes")) == says("""
        TL009 error at jobs.0.job_run_queuing_enabled
          `job_run_queuing_enabled` of job `load` is of type `str`, and Glue takes true or false
    """)
    assert told(loading(extra={"CodeGenConfigurationNodes": []})) == says("""
        TL009 error at jobs.0.extra.CodeGenConfigurationNodes
          `CodeGenConfigurationNodes` of job `load` is of type `list`, and Glue takes a mapping
    """)


def test_member_inside_of_extra_is_looked_at() -> None:
    """One that is missing, one that is unknown, one that is no choice."""
    assert told(
        project(
            start("sales-start", "crawler catalog"),
            crawler("catalog", extra={"LineageConfiguration": {"CrawlerLineageSettings": "ON", "CrawlerLineage": 1}}),
        )
    ) == says("""
        TL009 error at crawlers.0.extra.LineageConfiguration.CrawlerLineageSettings
          `CrawlerLineageSettings` of crawler `catalog` is `ON`, which Glue does not have
          help: Glue has `ENABLE` or `DISABLE`
        TL009 error at crawlers.0.extra.LineageConfiguration.CrawlerLineage
          `LineageConfiguration` of crawler `catalog` has `CrawlerLineage`, which is no member of it
          help: did you mean `CrawlerLineageSettings`?
    """)
    assert told(loading(extra={"CodeGenConfigurationNodes": {"node-1": {"ApplyMapping": {"Name": "map"}}}})) == says("""
        TL009 error at jobs.0.extra.CodeGenConfigurationNodes.node-1.ApplyMapping
          `ApplyMapping` of job `load` lacks `Inputs`
        TL009 error at jobs.0.extra.CodeGenConfigurationNodes.node-1.ApplyMapping
          `ApplyMapping` of job `load` lacks `Mapping`
    """)


def test_every_owner_is_a_rule() -> None:
    """Of the codes that are named, each has one; some are written for templates elsewhere."""
    codes = {rule.code for rule in all_rules()} | {"CN003", "TR004"}

    assert {code for owners in OWNERS.values() for code in owners.values()} <= codes
    assert GENERIC in codes


@pytest.mark.parametrize("operation", OWNERS)
def test_every_owned_member_exists(operation: str) -> None:
    """As the API's model has it."""
    for member in OWNERS[operation]:
        shape = api_inputs()[operation]
        for part in member.replace("[]", ".item").split("."):
            shape = api_shapes()[shape]["parts"][part]
