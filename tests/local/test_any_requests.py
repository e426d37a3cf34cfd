"""Requests of the API's shapes that make little sense: whatever they ask, one of Glue's errors is the worst answer."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from gluedsl.local.in_process import Succeeding
from gluedsl.local.protocol import answered
from gluedsl.local.service.glue import OPERATIONS, GlueService
from gluedsl.local.service.place import Place
from gluedsl.local.service.shapes import service_model
from tests.support.local import predicate, shell_job

if TYPE_CHECKING:
    from random import Random

KNOWN = ("a", "b", "c", "t", "w")
ODD = ("", "x", "x" * 256, "\u00fc", "\x00", "$")
TEXTS = {
    "GlueVersion": ("4.0", "x"),
    "NextToken": ("YQ==", "x"),
    "PythonVersion": ("3.9", "3"),
    "ResourceArn": ("arn:aws:glue:us-east-1:123456789012:job/a", "arn:aws:glue:us-east-1:123456789012:workflow/w", "x"),
    "Schedule": ("cron(0 2 * * ? *)", "cron(0/5 * * * ? *)", "x"),
}
CRAWLER = {"Name": "c", "Role": "R", "DatabaseName": "d", "Targets": {"S3Targets": [{"Path": "s3://lake/a/"}]}}
AT_FIRST = (
    ("CreateJob", shell_job("a")),
    ("CreateJob", shell_job("b")),
    ("CreateCrawler", CRAWLER | {"Schedule": "cron(0 2 * * ? *)"}),
    ("CreateWorkflow", {"Name": "w"}),
    (
        "CreateTrigger",
        {
            "Name": "t",
            "Type": "ON_DEMAND",
            "WorkflowName": "w",
            "Actions": [{"JobName": "a"}, {"CrawlerName": "c"}],
        },
    ),
    (
        "CreateTrigger",
        {
            "Name": "a",
            "Type": "CONDITIONAL",
            "WorkflowName": "w",
            "StartOnCreation": True,
            "Actions": [{"JobName": "b"}],
            "Predicate": predicate({"a": "SUCCEEDED"}),
        },
    ),
)


class Maker:
    """Makes requests; `ids` are those of runs that there have been."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.ids: list[str] = []

    def operation(self) -> str:
        """Return an operation; what is to be asked for is seldom deleted."""
        name = self.random.choice([*OPERATIONS])
        return name if not name.startswith("Delete") or self.random.random() < 0.1 else "StartWorkflowRun"

    def value(self, shape: Any, key: str = "", depth: int = 0) -> Any:
        """Return a value of a shape."""
        random = self.random
        match shape.type_name:
            case "structure":
                chance = random.choice([0, 0.05, 0.3]) if depth < 4 else 0
                names = [
                    n for n in shape.members if random.random() < (0.98 if n in shape.required_members else chance)
                ]
                return {name: self.value(shape.members[name], name, depth + 1) for name in names}
            case "list":
                return [self.value(shape.member, key, depth + 1) for _ in range(random.choice([0, 1, 1, 2]))]
            case "map":
                return {
                    self.text(key): self.value(shape.value, key, depth + 1) for _ in range(random.choice([0, 1, 2]))
                }
            case "string":
                return random.choice(shape.enum) if shape.enum and random.random() < 0.95 else self.text(key)
            case "boolean":
                return random.random() < 0.5
            case _:
                return random.choice([0, 1, 1, 2, 10, -1, 10**6, 0.0625])

    def text(self, key: str) -> str:
        """Return a text for a member."""
        if key in TEXTS:
            return self.random.choice(TEXTS[key])
        if "RunId" in key and self.ids and self.random.random() < 0.7:
            return self.random.choice(self.ids)
        return self.random.choice(KNOWN if self.random.random() < 0.7 else ODD)


@settings(max_examples=10)
@given(st.randoms(use_true_random=False))
def test_no_request_is_a_fault_of_the_service(random: Random) -> None:
    """Requests in any order are answered, or refused with one of Glue's errors."""
    made = Maker(random)
    service = GlueService(Succeeding(), place=Place(region="us-east-1"), schedules=True)
    try:
        for operation, parameters in AT_FIRST:
            service.handle(operation, parameters)
        for _ in range(60):
            operation = made.operation()
            parameters = made.value(service_model().operation_model(operation).input_shape)
            answer = answered(service, operation, json.dumps(parameters).encode())
            if answer is None:  # tags of something else
                continue
            assert answer.status in {200, 400}, (operation, parameters, answer.body)
            body = json.loads(answer.body)
            made.ids += [body[name] for name in ("RunId", "JobRunId") if name in body]
    finally:
        service.close()
