"""What is known of resource types is what CloudFormation's schemas say, and fits what is done with them."""

from __future__ import annotations

import pytest

from gluedsl.local.cloudformation import resource_types
from gluedsl.local.cloudformation.names import generated


@pytest.mark.slow
def test_the_file_is_what_the_tool_writes() -> None:
    """The file says what the schemas say that are installed."""
    from tools import generate_resource_types  # noqa: PLC0415 -- loads cfn-lint and moto's CloudFormation

    assert generate_resource_types.TARGET.read_text(encoding="utf-8") == generate_resource_types.generate()


@pytest.mark.parametrize(
    ("kind", "before", "after", "paths"),
    [
        ("AWS::Glue::Job", {"Name": "a"}, {"Name": "b"}, ("Name",)),
        ("AWS::Glue::Job", {"Name": "a", "Timeout": 1}, {"Name": "a", "Timeout": 2}, ()),
        ("AWS::Glue::Trigger", {"Type": "ON_DEMAND"}, {"Type": "EVENT", "WorkflowName": "w"}, ("Type", "WorkflowName")),
        (
            "AWS::Glue::Connection",
            {"ConnectionInput": {"Name": "a"}},
            {"ConnectionInput": {}},
            ("ConnectionInput.Name",),
        ),
        (
            "AWS::Glue::Database",
            {"DatabaseInput": {"Name": "a"}},
            {"DatabaseInput": {"Name": "b"}},
            ("DatabaseInput.Name",),
        ),
        ("AWS::IAM::Role", {"Path": "/"}, {"Path": "/team/"}, ("Path",)),
        ("AWS::Unknown::Type", {"Name": "a"}, {"Name": "b"}, ()),
    ],
)
def test_what_replaces(kind: str, before: dict[str, object], after: dict[str, object], paths: tuple[str, ...]) -> None:
    """Properties that can only be set when a resource is made mean another resource when they differ."""
    assert resource_types.replacing(kind, before, after) == paths


def test_what_takes_tags() -> None:
    """Tags of a stack are for the types that have tags."""
    tagged = [
        name.removeprefix("AWS::Glue::") for name in resource_types.glue_types() if resource_types.takes_tags(name)
    ]

    assert tagged == ["Connection", "Crawler", "Job", "Trigger", "Workflow"]


def test_names_that_are_made_up() -> None:
    """A name follows from the stack, the logical id and how often it was made; it is never too long."""
    name = generated("arn:stack/1", "app", "Load", 1)

    assert name == generated("arn:stack/1", "app", "Load", 1)
    assert name.startswith("app-Load-")
    assert len({name, generated("arn:stack/2", "app", "Load", 1), generated("arn:stack/1", "app", "Load", 2)}) == 3
    assert len(generated("arn:stack/1", "a" * 128, "L" * 255, 1)) == 255
