"""Files are a project's own: what no job names goes, what a run may still read stays, at last the bucket goes too."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gluedsl.deploy import ApplyError, Plan, Silence, apply, lines, plan, plan_removal
from gluedsl.deploy.halt import Halt
from gluedsl.deploy.ownership import Owner
from gluedsl.errors import InternalError
from gluedsl.model import Project, RemoteScript, Workflow
from tests.support.account import FakeAccount, Killed
from tests.support.deploy import (
    BUCKET,
    FOLDER,
    NAME,
    SALES,
    after,
    files_of,
    job,
    start,
    told,
    whole_file,
    with_job,
    with_workflow,
)

STOCK = Project(
    workflows=(Workflow(name="stock", triggers=(start("stock-start", "count"),)),), jobs=(job("count", role="x"),)
)
"""Another flow file of the same project."""


def planned(project: Project, account: FakeAccount, flow: str = "flow.py") -> Plan:
    """Plan the deployment of a flow file, with the files that its jobs name."""
    return plan(project, files_of(project), account, name=NAME, scope=whole_file(project, flow))


def deployed(project: Project, account: FakeAccount, flow: str = "flow.py") -> list[str]:
    """Plan and apply; return what was done."""
    return told(apply(planned(project, account, flow), account, account, halt=Halt(_no_time), observer=Silence()))


def removal(project: Project, account: FakeAccount, flow: str = "flow.py") -> Plan:
    """Plan to take away what a flow file has made."""
    return plan_removal(project, account, name=NAME, scope=whole_file(project, flow))


def removed(project: Project, account: FakeAccount, flow: str = "flow.py") -> list[str]:
    """Plan the removal and apply it; return what was done."""
    return told(apply(removal(project, account, flow), account, account, halt=Halt(_no_time), observer=Silence()))


def _no_time(_: float) -> None:
    """Wait for nothing."""


def version(number: int, name: str = "orders") -> str:
    """Return the key of one of the versions of a script."""
    return f"{FOLDER}/{number:016x}/{name}.py"


def at(number: int, project: Project = SALES) -> Project:
    """Return the project with one of the versions of a script."""
    return with_job(project, "orders", code=RemoteScript(uri=f"s3://{BUCKET}/{version(number)}"))


def names(account: FakeAccount) -> set[str]:
    """Return the keys that are there."""
    return set(account.objects[BUCKET])


def test_one_old_generation_stays() -> None:
    """A run may still read the script that its job had until just now; what it had before that goes."""
    account = FakeAccount()
    deployed(at(1), account)
    customers = f"{FOLDER}/0123456789abcdef/customers.py"
    assert deployed(at(2), account) == [f"upload file `{version(2)}`", "update job `orders`"]
    assert names(account) == {customers, version(1), version(2)}
    third = planned(at(3), account)
    assert [line for style, line in lines(third) if style == "remove"] == [
        f"- delete file {version(1)} (no job names it any more, nor did before this deployment)"
    ]
    assert deployed(at(3), account) == [
        f"upload file `{version(3)}`",
        "update job `orders`",
        f"delete file `{version(1)}`",
    ]
    assert names(account) == {customers, version(2), version(3)}


def test_old_files_alone_are_no_reason_to_deploy() -> None:
    """After a deployment there is nothing to do, whatever it left; nobody is asked what other jobs name."""
    account = FakeAccount()
    deployed(STOCK, account, "stock.py")
    deployed(at(1), account)
    deployed(at(2), account)
    deployed(at(3), account)
    account.reads.clear()
    account.calls.clear()
    assert deployed(at(3), account) == []
    assert account.calls == []
    assert "AWS::Glue::Job 1" not in account.reads


def test_the_set_up_of_the_bucket_is_no_reason_to_delete_files() -> None:
    """With the bucket mended there would be another plan, and the one that was shown would be stale."""
    account = FakeAccount()
    for number in (1, 2):
        deployed(at(number), account)
    account.objects[BUCKET][version(0)] = b"old"
    account.buckets[BUCKET] = "unfinished"
    assert deployed(at(2), account) == [f"update bucket `{BUCKET}`"]
    assert planned(at(2), account).is_empty


def test_a_file_that_comes_back() -> None:
    """The script of a deployment that is rolled back is there still."""
    account = FakeAccount()
    deployed(at(1), account)
    deployed(at(2), account)
    assert deployed(at(1), account) == ["update job `orders`"]


def test_files_of_other_flows_stay() -> None:
    """Files that a job of another flow file names are read from its definition: script, libraries, any argument."""
    account = FakeAccount()
    theirs = replace(
        STOCK,
        jobs=(
            job("count", role="x", default_arguments={"--extra-py-files": f"s3://x/y.whl,s3://{BUCKET}/{version(7)}"}),
            job("fixed", role="x", non_overridable_arguments={"--conf": f"a=s3://{BUCKET}/{version(8)} --conf b=c"}),
        ),
    )
    deployed(theirs, account, "stock.py")
    for number in (7, 8, 9):
        account.objects[BUCKET][version(number)] = b""
    deployed(at(1), account)
    assert {version(7), version(8)} <= names(account)
    assert version(9) not in names(account)
    account.reads.clear()
    assert "delete bucket" not in " ".join(removed(at(1), account))
    assert "AWS::Glue::Job 2" in account.reads
    assert names(account) == {f"{FOLDER}/0123456789abcdef/count.py", version(7), version(8)} | {
        f"{FOLDER}/0123456789abcdef/fixed.py"
    }
    assert planned(theirs, account, "stock.py").is_empty
    removed(theirs, account, "stock.py")
    assert account.contents() == {}


def test_names_with_signs_in_them() -> None:
    """A script may be called as its author likes; a library of a like name is another file."""
    account = FakeAccount()
    odd = f"{FOLDER}/{1:016x}/a, b.py"
    its = with_job(SALES, "orders", code=RemoteScript(uri=f"s3://{BUCKET}/{odd}"))
    deployed(its, account)
    account.objects[BUCKET][f"{odd}c"] = b""
    deployed(with_job(its, "customers", timeout_minutes=7), account)
    assert odd in names(account)
    assert f"{odd}c" not in names(account)


def test_a_workflow_that_goes_leaves_one_generation() -> None:
    """What a deployment deletes had files until just now: they go with the next change, or with the rest."""
    account = FakeAccount()
    both = replace(SALES, workflows=(*SALES.workflows, *STOCK.workflows), jobs=(*SALES.jobs, *STOCK.jobs))
    deployed(both, account)
    deployed(SALES, account)
    count = f"{FOLDER}/0123456789abcdef/count.py"
    assert count in names(account)
    assert f"delete file `{count}`" in deployed(with_workflow(SALES, description="x"), account)
    assert planned(with_workflow(SALES, description="x"), account).is_empty


def test_a_removal_that_was_killed_after_the_workflows_were_gone() -> None:
    """Files are found by where they are: nothing has to name them any more."""
    account = FakeAccount()
    deployed(SALES, account)

    def fault(_: int, moment: str, what: str) -> None:
        if moment == "before" and what.startswith("delete file"):
            raise Killed

    account.fault = fault
    with pytest.raises(Killed):
        removed(SALES, account)
    account.fault = None
    assert removed(SALES, account) == [
        f"delete file `{FOLDER}/0123456789abcdef/customers.py`",
        f"delete file `{FOLDER}/0123456789abcdef/orders.py`",
        f"delete bucket `{BUCKET}`",
    ]
    assert account.contents() == {}
    assert removal(SALES, account).steps == ()


def test_a_lock_that_was_left_behind() -> None:
    """Of a deployment that was killed at its very end nothing else is left; it is found as well, and said."""
    account = FakeAccount()
    deployed(SALES, account)
    account.objects[BUCKET]["gluedsl/elsewhere/files/01/x.py"] = b""
    account.objects[BUCKET]["gluedsl/lakehouse/lock.json"] = b""
    removed(SALES, account)
    assert lines(removal(SALES, account)) == [
        ("remove", "- delete file gluedsl/lakehouse/lock.json (a deployment that was killed left it behind)"),
        ("keep", f"= keep bucket {BUCKET} (others have files in it: gluedsl/elsewhere/files/01/x.py)"),
        ("summary", "Plan: 0 to create, 0 to update, 1 to delete, 1 unchanged."),
    ]


def test_a_bucket_that_others_have_files_in() -> None:
    """It stays, with who they are: three of them are named."""
    account = FakeAccount()
    deployed(SALES, account)
    for name in "abcd":
        account.objects[BUCKET][f"gluedsl/{name}"] = b""
    assert lines(removal(SALES, account))[-2:] == [
        ("keep", f"= keep bucket {BUCKET} (others have files in it: gluedsl/a, gluedsl/b, gluedsl/c, ...)"),
        ("summary", "Plan: 0 to create, 0 to update, 9 to delete, 1 unchanged."),
    ]
    removed(SALES, account)
    assert names(account) == {"gluedsl/a", "gluedsl/b", "gluedsl/c", "gluedsl/d"}
    assert removal(SALES, account).is_empty


def test_a_bucket_of_the_authors() -> None:
    """It is never deleted; nothing of ours stays in it."""
    account = FakeAccount(buckets={"own": "ready"})
    its = replace(SALES, jobs=tuple(replace(j, code=_in("own", j.code)) for j in SALES.jobs))
    files = files_of(SALES)
    apply(plan(its, files, account, name=NAME, bucket="own"), account, account, halt=Halt(_no_time), observer=Silence())
    gone = plan_removal(its, account, name=NAME, bucket="own")
    assert lines(gone)[-4:] == [
        ("remove", f"- delete file {FOLDER}/0123456789abcdef/customers.py"),
        ("remove", f"- delete file {FOLDER}/0123456789abcdef/orders.py"),
        ("keep", "= keep bucket own (gluedsl did not make it)"),
        ("summary", "Plan: 0 to create, 0 to update, 9 to delete, 1 unchanged."),
    ]
    apply(gone, account, account, halt=Halt(_no_time), observer=Silence())
    assert account.contents() == {"bucket own": "ready"}


def _in(bucket: str, code: object) -> RemoteScript:
    assert isinstance(code, RemoteScript)
    return RemoteScript(uri=code.uri.replace(BUCKET, bucket))


def test_a_bucket_that_another_projects_removal_took() -> None:
    """A project without files does not miss it: a bucket alone is nothing to deploy. It is made when there is more."""
    account = FakeAccount()
    elsewhere = with_job(SALES, "orders", code=RemoteScript(uri="s3://x/orders.py"))
    elsewhere = with_job(elsewhere, "customers", code=RemoteScript(uri="s3://x/customers.py"))
    deployed(elsewhere, account)
    del account.buckets[BUCKET]
    assert planned(elsewhere, account).steps != ()
    assert deployed(elsewhere, account) == []
    assert deployed(with_workflow(elsewhere, description="x"), account) == [
        f"create bucket `{BUCKET}`",
        "update workflow `sales`",
    ]


def test_what_stands_in_the_way_of_the_bucket() -> None:
    """Something that comes in after the plan was made: everything else is done, and it is said."""
    account = FakeAccount()
    deployed(SALES, account)

    def fault(_: int, moment: str, what: str) -> None:
        if moment == "before" and what.startswith("delete bucket"):
            account.objects[BUCKET]["theirs"] = b""

    account.fault = fault
    with pytest.raises(ApplyError) as error:
        removed(SALES, account)
    assert [told([step])[0] for step in error.value.undone] == [f"delete bucket `{BUCKET}`"]
    assert error.value.message == (
        f"could not delete bucket `{BUCKET}`: BucketNotEmpty: The bucket you tried to delete is not empty"
    )


def test_files_outside_of_the_projects_folder_are_a_bug() -> None:
    """Nobody would find them again."""
    with pytest.raises(InternalError) as error:
        plan(SALES, files_of(SALES), FakeAccount(), name="elsewhere")
    assert error.value.message == (
        f"`{FOLDER}/0123456789abcdef/customers.py` is not in the folder of the project's own files, "
        "gluedsl/elsewhere/files/"
    )


@pytest.mark.parametrize(
    ("owner", "folder"),
    [
        (Owner(project="lake"), "gluedsl/lake"),
        (Owner(project="lake", stage="dev"), "gluedsl/lake/stages/dev"),
        (Owner(project="a/b"), "gluedsl/a_b-c14cddc033f6"),
        (Owner(project="a_b"), "gluedsl/a_b"),
        (Owner(project="a b, c"), "gluedsl/a_b_c-"),
        (Owner(project=".."), "gluedsl/..-"),
        (Owner(project="x" * 65), f"gluedsl/{'x' * 48}-"),
        (Owner(project="lake", stage="été"), "gluedsl/lake/stages/_t_-"),
    ],
)
def test_the_folder_of_a_project(owner: Owner, folder: str) -> None:
    """Its name, as keys and arguments can hold it; what they cannot hold is told by a digest: no two have the same."""
    if folder.endswith("-"):
        assert owner.folder.startswith(folder)
        assert len(owner.folder) == len(folder) + 12
    else:
        assert owner.folder == folder
    assert owner.files == f"{owner.folder}/files"
    assert owner.lock == f"{owner.folder}/lock.json"


def test_the_order_of_a_change_that_takes_files_away() -> None:
    """Files that nothing needs go last of all."""
    account = FakeAccount()
    deployed(at(1), account)
    deployed(at(2), account)
    new = with_workflow(
        at(3), triggers=(start(), after("sales-end", ("orders",), *SALES.workflows[0].triggers[1].actions))
    )
    assert deployed(new, account)[-1] == f"delete file `{version(1)}`"
