"""What the fields of the model hold, and values that Glue takes there.

For reading: CloudFormation takes the text "10" where it wants a number, and the number 5.0 where it wants a text.
For what is not known: a template that leaves a value open is judged with several that Glue could be given.
This is no list of what is legal: that is for the rules. Where it has an owner, another value says nothing that rules
could draw conclusions from, so that only the rule about the value itself has something to say of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """How a value is written."""

    TEXT = "a text"
    INTEGER = "a whole number"
    NUMBER = "a number"
    BOOLEAN = "`true` or `false`"


@dataclass(frozen=True, slots=True)
class Content:
    """What one field holds."""

    kind: Kind = Kind.TEXT
    values: tuple[object, ...] = ()
    """Some that Glue takes, the commonest first; none: any text will do."""
    owner: str = ""
    """Where no other value says anything, the rule that reports those."""


TEXT = Content()
_TRUTH = Content(Kind.BOOLEAN, (True, False))
_SAMPLE = "sample"
_S3_PATH = Content(values=(f"s3://{_SAMPLE}/{_SAMPLE}", f"s3://{_SAMPLE}/"))
_QUEUE = Content(values=(f"arn:aws:sqs:us-east-1:123456789012:{_SAMPLE}",))


def _choice(owner: str, *values: str) -> Content:
    return Content(values=values, owner=owner)


def _whole(*values: int) -> Content:
    return Content(Kind.INTEGER, values)


_BY_ATTRIBUTE: dict[str, Content] = {
    "type": _choice("TR004", "ON_DEMAND", "CONDITIONAL", "SCHEDULED", "EVENT"),
    "schedule": Content(values=("cron(0 0 * * ? *)", "cron(30 12 1 1 ? 2199)")),
    "start_on_creation": _TRUTH,
    "logical": _choice("CN007", "AND", "ANY"),
    "logical_operator": _choice("CN003", "EQUALS"),
    "state": _choice("CN004", "SUCCEEDED", "FAILED", "TIMEOUT", "STOPPED"),
    "crawl_state": _choice("CN005", "SUCCEEDED", "FAILED", "CANCELLED"),
    "batch_size": _whole(1, 100),
    "batch_window_seconds": _whole(900, 1),
    "kind": _choice("JB003", "glueetl", "pythonshell", "gluestreaming", "glueray"),
    "code": Content(values=(f"s3://{_SAMPLE}/{_SAMPLE}.py",)),
    "role": Content(values=(f"arn:aws:iam::123456789012:role/{_SAMPLE}",)),
    "python_version": Content(values=("3", "3.9")),
    "runtime": Content(values=("Ray2.4",)),
    "glue_version": Content(values=("5.0", "4.0", "3.0", "5.1", "6.0", "2.0", "1.0", "0.9")),
    "worker_type": _choice(
        "JB011",
        *("G.1X", "G.025X", "G.2X", "G.4X", "G.8X", "G.12X", "G.16X", "R.1X", "R.2X", "R.4X", "R.8X", "Z.2X"),
        "Standard",
    ),
    "workers": _whole(2, 10, 299),
    "max_capacity": Content(Kind.NUMBER, (1.0, 0.0625, 2.0, 10.0)),
    "timeout_minutes": _whole(60, 1, 10_079),
    "max_retries": _whole(0, 1, 10),
    "max_concurrent_runs": _whole(1, 1000),
    "execution_class": _choice("JB029", "STANDARD", "FLEX"),
    "job_run_queuing_enabled": _TRUTH,
    "maintenance_window": Content(values=("Sun:3",)),
    "notify_delay_after_minutes": _whole(1, 10_000),
    "path": Content(values=(f"s3://{_SAMPLE}/", f"{_SAMPLE}/{_SAMPLE}/%", _SAMPLE)),
    "paths": _S3_PATH,
    "tables": Content(values=(f"s3://{_SAMPLE}/{_SAMPLE}/", _SAMPLE)),
    "sample_size": _whole(1, 249),
    "event_queue_arn": _QUEUE,
    "dlq_event_queue_arn": _QUEUE,
    "additional_metadata": _choice("CR011", "COMMENTS", "RAWTYPES"),
    "scan_all": _TRUTH,
    "scan_rate": Content(Kind.NUMBER, (0.5, 0.1, 1.5)),
    "write_manifest": _TRUTH,
    "create_native_table": _TRUTH,
    "maximum_traversal_depth": _whole(10, 1, 20),
    "update_behavior": _choice("CR013", "LOG", "UPDATE_IN_DATABASE"),
    "delete_behavior": _choice("CR013", "LOG", "DELETE_FROM_DATABASE", "DEPRECATE_IN_DATABASE"),
    "recrawl_behavior": _choice("CR014", "CRAWL_EVERYTHING", "CRAWL_NEW_FOLDERS_ONLY", "CRAWL_EVENT_MODE"),
    "configuration": Content(values=('{"Version": 1.0}',)),
}
_BY_ARGUMENT: dict[str, Content] = {
    "--job-language": Content(values=("python", "scala")),
    "--job-bookmark-option": Content(values=("job-bookmark-disable", "job-bookmark-enable", "job-bookmark-pause")),
    "--datalake-formats": Content(values=("iceberg", "hudi", "delta")),
    "--extra-py-files": _S3_PATH,
    "--extra-jars": _S3_PATH,
    "--extra-files": _S3_PATH,
    "--customer-driver-env-vars": Content(values=("CUSTOMER_A=b",)),
    "--customer-executor-env-vars": Content(values=("CUSTOMER_A=b",)),
}


def content_of(attribute: str) -> Content:
    """Return what an attribute of the model's classes holds; the same name means the same in all of them."""
    return _BY_ATTRIBUTE.get(attribute, TEXT)


def content_of_argument(key: str) -> Content:
    """Return what a job's argument, or another member of a map of texts, holds."""
    if key.startswith("--enable-"):
        return Content(values=("true", "false", ""))
    return _BY_ARGUMENT.get(key, TEXT)
