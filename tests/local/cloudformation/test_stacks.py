"""How stacks come to be, change, fail and go, told by their statuses and events."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from gluedsl.local import LocalGlue
from tests.support.cloudformation import COMMAND, Stacks, job, nightly, resource, trigger, workflow
from tests.support.local import Account, client

NOTHING: dict[str, list[str]] = {"workflows": [], "jobs": [], "triggers": [], "crawlers": []}
BAD = job("bad", Command={"Name": "bash", "ScriptLocation": "s3://lake/x"})
"""A job that Glue refuses."""


def test_events_of_a_creation(stacks: Stacks) -> None:
    """Each resource begins, is initiated and complete, after what it needs; the stack is last."""
    resources = {"Start": trigger(), "Load": job() | {"DependsOn": "Nightly"}, "Nightly": workflow()}

    stacks.create(resources)

    each = ("CREATE_IN_PROGRESS", "CREATE_IN_PROGRESS", "CREATE_COMPLETE")
    assert stacks.events() == [
        "app CREATE_IN_PROGRESS",
        *(f"Nightly {status}" for status in each),
        *(f"Load {status}" for status in each),
        *(f"Start {status}" for status in each),
        "app CREATE_COMPLETE",
    ]
    times = [e["Timestamp"] for e in stacks.cloudformation.describe_stack_events(StackName="app")["StackEvents"]]
    assert sorted(set(times), reverse=True) == times


def test_order_of_a_deletion(stacks: Stacks) -> None:
    """What needs something is deleted before it."""
    resources = {"Start": trigger(), "Load": job() | {"DependsOn": "Nightly"}, "Nightly": workflow()}
    stacks.create(resources)
    identity = stacks.stack()["StackId"]

    assert stacks.delete() == "DELETE_COMPLETE"

    gone = [event for event in stacks.events(identity) if event.endswith("DELETE_COMPLETE")]
    assert gone == ["Start DELETE_COMPLETE", "Load DELETE_COMPLETE", "Nightly DELETE_COMPLETE", "app DELETE_COMPLETE"]


def test_a_creation_that_fails_rolls_back(stacks: Stacks) -> None:
    """What was made is deleted again; such a stack can only be deleted, and then created anew."""
    resources = nightly() | {"Bad": BAD | {"DependsOn": "Start"}}

    assert stacks.create(resources) == "ROLLBACK_COMPLETE"

    assert stacks.names() == NOTHING
    assert stacks.since("ROLLBACK_IN_PROGRESS") == [
        "Start DELETE_IN_PROGRESS",
        "Start DELETE_COMPLETE",
        "Load DELETE_IN_PROGRESS",
        "Load DELETE_COMPLETE",
        "Nightly DELETE_IN_PROGRESS",
        "Nightly DELETE_COMPLETE",
        "app ROLLBACK_COMPLETE",
    ]
    code, message = stacks.refusal(nightly(), "update_stack")
    assert (code, message.partition(" is in ")[2]) == (
        "ValidationError",
        "ROLLBACK_COMPLETE state and can not be updated.",
    )
    stacks.delete()
    assert stacks.create(nightly()) == "CREATE_COMPLETE"


def test_a_missing_role_and_the_next_deployment(stacks: Stacks) -> None:
    """A role that names a policy which does not exist fails the stack; without it, the next deployment works."""
    trust = {"Version": "2012-10-17", "Statement": []}
    role = {
        "Type": "AWS::IAM::Role",
        "Properties": {
            "RoleName": "loader",
            "AssumeRolePolicyDocument": trust,
            "ManagedPolicyArns": ["arn:aws:iam::aws:policy/service-role/AWSGlueServiceRolle"],
        },
    }
    resources = {"Role": role, "Load": job(Role={"Fn::GetAtt": ["Role", "Arn"]})}
    assert stacks.create(resources) == "ROLLBACK_COMPLETE"
    assert "AWSGlueServiceRolle does not exist" in stacks.reason("Role")
    stacks.delete()
    role["Properties"] |= {"ManagedPolicyArns": ["arn:aws:iam::aws:policy/service-role/AWSGlueServiceRole"]}  # type: ignore[operator]

    assert stacks.create(resources) == "CREATE_COMPLETE"

    assert stacks.glue.get_job(JobName="load")["Job"]["Role"] == "arn:aws:iam::123456789012:role/loader"


@pytest.mark.parametrize(
    ("settings", "status"),
    [({"DisableRollback": True}, "CREATE_FAILED"), ({"OnFailure": "DO_NOTHING"}, "CREATE_FAILED")],
)
def test_a_failure_that_is_left(stacks: Stacks, settings: dict[str, Any], status: str) -> None:
    """Without rollback what was made stays, and the next update goes on from there."""
    resources = nightly() | {"Bad": BAD | {"DependsOn": "Start"}}
    assert stacks.create(resources, **settings) == status
    assert stacks.names()["jobs"] == ["load"]
    resources["Bad"] = job("good")

    assert stacks.update(resources) == "UPDATE_COMPLETE"

    assert stacks.names()["jobs"] == ["good", "load"]


def test_a_failure_that_is_deleted(stacks: Stacks) -> None:
    """`OnFailure=DELETE` takes the stack away with what was in it."""
    made = stacks.cloudformation.create_stack(
        StackName="app", TemplateBody='{"Resources": {"A": {"Type": "AWS::Glue::Job"}}}', OnFailure="DELETE"
    )

    assert stacks.status(made["StackId"]) == "DELETE_COMPLETE"


def test_an_update_in_place(stacks: Stacks) -> None:
    """Only what differs is touched; what is gone goes last, what is new is made in its turn."""
    stacks.create(nightly() | {"Old": job("old")})
    resources = nightly() | {"New": job("new")}
    resources["Load"]["Properties"]["Timeout"] = 3

    assert stacks.update(resources) == "UPDATE_COMPLETE"

    assert stacks.since("UPDATE_IN_PROGRESS") == [
        "Load UPDATE_IN_PROGRESS",
        "Load UPDATE_COMPLETE",
        "New CREATE_IN_PROGRESS",
        "New CREATE_IN_PROGRESS",
        "New CREATE_COMPLETE",
        "app UPDATE_COMPLETE_CLEANUP_IN_PROGRESS",
        "Old DELETE_IN_PROGRESS",
        "Old DELETE_COMPLETE",
        "app UPDATE_COMPLETE",
    ]


def test_nothing_to_update(stacks: Stacks) -> None:
    """An update that changes nothing is refused."""
    stacks.create(nightly())

    assert stacks.refusal(nightly(), "update_stack") == ("ValidationError", "No updates are to be performed.")


def test_outputs_alone_can_change(stacks: Stacks) -> None:
    """Outputs are brought up to date though no resource changes."""
    stacks.create(nightly())

    assert stacks.update(nightly(), Outputs={"Name": {"Value": {"Ref": "Load"}}}) == "UPDATE_COMPLETE"

    assert stacks.outputs() == {"Name": "load"}


def test_a_replacement_and_what_refers_to_it(stacks: Stacks) -> None:
    """A new name means a new resource; what refers to it follows, and the old one goes last."""
    stacks.create(nightly())
    resources = nightly()
    resources["Load"]["Properties"]["Name"] = "load-2"

    assert stacks.update(resources) == "UPDATE_COMPLETE"

    assert stacks.since("UPDATE_IN_PROGRESS") == [
        "Load UPDATE_IN_PROGRESS",
        "Load UPDATE_IN_PROGRESS",
        "Load UPDATE_COMPLETE",
        "Start UPDATE_IN_PROGRESS",
        "Start UPDATE_COMPLETE",
        "app UPDATE_COMPLETE_CLEANUP_IN_PROGRESS",
        "Load DELETE_IN_PROGRESS",
        "Load DELETE_COMPLETE",
        "app UPDATE_COMPLETE",
    ]
    assert stacks.glue.get_trigger(Name="start")["Trigger"]["Actions"] == [{"JobName": "load-2"}]
    assert stacks.names()["jobs"] == ["load-2"]


def test_a_replacement_of_a_named_resource(stacks: Stacks) -> None:
    """A trigger cannot change its type under its own name."""
    stacks.create(nightly())
    resources = nightly()
    resources["Start"] = trigger(Type="SCHEDULED", Schedule="cron(0 2 * * ? *)")

    assert stacks.update(resources) == "UPDATE_ROLLBACK_COMPLETE"

    assert stacks.reason("Start") == (
        "CloudFormation cannot update a stack when a custom-named resource requires replacing. "
        "Rename start and update the stack again."
    )
    assert stacks.glue.get_trigger(Name="start")["Trigger"]["Type"] == "ON_DEMAND"


def test_an_update_that_fails_rolls_back(stacks: Stacks) -> None:
    """What was changed is changed back, what was made and replaced is taken away; the next update works."""
    before = nightly() | {"Nightly": workflow(Description="first")}
    stacks.create(before)
    after = nightly() | {"Nightly": workflow(Description="second"), "New": job("new")}
    after["Load"]["Properties"]["Name"] = "load-2"
    after["Bad"] = BAD | {"DependsOn": ["New", "Start"]}

    assert stacks.update(after) == "UPDATE_ROLLBACK_COMPLETE"

    assert stacks.names() == {"workflows": ["nightly"], "jobs": ["load"], "triggers": ["start"], "crawlers": []}
    assert stacks.glue.get_workflow(Name="nightly")["Workflow"]["Description"] == "first"
    assert stacks.glue.get_trigger(Name="start")["Trigger"]["Actions"] == [{"JobName": "load"}]
    assert stacks.since("UPDATE_ROLLBACK_IN_PROGRESS") == [
        "Start UPDATE_IN_PROGRESS",
        "Start UPDATE_COMPLETE",
        "Nightly UPDATE_IN_PROGRESS",
        "Nightly UPDATE_COMPLETE",
        "app UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS",
        "Load DELETE_IN_PROGRESS",
        "Load DELETE_COMPLETE",
        "New DELETE_IN_PROGRESS",
        "New DELETE_COMPLETE",
        "app UPDATE_ROLLBACK_COMPLETE",
    ]
    del after["Bad"]
    assert stacks.update(after) == "UPDATE_COMPLETE"
    assert stacks.names()["jobs"] == ["load-2", "new"]


def test_a_deletion_that_fails() -> None:
    """What cannot be deleted keeps its stack, and what it needs; the next deletion goes on."""
    script = "import time; time.sleep(600)"
    with LocalGlue() as glue:
        stacks, account = Stacks(glue), Account(glue)
        command = {**COMMAND, "ScriptLocation": account.script("load.py", script)}
        stacks.create(nightly() | {"Load": job(Command=command), "Free": job("free")})
        run_id = stacks.glue.start_workflow_run(Name="nightly")["RunId"]

        assert stacks.delete() == "DELETE_FAILED"

        assert stacks.reason("Nightly").startswith("Workflow nightly ")
        assert stacks.stack()["StackStatusReason"] == "The following resource(s) failed to delete: [Nightly]. "
        assert stacks.names() == {"workflows": ["nightly"], "jobs": [], "triggers": [], "crawlers": []}
        stacks.glue.stop_workflow_run(Name="nightly", RunId=run_id)
        account.ended(run_id, "nightly")
        assert stacks.delete() == "DELETE_COMPLETE"


def test_what_is_retained(stacks: Stacks) -> None:
    """A resource with the policy stays when its stack goes."""
    resources = {"Load": job() | {"DeletionPolicy": "Retain"}}
    stacks.create(resources)

    assert stacks.delete() == "DELETE_COMPLETE"

    assert stacks.names()["jobs"] == ["load"]


def test_what_is_retained_except_on_create(stacks: Stacks) -> None:
    """It goes when the operation that made it is undone, be it a creation or an update, and stays otherwise."""
    kept = {"Load": job() | {"DeletionPolicy": "RetainExceptOnCreate"}}
    bad = {"Bad": BAD | {"DependsOn": "Load"}}
    bucket = {"Type": "AWS::S3::Bucket", "DeletionPolicy": "RetainExceptOnCreate", "Properties": {"BucketName": "lake"}}

    first = {"Lake": bucket} | {"Load": kept["Load"] | {"DependsOn": "Lake"}} | bad
    assert stacks.create(first) == "ROLLBACK_COMPLETE"
    assert stacks.names() == NOTHING
    assert client(stacks.local, "s3").list_buckets()["Buckets"] == []
    assert not [event for event in stacks.events() if "SKIPPED" in event]
    stacks.delete()

    stacks.create({"Other": job("other")})
    assert stacks.update({"Other": job("other")} | kept | bad) == "UPDATE_ROLLBACK_COMPLETE"
    assert stacks.names()["jobs"] == ["other"]

    stacks.update({"Other": job("other")} | kept)
    changed = {"Load": job(Timeout=5) | {"DeletionPolicy": "RetainExceptOnCreate"}}
    assert stacks.update({"Other": job("other")} | changed | bad) == "UPDATE_ROLLBACK_COMPLETE"
    assert stacks.names()["jobs"] == ["load", "other"]
    assert stacks.update({"Other": job("other")}) == "UPDATE_COMPLETE"
    assert stacks.since("UPDATE_COMPLETE_CLEANUP_IN_PROGRESS") == ["Load DELETE_SKIPPED", "app UPDATE_COMPLETE"]
    assert stacks.names()["jobs"] == ["load", "other"]


def test_what_is_retained_in_a_rollback(stacks: Stacks) -> None:
    """The policy `Retain` makes no exception: what a creation that failed had made stays."""
    resources = {"Load": job() | {"DeletionPolicy": "Retain"}, "Bad": BAD | {"DependsOn": "Load"}}

    assert stacks.create(resources) == "ROLLBACK_COMPLETE"

    assert stacks.since("ROLLBACK_IN_PROGRESS") == ["Load DELETE_SKIPPED", "app ROLLBACK_COMPLETE"]
    assert stacks.names()["jobs"] == ["load"]


def test_termination_protection(stacks: Stacks) -> None:
    """A protected stack is not deleted until it is protected no more."""
    stacks.create(nightly(), EnableTerminationProtection=True)
    with pytest.raises(stacks.cloudformation.exceptions.ClientError) as caught:
        stacks.cloudformation.delete_stack(StackName="app")
    assert caught.value.response["Error"]["Message"] == (
        "Stack [app] cannot be deleted while TerminationProtection is enabled"
    )

    stacks.cloudformation.update_termination_protection(StackName="app", EnableTerminationProtection=False)

    assert stacks.delete() == "DELETE_COMPLETE"


def test_parameters(stacks: Stacks) -> None:
    """A parameter that changes changes what refers to it; its previous value is the one that was given."""
    slots = {"Minutes": {"Type": "Number", "Default": "5"}, "Secret": {"Type": "String", "NoEcho": True}}
    resources = {"Load": job(Timeout={"Ref": "Minutes"}, Description={"Ref": "Secret"}), "Other": job("other")}
    stacks.create(resources, Slots=slots, Given={"Secret": "x"})
    previous = [
        {"ParameterKey": "Minutes", "ParameterValue": "9"},
        {"ParameterKey": "Secret", "UsePreviousValue": True},
    ]

    assert stacks.update(resources, Slots=slots, Parameters=previous) == "UPDATE_COMPLETE"

    assert stacks.since("UPDATE_IN_PROGRESS")[:2] == ["Load UPDATE_IN_PROGRESS", "Load UPDATE_COMPLETE"]
    made = stacks.glue.get_job(JobName="load")["Job"]
    assert (made["Timeout"], made["Description"]) == (9, "x")
    assert stacks.stack()["Parameters"] == [
        {"ParameterKey": "Minutes", "ParameterValue": "9"},
        {"ParameterKey": "Secret", "ParameterValue": "****"},
    ]


def test_parameters_of_the_parameter_store(stacks: Stacks) -> None:
    """The previous value of a parameter that names one of the store is that name, not what is stored."""
    store: Any = stacks.local.session().client("ssm")
    store.put_parameter(Name="/version", Value="33", Type="String")
    slots = {"Version": {"Type": "AWS::SSM::Parameter::Value<String>", "Default": "/version"}}
    stacks.create({"Load": job(Description={"Ref": "Version"})}, Slots=slots)
    previous = [{"ParameterKey": "Version", "UsePreviousValue": True}]

    status = stacks.update({"Load": job(Description={"Ref": "Version"}, Timeout=3)}, Slots=slots, Parameters=previous)

    assert status == "UPDATE_COMPLETE"
    assert stacks.glue.get_job(JobName="load")["Job"]["Description"] == "33"
    assert stacks.stack()["Parameters"] == [
        {"ParameterKey": "Version", "ParameterValue": "/version", "ResolvedValue": "33"}
    ]


def test_conditions(stacks: Stacks) -> None:
    """A resource whose condition does not hold is not there; it comes and goes with the condition."""
    slots = {"Stage": {"Type": "String"}}
    conditions = {"IsProd": {"Fn::Equals": [{"Ref": "Stage"}, "prod"]}}
    resources = {"Load": job(), "Extra": job("extra") | {"Condition": "IsProd"}}
    stacks.create(resources, Slots=slots, Conditions=conditions, Given={"Stage": "dev"})
    assert stacks.names()["jobs"] == ["load"]

    stacks.update(resources, Slots=slots, Conditions=conditions, Given={"Stage": "prod"})
    assert stacks.names()["jobs"] == ["extra", "load"]

    stacks.update(resources, Slots=slots, Conditions=conditions, Given={"Stage": "dev"})
    assert stacks.names()["jobs"] == ["load"]


def test_resources_as_they_are_described(stacks: Stacks) -> None:
    """Each resource has its own status, name and type."""
    stacks.create(nightly())

    listed = stacks.cloudformation.list_stack_resources(StackName="app")["StackResourceSummaries"]
    described = stacks.cloudformation.describe_stack_resources(StackName="app")["StackResources"]
    one = stacks.cloudformation.describe_stack_resource(StackName="app", LogicalResourceId="Load")

    expected = [
        ("Nightly", "nightly", "AWS::Glue::Workflow", "CREATE_COMPLETE"),
        ("Load", "load", "AWS::Glue::Job", "CREATE_COMPLETE"),
        ("Start", "start", "AWS::Glue::Trigger", "CREATE_COMPLETE"),
    ]
    names = ("LogicalResourceId", "PhysicalResourceId", "ResourceType", "ResourceStatus")
    assert [tuple(each[name] for name in names) for each in listed] == expected
    assert [tuple(each[name] for name in names) for each in described] == expected
    assert one["StackResourceDetail"]["PhysicalResourceId"] == "load"


def test_a_type_that_nobody_models(stacks: Stacks) -> None:
    """Of a type that moto does not know nothing is made, and the events say so; the stack goes on."""
    resources = {"Metadata": {"Type": "AWS::CDK::Metadata", "Properties": {"Analytics": "x"}}, "Load": job()}

    assert stacks.create(resources) == "CREATE_COMPLETE"

    events = stacks.cloudformation.describe_stack_events(StackName="app")["StackEvents"]
    assert "moto does not know AWS::CDK::Metadata: nothing was made" in [e.get("ResourceStatusReason") for e in events]
    assert stacks.delete() == "DELETE_COMPLETE"


def test_roles_and_rules(stacks: Stacks) -> None:
    """A role and an event rule that starts a workflow through it: made, changed in place, deleted."""
    statement = {"Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"}, "Action": "sts:AssumeRole"}
    trust = {"Version": "2012-10-17", "Statement": [statement]}
    policy = {"PolicyName": "notify", "PolicyDocument": {"Version": "2012-10-17", "Statement": []}}
    role = {"Type": "AWS::IAM::Role", "Properties": {"AssumeRolePolicyDocument": trust, "Policies": [policy]}}
    arn = {"Fn::Sub": "arn:${AWS::Partition}:glue:${AWS::Region}:${AWS::AccountId}:workflow/${Nightly}"}
    target = {"Id": "workflow", "Arn": arn, "RoleArn": {"Fn::GetAtt": ["Role", "Arn"]}}
    pattern = {"source": ["aws.s3"], "detail-type": ["Object Created"]}
    rule = {
        "Type": "AWS::Events::Rule",
        "Properties": {"Name": "arrived", "EventPattern": pattern, "Targets": [target]},
    }
    resources = {"Role": role, "Nightly": workflow(), "Rule": rule}
    assert stacks.create(resources, Outputs={"Role": {"Value": {"Ref": "Role"}}}) == "CREATE_COMPLETE"
    name = stacks.outputs()["Role"]
    events: Any = stacks.local.session().client("events")
    iam: Any = stacks.local.session().client("iam")
    [made] = events.list_targets_by_rule(Rule="arrived")["Targets"]
    assert made == {
        "Id": "workflow",
        "Arn": "arn:aws:glue:us-east-1:123456789012:workflow/nightly",
        "RoleArn": f"arn:aws:iam::123456789012:role/{name}",
    }
    pattern["source"] = ["my.app"]
    policy["PolicyName"] = "renamed"
    role["Properties"]["Description"] = "changed"  # type: ignore[index]

    assert stacks.update(resources, Outputs={"Role": {"Value": {"Ref": "Role"}}}) == "UPDATE_COMPLETE"

    assert stacks.outputs()["Role"] == name
    assert "my.app" in events.describe_rule(Name="arrived")["EventPattern"]
    assert iam.get_role(RoleName=name)["Role"]["Description"] == "changed"
    assert iam.list_role_policies(RoleName=name)["PolicyNames"] == ["renamed"]
    assert stacks.delete() == "DELETE_COMPLETE"
    assert (events.list_rules()["Rules"], iam.list_roles()["Roles"]) == ([], [])


def test_five_hundred_resources(stacks: Stacks) -> None:
    """A stack of as many resources as CloudFormation takes is made, seen and deleted in seconds."""
    resources: dict[str, Any] = {"Nightly": workflow()}
    for number in range(249):
        resources[f"Job{number}"] = job(f"job-{number}")
        depends_on = None if number == 0 else f"After{number - 1}"
        conditions = [{"LogicalOperator": "EQUALS", "JobName": {"Ref": f"Job{number}"}, "State": "SUCCEEDED"}]
        resources[f"After{number}"] = resource(
            "Trigger",
            depends_on=depends_on,
            Name=f"after-{number}",
            Type="CONDITIONAL",
            WorkflowName={"Ref": "Nightly"},
            Predicate={"Conditions": conditions},
            Actions=[{"JobName": {"Ref": "Load"}}],
        )
    resources["Load"] = job()
    stacks.create({"Load": job("warm")}, name="warm")
    begun = time.monotonic()

    assert stacks.create(resources) == "CREATE_COMPLETE"
    assert (
        len(stacks.cloudformation.describe_stack_resources(StackName="app")["StackResources"]) == len(resources) == 500
    )
    assert stacks.delete() == "DELETE_COMPLETE"

    assert time.monotonic() - begun < 20


def test_many_stacks_at_once(stacks: Stacks) -> None:
    """Stacks that several clients make at once do not get into each other's way."""

    def one(number: int) -> str:
        resources = {"Nightly": workflow(None), "Load": job(None), "Start": trigger(None)}
        status = stacks.create(resources, name=f"app-{number}")
        stacks.update(resources | {"More": job(None)}, name=f"app-{number}")
        return status

    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(one, range(16)))

    assert statuses == ["CREATE_COMPLETE"] * 16
    names = stacks.names()
    assert (len(names["workflows"]), len(names["jobs"]), len(names["triggers"])) == (16, 32, 16)
