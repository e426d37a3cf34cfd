"""Change sets: what they show, that each belongs to its stack, and what becomes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.cloudformation import job, nightly, trigger

if TYPE_CHECKING:
    from tests.support.cloudformation import Stacks

BAD = job("bad", Command={"Name": "bash", "ScriptLocation": "s3://lake/x"})


def shown(change_set: dict[str, Any]) -> list[tuple[str, ...]]:
    """Return action, logical id and replacement of each change."""
    changes = [change["ResourceChange"] for change in change_set["Changes"]]
    return [(each["Action"], each["LogicalResourceId"], each.get("Replacement", "")) for each in changes]


def test_creation(stacks: Stacks) -> None:
    """A change set of a new stack adds everything, makes nothing until it is carried out, and has outputs then."""
    outputs = {"Name": {"Value": {"Ref": "Nightly"}}}

    made = stacks.change_set(nightly(), "CREATE", Outputs=outputs)

    assert (made["Status"], made["ExecutionStatus"]) == ("CREATE_COMPLETE", "AVAILABLE")
    assert shown(made) == [("Add", "Nightly", ""), ("Add", "Load", ""), ("Add", "Start", "")]
    assert (stacks.status(), stacks.names()["jobs"]) == ("REVIEW_IN_PROGRESS", [])
    assert stacks.execute() == "CREATE_COMPLETE"
    assert stacks.outputs() == {"Name": "nightly"}
    assert stacks.described()["ExecutionStatus"] == "EXECUTE_COMPLETE"
    assert stacks.names()["triggers"] == ["start"]


def test_what_an_update_would_do(stacks: Stacks) -> None:
    """Changes tell what is added, changed in place, replaced, and what follows a replacement."""
    stacks.create(nightly() | {"Old": job("old")})
    resources = nightly() | {"New": job("new")}
    resources["Load"]["Properties"]["Name"] = "load-2"
    resources["Nightly"]["Properties"]["Description"] = "changed"

    made = stacks.change_set(resources, "UPDATE")

    assert shown(made) == [
        ("Modify", "Nightly", "False"),
        ("Modify", "Load", "True"),
        ("Modify", "Start", "False"),
        ("Add", "New", ""),
        ("Remove", "Old", ""),
    ]
    [start] = [c["ResourceChange"] for c in made["Changes"] if c["ResourceChange"]["LogicalResourceId"] == "Start"]
    assert start["Details"] == [
        {
            "Target": {"Attribute": "Properties", "Name": "Actions", "RequiresRecreation": "Never"},
            "Evaluation": "Dynamic",
            "ChangeSource": "ResourceReference",
        }
    ]
    assert stacks.names()["jobs"] == ["load", "old"]
    assert stacks.execute() == "UPDATE_COMPLETE"
    assert stacks.names()["jobs"] == ["load-2", "new"]


def test_a_replacement_that_is_not_certain(stacks: Stacks) -> None:
    """A trigger whose workflow is replaced would be replaced too, if the name is another one."""
    resources = nightly() | {"Start": trigger(None)}
    stacks.create(resources)
    resources["Nightly"]["Properties"]["Name"] = "nightly-2"

    made = stacks.change_set(resources, "UPDATE")

    assert shown(made) == [("Modify", "Nightly", "True"), ("Modify", "Start", "Conditional")]
    assert stacks.execute() == "UPDATE_COMPLETE"
    [name] = stacks.names()["triggers"]
    assert stacks.glue.get_trigger(Name=name)["Trigger"]["WorkflowName"] == "nightly-2"


def test_no_changes(stacks: Stacks) -> None:
    """A change set without changes has failed, and cannot be carried out."""
    stacks.create(nightly())

    made = stacks.change_set(nightly(), "UPDATE")

    assert (made["Status"], made["ExecutionStatus"], made["StatusReason"]) == (
        "FAILED",
        "UNAVAILABLE",
        "The submitted information didn't contain changes. Submit different information to create a change set.",
    )
    with pytest.raises(stacks.cloudformation.exceptions.InvalidChangeSetStatusException):
        stacks.execute()


def test_one_name_in_two_stacks(stacks: Stacks) -> None:
    """Change sets of two stacks may have one name; each is its own stack's."""
    stacks.change_set({"Load": job("first")}, "CREATE", "one")
    stacks.change_set({"Load": job("second")}, "CREATE", "two")

    assert stacks.execute("one") == "CREATE_COMPLETE"

    assert stacks.names()["jobs"] == ["first"]
    listed = stacks.cloudformation.list_change_sets(StackName="two")["Summaries"]
    assert [each["StackName"] for each in listed] == ["two"]
    assert stacks.execute("two") == "CREATE_COMPLETE"
    assert stacks.names()["jobs"] == ["first", "second"]


def test_deleting_and_not_finding(stacks: Stacks) -> None:
    """A change set that was deleted is not found; deleting it again is no error; its name is free."""
    stacks.create(nightly())
    stacks.change_set(nightly() | {"New": job("new")}, "UPDATE")
    stacks.cloudformation.delete_change_set(StackName="app", ChangeSetName="changes")

    with pytest.raises(stacks.cloudformation.exceptions.ChangeSetNotFoundException) as caught:
        stacks.described()

    assert caught.value.response["Error"]["Message"] == "ChangeSet [changes] does not exist"
    stacks.cloudformation.delete_change_set(StackName="app", ChangeSetName="changes")
    assert stacks.change_set(nightly() | {"New": job("new")}, "UPDATE")["Status"] == "CREATE_COMPLETE"


def test_a_second_review(stacks: Stacks) -> None:
    """A stack in review is the one that the next change set creates; an invalid template leaves none behind."""
    stacks.change_set(nightly(), "CREATE")
    stacks.cloudformation.delete_change_set(StackName="app", ChangeSetName="changes")

    stacks.change_set({"Load": job()}, "CREATE")

    assert len(stacks.cloudformation.list_stacks()["StackSummaries"]) == 1
    assert stacks.execute() == "CREATE_COMPLETE"
    assert stacks.names()["jobs"] == ["load"]
    refusal = stacks.refusal({"A": {}}, "create_change_set", ChangeSetName="changes", ChangeSetType="CREATE")
    assert refusal[0] == "ValidationError"


def test_of_a_stack_that_is_there_or_is_not(stacks: Stacks) -> None:
    """A stack is created once, and updated once it is there."""
    ask: dict[str, Any] = {"operation": "create_change_set", "ChangeSetName": "changes"}
    assert stacks.refusal(nightly(), **ask, ChangeSetType="UPDATE")[1].startswith("Stack")
    stacks.create(nightly())

    assert stacks.refusal(nightly(), **ask, ChangeSetType="CREATE") == (
        "ValidationError",
        "Stack [app] already exists and cannot be created again with the changeSet [changes].",
    )


def test_a_creation_that_fails(stacks: Stacks) -> None:
    """A change set whose stack fails leaves nothing but the stack, rolled back."""
    stacks.change_set(nightly() | {"Bad": BAD | {"DependsOn": "Start"}}, "CREATE")

    assert stacks.execute() == "ROLLBACK_COMPLETE"

    assert stacks.names()["jobs"] == []
    assert stacks.described()["ExecutionStatus"] == "EXECUTE_FAILED"
    stacks.delete()
    assert stacks.change_set(nightly(), "CREATE")["Status"] == "CREATE_COMPLETE"
    assert stacks.execute() == "CREATE_COMPLETE"


def test_an_update_that_fails(stacks: Stacks) -> None:
    """A change set that fails is undone; others of the stack are out of date."""
    stacks.create(nightly())
    stacks.change_set(nightly() | {"Bad": BAD}, "UPDATE")

    assert stacks.execute() == "UPDATE_ROLLBACK_COMPLETE"

    assert stacks.names()["jobs"] == ["load"]


def test_tags_and_parameters_are_changes(stacks: Stacks) -> None:
    """A change set notices tags of the stack and parameters, not the template alone."""
    slots = {"Minutes": {"Type": "Number"}}
    resources = {"Load": job(Timeout={"Ref": "Minutes"})}
    stacks.create(resources, Slots=slots, Given={"Minutes": "3"}, Tags={"a": "1"})

    made = stacks.change_set(resources, "UPDATE", Slots=slots, Given={"Minutes": "4"}, Tags={"a": "2"})

    [change] = made["Changes"]
    assert change["ResourceChange"]["Scope"] == ["Properties", "Tags"]
    assert stacks.execute() == "UPDATE_COMPLETE"
    assert stacks.glue.get_job(JobName="load")["Job"]["Timeout"] == 4
    assert stacks.stack()["Tags"] == [{"Key": "a", "Value": "2"}]
