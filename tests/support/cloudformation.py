"""Stacks on a local Glue, in a few words: templates, and what became of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

from tests.support.local import client

if TYPE_CHECKING:
    from gluedsl.local import LocalGlue

ROLE = "arn:aws:iam::123456789012:role/GlueRole"
COMMAND = {"Name": "pythonshell", "ScriptLocation": "s3://lake/load.py", "PythonVersion": "3.9"}
LONGEST = 51_200
"""Characters of a template in a request: longer ones come from S3."""


class Stacks:
    """CloudFormation of a local Glue."""

    def __init__(self, glue: LocalGlue) -> None:
        self.local = glue
        self.cloudformation = client(glue, "cloudformation")
        self.glue = client(glue)

    def create(self, resources: dict[str, Any], name: str = "app", **settings: Any) -> str:
        """Create a stack; return its status."""
        self.cloudformation.create_stack(StackName=name, **self._settings(resources, settings))
        return self.status(name)

    def update(self, resources: dict[str, Any], name: str = "app", **settings: Any) -> str:
        """Update a stack; return its status."""
        self.cloudformation.update_stack(StackName=name, **self._settings(resources, settings))
        return self.status(name)

    def delete(self, name: str = "app") -> str:
        """Delete a stack; return its status."""
        identity = self.stack(name)["StackId"]
        self.cloudformation.delete_stack(StackName=name)
        return self.status(identity)

    def change_set(self, resources: dict[str, Any], kind: str, stack: str = "app", **settings: Any) -> dict[str, Any]:
        """Make the change set "changes"; return its description."""
        settings = self._settings(resources, settings)
        self.cloudformation.create_change_set(StackName=stack, ChangeSetName="changes", ChangeSetType=kind, **settings)
        return self.described(stack)

    def described(self, stack: str = "app") -> dict[str, Any]:
        """Return the description of the change set "changes"."""
        found: dict[str, Any] = self.cloudformation.describe_change_set(StackName=stack, ChangeSetName="changes")
        return found

    def execute(self, stack: str = "app") -> str:
        """Carry out the change set "changes"; return the status of the stack."""
        self.cloudformation.execute_change_set(StackName=stack, ChangeSetName="changes")
        return self.status(stack)

    def stack(self, name: str = "app") -> dict[str, Any]:
        """Return the description of a stack."""
        found: dict[str, Any] = self.cloudformation.describe_stacks(StackName=name)["Stacks"][0]
        return found

    def status(self, name: str = "app") -> str:
        """Return the status of a stack."""
        return str(self.stack(name)["StackStatus"])

    def outputs(self, name: str = "app") -> dict[str, str]:
        """Return the outputs of a stack."""
        return {each["OutputKey"]: each["OutputValue"] for each in self.stack(name).get("Outputs", [])}

    def events(self, name: str = "app") -> list[str]:
        """Return what happened to a stack, the first event first: "Load CREATE_COMPLETE"."""
        events = self.cloudformation.describe_stack_events(StackName=name)["StackEvents"]
        return [f"{event['LogicalResourceId']} {event['ResourceStatus']}" for event in reversed(events)]

    def since(self, status: str, name: str = "app") -> list[str]:
        """Return what happened since a stack came to have a status, last."""
        events = self.events(name)
        last = len(events) - 1 - events[::-1].index(f"{name} {status}")
        return events[last + 1 :]

    def reason(self, logical_id: str, name: str = "app") -> str:
        """Return why a resource failed, last."""
        for event in self.cloudformation.describe_stack_events(StackName=name)["StackEvents"]:
            if event["LogicalResourceId"] == logical_id and event["ResourceStatus"].endswith("_FAILED"):
                return str(event["ResourceStatusReason"])
        pytest.fail(f"{logical_id} has not failed")

    def refusal(self, resources: dict[str, Any], operation: str = "create_stack", **settings: Any) -> tuple[str, str]:
        """Return code and message of the error that a request must end in."""
        with pytest.raises(ClientError) as caught:
            getattr(self.cloudformation, operation)(StackName="app", **self._settings(resources, settings))
        error = caught.value.response["Error"]
        return error["Code"], error["Message"]

    def names(self) -> dict[str, list[str]]:
        """Return what there is in Glue."""
        return {
            "workflows": self.glue.list_workflows()["Workflows"],
            "jobs": self.glue.list_jobs()["JobNames"],
            "triggers": self.glue.list_triggers()["TriggerNames"],
            "crawlers": self.glue.list_crawlers()["CrawlerNames"],
        }

    def put(self, key: str, resources: dict[str, Any], **parts: Any) -> str:
        """Store a template; return its URL on this server."""
        s3 = client(self.local, "s3")
        s3.create_bucket(Bucket="templates")
        s3.put_object(Bucket="templates", Key=key, Body=json.dumps({"Resources": resources, **parts}).encode())
        return f"{self.local.endpoint_url}/templates/{key}"

    def _settings(self, resources: dict[str, Any], settings: dict[str, Any]) -> dict[str, Any]:
        """Return what a request takes: `Outputs`, `Conditions` and `Slots` are the template's, the rest its own."""
        parts: dict[str, Any] = {}
        for part, name in {"Outputs": "Outputs", "Conditions": "Conditions", "Slots": "Parameters"}.items():
            if part in settings:
                parts[name] = settings.pop(part)
        if "Tags" in settings:
            settings["Tags"] = [{"Key": key, "Value": value} for key, value in settings["Tags"].items()]
        if "Given" in settings:
            given = settings.pop("Given")
            settings["Parameters"] = [{"ParameterKey": key, "ParameterValue": value} for key, value in given.items()]
        text = json.dumps({"Resources": resources, **parts})
        template = (
            {"TemplateBody": text} if len(text) <= LONGEST else {"TemplateURL": self.put("long", resources, **parts)}
        )
        return {"Capabilities": ["CAPABILITY_NAMED_IAM"], **template, **settings}


def resource(kind: str, *, depends_on: str | None = None, **properties: Any) -> dict[str, Any]:
    """Return a resource of a type of Glue's."""
    body: dict[str, Any] = {"Type": f"AWS::Glue::{kind}", "Properties": properties}
    return body if depends_on is None else body | {"DependsOn": depends_on}


def job(name: str | None = "load", **properties: Any) -> dict[str, Any]:
    """Return a job; None: without a name."""
    named = {} if name is None else {"Name": name}
    return resource("Job", **{**named, "Role": ROLE, "Command": COMMAND, **properties})


def workflow(name: str | None = "nightly", **properties: Any) -> dict[str, Any]:
    """Return a workflow; None: without a name."""
    named = {} if name is None else {"Name": name}
    return resource("Workflow", **named, **properties)


def trigger(name: str | None = "start", **properties: Any) -> dict[str, Any]:
    """Return an on-demand trigger of the workflow `Nightly` that starts the job `Load`; None: without a name."""
    named = {} if name is None else {"Name": name}
    given = {"Type": "ON_DEMAND", "WorkflowName": {"Ref": "Nightly"}, "Actions": [{"JobName": {"Ref": "Load"}}]}
    return resource("Trigger", **{**named, **given, **properties})


def crawler(name: str | None = "catalog", **properties: Any) -> dict[str, Any]:
    """Return a crawler; None: without a name."""
    named = {} if name is None else {"Name": name}
    given = {"Role": ROLE, "DatabaseName": "sales", "Targets": {"S3Targets": [{"Path": "s3://lake/"}]}}
    return resource("Crawler", **{**named, **given, **properties})


def nightly() -> dict[str, Any]:
    """Return a workflow with a job and the trigger that starts it."""
    return {"Nightly": workflow(), "Load": job(), "Start": trigger()}
