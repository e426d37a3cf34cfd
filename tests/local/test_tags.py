"""Tags of workflows, triggers, jobs and crawlers, and that those of anything else go to moto."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.local import ROLE, refusal, shell_job

if TYPE_CHECKING:
    from tests.support.local import Account, Api

ARN = "arn:aws:glue:us-east-1:123456789012:"


def test_all_four_kinds_have_tags(account: Account) -> None:
    """Tags of creation are seen, added to and taken away, by ARN."""
    glue, tags = account.glue, {"team": "data", "env": "dev"}
    glue.create_workflow(Name="a", Tags=tags)
    glue.create_job(**shell_job("a"), Tags=tags)
    glue.create_crawler(Name="a", Role=ROLE, Targets={"S3Targets": [{"Path": "s3://b"}]}, DatabaseName="d", Tags=tags)
    glue.create_trigger(Name="a", Type="ON_DEMAND", Actions=[{"JobName": "a"}], Tags=tags)

    for kind in ("workflow", "job", "crawler", "trigger"):
        arn = f"{ARN}{kind}/a"
        glue.tag_resource(ResourceArn=arn, TagsToAdd={"env": "prod", "cost": ""})
        glue.untag_resource(ResourceArn=arn, TagsToRemove=["team", "unknown"])
        assert glue.get_tags(ResourceArn=arn)["Tags"] == {"env": "prod", "cost": ""}


def test_tags_of_a_database_are_motos(account: Account) -> None:
    """What the service does not keep is answered as moto answers."""
    account.glue.create_database(DatabaseInput={"Name": "db"}, Tags={"team": "data"})
    arn = f"{ARN}database/db"

    account.glue.tag_resource(ResourceArn=arn, TagsToAdd={"env": "prod"})

    assert account.glue.get_tags(ResourceArn=arn)["Tags"]["env"] == "prod"


def test_tags_of_what_is_not_there_are_refused(account: Account) -> None:
    """An ARN of ours that names nothing is an error."""
    assert refusal(account.glue.get_tags, ResourceArn=f"{ARN}workflow/a") == (
        "EntityNotFoundException",
        "Workflow with name: a not found.",
    )


def test_an_arn_of_somewhere_else_is_refused(api: Api) -> None:
    """The service knows one account and region."""
    arn = "arn:aws:glue:eu-west-1:123456789012:job/a"

    assert api.refusal("GetTags", ResourceArn=arn) == ("InvalidInputException", f"{arn} is no ARN of Glue in us-east-1")


@pytest.mark.parametrize(
    ("tags", "message"),
    [
        ({f"k{n}": "" for n in range(51)}, None),
        ({"aws:owner": "me"}, "tag key aws:owner begins with aws:, which is reserved"),
    ],
)
def test_what_glue_refuses_of_tags_is_refused(api: Api, tags: dict[str, str], message: str | None) -> None:
    """Fifty tags, and none of AWS's own."""
    expected = message or (
        "1 validation error detected: Value at 'Tags' failed to satisfy constraint: "
        "Member must have length less than or equal to 50"
    )

    assert api.refusal("CreateWorkflow", Name="a", Tags=tags) == ("InvalidInputException", expected)


def test_the_fifty_first_tag_is_refused(api: Api) -> None:
    """Adding counts together with what is there; nothing of it is taken over."""
    api("CreateWorkflow", Name="a", Tags={f"k{n}": "" for n in range(50)})
    arn = f"{ARN}workflow/a"

    assert api.refusal("TagResource", ResourceArn=arn, TagsToAdd={"one": "more"}) == (
        "InvalidInputException",
        "a resource has at most 50 tags, not 51",
    )
    assert "one" not in api("GetTags", ResourceArn=arn)["Tags"]
