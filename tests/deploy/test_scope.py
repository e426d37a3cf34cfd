"""Whole workflows that no flow names any more, and stages: what is a deployment's to delete, and what is not."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from unittest.mock import ANY

from gluedsl.compiler.prefixing import prefixed
from gluedsl.deploy import Scope, Silence, apply, plan, plan_removal
from gluedsl.deploy.halt import Halt
from gluedsl.deploy.ownership import FLOW
from gluedsl.model import Project, Workflow
from tests.support.account import FakeAccount, Killed
from tests.support.deploy import NAME, ROLE, SALES, files_for, job, start, told, whole_file

if TYPE_CHECKING:
    from gluedsl.deploy import Plan
    from gluedsl.deploy.account import Identity
    from gluedsl.deploy.resources import ResourceType

STOCK = Project(
    workflows=(Workflow(name="stock", triggers=(start("stock-start", "count"),)),),
    jobs=(job("count", role="stock-role"),),
    roles=(replace(ROLE, name="stock-role"),),
)
BOTH = replace(
    SALES,
    workflows=(*SALES.workflows, *STOCK.workflows),
    jobs=(*SALES.jobs, *STOCK.jobs),
    roles=(*SALES.roles, *STOCK.roles),
)


def planned(project: Project, account: FakeAccount, scope: Scope, stage: str | None = None) -> Plan:
    """Plan within a scope."""
    return plan(project, files_for(stage), account, name=NAME, scope=scope, stage=stage)


def deployed(project: Project, account: FakeAccount, scope: Scope, stage: str | None = None) -> list[str]:
    """Plan and apply; return what was done."""
    steps = planned(project, account, scope, stage)
    return told(apply(steps, account, account, halt=Halt(lambda _: None), observer=Silence()))


def destroyed(project: Project, account: FakeAccount, scope: Scope, stage: str | None = None) -> list[str]:
    """Plan the removal and apply it; return what was done."""
    steps = plan_removal(project, account, name=NAME, scope=scope, stage=stage)
    return told(apply(steps, account, account, halt=Halt(lambda _: None), observer=Silence()))


GONE = [
    "delete trigger `stock-start`",
    "delete job `count`",
    "delete role `stock-role`",
    "delete workflow `stock`",
]


def test_a_workflow_that_its_file_no_longer_names() -> None:
    """It goes with all that is its own, its start trigger first; the plan says that its history goes too."""
    account = FakeAccount()
    deployed(BOTH, account, whole_file(BOTH))
    less = planned(SALES, account, whole_file(SALES))
    assert told(less.effective) == GONE
    assert [step.reason for step in less.effective] == [
        "the flow no longer names it",
        "the flow no longer names it; the history of its runs goes with it",
        "the flow no longer names it",
        "no flow names it any more; the history of its runs goes with it",
    ]
    deployed(SALES, account, whole_file(SALES))
    fresh = FakeAccount()
    deployed(SALES, fresh, whole_file(SALES))
    assert account.contents() == fresh.contents()


def test_the_index_of_tags_may_know_nothing_yet() -> None:
    """A workflow is found by what serves it as well."""
    account = FakeAccount(indexed=False)
    deployed(BOTH, account, whole_file(BOTH))
    assert told(planned(SALES, account, whole_file(SALES)).effective) == GONE


def test_another_flow_file_of_the_project() -> None:
    """What it made is nobody else's to delete, even under the same project name."""
    account = FakeAccount()
    deployed(SALES, account, whole_file(SALES, "flows/sales.py"))
    assert "create workflow `stock`" in deployed(STOCK, account, whole_file(STOCK, "flows/stock.py"))
    assert planned(SALES, account, whole_file(SALES, "flows/sales.py")).is_empty
    assert planned(STOCK, account, whole_file(STOCK, "flows/stock.py")).is_empty


def test_a_folder_of_flow_files() -> None:
    """Deploying a folder deletes the workflows of files below it that are there no more, and of no others."""
    account = FakeAccount()
    deployed(SALES, account, whole_file(SALES, "flows/sales.py"))
    deployed(STOCK, account, whole_file(STOCK, "other/stock.py"))
    sales_only = {"sales": "flows/sales.py"}
    assert planned(SALES, account, Scope(covers="flows", flows=sales_only)).is_empty
    assert told(planned(SALES, account, Scope(covers=".", flows=sales_only)).effective) == GONE
    assert told(planned(SALES, account, Scope(covers="other", flows=sales_only)).effective) == GONE


def test_workflows_in_hand_delete_no_others() -> None:
    """Without a path there is nothing that a deployment would cover."""
    account = FakeAccount()
    deployed(BOTH, account, whole_file(BOTH))
    account.its_tags["AWS::Glue::Workflow", "sales"].pop(FLOW)
    assert planned(SALES, account, Scope()).is_empty


def test_a_flow_that_moves_to_another_file() -> None:
    """The tag follows; from then on the other file is what covers it."""
    account = FakeAccount()
    deployed(SALES, account, whole_file(SALES, "old.py"))
    assert deployed(SALES, account, whole_file(SALES, "new.py")) == ["update workflow `sales`"]
    assert planned(STOCK, account, whole_file(STOCK, "old.py")).effective[0].action == "create"
    assert "delete workflow `sales`" not in told(planned(STOCK, account, whole_file(STOCK, "old.py")).effective)


def test_a_job_that_a_gone_workflow_leaves_behind() -> None:
    """What another flow's trigger starts is kept; what the flow itself names under another workflow is taken over."""
    account = FakeAccount()
    shared = replace(
        STOCK, workflows=(Workflow(name="stock", triggers=(start("stock-start", "orders"),)),), jobs=(job("orders"),)
    )
    shared = replace(shared, roles=())
    both = replace(SALES, workflows=(*shared.workflows, *SALES.workflows))
    deployed(both, account, whole_file(both))
    assert account.its_tags["AWS::Glue::Job", "orders"]["gluedsl:workflow"] == "stock"
    deployed(SALES, account, whole_file(SALES))
    assert account.its_tags["AWS::Glue::Job", "orders"]["gluedsl:workflow"] == "sales"
    assert planned(SALES, account, whole_file(SALES)).is_empty


def test_a_deployment_killed_before_its_workflow_had_anything() -> None:
    """The workflow is made first and remembers the rest: what another flow does not need any more is found."""
    whole = FakeAccount()
    calls = len(deployed(STOCK, whole, whole_file(STOCK)))
    empty = FakeAccount()
    deployed(SALES, empty, whole_file(SALES))
    for number in range(calls):
        account = FakeAccount()

        def fault(call: int, when: str, _: str, last: int = number) -> None:
            if when == "after" and call >= last:
                raise Killed

        account.fault = fault
        try:
            deployed(STOCK, account, whole_file(STOCK))
        except Killed:
            account.fault = None
        deployed(SALES, account, whole_file(SALES))
        assert account.contents() == empty.contents(), number


def test_destroying_a_file_takes_what_it_once_named() -> None:
    """Nothing of what was deployed from it stays, and nothing of another file goes."""
    account = FakeAccount()
    deployed(BOTH, account, whole_file(BOTH, "flow.py"))
    other = Project(
        workflows=(Workflow(name="other", triggers=(start("other-start", "x"),)),), jobs=(job("x", role="y"),)
    )
    deployed(other, account, whole_file(other, "other.py"))
    destroyed(SALES, account, whole_file(SALES, "flow.py"))
    assert list(account.definitions["AWS::Glue::Workflow"]) == ["other"]
    destroyed(other, account, whole_file(other, "other.py"))
    assert account.contents() == {}


def in_stage(project: Project, prefix: str) -> Project:
    """Return the project as a stage with a prefix has it, with one role of its own."""
    its = prefixed(project, prefix)
    role = replace(ROLE, name=f"{prefix}{ROLE.name}")
    return replace(
        its,
        jobs=tuple(replace(each, role=role.name) for each in its.jobs),
        crawlers=tuple(replace(each, role=role.name) for each in its.crawlers),
        roles=(role,),
    )


def test_two_stages_of_one_account() -> None:
    """The same flow in two stages does not know of itself: each is deployed, changed and destroyed alone."""
    account = FakeAccount()
    dev = in_stage(SALES, "dev-")
    deployed(dev, account, whole_file(dev), "dev")
    deployed(SALES, account, whole_file(SALES), "prod")
    assert planned(dev, account, whole_file(dev), "dev").is_empty
    assert planned(SALES, account, whole_file(SALES), "prod").is_empty
    assert account.its_tags["AWS::Glue::Job", "dev-orders"] == {
        "gluedsl:project": NAME,
        "gluedsl:stage": "dev",
        "gluedsl:workflow": "dev-sales",
        "gluedsl:content": ANY,
    }
    destroyed(dev, account, whole_file(dev), "dev")
    assert planned(SALES, account, whole_file(SALES), "prod").is_empty
    destroyed(SALES, account, whole_file(SALES), "prod")
    assert account.contents() == {}


class Ohio(FakeAccount):
    """The same account in another region: what IAM has is the same."""

    def identity(self) -> Identity:
        """Whose account this is."""
        return replace(super().identity(), region="us-east-2")


def test_two_regions_of_one_account() -> None:
    """A role is the same one in all regions: the other region's is refused, and never taken away."""
    ireland = FakeAccount()
    deployed(SALES, ireland, whole_file(SALES))
    role: tuple[ResourceType, str] = ("AWS::IAM::Role", "sales-role")
    ohio = Ohio(its_roles=ireland.its_roles)
    ohio.its_tags[role] = ireland.its_tags[role]
    refusals = [(each.message, each.hint) for each in planned(SALES, ohio, whole_file(SALES)).refusals]
    assert refusals == [
        (
            "role `sales-role` belongs to this project in region `eu-west-1`, and roles are the same in all regions",
            "give yours another name, or use --adopt to take this one over",
        )
    ]
    without = replace(SALES, roles=())
    deployed(without, ohio, whole_file(without))
    destroyed(SALES, ohio, whole_file(SALES))
    assert ohio.definitions["AWS::Glue::Workflow"] == {}
    assert ireland.its_roles.keys() == {"sales-role"}
    assert planned(SALES, ireland, whole_file(SALES)).is_empty


def test_a_stage_without_a_prefix_of_its_own() -> None:
    """Names that another stage has are refused, and so are those of a deployment without a stage."""
    account = FakeAccount()
    deployed(SALES, account, whole_file(SALES), "dev")
    refusals = [each.message for each in planned(SALES, account, whole_file(SALES), "prod").refusals]
    assert refusals[0] == "workflow `sales` belongs to this project in stage `dev`"
    refusals = [each.message for each in planned(SALES, account, whole_file(SALES)).refusals]
    assert refusals[0] == "workflow `sales` belongs to this project in stage `dev`"

    account = FakeAccount()
    deployed(SALES, account, whole_file(SALES))
    refusals = [each.message for each in planned(SALES, account, whole_file(SALES), "dev").refusals]
    assert refusals[0] == "workflow `sales` belongs to this project outside of any stage"


def test_what_one_reads_of_tags() -> None:
    """Of what is as it should be, tags are read from the index alone; where that lags behind, one by one."""
    account = FakeAccount()
    deployed(BOTH, account, whole_file(BOTH))
    account.reads.clear()
    assert planned(BOTH, account, whole_file(BOTH)).is_empty
    assert not [read for read in account.reads if read.startswith("tags ")]
    account.indexed = False
    account.reads.clear()
    assert planned(BOTH, account, whole_file(BOTH)).is_empty
    assert sorted(read for read in account.reads if read.startswith("tags ")) == [
        "tags AWS::Glue::Crawler 1",
        "tags AWS::Glue::Job 3",
        "tags AWS::Glue::Trigger 3",
        "tags AWS::Glue::Workflow 2",
    ]


def test_a_renamed_workflow_that_keeps_its_triggers() -> None:
    """A trigger cannot move: each leaves the old workflow before it comes to the new one, no schedule being active."""
    account = FakeAccount(lag=1)
    deployed(SALES, account, whole_file(SALES))
    account.triggers(["sales-start", "sales-catalog"])
    renamed = replace(SALES, workflows=(replace(SALES.workflows[0], name="revenue"),))
    steps = planned(renamed, account, whole_file(renamed))
    assert [(told([step])[0], step.reason) for step in steps.effective if "trigger" in told([step])[0]] == [
        ("delete trigger `sales-start`", "it moves to workflow `revenue`"),
        ("delete trigger `sales-catalog`", "it moves to workflow `revenue`"),
        ("create trigger `sales-catalog`", ""),
        ("create trigger `sales-start`", ""),
    ]
    deployed(renamed, account, whole_file(renamed))
    assert account.hazards == []
    assert planned(renamed, account, whole_file(renamed)).is_empty
    assert list(account.definitions["AWS::Glue::Workflow"]) == ["revenue"]
    assert account.state("sales-start") == "ACTIVATED"
