"""Rules about what a job is told beside its size: JB004 to JB010 and JB017 to JB040, GR015, QT012."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from gluedsl.model import EventRule, RemoteScript
from tests.support.rules import job, project, says, spark, start, told

if TYPE_CHECKING:
    from gluedsl.model import Project


LOAD = start("sales-start", "job load")


def loading(**settings: Any) -> Project:
    """Return a project of one Python shell job, or of another kind."""
    return project(LOAD, job("load", **settings))


def sparking(**settings: Any) -> Project:
    """Return a project of one Spark job."""
    return project(LOAD, spark("load", **settings))


def ray(**settings: Any) -> Project:
    """Return a project of one Ray job."""
    of_ray = {"kind": "glueray", "worker_type": "Z.2X", "runtime": "Ray2.4", "glue_version": "4.0"}
    return sparking(**{**of_ray, **settings})


def test_python_of_another_kind_is_refused() -> None:
    """Each kind has one."""
    assert told(sparking(python_version="3.9")) == says("""
        JB004 error at jobs.0.python_version
          Spark job `load` has Python version `3.9`, and Spark jobs have `3`
          help: write `3`, or leave it out
    """)
    assert told(loading(python_version="3")) == says("""
        JB004 error at jobs.0.python_version
          Python shell job `load` has Python version `3`, and Python shell jobs have `3.9`
          help: write `3.9`
    """)
    assert told(sparking(kind="gluestreaming", python_version="2")) == says("""
        JB004 error at jobs.0.python_version
          streaming job `load` has Python version `2`, and streaming jobs have `3`
          help: write `3`
    """)


@pytest.mark.parametrize(
    "of",
    [
        sparking(python_version="3"),
        loading(python_version="3.9"),
        loading(),
        ray(python_version="3.9"),
    ],
)
def test_python_of_the_kind_is_allowed(of: Project) -> None:
    """Given, or left to Glue."""
    assert told(of) == ""


def test_script_outside_of_s3_is_refused() -> None:
    """Where it is, is shown."""
    assert told(loading(code=RemoteScript(uri="jobs/load.py"))) == says("""
        JB005 error at jobs.0.code
          script of job `load` is `jobs/load.py`, which is not in S3
          help: upload it, and write its URI: `s3://bucket/key`
    """)
    assert told(loading(code=RemoteScript(uri=""))) == says("""
        JB005 error at jobs.0.code
          script of job `load` is not said to be anywhere
          help: upload it, and write its URI: `s3://bucket/key`
    """)


@pytest.mark.parametrize(
    "of",
    [
        loading(code=RemoteScript(uri="s3://lake/k.py")),
        loading(code=RemoteScript(uri="${Scripts}/k.py")),
    ],
)
def test_script_in_s3_is_allowed(of: Project) -> None:
    """By a URI, or by one that a deployment fills in."""
    assert told(of) == ""


def test_script_without_a_key_is_refused() -> None:
    """A bucket is no script."""
    assert told(loading(code=RemoteScript(uri="s3://scripts"))) == says("""
        JB005 error at jobs.0.code
          script of job `load` is `s3://scripts`, which names a bucket, and no file in it
          help: upload it, and write its URI: `s3://bucket/key`
    """)


def test_overlong_script_location_is_refused() -> None:
    """By its bytes."""
    assert told(loading(code=RemoteScript(uri="s3://lake/" + "k" * 399_991))) == says("""
        JB005 error at jobs.0.code
          script location of job `load` has 400,001 bytes, and Glue allows 400,000 at most
    """)


@pytest.mark.parametrize(
    "of",
    [
        loading(code=RemoteScript(uri="s3://lake/" + "k" * 399_990)),
    ],
)
def test_longest_script_location_is_allowed(of: Project) -> None:
    """400,000 bytes."""
    assert told(of) == ""


def test_runtime_of_another_kind_is_doubtful() -> None:
    """It is for Ray."""
    assert told(sparking(runtime="Ray2.4")) == says("""
        JB006 warning at jobs.0.runtime
          Spark job `load` has runtime `Ray2.4`, which is for Ray jobs
          help: leave it out
    """)
    assert told(loading(runtime="Ray2.4")) == says("""
        JB006 warning at jobs.0.runtime
          Python shell job `load` has runtime `Ray2.4`, which is for Ray jobs
          help: leave it out
    """)


def test_version_of_no_form_is_refused() -> None:
    """The form is shown."""
    assert told(sparking(glue_version="5")) == says("""
        JB007 error at jobs.0.glue_version
          `glue_version` of job `load` is `5`, which is not of the form that Glue asks for
          help: write what matches `^((\\w+\\.)+\\w+|auto)$`
    """)
    assert told(sparking(glue_version="Auto")) == says("""
        JB007 error at jobs.0.glue_version
          `glue_version` of job `load` is `Auto`, which is not of the form that Glue asks for
          help: write what matches `^((\\w+\\.)+\\w+|auto)$`
    """)


def test_ended_version_is_refused() -> None:
    """What Glue has is listed."""
    assert told(sparking(glue_version="2.0")) == says("""
        JB008 error at jobs.0.glue_version
          job `load` has Glue version 2.0, which has ended
          help: write `3.0`, `4.0`, `5.0`, `5.1` or `6.0`
    """)


def test_unknown_version_is_doubtful() -> None:
    """It may be newer than gluedsl."""
    assert told(sparking(glue_version="7.0")) == says("""
        JB008 warning at jobs.0.glue_version
          job `load` has Glue version 7.0, which gluedsl does not know
          help: write `3.0`, `4.0`, `5.0`, `5.1` or `6.0`
    """)


def test_missing_version_is_doubtful() -> None:
    """For every kind that runs on one."""
    assert told(sparking(glue_version=None)) == says("""
        JB009 warning at jobs.0
          Spark job `load` does not say which version of Glue it runs on
          help: give the version, for example `5.0`
    """)
    assert told(sparking(kind="gluestreaming", glue_version=None)) == says("""
        JB009 warning at jobs.0
          streaming job `load` does not say which version of Glue it runs on
          help: give the version, for example `5.0`
    """)


@pytest.mark.parametrize(
    "of",
    [
        sparking(glue_version="3.0"),
        sparking(glue_version="6.0"),
        sparking(glue_version="auto", max_retries=1),
    ],
)
def test_version_that_glue_has_is_allowed(of: Project) -> None:
    """The oldest, the newest, and Glue's own choice."""
    assert told(of) == ""


def test_automatic_version_asks_for_spark_and_retries() -> None:
    """Glue tries the old version again."""
    assert told(sparking(glue_version="auto")) == says("""
        JB010 error at jobs.0.glue_version
          Spark job `load` has Glue version `auto`, which asks for retries, and has none
          help: give `max_retries=1`
    """)
    assert told(sparking(glue_version="auto", max_retries=0)) == says("""
        JB010 error at jobs.0.glue_version
          Spark job `load` has Glue version `auto`, which asks for retries, and has none
          help: give `max_retries=1`
    """)
    assert told(sparking(kind="gluestreaming", glue_version="auto")) == says("""
        JB010 error at jobs.0.glue_version
          streaming job `load` has Glue version `auto`, which is for Spark jobs
          help: give the version, for example `5.0`
    """)


def test_allocated_capacity_is_doubtful() -> None:
    """AWS has replaced it, for each kind by another."""
    assert told(sparking(extra={"AllocatedCapacity": 10}, worker_type=None, workers=None)) == says("""
        JB017 warning at jobs.0.extra.AllocatedCapacity
          job `load` has an `AllocatedCapacity`, which AWS has deprecated
          help: give `worker_type` and `workers`
    """)
    assert told(sparking(extra={"AllocatedCapacity": 10})) == says("""
        JB017 warning at jobs.0.extra.AllocatedCapacity
          job `load` has an `AllocatedCapacity`, which AWS has deprecated
          help: leave it out: the job has its size without it
    """)
    assert told(loading(extra={"AllocatedCapacity": 1})) == says("""
        JB017 warning at jobs.0.extra.AllocatedCapacity
          job `load` has an `AllocatedCapacity`, which AWS has deprecated
          help: give `max_capacity`
    """)


def test_worker_count_has_limits() -> None:
    """Of the type, where AWS says so."""
    assert told(sparking(workers=1)) == says("""
        JB018 error at jobs.0.workers
          job `load` has 1 worker of type `G.1X`, and Glue allows 2 to 299
    """)
    assert told(sparking(workers=300)) == says("""
        JB018 error at jobs.0.workers
          job `load` has 300 workers of type `G.1X`, and Glue allows 2 to 299
    """)
    assert told(sparking(worker_type="G.2X", workers=150)) == says("""
        JB018 error at jobs.0.workers
          job `load` has 150 workers of type `G.2X`, and Glue allows 1 to 149
    """)
    assert told(sparking(worker_type="G.4X", workers=0)) == says("""
        JB018 error at jobs.0.workers
          job `load` has 0 workers of type `G.4X`, and Glue allows 1 or more
    """)


@pytest.mark.parametrize(
    "of",
    [
        sparking(workers=2),
        sparking(workers=299),
        sparking(worker_type="G.2X", workers=1),
        sparking(worker_type="G.2X", workers=149),
        sparking(worker_type="G.4X", workers=1),
    ],
)
def test_worker_count_within_limits_is_allowed(of: Project) -> None:
    """At either end."""
    assert told(of) == ""


def test_quarter_workers_are_for_streaming() -> None:
    """A Spark job has none."""
    assert told(sparking(worker_type="G.025X")) == says("""
        JB019 error at jobs.0.worker_type
          Spark job `load` has worker type `G.025X`, which is for streaming jobs
          help: the smallest of a Spark job is `G.1X`
    """)


def test_newer_workers_ask_for_a_newer_glue() -> None:
    """They came with 4.0."""
    assert told(sparking(worker_type="R.1X", glue_version="3.0")) == says("""
        JB021 error at jobs.0.worker_type
          job `load` has worker type `R.1X` on Glue 3.0, which Glue has from 4.0 on
          help: give `glue_version` `4.0` or later
    """)
    assert told(sparking(kind="gluestreaming", worker_type="G.16X", glue_version="3.0")) == says("""
        JB021 error at jobs.0.worker_type
          job `load` has worker type `G.16X` on Glue 3.0, which Glue has from 4.0 on
          help: give `glue_version` `4.0` or later
    """)


@pytest.mark.parametrize(
    "of",
    [
        sparking(worker_type="R.1X", glue_version="4.0"),
        sparking(worker_type="G.8X", glue_version="3.0"),
    ],
)
def test_newer_workers_on_a_newer_glue_are_allowed(of: Project) -> None:
    """From 4.0 on; larger ones of the first kind before."""
    assert told(of) == ""


def test_ray_has_its_own_workers() -> None:
    """And no other job has them."""
    assert told(sparking(worker_type="Z.2X")) == says("""
        JB022 error at jobs.0.worker_type
          Spark job `load` has worker type `Z.2X`, which is for Ray jobs
          help: write `G.1X`, `G.2X`, `G.4X`, `G.8X`, `G.12X`, `G.16X`, `R.1X`, `R.2X`, `R.4X`, `R.8X` or `Standard`
    """)
    assert told(ray(worker_type="G.1X")) == says("""
        JB022 error at jobs.0.worker_type
          Ray job `load` has worker type `G.1X`, and Ray jobs run on `Z.2X`
          help: write `Z.2X`
    """)


def test_ray_asks_for_a_runtime_and_glue_4() -> None:
    """Both are told."""
    assert told(ray(runtime=None, glue_version="3.0")) == says("""
        JB022 error at jobs.0
          Ray job `load` has no runtime
          help: give `runtime`, for example `Ray2.4`
        JB022 error at jobs.0.glue_version
          Ray job `load` has Glue version 3.0, and Ray runs on 4.0 and later
          help: write `4.0`
    """)


def test_ray_workers_have_a_fixed_quota() -> None:
    """The number that fits is told."""
    assert told(ray(workers=26)) == says("""
        QT012 warning at jobs.0.workers
          Ray job `load` needs 52 M-DPUs, and Glue gives an account 50
          help: give it 25 workers at most
    """)


@pytest.mark.parametrize(
    "of",
    [
        ray(workers=25),
    ],
)
def test_ray_job_is_allowed(of: Project) -> None:
    """As large as it can be."""
    assert told(of) == ""


def test_timeout_has_limits() -> None:
    """From a minute to less than seven days."""
    assert told(loading(timeout_minutes=0)) == says("""
        JB023 error at jobs.0.timeout_minutes
          job `load` times out after 0 minutes, and Glue allows 1 to 10,079
    """)
    assert told(loading(timeout_minutes=10_080)) == says("""
        JB023 error at jobs.0.timeout_minutes
          job `load` times out after 10,080 minutes, and Glue allows 1 to 10,079
    """)


@pytest.mark.parametrize(
    "of",
    [
        loading(timeout_minutes=1),
        loading(timeout_minutes=10_079),
    ],
)
def test_timeout_within_limits_is_allowed(of: Project) -> None:
    """At either end."""
    assert told(of) == ""


def test_timeout_of_a_streaming_job_is_doubtful() -> None:
    """Nothing starts it again."""
    assert told(sparking(kind="gluestreaming", timeout_minutes=600)) == says("""
        JB024 warning at jobs.0.timeout_minutes
          streaming job `load` ends after 600 minutes, and is not restarted
          help: leave the timeout out; `maintenance_window` says when Glue may restart the job
    """)


def test_maintenance_window_is_a_day_and_an_hour() -> None:
    """The form is shown."""
    assert told(sparking(kind="gluestreaming", maintenance_window="Sun:24")) == says("""
        JB025 error at jobs.0.maintenance_window
          `maintenance_window` of job `load` is `Sun:24`, which is not of the form that Glue asks for
          help: write what matches `^(Sun|Mon|Tue|Wed|Thu|Fri|Sat):([01]?[0-9]|2[0-3])$`
    """)


def test_maintenance_window_of_another_kind_is_doubtful() -> None:
    """Glue restarts streaming jobs only."""
    assert told(sparking(maintenance_window="Sun:3")) == says("""
        JB025 warning at jobs.0.maintenance_window
          Spark job `load` has a maintenance window, which is for streaming jobs
          help: leave it out
    """)


@pytest.mark.parametrize(
    "of",
    [
        sparking(kind="gluestreaming", maintenance_window="Sun:0"),
        sparking(kind="gluestreaming", maintenance_window="Sat:23"),
    ],
)
def test_maintenance_window_of_a_streaming_job_is_allowed(of: Project) -> None:
    """At either end of the day."""
    assert told(of) == ""


def test_retries_have_limits() -> None:
    """Ten at most."""
    assert told(loading(max_retries=11)) == says("""
        JB026 error at jobs.0.max_retries
          job `load` has a maximum of 11 retries, and Glue allows 0 to 10
    """)
    assert told(loading(max_retries=-1)) == says("""
        JB026 error at jobs.0.max_retries
          job `load` has a maximum of -1 retries, and Glue allows 0 to 10
    """)


@pytest.mark.parametrize(
    "of",
    [
        loading(max_retries=0),
        loading(max_retries=10),
    ],
)
def test_retries_within_limits_are_allowed(of: Project) -> None:
    """At either end."""
    assert told(of) == ""


def test_queue_excludes_retries_and_flex() -> None:
    """Each is told with the queue."""
    assert told(sparking(job_run_queuing_enabled=True, max_retries=1, execution_class="FLEX")) == says("""
        JB028 error at jobs.0.max_retries
          job `load` queues its runs, and has retries as well
          related jobs.0.job_run_queuing_enabled: queuing is enabled here
          help: leave out one of the two
        JB028 error at jobs.0.execution_class
          job `load` queues its runs, and is of execution class `FLEX`
          related jobs.0.job_run_queuing_enabled: queuing is enabled here
          help: leave out one of the two
    """)


@pytest.mark.parametrize(
    "of",
    [
        loading(job_run_queuing_enabled=True, max_retries=0),
        loading(job_run_queuing_enabled=False, max_retries=1),
    ],
)
def test_queue_alone_is_allowed(of: Project) -> None:
    """And what is disabled excludes nothing."""
    assert told(of) == ""


def test_execution_class_is_one_of_two() -> None:
    """The near one is suggested."""
    assert told(sparking(execution_class="flex")) == says("""
        JB029 error at jobs.0.execution_class
          `execution_class` of job `load` is `flex`, which Glue does not have
          help: did you mean `FLEX`?
          help: Glue has `FLEX` or `STANDARD`
    """)
    assert told(sparking(execution_class="SPOT")) == says("""
        JB029 error at jobs.0.execution_class
          `execution_class` of job `load` is `SPOT`, which Glue does not have
          help: Glue has `FLEX` or `STANDARD`
    """)


def test_flex_is_for_some_spark_jobs() -> None:
    """By kind, and by workers."""
    assert told(loading(execution_class="FLEX")) == says("""
        JB029 error at jobs.0.execution_class
          Python shell job `load` is of execution class `FLEX`, which is for Spark jobs
          help: leave it out
    """)
    assert told(sparking(execution_class="FLEX", worker_type="R.1X")) == says("""
        JB029 error at jobs.0.execution_class
          Spark job `load` is of execution class `FLEX`, which does not run on worker type `R.1X`
          help: give it worker type `G.1X` or `G.2X`, or leave the class out
    """)


@pytest.mark.parametrize(
    "of",
    [
        sparking(execution_class="FLEX"),
        sparking(execution_class="FLEX", worker_type="G.2X"),
        sparking(execution_class="FLEX", worker_type=None, workers=None),
        sparking(execution_class="STANDARD", worker_type="R.1X"),
    ],
)
def test_flex_on_its_workers_is_allowed(of: Project) -> None:
    """Of either type, or of Glue's own choice."""
    assert told(of) == ""


def test_concurrency_of_a_job_has_limits() -> None:
    """One at least, and not more than the quota."""
    assert told(loading(max_concurrent_runs=0)) == says("""
        JB030 error at jobs.0.max_concurrent_runs
          job `load` has a maximum of 0 concurrent runs, and Glue allows 1 to 4,000
    """)
    assert told(loading(max_concurrent_runs=4_001)) == says("""
        JB030 error at jobs.0.max_concurrent_runs
          job `load` has a maximum of 4,001 concurrent runs, and Glue allows 1 to 4,000
    """)


@pytest.mark.parametrize(
    "of",
    [
        loading(max_concurrent_runs=1),
        loading(max_concurrent_runs=4_000),
    ],
)
def test_concurrency_within_limits_is_allowed(of: Project) -> None:
    """At either end."""
    assert told(of) == ""


def test_job_mode_is_one_of_three() -> None:
    """All are listed."""
    assert told(sparking(extra={"JobMode": "BATCH"})) == says("""
        JB032 error at jobs.0.extra.JobMode
          `JobMode` of job `load` is `BATCH`, which Glue does not have
          help: Glue has `SCRIPT`, `VISUAL` or `NOTEBOOK`
    """)


def test_visual_job_without_nodes_is_doubtful() -> None:
    """There is nothing to show."""
    assert told(sparking(extra={"JobMode": "VISUAL"})) == says("""
        JB032 warning at jobs.0.extra.JobMode
          job `load` is of mode `VISUAL`, and has no `CodeGenConfigurationNodes`
          help: write `SCRIPT`
    """)


def test_role_is_a_name_or_an_arn() -> None:
    """What stands there is shown."""
    assert told(loading(role="arn:aws:iam::123456789012:user/glue")) == says("""
        JB036 warning at jobs.0.role
          role of job `load` is `arn:aws:iam::123456789012:user/glue`, which is neither the name of a role nor its ARN
          help: write a name, or `arn:aws:iam::123456789012:role/name`
    """)
    assert told(loading(role="the glue role")) == says("""
        JB036 warning at jobs.0.role
          role of job `load` is `the glue role`, which is neither the name of a role nor its ARN
          help: write a name, or `arn:aws:iam::123456789012:role/name`
    """)


def test_role_of_an_event_rule_is_one() -> None:
    """What EventBridge assumes is looked at like what Glue assumes."""
    rule = EventRule(name="gluedsl-sales", workflow_name="sales", pattern={"source": ["shop"]}, role="the role")

    assert told(replace(loading(), event_rules=(rule,))) == says("""
        JB036 warning at event_rules.0.role
          role of the EventBridge rule `gluedsl-sales` is `the role`, which is neither the name of a role nor its ARN
          help: write a name, or `arn:aws:iam::123456789012:role/name`
    """)


@pytest.mark.parametrize(
    "of",
    [
        loading(role="GlueJobRole"),
        loading(role="service-role/AWSGlueServiceRole"),
        loading(role="arn:aws-cn:iam::123456789012:role/service-role/glue"),
        loading(role="arn:${AWS::Partition}:iam::${AWS::AccountId}:role/glue"),
    ],
)
def test_plausible_role_is_allowed(of: Project) -> None:
    """By name, by ARN with a path or without, or filled in by a deployment."""
    assert told(of) == ""


def test_python_shell_heeds_neither_files_nor_bookmarks_nor_eggs() -> None:
    """Nor a version of Glue."""
    assert told(
        loading(default_arguments={"--extra-files": "s3://lake/a", "--extra-py-files": "s3://lake/a.egg"})
    ) == says("""
        JB037 warning at jobs.0.default_arguments.--extra-files
          Python shell job `load` has `--extra-files`, which only Spark jobs are given
          help: leave it out
        JB037 warning at jobs.0.default_arguments.--extra-py-files
          Python shell job `load` has an egg among its `--extra-py-files`, which Python 3.9 does not install
          help: leave it out
    """)
    assert told(loading(non_overridable_arguments={"--job-bookmark-option": "job-bookmark-enable"})) == says("""
        JB037 warning at jobs.0.non_overridable_arguments.--job-bookmark-option
          Python shell job `load` has bookmarks, which only Spark jobs keep
          help: leave it out
    """)
    assert told(loading(glue_version="3.0")) == says("""
        JB037 info at jobs.0.glue_version
          Python shell job `load` has Glue version 3.0, which Glue ignores
          help: leave it out; `python_version` says what it runs
    """)


@pytest.mark.parametrize(
    "of",
    [
        loading(
            default_arguments={"--extra-py-files": "s3://lake/a.whl", "--job-bookmark-option": "job-bookmark-disable"}
        ),
    ],
)
def test_what_python_shell_heeds_is_allowed(of: Project) -> None:
    """Wheels, and no bookmarks."""
    assert told(of) == ""


def test_streaming_job_keeps_no_bookmarks() -> None:
    """It has checkpoints."""
    assert told(
        sparking(kind="gluestreaming", default_arguments={"--job-bookmark-option": "job-bookmark-pause"})
    ) == says("""
        JB038 warning at jobs.0.default_arguments.--job-bookmark-option
          streaming job `load` has bookmarks, which Glue does not keep for it
          help: leave them out
    """)


def test_bookmarks_ask_for_one_run_at_a_time() -> None:
    """Both settings are the job's."""
    assert told(
        sparking(default_arguments={"--job-bookmark-option": "job-bookmark-enable"}, max_concurrent_runs=2)
    ) == says("""
        GR015 warning at jobs.0.max_concurrent_runs
          job `load` keeps a bookmark, and allows 2 runs at once
          help: allow one run at a time, or leave the bookmarks out
    """)


@pytest.mark.parametrize(
    "of",
    [
        sparking(default_arguments={"--job-bookmark-option": "job-bookmark-enable"}),
        sparking(default_arguments={"--job-bookmark-option": "job-bookmark-disable"}, max_concurrent_runs=2),
    ],
)
def test_bookmarks_of_one_run_at_a_time_are_allowed(of: Project) -> None:
    """Nor does what is disabled collide."""
    assert told(of) == ""


def test_script_has_a_name() -> None:
    """The console's own is none."""
    assert told(loading(code=RemoteScript(uri="s3://scripts/Untitled job.py"))) == says("""
        JB039 warning at jobs.0.code
          script of job `load` is named `Untitled job`
          help: give it a name
    """)


def test_log_uri_says_nothing() -> None:
    """It is an information."""
    assert told(sparking(extra={"LogUri": "s3://logs/"})) == says("""
        JB040 info at jobs.0.extra.LogUri
          job `load` has a `LogUri`, which Glue keeps for the future and ignores
          help: leave it out
    """)
