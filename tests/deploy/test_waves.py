"""What is done at the same time, and what is not."""

from __future__ import annotations

from gluedsl.deploy.resources import Bucket, EventSource, PlacedTrigger, Upload
from gluedsl.deploy.steps import Activate, Create, Deactivate, Delete, Keep, Step, Update, UploadFile
from gluedsl.deploy.waves import waves
from gluedsl.model import EventRule, Workflow
from tests.support.deploy import crawler, job, start, told

BUCKET = Bucket(name="scripts", account="1", managed=True)


def trigger(name: str, workflow: str) -> Create:
    """Return the creation of a trigger."""
    return Create(definition=PlacedTrigger(workflow=workflow, trigger=start(name)))


def drawn(*steps: Step) -> list[list[list[str]]]:
    """Return waves of lanes in words."""
    return [[told(lane) for lane in wave] for wave in waves(steps)]


def test_a_first_deployment() -> None:
    """Bucket, workflows, what nodes need, nodes, triggers: each waits for the one before; a workflow is a lane."""
    rule = EventRule(name="arrivals", workflow_name="sales", pattern={}, role=None)
    assert drawn(
        Create(definition=BUCKET),
        Create(definition=Workflow(name="sales")),
        UploadFile(bucket=BUCKET, upload=Upload(key="a.py", content=b"")),
        Update(definition=EventSource(name="lake"), changes=()),
        Create(definition=job("orders")),
        Create(definition=crawler("tables")),
        trigger("sales-after", "sales"),
        trigger("sales-start", "sales"),
        Create(definition=rule),
        trigger("stock-start", "stock"),
        Keep(resource="AWS::Glue::Job", name="same"),
    ) == [
        [["create bucket `scripts`"]],
        [["create workflow `sales`"]],
        [["upload file `a.py`"], ["update bucket `lake`"]],
        [["create job `orders`"], ["create crawler `tables`"]],
        [
            ["create trigger `sales-after`", "create trigger `sales-start`", "create rule `arrivals`"],
            ["create trigger `stock-start`"],
        ],
    ]


def test_what_goes() -> None:
    """Triggers before nodes, nodes before roles, roles before the workflows that remember them; at last the bucket."""
    assert drawn(
        Delete(resource="AWS::Events::Rule", name="arrivals", workflow="sales"),
        Deactivate(name="stock-start", workflow="stock"),
        Delete(resource="AWS::Glue::Trigger", name="sales-start", workflow="sales"),
        Delete(resource="AWS::Glue::Crawler", name="tables"),
        Delete(resource="AWS::Glue::Job", name="orders"),
        Delete(resource="AWS::IAM::Role", name="sales-role"),
        Delete(resource="AWS::Glue::Workflow", name="sales"),
        Delete(resource="AWS::S3::Object", name="a.py", bucket=BUCKET),
        Delete(resource="AWS::S3::Object", name="b.py", bucket=BUCKET),
        Delete(resource="AWS::S3::Bucket", name="scripts", bucket=BUCKET),
    ) == [
        [["delete rule `arrivals`", "delete trigger `sales-start`"], ["deactivate trigger `stock-start`"]],
        [["delete crawler `tables`"], ["delete job `orders`"]],
        [["delete role `sales-role`"]],
        [["delete workflow `sales`"]],
        [["delete file `a.py`"], ["delete file `b.py`"]],
        [["delete bucket `scripts`"]],
    ]


def test_a_trigger_that_moves_makes_two_workflows_one_lane() -> None:
    """It has to leave the one before it comes to the other; nobody else waits for that."""
    assert drawn(
        Deactivate(name="sales-start", workflow="sales"),
        Deactivate(name="stock-start", workflow="stock"),
        Delete(resource="AWS::Glue::Trigger", name="moving", workflow="sales"),
        trigger("other-start", "other"),
        trigger("moving", "stock"),
        Activate(name="sales-start", workflow="sales"),
    ) == [
        [
            [
                "deactivate trigger `sales-start`",
                "deactivate trigger `stock-start`",
                "delete trigger `moving`",
                "create trigger `moving`",
                "activate trigger `sales-start`",
            ],
            ["create trigger `other-start`"],
        ],
    ]


def test_nothing_to_do() -> None:
    """What is kept makes no wave."""
    assert drawn(Keep(resource="AWS::Glue::Job", name="same")) == []
