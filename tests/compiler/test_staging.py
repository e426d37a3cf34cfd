"""One flow in its stages: names, sizes, run properties, starts, and where each is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gluedsl.compiler import Compilation, compile_path, compile_workflows
from gluedsl.errors import UsageError
from gluedsl.model import Action, Condition, EventBatching, EventRule, Predicate, Trigger
from gluedsl.targets import S3Target
from tests.support.flows import write

if TYPE_CHECKING:
    from pathlib import Path

    from gluedsl.model import Path as ModelPath

FLOW = """
class Sales(RunProperties):
    env: str = "test"
    rows: int = 0
    day: date

sales = Workflow("nightly-sales", start=cron("0 2 * * ? *"), properties=Sales, role="InCode")

@sales.python_shell_job
def load_orders(run): ...

dedupe = sales.add(SparkJob("dedupe", script="s3://code/d.py", arguments={"--a": "1", "--b": "2"}), after=load_orders)
catalog = sales.add(
    Crawler("catalog", targets=["s3://lake/a/", "s3://lake/b/"], database="sales", schedule="cron(0 1 * * ? *)"),
    after=[load_orders, dedupe.failed],
)
theirs = sales.add(ExistingJob("theirs"), after=catalog)
own = sales.add(SparkJob("own-role", script="s3://code/o.py", role="Own"), after=theirs)

crm = Workflow("crm", properties={"env": "test"})
crm.add(Trigger("begin", when=on_event(batch_size=7), start=[dedupe, ExistingCrawler("elsewhere")]))
"""


def staged(folder: Path, table: str, flow: str = FLOW, stage: str | None = "prod") -> Compilation:
    """Compile a flow in a stage whose table is given."""
    file = write(folder, f"from datetime import date\n{flow}")
    text = f"[tool.gluedsl.stages.prod]\n{table}\n"
    (folder / "pyproject.toml").write_text(text, encoding="utf-8")
    return compile_path(str(file), stage)


def test_names(tmp_path: Path) -> None:
    """Everything that the flow makes has the prefix, and what it names of its own; what exists already has none.

    The name of a derived trigger is made of the names in Glue, as everybody who reads them there expects.
    """
    project = staged(tmp_path, 'prefix = "p."').project
    sales, crm = project.workflows

    assert [w.name for w in project.workflows] == ["p.nightly-sales", "p.crm"]
    assert [j.name for j in project.jobs] == ["p.nightly-sales-load-orders", "p.dedupe", "p.own-role"]
    assert [c.name for c in project.crawlers] == ["p.catalog"]
    assert [c.database for c in project.crawlers] == ["sales"]
    assert (project.existing_jobs[0].name, project.existing_crawlers[0].name) == ("theirs", "elsewhere")
    assert [t.name for t in sales.triggers] == [
        "p.nightly-sales-start",
        "p.nightly-sales-after-load-orders",
        "p.nightly-sales-after-load-orders-and-p.dedupe-failed",
        "p.nightly-sales-after-p.catalog",
        "p.nightly-sales-after-theirs",
    ]
    assert sales.triggers[2].predicate == Predicate(
        conditions=(
            Condition(job_name="p.nightly-sales-load-orders", state="SUCCEEDED"),
            Condition(job_name="p.dedupe", state="FAILED"),
        )
    )
    assert sales.triggers[3].actions == (Action(job_name="theirs"),)
    assert crm.triggers[0].name == "p.begin"
    assert crm.triggers[0].actions == (Action(job_name="p.dedupe"), Action(crawler_name="elsewhere"))


def test_the_code_of_a_job_is_the_same_in_every_stage(tmp_path: Path) -> None:
    """A worker looks for the function by the name that the flow gives it."""
    alone, prod = (staged(tmp_path, "", stage=stage).project.jobs[0] for stage in (None, "prod"))

    assert (alone.name, prod.name) == ("nightly-sales-load-orders", "prod-nightly-sales-load-orders")
    assert alone.code == prod.code


def test_roles(tmp_path: Path) -> None:
    """A stage's role goes before a workflow's, not before a job's own; one that is made has the prefix."""
    said, made = (
        [job.role for job in staged(tmp_path, table).project.jobs]
        for table in ('role = "Prod"\njobs.own-role.role = "Other"', "")
    )
    maker = staged(tmp_path, "", 'w = Workflow("w", start=on_event(s3="s3://b-1"))\n@w.spark_job\ndef a(run): ...\n')

    assert said == ["Prod", "Prod", "Other"]
    assert made == ["InCode", "InCode", "Own"]
    assert [role.name for role in maker.project.roles] == ["gluedsl-prod-w", "gluedsl-prod-w-events"]
    (properties,) = [s for s in maker.project.roles[0].statements if s.sid == "RunProperties"]
    assert properties.resources == ("arn:${AWS::Partition}:glue:${AWS::Region}:${AWS::AccountId}:workflow/prod-w",)


def test_sizes_of_jobs(tmp_path: Path) -> None:
    """By the function's own name or the name in Glue; arguments are added to those of the flow."""
    project = staged(
        tmp_path,
        """
        jobs.load_orders = { max_capacity = 1.0, timeout-minutes = 5 }
        jobs.dedupe = { workers = 9, worker_type = "G.2X", arguments = { "--b" = "3", "--c" = "4" } }
        """,
    ).project
    load, dedupe, own = project.jobs

    assert (load.max_capacity, load.timeout_minutes) == (1.0, 5)
    assert (dedupe.workers, dedupe.worker_type, own.workers) == (9, "G.2X", 2)
    assert dedupe.default_arguments == {"--a": "1", "--b": "3", "--c": "4"}


def test_crawlers(tmp_path: Path) -> None:
    """A crawler of a stage may look elsewhere, write elsewhere, and have no schedule."""
    (crawler,) = staged(
        tmp_path, 'crawlers.catalog = { schedule = "on-demand", targets = "s3://prod/", database = "prod" }'
    ).project.crawlers

    assert (crawler.schedule, crawler.targets, crawler.database) == (None, (S3Target("s3://prod/"),), "prod")


def test_run_properties(tmp_path: Path) -> None:
    """Each workflow takes those that it declares, as its types store them; one workflow can have its own."""
    sales, crm = staged(
        tmp_path,
        """
        properties = { env = "prod", rows = 5, day = 2030-01-31 }
        workflows.crm = { properties = { env = "crm-prod" }, max_concurrent_runs = 1 }
        """,
    ).project.workflows

    assert sales.default_run_properties == {"env": "prod", "rows": "5", "day": "2030-01-31"}
    assert (crm.default_run_properties, crm.max_concurrent_runs) == ({"env": "crm-prod"}, 1)


def test_run_properties_that_jobs_speak_of(tmp_path: Path) -> None:
    """A workflow with plain properties declares what its jobs read and write, too."""
    flow = 'w = Workflow("w")\n@w.python_shell_job(reads=["env"], writes=["rows"])\ndef load(run): ...\n'
    (workflow,) = staged(tmp_path, 'properties = { env = "prod", rows = "0" }', flow).project.workflows

    assert workflow.default_run_properties == {"env": "prod", "rows": "0"}


def test_a_start_on_demand(tmp_path: Path) -> None:
    """It replaces whatever the flow says, in the workflow or in a trigger of its own."""
    sales, crm = staged(tmp_path, 'start = "on-demand"').project.workflows

    assert sales.triggers[0] == Trigger(
        name="prod-nightly-sales-start",
        type="ON_DEMAND",
        actions=(Action(job_name="prod-nightly-sales-load-orders"),),
    )
    assert (crm.triggers[0].type, crm.triggers[0].event_batching) == ("ON_DEMAND", None)


def test_a_start_of_one_workflow(tmp_path: Path) -> None:
    """It goes before that of all."""
    project = staged(
        tmp_path,
        """
        start = "0 4 * * ? *"
        workflows.nightly_sales.start = { s3 = "s3://prod-lake/raw/", batch_size = 3 }
        """,
    ).project
    sales, crm = project.workflows

    assert (sales.triggers[0].type, sales.triggers[0].schedule) == ("EVENT", None)
    assert sales.triggers[0].event_batching == EventBatching(batch_size=3, batch_window_seconds=900)
    assert (crm.triggers[0].type, crm.triggers[0].schedule) == ("SCHEDULED", "cron(0 4 * * ? *)")
    assert project.event_rules == (
        EventRule(
            name="gluedsl-prod-nightly-sales",
            workflow_name="prod-nightly-sales",
            pattern={
                "source": ["aws.s3"],
                "detail-type": ["Object Created"],
                "detail": {"bucket": {"name": ["prod-lake"]}, "object": {"key": [{"prefix": "raw/"}]}},
            },
            role="gluedsl-prod-nightly-sales-events",
            buckets=("prod-lake",),
        ),
    )


def test_events_that_a_stage_does_not_want(tmp_path: Path) -> None:
    """With another start, a workflow has neither rule nor role for its events."""
    flow = 'w = Workflow("w", start=on_event(s3="s3://lake"))\n@w.python_shell_job\ndef load(run): ...\n'
    counts = {
        start: len(staged(tmp_path, f"start = {start}", flow).project.event_rules)
        for start in ('"on-demand"', '"0 4 * * ? *"', "{ batch_size = 5 }", '{ s3 = "s3://other" }')
    }

    assert counts == {'"on-demand"': 0, '"0 4 * * ? *"': 0, "{ batch_size = 5 }": 0, '{ s3 = "s3://other" }': 1}


def test_a_stage_that_says_nothing(tmp_path: Path) -> None:
    """With no prefix either, it is the flow itself."""
    alone, prod = (staged(tmp_path, 'prefix = ""', stage=stage) for stage in (None, "prod"))

    assert alone.project == prod.project
    assert alone.origins == prod.origins
    assert (alone.settings.stage, prod.settings.stage) == (None, "prod")


def test_findings_about_a_stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A value that Glue refuses is found at the line that says it, in the file of settings."""
    monkeypatch.chdir(tmp_path)
    compilation = staged(
        tmp_path,
        """start = "60 2 * * ? *"
jobs.load_orders = { max_capacity = 3 }
[tool.gluedsl.stages.prod.jobs.dedupe]
max-retries = 99
[tool.gluedsl.stages.prod.workflows.crm]
max_concurrent_runs = 0
""",
    )
    found = {(d.code, d.span.file, d.span.line, d.span.column) for d in compilation.report.diagnostics if d.span}

    assert {each for each in found if each[1] == "pyproject.toml"} == {
        ("SC003", "pyproject.toml", 2, 1),
        ("JB015", "pyproject.toml", 3, 1),
        ("JB026", "pyproject.toml", 5, 1),
        ("WF005", "pyproject.toml", 7, 1),
    }


@pytest.mark.parametrize(
    ("line", "path", "written"),
    [
        ("jobs.dedupe.workers = 5", ("jobs", 1, "workers"), "jobs.dedupe.workers"),
        ("jobs.dedupe = { arguments = { '--b' = 'x' } }", ("jobs", 1, "default_arguments", "--b"), "jobs.dedupe"),
        ("crawlers.catalog.targets = 's3://x-1'", ("crawlers", 0, "targets", 0), "crawlers.catalog.targets"),
        ("properties.env = 'x'", ("workflows", 0, "default_run_properties", "env"), "properties.env"),
        ("start = 'on-demand'", ("workflows", 1, "triggers", 0, "event_batching", "batch_size"), "start"),
        ("start = { s3 = 's3://x-1' }", ("event_rules", 0, "pattern"), "start"),
    ],
)
def test_where_it_is_written(tmp_path: Path, line: str, path: ModelPath, written: str) -> None:
    """What a stage says stands in the `pyproject.toml`, whatever the flow said there."""
    span = staged(tmp_path, line).origins.at(path)

    assert span is not None
    assert (span.file, span.line) == (str(tmp_path / "pyproject.toml"), 2)
    assert line[span.column - 1 : span.end_column - 1] == written


AT = "[tool.gluedsl.stages.prod"
TWO = """
north, south = Workflow("north"), Workflow("south")
@north.python_shell_job
def load(run): ...
@south.python_shell_job(name="south-load")
def load_south(run): ...
"""


@pytest.mark.parametrize(
    ("table", "message", "hint"),
    [
        (
            "jobs.lod_orders.max_retries = 1",
            ".jobs.lod_orders] names job `lod_orders`, which the flow does not define",
            "did you mean `load-orders`?",
        ),
        (
            "jobs.theirs.max_retries = 1",
            ".jobs.theirs] names job `theirs`, which the flow does not define",
            "it has `nightly-sales-load-orders`, `dedupe`, `own-role`",
        ),
        (
            "crawlers.zzz.schedule = 'on-demand'",
            ".crawlers.zzz] names crawler `zzz`, which the flow does not define",
            "it has `catalog`",
        ),
        (
            "workflows.sales.start = 'on-demand'",
            ".workflows.sales] names workflow `sales`, which the flow does not define",
            "it has `nightly-sales`, `crm`",
        ),
        (
            "jobs = { load_orders = { max_retries = 1 }, nightly-sales-load-orders = { max_retries = 2 } }",
            (
                ".jobs.nightly-sales-load-orders] and [tool.gluedsl.stages.prod.jobs.load_orders] are both job "
                "`nightly-sales-load-orders`"
            ),
            "put them into one",
        ),
        (
            "jobs.load_orders.workers = 5",
            ".jobs.load_orders] has `workers`, which a Python shell job does not take",
            (
                "it takes `max_capacity`, `timeout_minutes`, `max_retries`, `max_concurrent_runs`, "
                "`job_run_queuing_enabled`, `notify_delay_after_minutes`, `role`, `connections`, "
                "`security_configuration`, `arguments`"
            ),
        ),
        (
            "properties.evn = 'x'",
            "] sets run property `evn`, which no workflow declares",
            "did you mean `env`?",
        ),
        (
            "workflows.crm.properties = { rows = '5' }",
            ".workflows.crm] sets run property `rows`, which workflow `crm` does not declare",
            "declared: `env`",
        ),
        (
            "properties.rows = 'five'",
            "] cannot set it: run property `rows` takes int, not 'five' (str)",
            "write it as TOML writes that type",
        ),
        (
            "workflows.crm.properties = { env = 5 }",
            ".workflows.crm] sets run property `env` to 5, and Glue stores strings",
            "write it as one, or give the workflow a RunProperties class",
        ),
    ],
)
def test_refusals(tmp_path: Path, table: str, message: str, hint: str) -> None:
    """What the flow does not have, or does not take; each names the file and the table."""
    with pytest.raises(UsageError) as raised:
        staged(tmp_path, table)

    file = tmp_path / "pyproject.toml"
    assert (raised.value.message, raised.value.hint) == (f"{file}: {AT}{message}", hint)


def test_a_name_of_two_jobs(tmp_path: Path) -> None:
    """A short name that two workflows have is no name."""
    with pytest.raises(UsageError) as raised:
        staged(tmp_path, "jobs.load.max_retries = 1", TWO)

    assert (raised.value.message, raised.value.hint) == (
        f"{tmp_path / 'pyproject.toml'}: {AT}.jobs.load] may mean job `north-load` or `south-load`",
        "give its whole name",
    )


def test_workflows_in_hand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are compiled in a stage of the working directory's project."""
    staged(tmp_path, "")
    monkeypatch.chdir(tmp_path)

    assert compile_workflows(stage="prod").settings.stage == "prod"
