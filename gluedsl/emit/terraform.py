"""One project as Terraform's JSON, for the `aws` provider.

Comes in: a project whose scripts are in S3, with `${ScriptBucket}` where the bucket is not known. Goes out: a document
as a dictionary. Names that the project defines become references, so that Terraform knows the order; names of what
exists already stay as they are. Syntax: https://developer.hashicorp.com/terraform/language/syntax/json.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from gluedsl.emit.chain import chained
from gluedsl.emit.placeholders import SCRIPT_BUCKET, uses
from gluedsl.spelling import POLICY_NAME, role_policy, trust_policy
from gluedsl.spelling.events import TARGET_ID
from gluedsl.spelling.terraform import (
    crawler_to_terraform,
    job_to_terraform,
    terraform_provider_version,
    trigger_to_terraform,
    workflow_to_terraform,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from gluedsl.model import EventRule, Project, Role, Trigger, Workflow
    from gluedsl.spelling import ReferenceKind

    Resources = dict[str, dict[str, dict[str, Any]]]

BUCKET_VARIABLE = "script_bucket"
_ACCOUNT = "${data.aws_caller_identity.current.account_id}"
_PARTITION = "${data.aws_partition.current.partition}"
_PSEUDO_PARAMETERS = {
    "AWS::AccountId": _ACCOUNT,
    "AWS::Partition": _PARTITION,
    "AWS::Region": "${data.aws_region.current.region}",
}
_DATA = ("aws_caller_identity", "aws_partition", "aws_region")
_PLACEHOLDER = re.compile(r"\$\{([^{}]*)\}")
_NOT_IN_NAMES = re.compile(r"\W+", re.ASCII)
_KEBAB = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_SNAKE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
"""Names that stay as they are, with underscores; where two would be the same, that with hyphens. All others, and what
yields to them, get six digits of their own, which no other edit changes."""


@dataclass(frozen=True, slots=True)
class _Expression:
    """A text in Terraform's own template syntax."""

    text: str


def terraform(
    project: Project,
    *,
    script_bucket: str | None = None,
    scripts: tuple[str, Iterable[str]] | None = None,
) -> dict[str, Any]:
    """Return the document of a project.

    Args:
        project: whose scripts are in S3.
        script_bucket: the name of the bucket that holds them. None: a document that needs it asks for it by its
            variable `script_bucket`.
        scripts: a folder, absolute or as seen from the document, and the keys of the files in it that Terraform is to
            put into the bucket. None: somebody else puts them there.

    Raises:
        UsageError: the provider cannot set something that the project says.
    """
    writer = _Writer(project)
    resources = writer.resources()
    asks = script_bucket is None and (scripts is not None or uses(resources, SCRIPT_BUCKET))
    bucket = f"${{var.{BUCKET_VARIABLE}}}" if script_bucket is None else _literal(script_bucket)
    if scripts is not None:
        folder, keys = scripts
        resources["aws_s3_object"] = {"scripts": _uploads(folder, sorted(keys), bucket)}
        for job in resources.get("aws_glue_job", {}).values():
            job.setdefault("depends_on", []).append("aws_s3_object.scripts")
    document: dict[str, Any] = {
        "terraform": {
            "required_providers": {
                "aws": {"source": "hashicorp/aws", "version": f">= {terraform_provider_version()}"},
            }
        }
    }
    if asks:
        description = "The S3 bucket that holds the scripts and libraries of the jobs."
        document["variable"] = {BUCKET_VARIABLE: {"type": "string", "description": description}}
    rendered = _rendered(resources, {SCRIPT_BUCKET: bucket})
    text = json.dumps(rendered)
    if data := [name for name in _DATA if f"data.{name}." in text]:
        document["data"] = {name: {"current": {}} for name in data}
    document["resource"] = rendered
    if project.workflows:
        document["output"] = dict(writer.outputs())
    return document


class _Writer:
    """Writes the resources of one project."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.names = dict(_names(project))

    def resources(self) -> Resources:
        """Return the resources by type and name, with expressions and placeholders not yet rendered."""
        found: Resources = {}
        for resource_type, name, arguments in self._each():
            found.setdefault(resource_type, {})[name] = arguments
        return found

    def outputs(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield the name of each workflow."""
        for workflow in self.project.workflows:
            name = self.names["workflow", workflow.name]
            value = f"${{aws_glue_workflow.{name}.name}}"
            yield f"{name}_workflow_name", {"description": "A workflow, to start runs of.", "value": value}

    def _each(self) -> Iterator[tuple[str, str, dict[str, Any]]]:
        project, names = self.project, self.names
        for role in project.roles:
            yield from self._role(role, names["role", role.name])
        for job in project.jobs:
            arguments = job_to_terraform(job, refer=self._refer_to_arn)
            yield "aws_glue_job", names["job", job.name], arguments | self._after_policy(job.role)
        for crawler in project.crawlers:
            arguments = crawler_to_terraform(crawler, refer=self._refer)
            yield "aws_glue_crawler", names["crawler", crawler.name], arguments | self._after_policy(crawler.role)
        for workflow in project.workflows:
            yield "aws_glue_workflow", names["workflow", workflow.name], workflow_to_terraform(workflow)
            yield from self._triggers(workflow)
        for rule in project.event_rules:
            yield from self._rule(rule, names["rule", rule.name])

    def _role(self, role: Role, name: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
        trust = _policy(trust_policy(role))
        yield "aws_iam_role", name, {"name": role.name, "assume_role_policy": trust}
        if role.statements:
            arguments = {"name": POLICY_NAME, "role": _attribute("aws_iam_role", name, "id")}
            yield "aws_iam_role_policy", name, {**arguments, "policy": _policy(role_policy(role))}

    def _triggers(self, workflow: Workflow) -> Iterator[tuple[str, str, dict[str, Any]]]:
        """Yield the triggers of one workflow, each after the one before it.

        Those that are made at once are refused (https://github.com/hashicorp/terraform-provider-aws/issues/21759).
        """
        for before, trigger in chained(workflow):
            arguments = trigger_to_terraform(trigger, workflow.name, refer=self._refer)
            after = {} if before is None else {"depends_on": [self._address(before)]}
            yield "aws_glue_trigger", self.names["trigger", trigger.name], arguments | after

    def _address(self, trigger: Trigger) -> str:
        return f"aws_glue_trigger.{self.names['trigger', trigger.name]}"

    def _rule(self, rule: EventRule, name: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
        arguments: dict[str, Any] = {"name": rule.name, "event_pattern": json.dumps(rule.pattern), "state": "ENABLED"}
        yield "aws_cloudwatch_event_rule", name, arguments | ({"tags": dict(rule.tags)} if rule.tags else {})
        workflow = self.names["workflow", rule.workflow_name]
        triggers = next(each.triggers for each in self.project.workflows if each.name == rule.workflow_name)
        target = {
            "rule": _attribute("aws_cloudwatch_event_rule", name, "name"),
            "target_id": TARGET_ID,
            "arn": _attribute("aws_glue_workflow", workflow, "arn"),
            "depends_on": list(map(self._address, triggers)),
        }
        yield (
            "aws_cloudwatch_event_target",
            name,
            target | ({} if rule.role is None else {"role_arn": self._refer_to_arn("role", rule.role)}),
        )

    def _after_policy(self, role: str | None) -> dict[str, Any]:
        """Make a job or crawler wait for what its role may do, which is a resource of its own."""
        has_policy = any(each.name == role and each.statements for each in self.project.roles)
        return {"depends_on": [f"aws_iam_role_policy.{self.names['role', role or '']}"]} if has_policy else {}

    def _refer(self, kind: ReferenceKind, name: str) -> Any:
        known = self.names.get((kind, name))
        return name if known is None else _attribute(f"aws_{'iam' if kind == 'role' else 'glue'}_{kind}", known, "name")

    def _refer_to_arn(self, kind: ReferenceKind, name: str) -> Any:
        """Refer to a role where only its ARN will do."""
        if kind != "role" or name.startswith("arn:"):
            return self._refer(kind, name)
        known = self.names.get((kind, name))
        if known is not None:
            return _attribute("aws_iam_role", known, "arn")
        return _Expression(f"arn:{_PARTITION}:iam::{_ACCOUNT}:role/{_literal(name)}")


def _names(project: Project) -> Iterator[tuple[tuple[str, str], str]]:
    """Yield the name that each resource has in Terraform."""
    for kind, resources in (
        ("role", project.roles),
        ("job", project.jobs),
        ("crawler", project.crawlers),
        ("workflow", project.workflows),
        ("trigger", [trigger for workflow in project.workflows for trigger in workflow.triggers]),
        ("rule", project.event_rules),
    ):
        names = [resource.name for resource in resources]
        taken = {_identifier(name) for name in names if _KEBAB.fullmatch(name)}
        for name in names:
            is_plain = _KEBAB.fullmatch(name) or (_SNAKE.fullmatch(name) and name not in taken)
            digits = "" if is_plain else f"_{hashlib.sha256(name.encode()).hexdigest()[:6]}"
            yield (kind, name), f"{_identifier(name) or kind}{digits}"


def _identifier(name: str) -> str:
    """Return the letters and digits of a name, with underscores between; Terraform's names begin with a letter."""
    return _NOT_IN_NAMES.sub("_", name).lstrip("_0123456789").rstrip("_").lower()


def _attribute(resource_type: str, name: str, attribute: str) -> _Expression:
    return _Expression(f"${{{resource_type}.{name}.{attribute}}}")


def _policy(document: Mapping[str, Any]) -> _Expression:
    """Return a document of IAM, in which placeholders of CloudFormation stand for what only the deployment knows."""
    return _Expression(
        _substituted(json.dumps(document), _PSEUDO_PARAMETERS | {SCRIPT_BUCKET: f"${{{SCRIPT_BUCKET}}}"})
    )


def _uploads(folder: str, keys: list[str], bucket: str) -> dict[str, Any]:
    """Return the one resource that puts the files of jobs into the bucket; a file that changes has another key."""
    is_absolute = PurePath(folder).is_absolute()
    return {
        "for_each": _Expression(f"${{toset({_literal(json.dumps(keys))})}}"),
        "bucket": _Expression(bucket),
        "key": _Expression("${each.value}"),
        "source": _Expression(f"{'' if is_absolute else '${path.module}/'}{_literal(folder)}/${{each.value}}"),
    }


def _rendered(value: Any, known: Mapping[str, str]) -> Any:
    """Return a structure as Terraform reads it, in which what is known stands for its placeholders."""
    match value:
        case _Expression(text=text):
            return _PLACEHOLDER.sub(lambda found: known.get(found[1], found[0]), text)
        case str():
            return _substituted(value, known)
        case dict():
            # Terraform takes keys for templates as well: https://developer.hashicorp.com/terraform/language/syntax/json.
            return {_literal(key): _rendered(inner, known) for key, inner in value.items()}
        case list():
            return [_rendered(inner, known) for inner in value]
        case _:
            return value


def _substituted(text: str, known: Mapping[str, str]) -> str:
    """Return a text that means itself, but for the placeholders that are known."""
    parts = _PLACEHOLDER.split(text)
    # Every second part is the inside of a placeholder.
    pieces = [
        _literal(part) if index % 2 == 0 else known.get(part, f"$${{{_literal(part)}}}")
        for index, part in enumerate(parts)
    ]
    return "".join(pieces)


def _literal(text: str) -> str:
    """Return a text that Terraform takes as it is."""
    return text.replace("${", "$${").replace("%{", "%%{")
