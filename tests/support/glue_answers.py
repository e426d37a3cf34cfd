"""What Glue answers of a job or a crawler, given what created it: with its own defaults, in its own forms."""

from __future__ import annotations

from typing import Any


def job_answer(payload: dict[str, Any]) -> dict[str, Any]:
    """Return what GetJob answers: with defaults, and capacity computed."""
    answer = {
        "CreatedOn": "2026-01-01",
        "MaxRetries": 0,
        "Timeout": 480 if payload.get("GlueVersion", "") >= "5" else 2880,
        "ExecutionProperty": {"MaxConcurrentRuns": 1},
        "GlueVersion": "5.1",
        "JobMode": "SCRIPT",
        **payload,
    }
    answer["Command"] = {"PythonVersion": "3", **payload["Command"]}
    if payload["Command"]["Name"] == "pythonshell":
        answer.setdefault("MaxCapacity", 0.0625)
    elif "NumberOfWorkers" in payload:
        answer["MaxCapacity"] = float(payload["NumberOfWorkers"])
    elif "MaxCapacity" not in payload:
        answer["MaxCapacity"] = 10.0
    answer["AllocatedCapacity"] = int(answer["MaxCapacity"])
    return answer


def crawler_answer(payload: dict[str, Any]) -> dict[str, Any]:
    """Return what GetCrawler answers: with defaults, the schedule as a structure, the role by its name."""
    answer = {
        "Classifiers": [],
        "LineageConfiguration": {"CrawlerLineageSettings": "DISABLE"},
        "LakeFormationConfiguration": {"UseLakeFormationCredentials": False, "AccountId": ""},
        **payload,
        "Role": payload["Role"].rpartition("/")[2],
        "SchemaChangePolicy": {
            "UpdateBehavior": "UPDATE_IN_DATABASE",
            "DeleteBehavior": "DEPRECATE_IN_DATABASE",
            **payload.get("SchemaChangePolicy", {}),
        },
        "RecrawlPolicy": {"RecrawlBehavior": "CRAWL_EVERYTHING", **payload.get("RecrawlPolicy", {})},
        "State": "READY",
    }
    if "Schedule" in payload:
        answer["Schedule"] = {"ScheduleExpression": payload["Schedule"], "State": "SCHEDULED"}
    return answer
