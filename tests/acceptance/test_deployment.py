"""`plan`, `deploy` and `destroy` as commands, against a Glue that an ordinary boto3 client can look into."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import boto3
import pytest

from gluedsl.local import LocalGlue
from tests.support.cli import EXAMPLES, Ended, digested, start

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BUCKET = "gluedsl-123456789012-us-east-1"
PLAN = f"""\
+ create bucket {BUCKET} (for scripts and locks: private, encrypted, versioned)
+ create workflow three-steps
+ upload file gluedsl/three-steps/files/<digest>/extract.py
+ upload file gluedsl/three-steps/files/<digest>/load.py
+ upload file gluedsl/three-steps/files/<digest>/transform.py
+ create role gluedsl-three-steps
+ create job extract
+ create job transform
+ create job load
+ create trigger three-steps-after-extract
+ create trigger three-steps-after-transform
+ create trigger three-steps-start
Plan: 3 to upload, 9 to create, 0 to update, 0 to delete, 0 unchanged.
"""
CHANGE = f"""\
+ upload file gluedsl/three-steps/files/<digest>/load.py
~ update job load
    code: "s3://{BUCKET}/gluedsl/three-steps/files/<digest>/load.py" -> "s3://{BUCKET}/gluedsl/three-steps/files/<digest>/load.py"
Plan: 1 to upload, 0 to create, 1 to update, 0 to delete, 10 unchanged.
"""
UNCHANGED = "Plan: 0 to create, 0 to update, 0 to delete, 12 unchanged.\n"
NO_REGION = """\
error: there is no AWS region
  hint: set AWS_DEFAULT_REGION, or `region` in [tool.gluedsl]
"""
NO_ANSWER = """\
error: AWS does not answer at http://127.0.0.1:9/
  hint: check the network, the region, and AWS_ENDPOINT_URL
"""
ACTIONS = ["upload", "create", "update", "replace", "delete", "activate", "deactivate", "keep"]
MADE = [
    ("AWS::S3::Bucket", BUCKET),
    ("AWS::Glue::Workflow", "three-steps"),
    ("AWS::S3::Object", "gluedsl/three-steps/files/<digest>/extract.py"),
    ("AWS::S3::Object", "gluedsl/three-steps/files/<digest>/load.py"),
    ("AWS::S3::Object", "gluedsl/three-steps/files/<digest>/transform.py"),
    ("AWS::IAM::Role", "gluedsl-three-steps"),
    ("AWS::Glue::Job", "extract"),
    ("AWS::Glue::Job", "transform"),
    ("AWS::Glue::Job", "load"),
    ("AWS::Glue::Trigger", "three-steps-after-extract"),
    ("AWS::Glue::Trigger", "three-steps-after-transform"),
    ("AWS::Glue::Trigger", "three-steps-start"),
]


class Account:
    """An account behind an endpoint, with a copy of the second example to deploy into it."""

    def __init__(self, local: LocalGlue, folder: Path) -> None:
        self.folder = folder
        self._environment = local.environment()
        settings = local.client_settings()
        self.glue: Any = boto3.client("glue", **settings)  # type: ignore[call-overload]  # settings by name
        self.iam: Any = boto3.client("iam", **settings)  # type: ignore[call-overload]
        self.s3: Any = boto3.client("s3", **settings)  # type: ignore[call-overload]
        shutil.copytree(EXAMPLES / "02_three_steps", folder, dirs_exist_ok=True)

    def start(self, *arguments: str) -> Ended:
        """Run a command that reaches the account as any AWS client does."""
        return start(*arguments, folder=self.folder, **self._environment)

    def contents(self) -> dict[str, list[str]]:
        """Return the names of everything that a deployment makes and takes away."""
        return {
            "jobs": [job["Name"] for job in self.glue.get_jobs()["Jobs"]],
            "crawlers": [crawler["Name"] for crawler in self.glue.get_crawlers()["Crawlers"]],
            "workflows": self.glue.list_workflows()["Workflows"],
            "triggers": sorted(self.triggers()),
            "roles": [role["RoleName"] for role in self.iam.list_roles()["Roles"]],
            "buckets": [bucket["Name"] for bucket in self.s3.list_buckets()["Buckets"]],
        }

    def triggers(self) -> dict[str, str]:
        """Return the state of each trigger."""
        return {trigger["Name"]: trigger["State"] for trigger in self.glue.get_triggers()["Triggers"]}


@pytest.fixture
def account(tmp_path: Path) -> Iterator[Account]:
    """Return an empty account."""
    with LocalGlue() as local:
        yield Account(local, tmp_path)


NOT_DEPLOYED = """\
error[SC002]: schedule of trigger `three-steps-start`: `0 2 * * *` has 5 fields, as in Unix cron,
  and Glue's cron has 6
 --> flow.py:8:44
  |
8 | steps = Workflow("three-steps", start=cron("0 2 * * *"), properties={"bucket": "three-steps-lak…
  |                                            ^^^^^^^^^^^
  |
  = help: write `cron(0 2 * * ? *)`
  = see: https://docs.aws.amazon.com/glue/latest/dg/monitor-data-warehouse-schedule.html
  = explain: gluedsl explain SC002

1 error
"""
NOTHING: dict[str, list[str]] = {
    "jobs": [],
    "crawlers": [],
    "workflows": [],
    "triggers": [],
    "roles": [],
    "buckets": [],
}


def test_from_nothing_to_nothing(account: Account) -> None:
    """A plan is deployed, then there is nothing to do, then a changed script is, and at last it is all taken away."""
    planned = account.start("plan")
    assert (planned.code, in_order(planned.out), planned.err) == (0, PLAN, "")
    assert account.contents() == NOTHING

    deployed = account.start("deploy", "--yes")
    steps = [line for line in PLAN.splitlines() if line.startswith("+")]
    told = [f"  {_quoted(step.removeprefix('+ ').partition(' (')[0])}" for step in steps]
    assert (deployed.code, in_order(deployed.out)) == (0, PLAN)
    done = digested(deployed.err).splitlines()
    assert (sorted(done[:-1]), done[-1]) == (sorted(told), "done")  # what is done at the same time has no order
    assert done[-4:-1] == told[-3:]
    assert account.triggers() == {
        "three-steps-start": "CREATED",  # such a trigger is never activated: starting it would start a run
        "three-steps-after-extract": "ACTIVATED",
        "three-steps-after-transform": "ACTIVATED",
    }
    assert account.glue.get_workflow_runs(Name="three-steps")["Runs"] == []

    again = account.start("deploy")
    assert (again.code, again.out, again.err) == (0, UNCHANGED, "")

    with (account.folder / "jobs" / "load.py").open("a", encoding="utf-8") as script:
        script.write("# Another day.\n")
    changed = account.start("deploy", "--yes")
    said = "  upload file `gluedsl/three-steps/files/<digest>/load.py`\n  update job `load`\ndone\n"
    assert (changed.code, digested(changed.out), digested(changed.err)) == (0, CHANGE, said)

    destroyed = account.start("destroy", "--yes")
    assert (destroyed.code, digested(destroyed.out).splitlines()[-6:]) == (
        0,
        [
            "- delete file gluedsl/three-steps/files/<digest>/extract.py",
            *["- delete file gluedsl/three-steps/files/<digest>/load.py"]
            * 2,  # as it is, and as runs may still read it
            "- delete file gluedsl/three-steps/files/<digest>/transform.py",
            f"- delete bucket {BUCKET} (nothing else is in it)",
            "Plan: 0 to create, 0 to update, 13 to delete, 0 unchanged.",
        ],
    )
    assert account.contents() == NOTHING
    again = account.start("destroy")
    assert (again.code, again.out, again.err) == (0, "Plan: 0 to create, 0 to update, 0 to delete, 0 unchanged.\n", "")


def test_plan_as_json(account: Account) -> None:
    """The plan is data of the documented shape; once deployed, every step of it is to keep what is there."""
    steps, counts = planned(account.start("plan", "--format", "json"))
    assert steps == [
        ("create" if resource != "AWS::S3::Object" else "upload", resource, name) for resource, name in MADE
    ]
    assert counts == {"create": 9, "upload": 3}

    account.start("deploy", "--yes")

    steps, counts = planned(account.start("plan", "--format", "json"))
    assert steps == [("keep", resource, name) for resource, name in MADE]
    assert counts == {"keep": 12}


@pytest.mark.parametrize("command", ["deploy", "destroy"])
def test_nobody_is_there_to_be_asked(account: Account, command: str) -> None:
    """Without a terminal nothing is changed unless `--yes` says so."""
    if command == "destroy":
        assert account.start("deploy", "--yes").code == 0
    before = account.contents()

    ended = account.start(command)

    assert (ended.code, ended.err) == (
        2,
        f"error: {command} asks before it changes anything, and there is nobody to answer\n  hint: give --yes\n",
    )
    assert account.contents() == before


def test_what_is_wrong_is_not_deployed(account: Account) -> None:
    """A flow with findings is refused with the place, before anything is asked of the account."""
    flow = account.folder / "flow.py"
    text = flow.read_text(encoding="utf-8").replace("PythonShellJob, Workflow", "PythonShellJob, Workflow, cron")
    flow.write_text(text.replace('s",', 's", start=cron("0 2 * * *"),'), encoding="utf-8")

    ended = account.start("deploy", "--yes")

    assert (ended.code, ended.out, ended.err) == (1, "", NOT_DEPLOYED)
    assert account.contents() == NOTHING


def test_nobody_answers(tmp_path: Path) -> None:
    """Without a region, and where nobody serves, a command ends in one line."""
    shutil.copytree(EXAMPLES / "02_three_steps", tmp_path, dirs_exist_ok=True)
    keys = {"AWS_ACCESS_KEY_ID": "none", "AWS_SECRET_ACCESS_KEY": "none"}

    nowhere = start("plan", folder=tmp_path, **keys)
    assert (nowhere.code, nowhere.out, nowhere.err) == (2, "", NO_REGION)

    nobody = {"AWS_ENDPOINT_URL": "http://127.0.0.1:9", "AWS_DEFAULT_REGION": "eu-west-1"}
    silent = start("plan", folder=tmp_path, **keys, **nobody)
    assert (silent.code, silent.out, silent.err) == (2, "", NO_ANSWER)


def planned(ended: Ended) -> tuple[list[tuple[str, str, str]], dict[str, int]]:
    """Return the steps of a plan in JSON and how many there are of each kind; the rest is looked at here."""
    assert (ended.code, ended.err) == (0, "")
    plan = ended.json()
    assert {name: value for name, value in plan.items() if name not in {"steps", "summary"}} == {
        "version": 1,
        "refusals": [],
    }
    assert list(plan["summary"]) == [
        "upload",
        "create",
        "update",
        "replace",
        "delete",
        "activate",
        "deactivate",
        "keep",
    ]
    for step in plan["steps"]:
        assert list(step) == ["action", "resource", "name", "changes", "reason"]
        assert step["changes"] == []
    steps = [(step["action"], step["resource"], digested(step["name"])) for step in plan["steps"]]
    steps[2:5] = sorted(steps[2:5])  # keys are in the order of their digests
    return steps, {action: count for action, count in plan["summary"].items() if count}


def in_order(text: str) -> str:
    """Return a plan with the uploads in the order of their names, not of their digests."""
    lines = digested(text).splitlines(keepends=True)
    return "".join([*lines[:2], *sorted(lines[2:5]), *lines[5:]])


def _quoted(step: str) -> str:
    action, noun, name = step.split(" ")
    return f"{action} {noun} `{name}`"
