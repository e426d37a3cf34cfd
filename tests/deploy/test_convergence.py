"""A deployment that is killed, or refused for a while, ends where one that was left alone ends."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from gluedsl.deploy import Plan, Silence, Upload, apply, plan, plan_removal
from gluedsl.deploy.account import AwsError
from gluedsl.deploy.halt import Halt
from gluedsl.model import Action, Project, RemoteScript
from tests.support import three_workflows
from tests.support.account import FakeAccount, Killed
from tests.support.deploy import (
    BUCKET,
    FOLDER,
    NAME,
    ROLE,
    SALES,
    after,
    crawler,
    files_of,
    job,
    start,
    whole_file,
    with_crawler,
    with_job,
    with_trigger,
    with_workflow,
)
from tests.support.models import projects

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

CHANGED = with_trigger(
    with_job(SALES, "orders", timeout_minutes=30, tags={"team": "sales"}), "sales-start", schedule="cron(0 3 * * ? *)"
)
"""Updates in place."""
RESHAPED = Project(
    workflows=(
        replace(
            SALES.workflows[0],
            triggers=(
                start("sales-begin", "orders"),
                after("sales-catalog", ("orders",), Action(job_name="publish")),
                after("sales-end", ("publish",), Action(crawler_name="sales-views")),
            ),
        ),
    ),
    jobs=(job("orders", role="elsewhere"), job("publish", role="elsewhere")),
    crawlers=(crawler("sales-views", role="elsewhere"),),
)
"""Other triggers, jobs and crawlers, another start trigger, and no role of its own."""


def planned(project: Project, account: FakeAccount) -> Plan:
    """Plan the deployment of a flow file, with the files that its jobs name."""
    return plan(project, files_of(project), account, name=NAME, scope=whole_file(project))


def deployed(project: Project, account: FakeAccount) -> None:
    """Plan and apply, as one command does."""
    apply(planned(project, account), account, account, halt=Halt(lambda _: None), observer=Silence(), parallel=2)


def destroyed(project: Project, account: FakeAccount) -> None:
    """Plan the removal and apply it."""
    removal = plan_removal(project, account, name=NAME, scope=whole_file(project))
    apply(removal, account, account, halt=Halt(lambda _: None), observer=Silence(), parallel=2)


def is_empty(project: Project, account: FakeAccount) -> bool:
    """Whether a further deployment would do nothing."""
    return planned(project, account).is_empty


def with_existing(project: Project, *, lag: int = 0) -> FakeAccount:
    """Make an account that has what the project only names."""
    account = FakeAccount(lag=lag)
    for each in project.existing_jobs:
        account.create(job(each.name))
    return account


def killed_at(number: int, moment: str) -> Callable[[int, str, str], None]:
    """Return a fault that kills the deployment at one call of the writer, and answers nothing after."""

    def fault(call: int, when: str, _: str) -> None:
        if call > number or (call == number and when == moment):
            raise Killed

    return fault


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("lag", [0, 2])
@pytest.mark.parametrize(
    ("old", "new"),
    [(None, SALES), (SALES, CHANGED), (SALES, RESHAPED), (RESHAPED, SALES)],
    ids=["first", "in place", "reshaped", "reshaped back"],
)
def test_a_deployment_killed_at_any_call_converges(old: Project | None, new: Project, lag: int, moment: str) -> None:
    """Whatever call of the writer is the last, the next deployment finishes the work, and no run ever starts."""
    whole = FakeAccount()
    deployed(new, whole)
    reference = FakeAccount(lag=lag)
    if old is not None:
        deployed(old, reference)
    already = len(reference.calls)
    deployed(new, reference)
    calls = len(reference.calls) - already

    for number in range(calls):
        account = FakeAccount(lag=lag)
        if old is not None:
            deployed(old, account)
        account.calls.clear()
        account.fault = killed_at(number, moment)
        with pytest.raises(Killed):
            deployed(new, account)
        account.fault = None
        deployed(new, account)
        settle(account)

        assert is_empty(new, account), reference.calls[already + number]
        assert old_files(account, new) <= set(files_of(old) if old else ()) - set(files_of(new))
        assert settled_contents(account, but=old_files(account, new)) == settled_contents(whole)
        assert account.hazards == []


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["read", "write"])
def test_three_workflows_killed_at_any_call(kind: str) -> None:
    """A first deployment of three workflows of twenty nodes, gone after each read, and before or after each write."""
    wanted, its_files = three_workflows.project("scripts"), three_workflows.files()

    def deploy(account: FakeAccount) -> None:
        work = plan(wanted, its_files, account, name=three_workflows.NAME, scope=whole_file(wanted))
        apply(work, account, account, halt=Halt(lambda _: None), observer=Silence())

    def new() -> FakeAccount:
        return FakeAccount(sources={three_workflows.SOURCE: "silent"})

    whole = new()
    deploy(whole)
    # A sample, unless GLUEDSL_EXHAUSTIVE asks for each.
    every = 1 if kind == "read" or os.environ.get("GLUEDSL_EXHAUSTIVE") else 5
    for number in range(0, len(whole.reads if kind == "read" else whole.calls), every):
        account = new()

        def gone(read: int, _: str, last: int = number) -> None:
            if read >= last:
                raise Killed

        if kind == "read":
            account.read_fault = gone
        else:
            account.fault = killed_at(number, "after" if number % 2 else "before")
        with pytest.raises(Killed):
            deploy(account)
        account.fault = account.read_fault = None
        deploy(account)
        again = plan(wanted, its_files, account, name=three_workflows.NAME, scope=whole_file(wanted))
        assert again.is_empty, number
        assert account.contents() == whole.contents(), number
        assert account.hazards == []


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("lag", [0, 2])
def test_a_removal_killed_at_any_call_converges(lag: int, moment: str) -> None:
    """Whatever call is the last, the next removal leaves nothing of ours."""
    whole = FakeAccount(lag=lag)
    deployed(SALES, whole)
    whole.calls.clear()
    destroyed(SALES, whole)
    for number in range(len(whole.calls)):
        account = FakeAccount(lag=lag)
        deployed(SALES, account)
        account.calls.clear()
        account.fault = killed_at(number, moment)
        with pytest.raises(Killed):
            destroyed(SALES, account)
        account.fault = None
        destroyed(SALES, account)
        settle(account)

        assert settled_contents(account) == {}
        assert account.hazards == []


@pytest.mark.parametrize(
    "error",
    [
        AwsError("Any", "ThrottlingException", "Rate exceeded"),
        AwsError("Any", "ConcurrentModificationException", "Workflow sales was modified while adding trigger"),
        AwsError("Any", "OperationTimeoutException", "The operation timed out."),
        AwsError("Any", "InvalidInputException", "Service is unable to assume provided role."),
    ],
    ids=lambda error: error.code,
)
@pytest.mark.parametrize("moment", ["before", "after"])
def test_every_first_try_refused_is_no_matter(error: AwsError, moment: str) -> None:
    """Errors that pass are waited for, even where the call did its work and only the answer was lost."""
    tries: Counter[str] = Counter()

    def first_try_fails(_: int, when: str, what: str) -> None:
        if when == moment:
            tries[what] += 1
            if tries[what] == 1:
                raise error

    account = FakeAccount()
    deployed(SALES, account)
    account.fault = first_try_fails
    deployed(RESHAPED, account)
    deployed(SALES, account)
    account.fault = None

    whole = FakeAccount()
    deployed(SALES, whole)
    assert old_files(account, SALES) == set(files_of(RESHAPED)) - set(files_of(SALES))
    assert settled_contents(account, but=old_files(account, SALES)) == settled_contents(whole)
    assert is_empty(SALES, account)
    assert account.hazards == []


def settle(account: FakeAccount) -> None:
    """Let every change of state come to its end."""
    for _ in range(account.lag):
        account.triggers(list(account.definitions["AWS::Glue::Trigger"]))


def old_files(account: FakeAccount, project: Project) -> set[Upload]:
    """Return the files that are there and that the project does not want: a run may still read them."""
    its = {file.key for file in files_of(project)}
    return {Upload(key=key, content=content) for key, content in account.objects[BUCKET].items() if key not in its}


def settled_contents(account: FakeAccount, *, but: Collection[Upload] = ()) -> dict[str, object]:
    """Return what is there but some files, without the difference between a trigger never active and one that was."""
    those = {f"file {file.key}" for file in but}
    contents = {what: its for what, its in account.contents().items() if what not in those}
    return {
        what: {**data, "State": "CREATED"} if isinstance(data, dict) and data.get("State") == "DEACTIVATED" else data
        for what, data in contents.items()
    }


def versions() -> st.SearchStrategy[list[int]]:
    """Make numbers of versions of scripts."""
    return st.lists(st.integers(0, 2), min_size=8, max_size=8)


def scripted(project: Project, numbers: Sequence[int]) -> Project:
    """Return the project with a script of some version for each job, in the project's folder."""
    uris = [f"s3://{BUCKET}/{FOLDER}/{n:016x}/{j.name}.py" for n, j in zip(numbers, project.jobs, strict=False)]
    return replace(
        project,
        jobs=tuple(replace(j, code=RemoteScript(uri=uri)) for j, uri in zip(project.jobs, uris, strict=True)),
    )


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow], phases=[Phase.generate])
@given(
    old=st.builds(scripted, projects(max_workflows=2), versions()),
    new=st.builds(scripted, projects(max_workflows=3), versions()),
    lag=st.integers(0, 1),
)
def test_any_project_after_any_other(old: Project, new: Project, lag: int) -> None:
    """A plan after a deployment is empty, the account as after a first one, and no graph changed while in action.

    But for the files of the jobs that there were just before: runs may read them, and all of them stay.
    """
    account = with_existing(old, lag=lag)
    deployed(old, account)
    settle(account)
    assert is_empty(old, account)
    fresh = with_existing(new)
    for name in fresh.definitions["AWS::Glue::Job"].keys() - account.definitions["AWS::Glue::Job"].keys():
        account.create(job(name))

    if not planned(new, account).refusals:  # else the new project defines a job that in the old one was another's
        deployed(new, account)
        deployed(new, fresh)
        settle(account)
        settle(fresh)
        assert is_empty(new, account)
        assert account.hazards == []
        if not {each.name for each in old.jobs} & {each.name for each in new.existing_jobs}:
            theirs = {each.name for each in old.existing_jobs} - fresh.definitions["AWS::Glue::Job"].keys()
            for name in theirs:
                account.delete("AWS::Glue::Job", name)
            assert old_files(account, new) == set(files_of(old)) - set(files_of(new))
            assert settled_contents(account, but=old_files(account, new)).keys() == fresh.contents().keys()
            assert account.its_tags == fresh.its_tags
            assert states(account) == states(fresh)
            destroyed(new, account)
            assert (account.buckets, account.objects) == ({}, {})


def states(account: FakeAccount) -> dict[str, bool]:
    """Return which triggers are active."""
    return {name: account.state(name) == "ACTIVATED" for name in account.definitions["AWS::Glue::Trigger"]}


def test_activation_is_desired_state() -> None:
    """A trigger that somebody deactivated is activated again; one that is not enabled is deactivated and stays so."""
    account = FakeAccount()
    deployed(SALES, account)
    account.stop_trigger("sales-catalog")
    deployed(SALES, account)
    assert account.state("sales-catalog") == "ACTIVATED"

    off = with_trigger(SALES, "sales-catalog", enabled=False)
    deployed(off, account)
    assert account.state("sales-catalog") == "DEACTIVATED"
    assert is_empty(off, account)


def test_a_role_that_is_made_no_more_and_still_used() -> None:
    """A role of ours that a job names as if it were somebody else's stays, and goes once no job names it."""
    account = FakeAccount()
    deployed(SALES, account)
    unmade = replace(SALES, roles=())
    deployed(unmade, account)
    assert "sales-role" in account.its_roles
    assert is_empty(unmade, account)

    elsewhere = with_crawler(
        with_job(with_job(unmade, "orders", role="x"), "customers", role="x"), "sales-tables", role="x"
    )
    deployed(elsewhere, account)
    assert account.its_roles == {}
    assert is_empty(elsewhere, account)


def test_starts_that_are_not_activated() -> None:
    """An ON_DEMAND or EVENT start trigger is never started by a deployment, new or changed."""
    for kind in ("ON_DEMAND", "EVENT"):
        account = FakeAccount()
        on_demand = with_trigger(SALES, "sales-start", type=kind, schedule=None)
        deployed(on_demand, account)
        deployed(with_trigger(on_demand, "sales-start", description="changed"), account)
        assert account.state("sales-start") == "CREATED"
        assert account.hazards == []
        assert not [call for call in account.calls if call.startswith("start trigger")]


def test_a_renamed_workflow_takes_its_jobs_along() -> None:
    """A workflow with another name is another one: jobs and crawlers are the new one's, all else of the old goes."""
    account = FakeAccount()
    deployed(SALES, account)
    own = replace(ROLE, name="revenue-role")
    renamed = with_workflow(
        SALES,
        name="revenue",
        triggers=(start("revenue-start"), after("revenue-catalog", ("orders",), Action(crawler_name="sales-tables"))),
    )
    renamed = replace(renamed, roles=(own,), jobs=tuple(replace(each, role=own.name) for each in renamed.jobs))
    renamed = with_crawler(renamed, "sales-tables", role=own.name)
    deployed(renamed, account)
    assert is_empty(renamed, account)
    assert account.hazards == []
    assert set(account.definitions["AWS::Glue::Workflow"]) == {"revenue"}
    assert set(account.definitions["AWS::Glue::Job"]) == {"orders", "customers"}
    assert set(account.its_roles) == {"revenue-role"}

    destroyed(renamed, account)
    assert account.contents() == {}
