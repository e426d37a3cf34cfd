"""Advice is never the way to another finding: whoever follows it is done."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest

from gluedsl.rules.jobs.fitting import VERSIONS, fitting_versions, fitting_worker_types
from tests.support.code_findings import told as told_of_code
from tests.support.rules import after, project, says, spark, start, told

if TYPE_CHECKING:
    from pathlib import Path

    from gluedsl.model import Job

KINDS = ("glueetl", "gluestreaming", "glueray")
CLASSES = (None, "FLEX")


def sized(kind: str, version: str, execution_class: str | None) -> Job:
    """Return a job that lacks nothing but a worker type that Glue has."""
    settings: dict[str, Any] = {"runtime": "Ray2.4"} if kind == "glueray" else {}
    return spark("load", kind=kind, glue_version=version, execution_class=execution_class, workers=3, **settings)


@pytest.mark.parametrize(("kind", "version"), [*product(KINDS[:2], VERSIONS), *product(KINDS[2:], VERSIONS[1:])])
@pytest.mark.parametrize("execution_class", CLASSES)
def test_worker_types_that_are_named_are_allowed(kind: str, version: str, execution_class: str | None) -> None:
    """By every other rule, for every kind of job, version of Glue and class of execution."""
    if kind != "glueetl" and execution_class is not None:
        return
    unknown = replace(sized(kind, version, execution_class), worker_type="G.3X")

    assert fitting_worker_types(unknown)
    for worker_type in fitting_worker_types(unknown):
        assert told(project(start("s", "job load"), replace(unknown, worker_type=worker_type))) == ""


@pytest.mark.parametrize(("kind", "worker_type"), [("glueetl", "G.1X"), ("glueetl", "R.1X"), ("glueray", "Z.2X")])
def test_versions_that_are_named_are_allowed(kind: str, worker_type: str) -> None:
    """By every other rule."""
    ended = replace(sized(kind, "1.0", None), worker_type=worker_type)

    assert fitting_versions(ended)
    for version in fitting_versions(ended):
        assert told(project(start("s", "job load"), replace(ended, glue_version=version))) == ""


def test_worker_types_are_those_of_the_kind() -> None:
    """Ray's are not offered to Spark, nor those of streams."""
    of_ray, flexible = sized("glueray", "5.0", None), sized("glueetl", "5.0", "FLEX")

    assert told(project(start("s", "job load"), replace(of_ray, worker_type="Z.4X"))) == says("""
        JB011 error at jobs.0.worker_type
          job `load` has worker type `Z.4X`, which Glue does not have
          help: write `Z.2X`
    """)
    assert told(project(start("s", "job load"), replace(flexible, worker_type="G.3X"))) == says("""
        JB011 error at jobs.0.worker_type
          job `load` has worker type `G.3X`, which Glue does not have
          help: write `G.1X` or `G.2X`
    """)


def test_argument_without_dashes_that_would_be_another_mistake_with_them() -> None:
    """Neither a name that Glue keeps for itself is advised, nor one that is there already."""
    arguments = {"mode": "full", "day": "1", "--day": "2", "-env": "prod"}

    assert [
        line
        for line in told(project(start("s", "job load"), spark("load", default_arguments=arguments))).splitlines()
        if "help" in line
    ] == [
        "  help: give it another name, with `--`: Glue keeps `--mode` for itself",
        "  help: leave it out: `--day` is given as well",
        "  help: write `--env`",
    ]


def test_crawler_is_not_told_to_try_again() -> None:
    """It has no retries."""
    again = after("again", ["crawler c FAILED"], "crawler c")

    assert told(project(start("s", "crawler c"), again)).splitlines()[-1] == (
        "  help: start another crawler, or wait for something else"
    )


def test_property_of_glue_is_given_no_default(tmp_path: Path) -> None:
    """Names with `aws:` are not the author's to write."""
    flow = """\
    from gluedsl import Workflow

    flow = Workflow("sales", role="GlueJobRole")

    @flow.python_shell_job
    def load(run):
        print(run.properties["aws:eventIds"])
    """

    assert told_of_code(tmp_path, flow).splitlines()[-1] == (
        "  help: names that begin with `aws:` are Glue's own, and it gives `aws:eventIds` to runs that events start"
    )
