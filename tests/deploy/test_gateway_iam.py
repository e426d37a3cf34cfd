"""Roles as they are read: a few by name, many out of the pages of all, and the same either way."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import boto3
import pytest

from gluedsl.deploy.account import AwsError
from gluedsl.deploy.resources import RoleDefinition
from gluedsl.local.in_process import InProcessGlue
from tests.support.faults import Wire

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.deploy.account import ObservedRole
    from gluedsl.deploy.gateway import Gateway

NAMES = [f"gluedsl-{number:02}" for number in range(25)]
THEIRS = json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]})
TRUST = {"Version": "2012-10-17", "Statement": []}


def role(name: str) -> RoleDefinition:
    """Make a role; every other one may do something."""
    may = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": f"arn:aws:s3:::{name}/*"}
    policy = {"Version": "2012-10-17", "Statement": [may]}
    return RoleDefinition(name=name, trust=TRUST, policy=policy if name[-1] in "02468" else None, tags={"own": name})


@pytest.fixture
def wire(monkeypatch: pytest.MonkeyPatch) -> Iterator[Wire]:
    """An account with the roles, one of somebody else's, and a wire to it on which calls are heard."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "none")
    with InProcessGlue():
        wire = Wire()
        gateway = wire.gateway()
        for name in NAMES:
            gateway.create(role(name))
        iam = boto3.client("iam")
        iam.create_role(RoleName="theirs", AssumeRolePolicyDocument=THEIRS)
        iam.put_role_policy(RoleName=NAMES[1], PolicyName="theirs", PolicyDocument=THEIRS)
        wire.calls.clear()
        yield wire


def asked(gateway: Gateway, names: list[str]) -> dict[str, ObservedRole]:
    """Ask for roles."""
    return dict(gateway.roles(names))


def test_many_are_read_in_pages(wire: Wire) -> None:
    """One page has them all, as they are by name; only our own policy of a role counts."""
    gateway = wire.gateway()
    wire.calls.clear()
    listed = asked(gateway, NAMES)
    assert Counter(wire.calls) == {"GetAccountAuthorizationDetails": 1}
    one_by_one = {name: its for name in NAMES for name, its in asked(gateway, [name]).items()}
    assert listed == one_by_one
    assert listed.keys() == set(NAMES)
    assert listed[NAMES[0]].policy == role(NAMES[0]).policy
    assert (listed[NAMES[1]].policy, listed[NAMES[1]].tags) == (None, {"own": NAMES[1]})


def test_a_few_are_read_by_name(wire: Wire) -> None:
    """What is not there is left out."""
    gateway = wire.gateway()
    wire.calls.clear()
    assert asked(gateway, [NAMES[0], "nobody"]).keys() == {NAMES[0]}
    assert Counter(wire.calls) == {"GetRole": 2, "GetRolePolicy": 1}


def test_pages_that_are_closed(wire: Wire) -> None:
    """Credentials that may not see all roles see these by name; any other error is one."""
    gateway = wire.gateway()
    refusal = ["AccessDenied", "no"]
    wire.refuse = lambda operation, _: (
        (refusal[0], refusal[1]) if operation == "GetAccountAuthorizationDetails" else None
    )
    assert asked(gateway, NAMES).keys() == set(NAMES)
    refusal[0] = "ServiceFailure"
    with pytest.raises(AwsError) as caught:
        asked(gateway, NAMES)
    assert (caught.value.operation, caught.value.code) == ("GetAccountAuthorizationDetails", "ServiceFailure")


def test_a_deletion_whose_answer_was_lost(wire: Wire) -> None:
    """A policy that is gone when its deletion is repeated keeps nobody from deleting the role."""
    gateway, iam = wire.gateway(), boto3.client("iam")

    def gone(operation: str, _: object) -> tuple[str, str] | None:
        if operation != "DeleteRolePolicy":
            return None
        iam.delete_role_policy(RoleName=NAMES[0], PolicyName="gluedsl")
        return "NoSuchEntity", "gone already"

    wire.refuse = gone
    gateway.delete("AWS::IAM::Role", NAMES[0])
    assert asked(gateway, [NAMES[0]]) == {}
    gateway.delete("AWS::IAM::Role", NAMES[0])


def test_a_role_that_somebody_attached_policies_to(wire: Wire) -> None:
    """Whatever hangs on it goes first."""
    gateway, iam = wire.gateway(), boto3.client("iam")
    arn = iam.create_policy(PolicyName="more", PolicyDocument=THEIRS)["Policy"]["Arn"]
    iam.attach_role_policy(RoleName=NAMES[1], PolicyArn=arn)
    gateway.delete("AWS::IAM::Role", NAMES[1])
    assert asked(gateway, [NAMES[1]]) == {}


def test_both_documents_of_a_role_are_updated(wire: Wire) -> None:
    """Trust and policy are overwritten; a role that may do nothing any more has no policy."""
    gateway = wire.gateway()
    trust = {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "glue.amazonaws.com"}}],
    }
    gateway.update(replace(role(NAMES[0]), trust=trust, policy=None))
    found = asked(gateway, [NAMES[0]])[NAMES[0]]
    assert (found.trust, found.policy) == (trust, None)
