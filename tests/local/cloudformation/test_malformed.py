"""Templates with anything in the place of anything: refused or rolled back, never a fault of the server's."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

from tests.support.cloudformation import crawler, nightly, resource

if TYPE_CHECKING:
    from tests.support.cloudformation import Stacks

ANYTHING: tuple[Any, ...] = (
    *(None, 0, 1.5, True, "", "x", [], {}, ["A"], "${X}", "\u2028", "\ud83d\ude00"),
    *({"Ref": "A"}, {"Ref": 5}, {"Ref": None}, {"Fn::Unknown": 1}, {"Fn::ImportValue": "x"}),
    *({"Fn::GetAtt": ["Load", "Arn"]}, {"Fn::GetAtt": "x"}, {"Fn::GetAtt": ["A"]}),
    *({"Fn::Sub": "${Load}"}, {"Fn::Sub": 5}, {"Fn::Sub": ["${A}"]}, {"Fn::If": ["C", "a", "b"]}, {"Fn::If": []}),
    *({"Fn::Join": ["", ["a", {"Ref": "Load"}]]}, {"Fn::Join": 5}, {"Fn::Select": [9, ["a"]]}, {"Fn::Split": [",", 5]}),
)
WELL_FORMED: dict[str, Any] = {
    "Parameters": {"P": {"Type": "String", "Default": "a"}, "N": {"Type": "Number", "Default": "1"}},
    "Conditions": {"C": {"Fn::Equals": [{"Ref": "P"}, "a"]}},
    "Mappings": {"M": {"a": {"b": "c"}}},
    "Resources": {
        **nightly(),
        "Catalog": crawler(),
        "Role": {"Type": "AWS::IAM::Role", "Properties": {"AssumeRolePolicyDocument": {}}},
        "Database": resource("Database", CatalogId="1", DatabaseInput={"Name": "d"}),
        "Rule": {"Type": "AWS::Events::Rule", "Condition": "C", "Properties": {"EventPattern": {"source": ["x"]}}},
    },
    "Outputs": {"O": {"Value": {"Ref": "Load"}, "Export": {"Name": "e"}}},
}
NOTHING: dict[str, list[str]] = {"workflows": [], "jobs": [], "triggers": [], "crawlers": []}


def mutated(value: Any, chance: random.Random, rate: float) -> Any:
    """Return a value with anything in the place of some of its parts, and some left out."""
    if chance.random() < rate:
        return chance.choice(ANYTHING)
    match value:
        case dict():
            return {key: mutated(inner, chance, rate) for key, inner in value.items() if chance.random() > rate / 3}
        case list():
            return [mutated(inner, chance, rate) for inner in value]
        case _:
            return value


@pytest.mark.parametrize("rate", [0.01, 0.03, 0.1])
def test_anything_in_the_place_of_anything(stacks: Stacks, rate: float) -> None:
    """Whatever a template holds, a request ends in a stack at rest or a refusal, and a deletion leaves nothing."""
    chance = random.Random(f"{rate}")  # noqa: S311 -- the same every time, and no secret
    for _ in range(40):
        text = json.dumps(mutated(WELL_FORMED, chance, rate))
        try:
            stacks.cloudformation.create_stack(
                StackName="app", TemplateBody=text, Capabilities=["CAPABILITY_NAMED_IAM"]
            )
        except ClientError as error:
            assert error.response["ResponseMetadata"]["HTTPStatusCode"] == 400, text  # noqa: PT017 -- either will do
        else:
            assert stacks.status() in {"CREATE_COMPLETE", "ROLLBACK_COMPLETE"}, text
            assert stacks.delete() == "DELETE_COMPLETE", text
        assert stacks.names() == NOTHING, text
