"""What rules advise, in the words of whoever wrote what they judge."""

from __future__ import annotations

import pytest

from gluedsl.diagnostics import Severity
from gluedsl.model import Origins
from gluedsl.rules.check import check
from gluedsl.rules.levels import Levels
from gluedsl.rules.registry import all_rules
from gluedsl.rules.words import PYTHON, TEMPLATE, Words
from gluedsl.spelling.tables import CRAWLER, EVENT_BATCHING, JOB
from tests.support.rules import crawler, project, spark, start
from tests.support.words import python_words

LOAD = start("sales-start", "job load")


def test_a_field_has_the_name_that_stands_in_the_file() -> None:
    """Alone, or with a value as it is written there."""
    assert PYTHON.field(JOB, "max_retries") == "`max_retries`"
    assert PYTHON.field(JOB, "max_retries", 1) == "`max_retries=1`"
    assert PYTHON.field(CRAWLER, "delete_behavior", "LOG") == '`delete_behavior="LOG"`'
    assert TEMPLATE.field(EVENT_BATCHING, "batch_window_seconds") == "`BatchWindow`"
    assert TEMPLATE.field(JOB, "max_retries", 1) == "`MaxRetries: 1`"
    assert TEMPLATE.field(CRAWLER, "delete_behavior", "LOG") == "`SchemaChangePolicy.DeleteBehavior: LOG`"


def test_what_python_has_calls_for() -> None:
    """A template has members for it."""
    assert (PYTHON.any_of_them(), TEMPLATE.any_of_them()) == ("`any_of(...)`", "`Logical: ANY`")
    assert PYTHON.failure() == "`after=...unsuccessful`"
    assert TEMPLATE.failure() == "a condition on `State: FAILED`"
    assert PYTHON.s3_target("s3://lake/") == '`S3Target("s3://lake/")`'
    assert TEMPLATE.s3_target("s3://lake/") == '`Targets: {"S3Targets": [{"Path": "s3://lake/"}]}`'


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (PYTHON, "`notify_delay_after_minutes` of job `load` is 0, and Glue allows 1 or more"),
        (TEMPLATE, "`NotificationProperty.NotifyDelayAfter` of job `load` is 0, and Glue allows 1 or more"),
    ],
)
def test_what_the_model_of_the_api_refuses(words: Words, said: str) -> None:
    """Its fields are called as the author calls them."""
    messages = [
        one.message
        for one in check(project(LOAD, spark("load", notify_delay_after_minutes=0)), Origins(), words=words).diagnostics
    ]

    assert messages == [said]


def test_rules_that_are_asked_for_speak_to_readers_of_templates() -> None:
    """As all others do, which every test of a rule holds."""
    levels = Levels({rule.code: Severity.INFO for rule in all_rules() if rule.is_opt_in})
    of = project(start("sales-start", "job load", "crawler catalog"), spark("load", max_retries=1), crawler("catalog"))

    said = check(of, Origins(), levels=levels, words=TEMPLATE).diagnostics

    assert "CN016" in {one.code for one in said}
    assert python_words(said) == []
