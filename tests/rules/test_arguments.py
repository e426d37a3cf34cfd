"""Rules about what a job is given: AR001 to AR011, AC003, AC006, AC008 to AC011, TR018."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from gluedsl.model import Action
from tests.support.rules import action, job, project, says, spark, start, told

if TYPE_CHECKING:
    from gluedsl.model import Job, Project


LOAD = start("sales-start", "job load")


def arguments(**given: str) -> Project:
    """Return a project of a Spark job with default arguments: `job_language` means `--job-language`."""
    named = {f"--{key.replace('_', '-')}": value for key, value in given.items()}
    return project(LOAD, spark("load", default_arguments=named))


def acting(load: Job | None = None, **settings: Any) -> Project:
    """Return a project whose start trigger tells a job something."""
    return project(start("sales-start", action("job load", **settings)), *([load] if load else []))


def test_argument_that_is_no_string_is_refused() -> None:
    """In every place; the value is not shown."""
    assert told(
        project(LOAD, job("load", default_arguments={"--limit": 500}, non_overridable_arguments={"--fast": True}))
    ) == says("""
        AR001 error at jobs.0.default_arguments.--limit
          `default_arguments` at key `--limit` of job `load` is of type `int`, and Glue takes a string
        AR001 error at jobs.0.non_overridable_arguments.--fast
          `non_overridable_arguments` at key `--fast` of job `load` is of type `bool`, and Glue takes a string
    """)
    assert told(acting(arguments={"--limit": 500})) == says("""
        AR001 error at workflows.0.triggers.0.actions.0.arguments.--limit
          `arguments` at key `--limit` of trigger `sales-start` is of type `int`, and Glue takes a string
    """)


def test_argument_of_glue_s_own_is_refused() -> None:
    """Among a job's own, as among a trigger's."""
    assert told(project(LOAD, job("load", non_overridable_arguments={"--JOB_NAME": "x"}))) == says("""
        AR002 error at jobs.0.non_overridable_arguments.--JOB_NAME
          job `load` has argument `--JOB_NAME`, which Glue keeps for itself
          help: give the argument another name
    """)


def test_default_that_nothing_uses_is_doubtful() -> None:
    """The value that is used is shown."""
    assert told(
        project(LOAD, job("load", default_arguments={"--a": "1", "--b": "2"}, non_overridable_arguments={"--b": "3"}))
    ) == says("""
        AR004 warning at jobs.0.default_arguments.--b
          argument `--b` of job `load` has a default beside a value that nothing overrides
          related jobs.0.non_overridable_arguments.--b: this one is used
          help: leave the default out
    """)


def test_language_is_one_of_two() -> None:
    """Both are listed."""
    assert told(arguments(job_language="java")) == says("""
        AR005 error at jobs.0.default_arguments.--job-language
          job `load` has language `java`, which Glue does not run
          help: Glue runs `python` or `scala`
    """)


def test_class_asks_for_scala() -> None:
    """The language may stand with the job."""
    assert told(project(LOAD, spark("load", default_arguments={"--class": "Load"}))) == says("""
        AR005 error at jobs.0.default_arguments.--class
          job `load` has `--class`, and is not of language `scala`
          help: add `--job-language` with `scala`, or leave the class out
    """)
    assert told(acting(spark("load"), arguments={"--class": "Load"})) == says("""
        AR005 error at workflows.0.triggers.0.actions.0.arguments.--class
          job `load` in trigger `sales-start` has `--class`, and is not of language `scala`
          help: add `--job-language` with `scala`, or leave the class out
    """)


@pytest.mark.parametrize(
    "of",
    [
        arguments(job_language="scala", **{"class": "Load"}),
        acting(spark("load", default_arguments={"--job-language": "scala"}), arguments={"--class": "Load"}),
        arguments(job_language="python"),
        arguments(job_language="${Language}"),
    ],
)
def test_class_of_a_scala_job_is_allowed(of: Project) -> None:
    """Wherever its language stands."""
    assert told(of) == ""


def test_bookmark_option_is_one_of_three() -> None:
    """All are listed."""
    assert told(arguments(job_bookmark_option="enable")) == says("""
        AR006 error at jobs.0.default_arguments.--job-bookmark-option
          job `load` has bookmark option `enable`, which Glue does not have
          help: Glue has `job-bookmark-enable`, `job-bookmark-disable` or `job-bookmark-pause`
    """)


def test_range_of_bookmarks_has_two_ends() -> None:
    """Each lacks the other."""
    assert told(arguments(job_bookmark_from="r1")) == says("""
        AR006 error at jobs.0.default_arguments.--job-bookmark-from
          job `load` has `--job-bookmark-from` without `--job-bookmark-to`
          help: give both, or neither
    """)
    assert told(arguments(job_bookmark_to="r2")) == says("""
        AR006 error at jobs.0.default_arguments.--job-bookmark-to
          job `load` has `--job-bookmark-to` without `--job-bookmark-from`
          help: give both, or neither
    """)


@pytest.mark.parametrize(
    "of",
    [
        arguments(job_bookmark_option="job-bookmark-pause", job_bookmark_from="r1", job_bookmark_to="r2"),
        acting(
            spark("load", default_arguments={"--job-bookmark-from": "r1", "--job-bookmark-to": "r2"}),
            arguments={"--job-bookmark-to": "r3"},
        ),
        arguments(job_bookmark_option="job-bookmark-disable"),
    ],
)
def test_bookmark_option_is_allowed(of: Project) -> None:
    """With both ends of a range; one may stand with the job."""
    assert told(of) == ""


def test_data_lake_format_is_one_of_three() -> None:
    """The near one is suggested."""
    assert told(arguments(datalake_formats="delta,icebreg")) == says("""
        AR007 error at jobs.0.default_arguments.--datalake-formats
          job `load` asks for data lake format `icebreg`, which Glue does not have
          help: did you mean `iceberg`?
          help: Glue has `hudi`, `delta` or `iceberg`
    """)


@pytest.mark.parametrize(
    "of",
    [
        arguments(datalake_formats="hudi,delta, iceberg"),
    ],
)
def test_data_lake_formats_are_allowed(of: Project) -> None:
    """All of them, with spaces or without."""
    assert told(of) == ""


def test_environment_variable_has_a_prefix() -> None:
    """Each is told; a comma in quotes separates nothing."""
    assert told(arguments(customer_driver_env_vars='STAGE=dev,CUSTOMER_A="x,Y=1",REGION=eu')) == says("""
        AR008 error at jobs.0.default_arguments.--customer-driver-env-vars
          job `load` sets variable `REGION` in `--customer-driver-env-vars`, whose names begin with `CUSTOMER_`
          help: write `CUSTOMER_REGION`
        AR008 error at jobs.0.default_arguments.--customer-driver-env-vars
          job `load` sets variable `STAGE` in `--customer-driver-env-vars`, whose names begin with `CUSTOMER_`
          help: write `CUSTOMER_STAGE`
    """)


@pytest.mark.parametrize(
    "of",
    [
        arguments(customer_driver_env_vars="CUSTOMER_A=1", customer_executor_env_vars="CUSTOMER_B=2,CUSTOMER_C=3"),
    ],
)
def test_environment_variables_with_a_prefix_are_allowed(of: Project) -> None:
    """In both lists."""
    assert told(of) == ""


def test_extra_files_are_in_s3() -> None:
    """And nothing but commas is between them."""
    assert told(arguments(extra_jars="s3://lake/a.jar,jars/b.jar")) == says("""
        AR009 error at jobs.0.default_arguments.--extra-jars
          `--extra-jars` of job `load` has `jars/b.jar`, which is not in S3
          help: write `s3://` URIs with commas between them, and no spaces
    """)
    assert told(arguments(extra_py_files="s3://lake/a.py, s3://lake/b.py")) == says("""
        AR009 error at jobs.0.default_arguments.--extra-py-files
          `--extra-py-files` of job `load` has a space beside a comma, or at an end
          help: write `s3://` URIs with commas between them, and no spaces
    """)
    assert told(arguments(extra_jars="s3://lake")) == says("""
        AR009 error at jobs.0.default_arguments.--extra-jars
          `--extra-jars` of job `load` has `s3://lake`, which names a bucket, and no file in it
          help: write `s3://` URIs with commas between them, and no spaces
    """)
    assert told(arguments(extra_files="")) == says("""
        AR009 error at jobs.0.default_arguments.--extra-files
          `--extra-files` of job `load` has an empty entry
          help: write `s3://` URIs with commas between them, and no spaces
    """)


@pytest.mark.parametrize(
    "of",
    [
        arguments(extra_jars="s3://lake/a.jar,s3a://lake/b.jar"),
        arguments(extra_py_files="${Library}"),
    ],
)
def test_extra_files_in_s3_are_allowed(of: Project) -> None:
    """One, several, or what a deployment fills in."""
    assert told(of) == ""


def test_job_that_does_not_scale_is_doubtful() -> None:
    """By its kind, or by its workers."""
    assert told(project(LOAD, job("load", default_arguments={"--enable-auto-scaling": "true"}))) == says("""
        AR010 warning at jobs.0.default_arguments.--enable-auto-scaling
          job `load` has `--enable-auto-scaling`, and is a Python shell job, which does not scale
          help: leave it out
    """)
    assert told(
        project(LOAD, spark("load", worker_type="Standard", default_arguments={"--enable-auto-scaling": "true"}))
    ) == says("""
        AR010 warning at jobs.0.default_arguments.--enable-auto-scaling
          job `load` has `--enable-auto-scaling`, and has worker type `Standard`, which does not scale
          help: leave it out
    """)


@pytest.mark.parametrize(
    "of",
    [
        arguments(enable_auto_scaling="true"),
        project(LOAD, job("load", default_arguments={"--enable-auto-scaling": "false"})),
    ],
)
def test_scaling_is_allowed(of: Project) -> None:
    """On and off."""
    assert told(of) == ""


def test_arguments_are_260_kb_at_most() -> None:
    """A job's own, and with a trigger's."""
    assert told(arguments(data="x" * 266_235)) == says("""
        AR011 error at jobs.0.default_arguments
          arguments of job `load` have 266,241 bytes, and Glue allows 266,240
          help: put the data into S3, and give its path
    """)
    assert told(
        acting(spark("load", default_arguments={"--data": "x" * 200_000}), arguments={"--more": "é" * 33_119})
    ) == says("""
        AR011 error at workflows.0.triggers.0.actions.0.arguments
          arguments of job `load` in trigger `sales-start` have 266,250 bytes, and Glue allows 266,240
          help: put the data into S3, and give its path
    """)


@pytest.mark.parametrize(
    "of",
    [
        arguments(data="x" * 266_234),
        acting(spark("load", default_arguments={"--data": "x" * 200_000}), arguments={"--data": "y" * 200_000}),
    ],
)
def test_arguments_of_260_kb_are_allowed(of: Project) -> None:
    """What a trigger says instead of the job is counted once."""
    assert told(of) == ""


def test_setting_of_a_crawler_is_doubtful() -> None:
    """Each is told."""
    assert told(
        project(start("sales-start", Action(crawler_name="catalog", arguments={"--a": "1"}, timeout_minutes=5)))
    ) == says("""
        AC003 warning at workflows.0.triggers.0.actions.0.arguments
          trigger `sales-start` gives crawler `catalog` `arguments`, which only jobs take
          help: leave it out
        AC003 warning at workflows.0.triggers.0.actions.0.timeout_minutes
          trigger `sales-start` gives crawler `catalog` `timeout_minutes`, which only jobs take
          help: leave it out
    """)


def test_argument_that_nothing_overrides_is_doubtful() -> None:
    """What is used instead is shown."""
    assert told(
        acting(job("load", non_overridable_arguments={"--a": "1"}), arguments={"--a": "2", "--b": "3"})
    ) == says("""
        AC006 warning at workflows.0.triggers.0.actions.0.arguments.--a
          trigger `sales-start` gives job `load` argument `--a`, which nothing overrides
          related jobs.0.non_overridable_arguments.--a: this one is used
          help: move the job's own to `arguments`, or leave the trigger's out
    """)


def test_argument_that_glue_passes_is_doubtful() -> None:
    """From the job, or from a trigger."""
    assert told(project(LOAD, job("load", default_arguments={"--WORKFLOW_RUN_ID": ""}))) == says("""
        AC008 warning at jobs.0.default_arguments.--WORKFLOW_RUN_ID
          job `load` has argument `--WORKFLOW_RUN_ID`, which Glue passes itself in a workflow
          help: leave it out, or give the argument another name
    """)
    assert told(acting(arguments={"--WORKFLOW_NAME": "x"})) == says("""
        AC008 warning at workflows.0.triggers.0.actions.0.arguments.--WORKFLOW_NAME
          job `load` in trigger `sales-start` has argument `--WORKFLOW_NAME`, which Glue passes itself in a workflow
          help: leave it out, or give the argument another name
    """)


def test_timeout_in_a_trigger_has_limits() -> None:
    """As that of the job."""
    assert told(acting(timeout_minutes=0)) == says("""
        AC009 error at workflows.0.triggers.0.actions.0.timeout_minutes
          job `load` in trigger `sales-start` times out after 0 minutes, and Glue allows 1 to 10,079
    """)
    assert told(acting(timeout_minutes=10_080)) == says("""
        AC009 error at workflows.0.triggers.0.actions.0.timeout_minutes
          job `load` in trigger `sales-start` times out after 10,080 minutes, and Glue allows 1 to 10,079
    """)


@pytest.mark.parametrize(
    "of",
    [
        acting(timeout_minutes=1),
        acting(timeout_minutes=10_079),
    ],
)
def test_timeout_in_a_trigger_is_allowed(of: Project) -> None:
    """At either end."""
    assert told(of) == ""


def test_delay_of_a_notification_begins_with_a_minute() -> None:
    """In a trigger, and in a job."""
    assert told(acting(notify_delay_after_minutes=0)) == says("""
        AC010 error at workflows.0.triggers.0.actions.0.notify_delay_after_minutes
          `notify_delay_after_minutes` of trigger `sales-start` is 0, and Glue allows 1 or more
    """)
    assert told(project(LOAD, job("load", notify_delay_after_minutes=0))) == says("""
        JB031 error at jobs.0.notify_delay_after_minutes
          `notify_delay_after_minutes` of job `load` is 0, and Glue allows 1 or more
    """)


def test_delay_beyond_the_timeout_is_doubtful() -> None:
    """Both are told."""
    assert told(acting(notify_delay_after_minutes=60, timeout_minutes=60)) == says("""
        AC010 warning at workflows.0.triggers.0.actions.0.notify_delay_after_minutes
          job `load` in trigger `sales-start` is told to be late after 60 minutes, and times out after 60 minutes
          help: let the delay be shorter than the timeout
    """)


@pytest.mark.parametrize(
    "of",
    [
        acting(notify_delay_after_minutes=59, timeout_minutes=60),
        acting(notify_delay_after_minutes=1),
    ],
)
def test_delay_within_the_timeout_is_allowed(of: Project) -> None:
    """Or without any."""
    assert told(of) == ""


def test_security_configuration_has_a_name() -> None:
    """In a trigger, and in a job."""
    assert told(acting(security_configuration="")) == says("""
        AC011 error at workflows.0.triggers.0.actions.0.security_configuration
          `security_configuration` of trigger `sales-start` is empty
    """)
    assert told(project(LOAD, job("load", security_configuration="x" * 256))) == says("""
        JB035 error at jobs.0.security_configuration
          `security_configuration` of job `load` has 256 bytes, and Glue allows 1 to 255
    """)


def test_job_that_a_trigger_starts_twice_is_doubtful() -> None:
    """With equal arguments, or where it cannot run so often."""
    assert told(project(start("sales-start", "job load", "job load"))) == says("""
        TR018 warning at workflows.0.triggers.0.actions.1
          trigger `sales-start` starts job `load` 2 times
          related workflows.0.triggers.0.actions.0: started here first
          help: start it once
    """)
    assert told(
        project(
            start(
                "sales-start", action("job load", arguments={"--a": "1"}), action("job load", arguments={"--a": "2"})
            ),
            job("load"),
        )
    ) == says("""
        TR018 warning at workflows.0.triggers.0.actions.1
          trigger `sales-start` starts job `load` 2 times, which allows 1 run at once
          related workflows.0.triggers.0.actions.0: started here first
          help: give it `max_concurrent_runs=2`
    """)


def test_two_jobs_of_one_name_are_not_one_job_that_starts_twice() -> None:
    """That there are two is the mistake."""
    said = told(project(start("sales-start", "job load", "job load"), job("load"), job("load")))

    assert [line.split()[0] for line in said.splitlines() if not line.startswith(" ")] == ["JB001"]


def test_crawler_that_a_trigger_starts_twice_is_refused() -> None:
    """It cannot run twice."""
    assert told(project(start("sales-start", "crawler catalog", "crawler catalog"))) == says("""
        TR018 error at workflows.0.triggers.0.actions.1
          trigger `sales-start` starts crawler `catalog` 2 times
          related workflows.0.triggers.0.actions.0: started here first
          help: start it once
    """)


@pytest.mark.parametrize(
    "of",
    [
        project(
            start(
                "sales-start", action("job load", arguments={"--a": "1"}), action("job load", arguments={"--a": "2"})
            ),
            job("load", max_concurrent_runs=2),
        ),
    ],
)
def test_job_that_may_run_twice_is_allowed(of: Project) -> None:
    """With arguments that differ."""
    assert told(of) == ""
