"""Where code is too dynamic, its contract says so; where it is no code of ours, it says nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from gluedsl.contract import UNKNOWN, read_contracts
from gluedsl.model import FunctionCode, Origins, Project, RemoteScript, ScriptFile
from gluedsl.source.locate import Locator
from gluedsl.source.span import Span
from tests.support.contracts import function, script, shell, shown

if TYPE_CHECKING:
    from pathlib import Path

    from gluedsl.model import Code

PROPERTIES = """\
import boto3
glue = boto3.client("glue")
props = glue.get_workflow_run_properties(Name=workflow, RunId=run_id)["RunProperties"]
"""
OPTIONS = """\
import sys
from awsglue.utils import getResolvedOptions
args = getResolvedOptions(sys.argv, ["JOB_NAME", "WORKFLOW_RUN_ID"])
"""
ASKED = 'option JOB_NAME 3 "JOB_NAME"\noption WORKFLOW_RUN_ID 3 "WORKFLOW_RUN_ID"'
RUN_ID = f'{ASKED}\nlookup WORKFLOW_RUN_ID 4 "WORKFLOW_RUN_ID"'
UNSEEN = "more reads\nmore writes"

SCRIPTS = {
    "a module that nobody knows": ("import acme_etl\nacme_etl.main()", "unknown"),
    "all of such a module": ("from acme_etl import *\nmain()", "unknown"),
    "an object of such a module": ("from acme_etl import Job\njob = Job()\njob.run()", "unknown"),
    "a class of such a module": (
        "from acme_etl import Job\n\nclass Base(Job):\n    pass\n\nclass Load(Base):\n    pass\n\nLoad().run()",
        "unknown",
    ),
    "properties in a list that changes": (f"{PROPERTIES}held = [1]\nheld[0] = props\nheld[0]['a']", "more reads"),
    "properties that are handed on": (f"{PROPERTIES}thing.go(props)", "more reads"),
    "a client's method that is handed on": (f"{PROPERTIES}thing.go(glue.put_workflow_run_properties)", "unknown"),
    "the properties of another workflow": (
        (
            'import boto3\nglue = boto3.client("glue")\n'
            'glue.get_workflow_run_properties(Name="other", RunId=r)["RunProperties"]["a"]\n'
            'glue.put_workflow_run_properties(Name="other", RunId=r, RunProperties={"b": "1"})'
        ),
        "unknown",
    ),
    "the run's id that is handed on": (f'{OPTIONS}thing.go(args["WORKFLOW_RUN_ID"])', f"{RUN_ID}\n{UNSEEN}"),
    "options that are handed on": (f"{OPTIONS}thing.go(args)", f"{ASKED}\n{UNSEEN}"),
    "options for the job": (
        f'{OPTIONS}job.init(args["JOB_NAME"], args)',
        f'{ASKED}\nlookup JOB_NAME 4 "JOB_NAME"',
    ),
    "the run's id in a log": (f'{OPTIONS}logger.info("%s", args["WORKFLOW_RUN_ID"])', RUN_ID),
    "the run's id for a known library": (
        f'{OPTIONS}from pyspark.sql.functions import lit\nlit(args["WORKFLOW_RUN_ID"])',
        f'{ASKED}\nlookup WORKFLOW_RUN_ID 5 "WORKFLOW_RUN_ID"',
    ),
    "properties that are yielded": (
        f"{PROPERTIES}def each():\n    yield props\n\nfor one in each():\n    one['a']",
        "more reads",
    ),
    "properties that are matched": (f"{PROPERTIES}match props:\n    case _: pass", "more reads"),
    "properties that are kept elsewhere": (f"{PROPERTIES}thing.props = props\nthing.props['a']", "more reads"),
}
SPARK = {"kind": "glueetl", "glue_version": "5.0", "python_version": "3"}


@pytest.mark.parametrize(("code", "expected"), SCRIPTS.values(), ids=SCRIPTS)
def test_what_goes_out_of_sight(code: str, expected: str, tmp_path: Path) -> None:
    """Whoever is handed a way to the properties may read and write any of them."""
    assert expected == shown(script(tmp_path, code, **SPARK), tmp_path)


BODIES = {
    "the run": ("unknown_to_all(run)", "unknown"),
    "its properties": ("unknown_to_all(run.properties)", "unknown"),
    "a method of its properties": ("unknown_to_all(run.properties.get)", "unknown"),
    "properties for a thread": ("import threading\n    threading.Thread(target=print, args=(run,)).start()", "unknown"),
    "a function around it": ("import functools\n    functools.partial(later, run)()", "unknown"),
}


@pytest.mark.parametrize(("body", "expected"), BODIES.values(), ids=BODIES)
def test_functions_that_hand_on(body: str, expected: str, tmp_path: Path) -> None:
    """A run, or its properties, in hands that are not seen."""
    assert expected == shown(function(tmp_path, f"def load(run):\n    {body}\n\ndef later(run): pass\n"), tmp_path)


@pytest.mark.parametrize(
    "body", ["...", "pass", '"""Later."""', "raise NotImplementedError", "raise NotImplementedError()"]
)
def test_function_without_a_body(body: str, tmp_path: Path) -> None:
    """It is not written yet, so it says nothing."""
    assert shown(function(tmp_path, f"def load(run):\n    {body}\n"), tmp_path) == "unknown"


def test_function_within_a_function(tmp_path: Path) -> None:
    """Names of the function around it are not known."""
    code = """
        def family(flow, helper):
            @flow.python_shell_job
            def load(run):
                run.properties["a"] = "1"
                helper(run)
    """

    assert shown(function(tmp_path, code), tmp_path) == 'more reads\nwrite a 4 "a"\nmore writes'


def contract_of(folder: Path, code: Code, origins: Origins | None = None, **settings: Any) -> object:
    """Return the contract of a job with this code."""
    jobs = (shell(code, **settings),)
    return read_contracts(Project(jobs=jobs), origins or Origins(), Locator(folder))["load"]


def test_code_that_is_not_here(tmp_path: Path) -> None:
    """In S3, gone, a folder, or a function that is not found."""
    (tmp_path / "flow.py").write_text("def load(run):\n    run.properties['a']\n")
    here = FunctionCode(root=str(tmp_path), module="flow", job="load")
    elsewhere = Origins({("jobs", 0, "code"): Span("flow.py", 2)})

    assert contract_of(tmp_path, RemoteScript(uri="s3://scripts/load.py")) == UNKNOWN
    assert contract_of(tmp_path, ScriptFile(path=str(tmp_path / "no.py"))) == UNKNOWN
    assert contract_of(tmp_path, ScriptFile(path=str(tmp_path))) == UNKNOWN
    assert contract_of(tmp_path, here) == UNKNOWN
    assert contract_of(tmp_path, here, elsewhere) == UNKNOWN


def test_scala(tmp_path: Path) -> None:
    """A script in another language is left alone."""
    assert script(tmp_path, "object Load { }", default_arguments={"--job-language": "scala"}, **SPARK) == UNKNOWN


def test_jobs_of_one_name(tmp_path: Path) -> None:
    """The first of them has the contract."""
    (tmp_path / "a.py").write_text("")
    jobs = (shell(RemoteScript(uri="s3://scripts/load.py")), shell(ScriptFile(path=str(tmp_path / "a.py"))))

    assert read_contracts(Project(jobs=jobs), Origins(), Locator(tmp_path)) == {"load": UNKNOWN}
