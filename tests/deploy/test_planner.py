"""What is planned, in which order, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from unittest.mock import ANY

import pytest

from gluedsl.deploy import Silence, apply, plan, plan_removal
from gluedsl.deploy.account import AwsError
from gluedsl.deploy.failure import RefusedPlanError
from gluedsl.deploy.halt import Halt
from gluedsl.deploy.resources import PlacedTrigger, RoleDefinition
from gluedsl.deploy.steps import Keep, Plan, changes
from gluedsl.errors import InternalError
from gluedsl.model import Action, ExistingCrawler, ExistingJob, Project, RemoteScript, ScriptFile, Workflow
from tests.support.account import FakeAccount
from tests.support.deploy import (
    BUCKET,
    FILES,
    NAME,
    ROLE,
    SALES,
    after,
    crawler,
    files_for,
    job,
    start,
    told,
    with_job,
    with_trigger,
    with_workflow,
)

OTHER_ROLE = replace(ROLE, name="billing-role")
BILLING = Project(
    workflows=(Workflow(name="billing", triggers=(start("billing-start", "orders", "invoices"),)),),
    jobs=(job("orders"), job("invoices", role="billing-role")),
    roles=(OTHER_ROLE,),
)
"""Another flow, which starts a job of the first as well."""


def planned(project: Project, account: FakeAccount, **options: Any) -> Plan:
    """Plan under the name of the project."""
    name = options.get("name", NAME)
    return plan(project, files_for(None, name), account, **{"name": name, **options})


def deployed(project: Project, account: FakeAccount, **options: Any) -> list[str]:
    """Plan and apply; return what was done."""
    steps = apply(planned(project, account, **options), account, account, halt=Halt(lambda _: None), observer=Silence())
    return told(steps)


def removed(project: Project, account: FakeAccount, name: str = NAME) -> list[str]:
    """Plan the removal and apply it; return what was done."""
    its = plan_removal(project, account, name=name)
    return told(apply(its, account, account, halt=Halt(lambda _: None), observer=Silence()))


def kept(plan: Plan) -> list[tuple[str, str]]:
    """Return what stays for a reason, and the reason."""
    return [(s.name, s.reason) for s in plan.steps if isinstance(s, Keep) and s.reason != "unchanged"]


def with_reasons(plan: Plan) -> list[tuple[str, str]]:
    """Return what is done, and why."""
    return [(told([step])[0], step.reason) for step in plan.effective]


def refusals(plan: Plan) -> list[tuple[str, str]]:
    """Return what is refused, each with its hint."""
    return [(refusal.message, refusal.hint) for refusal in plan.refusals]


BUCKET_STAYS = (BUCKET, "jobs that stay have files in it")
ADOPT = "give yours another name, or use --adopt to take this one over"


def test_the_order_of_a_first_deployment() -> None:
    """What something needs comes before it, and the start trigger last."""
    assert deployed(SALES, FakeAccount()) == [
        f"create bucket `{BUCKET}`",
        "create workflow `sales`",
        "upload file `gluedsl/lakehouse/files/0123456789abcdef/customers.py`",
        "upload file `gluedsl/lakehouse/files/0123456789abcdef/orders.py`",
        "create role `sales-role`",
        "create job `orders`",
        "create job `customers`",
        "create crawler `sales-tables`",
        "create trigger `sales-catalog`",
        "create trigger `sales-start`",
    ]


def test_the_order_of_a_change_of_the_graph() -> None:
    """The schedule is paused, what goes goes, what comes comes, the schedule goes on; then what was started goes."""
    account = FakeAccount()
    deployed(SALES, account)
    account.calls.clear()
    changed = with_workflow(
        replace(SALES, jobs=(*SALES.jobs, job("publish")), crawlers=()),
        triggers=(start(), after("sales-publish", ("orders",), Action(job_name="publish"))),
    )
    assert deployed(changed, account) == [
        "create job `publish`",
        "deactivate trigger `sales-start`",
        "delete trigger `sales-catalog`",
        "create trigger `sales-publish`",
        "activate trigger `sales-start`",
        "delete crawler `sales-tables`",
    ]
    assert account.hazards == []


def test_the_order_of_a_removal() -> None:
    """Start triggers go first, the workflow, which remembers its role, last; then files, and the bucket with them."""
    account = FakeAccount()
    deployed(SALES, account)
    assert removed(SALES, account) == [
        "delete trigger `sales-start`",
        "delete trigger `sales-catalog`",
        "delete crawler `sales-tables`",
        "delete job `customers`",
        "delete job `orders`",
        "delete role `sales-role`",
        "delete workflow `sales`",
        "delete file `gluedsl/lakehouse/files/0123456789abcdef/customers.py`",
        "delete file `gluedsl/lakehouse/files/0123456789abcdef/orders.py`",
        f"delete bucket `{BUCKET}`",
    ]
    assert account.contents() == {}
    assert removed(SALES, account) == []


def test_a_changed_script_is_one_upload_and_one_update() -> None:
    """Nothing else is touched when the code of one job changes."""
    account = FakeAccount()
    deployed(SALES, account)
    account.calls.clear()
    changed = with_job(
        SALES, "orders", code=RemoteScript(uri=f"s3://{BUCKET}/gluedsl/lakehouse/files/456789abcdef0123/orders.py")
    )
    files = (FILES[0], replace(FILES[1], key="gluedsl/lakehouse/files/456789abcdef0123/orders.py"))
    steps = plan(changed, files, account, name=NAME)
    apply(steps, account, account, halt=Halt(lambda _: None), observer=Silence())
    assert account.calls == ["upload file `gluedsl/lakehouse/files/456789abcdef0123/orders.py`", "update job `orders`"]


def test_a_changed_schedule_is_stopped_updated_and_started() -> None:
    """An active trigger whose own definition changes is one step."""
    account = FakeAccount()
    deployed(SALES, account)
    account.calls.clear()
    assert deployed(with_trigger(SALES, "sales-start", schedule="cron(0 3 * * ? *)"), account) == [
        "update trigger `sales-start`"
    ]
    assert account.calls == [
        "stop trigger `sales-start`",
        "update trigger `sales-start`",
        "start trigger `sales-start`",
        "tag trigger `sales-start`",
    ]
    assert account.state("sales-start") == "ACTIVATED"


def test_a_changed_tag_stops_nothing() -> None:
    """Tags of an active trigger are changed while it is active."""
    account = FakeAccount()
    deployed(with_trigger(SALES, "sales-start", tags={"team": "sales", "tier": "1"}), account)
    account.calls.clear()
    deployed(with_trigger(SALES, "sales-start", tags={"team": "data"}), account)
    assert account.calls == ["tag trigger `sales-start`", "untag trigger `sales-start`"]
    assert account.its_tags["AWS::Glue::Trigger", "sales-start"] == {
        "team": "data",
        "gluedsl:project": NAME,
        "gluedsl:workflow": "sales",
        "gluedsl:content": ANY,
    }


def test_tags_of_aws_itself_are_left_alone() -> None:
    """What begins with `aws:` is neither told nor taken away; any other tag that the flow does not name is."""
    account = FakeAccount()
    deployed(SALES, account)
    account.its_tags["AWS::Glue::Job", "orders"] |= {"aws:cloudformation:stack-name": "x", "team": "y"}
    (step,) = planned(SALES, account).effective
    assert [(c.field, c.before, c.after) for c in changes(step)] == [("tags.team", "y", None)]


def test_another_type_of_trigger_is_a_replacement() -> None:
    """Type cannot be updated: the trigger is paused, deleted, and created last."""
    account = FakeAccount(lag=2)
    deployed(SALES, account)
    by_hand = with_trigger(SALES, "sales-start", type="ON_DEMAND", schedule=None)
    by_hand = with_trigger(by_hand, "sales-catalog", description="then the crawler")
    steps = planned(by_hand, account)
    assert told(steps.effective) == [
        "deactivate trigger `sales-start`",
        "update trigger `sales-catalog`",
        "replace trigger `sales-start`",
    ]
    assert steps.effective[-1].reason == "Glue cannot change the type of a trigger"
    apply(steps, account, account, halt=Halt(lambda _: None), observer=Silence())
    assert account.hazards == []
    assert planned(by_hand, account).is_empty


def test_a_trigger_that_moves_to_another_workflow() -> None:
    """It leaves one workflow before it comes to the other, both paused meanwhile."""
    account = FakeAccount(lag=1)
    both = replace(
        SALES,
        workflows=(
            Workflow(name="night", triggers=(start("night-start", "customers"),)),
            *SALES.workflows,
        ),
    )
    deployed(both, account)
    moved = after("sales-catalog", ("customers",), Action(crawler_name="sales-tables"))
    both = replace(
        both,
        workflows=(
            replace(both.workflows[0], triggers=(start("night-start", "customers"), moved)),
            replace(SALES.workflows[0], triggers=(start(),)),
        ),
    )
    steps = planned(both, account)
    assert with_reasons(steps) == [
        ("update crawler `sales-tables`", ""),
        ("deactivate trigger `night-start`", "paused while its workflow changes"),
        ("deactivate trigger `sales-start`", "paused while its workflow changes"),
        ("delete trigger `sales-catalog`", "it moves to workflow `night`"),
        ("create trigger `sales-catalog`", ""),
        ("activate trigger `night-start`", "its workflow is complete again"),
        ("activate trigger `sales-start`", "its workflow is complete again"),
    ]
    apply(steps, account, account, halt=Halt(lambda _: None), observer=Silence())
    assert account.hazards == []


def test_what_is_not_ours_is_refused() -> None:
    """Whoever made it, it is not changed; all that is in the way is said at once."""
    account = FakeAccount()
    account.create(job("orders"))
    account.create(replace(crawler("sales-tables"), tags={"gluedsl:project": "elsewhere"}))
    account.create(RoleDefinition(name="sales-role", trust={}, policy=None, tags={}))
    before = account.contents()
    steps = planned(SALES, account)
    assert refusals(steps) == [
        ("role `sales-role` exists already, and gluedsl did not make it", ADOPT),
        ("job `orders` exists already, and gluedsl did not make it", ADOPT),
        ("crawler `sales-tables` belongs to another gluedsl project, `elsewhere`", ADOPT),
    ]
    with pytest.raises(RefusedPlanError) as error:
        apply(steps, account, account, halt=Halt(lambda _: None), observer=Silence())
    assert (error.value.message, error.value.hint, error.value.exit_code) == (
        "nothing was deployed: role `sales-role` exists already, and gluedsl did not make it (and 2 more like it)",
        ADOPT,
        3,
    )
    assert account.contents() == before


def test_adoption() -> None:
    """Asked to, a deployment takes over what has the names of its own, and says so."""
    account = FakeAccount()
    account.create(job("orders", timeout_minutes=7))
    steps = planned(SALES, account, adopt=True)
    (update,) = (step for step in steps.effective if step.action == "update")
    assert update.reason == "taken over"
    assert [(c.field, c.before, c.after) for c in changes(update)] == [
        ("timeout_minutes", 7, None),
        ("tags.gluedsl:content", None, ANY),
        ("tags.gluedsl:project", None, NAME),
        ("tags.gluedsl:workflow", None, "sales"),
    ]
    apply(steps, account, account, halt=Halt(lambda _: None), observer=Silence())
    assert planned(SALES, account).is_empty


def test_the_trigger_of_another_flow_is_refused() -> None:
    """A trigger belongs to one workflow: another flow of the same project cannot have it by its name."""
    account = FakeAccount()
    deployed(SALES, account)
    taken = with_workflow(BILLING, triggers=(start("sales-start", "orders"),))
    assert refusals(planned(taken, account)) == [
        ("trigger `sales-start` belongs to another workflow of this project, `sales`", ADOPT)
    ]


def test_a_job_of_two_flows() -> None:
    """A job that two flows of one project have stays the first one's, and goes only when neither starts it."""
    account = FakeAccount()

    def billing() -> Plan:
        return plan(BILLING, FILES[1:], account, name=NAME)

    deployed(SALES, account)
    apply(billing(), account, account, halt=Halt(lambda _: None), observer=Silence())
    assert planned(SALES, account).is_empty
    assert billing().is_empty

    leaving = plan_removal(SALES, account, name=NAME)
    assert kept(leaving) == [
        ("orders", "trigger `billing-start`, which stays, starts it"),
        ("sales-role", "job `orders`, which stays, has it"),
        BUCKET_STAYS,
    ]
    removed(SALES, account)
    assert set(account.definitions["AWS::Glue::Job"]) == {"orders", "invoices"}
    assert account.objects[BUCKET].keys() == {FILES[1].key}
    assert billing().is_empty
    removed(BILLING, account)
    assert account.contents() == {}
    assert (account.buckets, account.objects) == ({}, {})


def test_a_role_whose_workflow_is_gone() -> None:
    """It stays for as long as anything of the project has it, and goes with the last that does."""
    account = FakeAccount()
    third = with_workflow(
        replace(BILLING, jobs=(job("refunds"),), roles=()),
        name="refunds",
        triggers=(start("refunds-start", "refunds"),),
    )
    deployed(SALES, account)
    for flow in (BILLING, third):
        apply(
            plan(flow, FILES[1:], account, name=NAME), account, account, halt=Halt(lambda _: None), observer=Silence()
        )
    removed(SALES, account)
    removed(BILLING, account)
    assert "sales-role" in account.its_roles
    removed(third, account)
    assert account.contents() == {}


def test_what_a_flow_no_longer_names() -> None:
    """It goes, but for what somebody else's trigger starts; and nothing of another project goes."""
    account = FakeAccount()
    deployed(SALES, account)
    account.create(Workflow(name="theirs"))
    account.create(
        PlacedTrigger(workflow="theirs", trigger=start("theirs", "customers", type="ON_DEMAND", schedule=None))
    )
    account.create(replace(job("elsewhere"), tags={"gluedsl:project": "elsewhere", "gluedsl:workflow": "sales"}))
    less = with_workflow(replace(SALES, jobs=SALES.jobs[:1], crawlers=()), triggers=(start("sales-start", "orders"),))
    steps = planned(less, account)
    assert told(steps.effective) == [
        "deactivate trigger `sales-start`",
        "delete trigger `sales-catalog`",
        "update trigger `sales-start`",
        "activate trigger `sales-start`",
        "delete crawler `sales-tables`",
    ]
    assert kept(steps) == [("customers", "trigger `theirs`, which stays, starts it")]
    apply(steps, account, account, halt=Halt(lambda _: None), observer=Silence())
    assert planned(less, account).is_empty


def test_a_removal_keeps_what_is_not_ours() -> None:
    """What only has the name stays, and so does a workflow that somebody put a trigger into."""
    account = FakeAccount()
    account.create(job("orders"))
    deployed(replace(SALES, jobs=SALES.jobs[1:], existing_jobs=(ExistingJob(name="orders"),)), account)
    account.create(PlacedTrigger(workflow="sales", trigger=after("theirs", ("orders",), Action(job_name="orders"))))
    assert kept(plan_removal(SALES, account, name=NAME)) == [
        ("sales", "trigger `theirs`, which stays, belongs to it"),
        ("orders", "it is not this project's"),
        BUCKET_STAYS,
    ]
    removed(SALES, account)
    assert set(account.definitions["AWS::Glue::Job"]) == {"orders"}
    assert set(account.definitions["AWS::Glue::Trigger"]) == {"theirs"}


def test_a_removal_by_another_project_does_nothing() -> None:
    """The name of the project is what makes things ours."""
    account = FakeAccount()
    deployed(SALES, account)
    before = account.contents()
    assert removed(SALES, account, name="elsewhere") == []
    assert account.contents() == before


def test_what_others_make_has_to_be_there() -> None:
    """A job or crawler that the flow only names, and that nobody made, is refused before anything is done."""
    project = replace(
        SALES, existing_jobs=(ExistingJob(name="clean"),), existing_crawlers=(ExistingCrawler(name="raw"),)
    )
    hint = "create it first, or define it in the flow"
    account = FakeAccount()
    assert refusals(planned(project, account)) == [
        ("job `clean` does not exist in account 123456789012, region eu-west-1", hint),
        ("crawler `raw` does not exist in account 123456789012, region eu-west-1", hint),
    ]
    account.create(job("clean"))
    account.create(crawler("raw"))
    assert planned(project, account).refusals == ()


def test_a_bucket_of_somebody_else() -> None:
    """A bucket that is closed to these credentials is refused."""
    account = FakeAccount()
    account.buckets["theirs"] = "foreign"
    assert refusals(planned(SALES, account, bucket="theirs")) == [
        (
            "bucket `theirs` is somebody else's, or closed to these credentials",
            "configure a script bucket that these credentials may list and write to",
        )
    ]


def test_a_bucket_without_files() -> None:
    """A project whose scripts are all in S3 already has the bucket as well: the lock of its deployments is there."""
    account = FakeAccount()
    apply(plan(SALES, (), account, name=NAME), account, account, halt=Halt(lambda _: None), observer=Silence())
    assert account.buckets == {BUCKET: "ready"}


def test_what_was_activated_or_deactivated_by_hand() -> None:
    """Activation is part of what is planned; the reasons say which way."""
    account = FakeAccount()
    deployed(SALES, account)
    account.stop_trigger("sales-catalog")
    off = with_trigger(SALES, "sales-start", enabled=False)
    assert with_reasons(planned(off, account)) == [
        ("deactivate trigger `sales-start`", "enabled=False"),
        ("activate trigger `sales-catalog`", "to be active, and is not"),
    ]
    deployed(off, account)
    assert (account.state("sales-start"), account.state("sales-catalog")) == ("DEACTIVATED", "ACTIVATED")


def test_a_trigger_on_its_way_is_left_to_arrive() -> None:
    """What is being created or activated needs no step; what is being deleted is created anew."""
    account = FakeAccount()
    deployed(SALES, account)
    for state in ("CREATING", "ACTIVATING"):
        account.definitions["AWS::Glue::Trigger"]["sales-catalog"]["State"] = state
        account.lag = 9
        assert planned(SALES, account).is_empty
    account.definitions["AWS::Glue::Trigger"]["sales-catalog"]["State"] = "DELETING"
    assert told(planned(SALES, account).effective) == [
        "deactivate trigger `sales-start`",
        "create trigger `sales-catalog`",
        "activate trigger `sales-start`",
    ]
    deployed(SALES, account)
    assert account.state("sales-catalog") == "ACTIVATED"


def test_code_that_is_not_in_s3_is_a_bug() -> None:
    """A project has to be bundled first."""
    with pytest.raises(InternalError) as error:
        planned(with_job(SALES, "orders", code=ScriptFile(path="/flows/orders.py")), FakeAccount())
    assert error.value.message == "job `orders` comes to deployment without its code in S3"


def test_an_error_while_reading_ends_the_plan() -> None:
    """What AWS says while the account is read is told as it is."""

    class Closed(FakeAccount):
        def every_trigger(self) -> Any:
            operation = "GetTriggers"
            raise AwsError(operation, "AccessDeniedException", "no", hint="allow it")

    with pytest.raises(AwsError) as error:
        plan_removal(SALES, Closed(), name=NAME)
    assert (error.value.message, error.value.hint) == ("GetTriggers: AccessDeniedException: no", "allow it")


def test_more_tags_than_there_can_be() -> None:
    """With those of gluedsl's, fifty tags of the author's are too many: nothing is begun that AWS would refuse."""
    tags = {f"tag-{number}": "x" for number in range(48)}
    crowded = with_job(with_trigger(SALES, "sales-start", tags=tags), "orders", tags=dict(list(tags.items())[:47]))
    assert refusals(planned(crowded, FakeAccount())) == [
        ("trigger `sales-start` has 48 tags, and 3 of gluedsl's", "AWS takes 50: leave some out")
    ]


def test_names_that_no_tag_can_hold() -> None:
    """IAM refuses most signs in tags: such a name is tagged by what is left of it and a digest, and found again."""
    account = FakeAccount(lag=1)
    odd = with_workflow(SALES, name="sales & more")
    deployed(odd, account, name="lake (prod)")
    assert account.its_tags["AWS::IAM::Role", "sales-role"] == {
        "gluedsl:project": "lake _prod_-f08ebb6cb9c2",
        "gluedsl:workflow": "sales _ more-70928fe6151f",
        "gluedsl:region": "eu-west-1",
        "gluedsl:content": ANY,
    }
    assert planned(odd, account, name="lake (prod)").is_empty
    assert planned(odd, account, name="lake _prod_").refusals != ()
    less = with_workflow(replace(odd, crawlers=()), triggers=(start(),))
    assert "delete trigger `sales-catalog`" in deployed(less, account, name="lake (prod)")
    account.definitions["AWS::Glue::Trigger"]["sales-start"]["WorkflowName"] = "elsewhere"
    none = with_workflow(replace(odd, crawlers=()), triggers=(start("sales-begin"),))
    assert "delete trigger `sales-start`" in deployed(none, account, name="lake (prod)")
    removed(odd, account, name="lake (prod)")
    account.triggers(("sales-begin",))
    assert account.contents() == {}
