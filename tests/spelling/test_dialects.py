"""From CloudFormation's spelling to the API's, word for word."""

from __future__ import annotations

from gluedsl.spelling.dialects import cfn_to_api


def test_where_the_dialects_differ() -> None:
    """A crawler's schedule and a DynamoDB target are spelled otherwise; all else stays as it is."""
    crawler = {
        "Name": "catalog",
        "Schedule": {"ScheduleExpression": "cron(0 3 * * ? *)"},
        "Targets": {"DynamoDBTargets": [{"Path": "orders", "ScanAll": True, "ScanRate": 0.5}]},
        "LakeFormationConfiguration": {"AccountId": "1"},
    }

    assert cfn_to_api("AWS::Glue::Crawler", crawler) == {
        "Name": "catalog",
        "Schedule": "cron(0 3 * * ? *)",
        "Targets": {"DynamoDBTargets": [{"Path": "orders", "scanAll": True, "scanRate": 0.5}]},
        "LakeFormationConfiguration": {"AccountId": "1"},
    }


def test_nothing_is_mended() -> None:
    """What a template leaves out stays out: what Glue refuses of it, it shall refuse."""
    trigger = {
        "Type": "ON_DEMAND",
        "StartOnCreation": True,
        "Predicate": {"Conditions": [{"JobName": "a"}, {"JobName": "b"}]},
        "Actions": [{"JobName": "c", "CrawlerName": "d"}],
        "WorkflowName": "nightly",
    }

    assert cfn_to_api("AWS::Glue::Trigger", trigger) == trigger


def test_what_has_no_table() -> None:
    """Another type's properties stay as they are, in a copy."""
    given = {"DatabaseInput": {"Name": "lake"}}

    written = cfn_to_api("AWS::Glue::Database", given)

    assert written == given
    assert written["DatabaseInput"] is not given["DatabaseInput"]
