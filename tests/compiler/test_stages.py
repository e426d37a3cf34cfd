"""The tables `[tool.gluedsl.stages.NAME]`, before any flow is looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gluedsl.compiler.settings import Settings, read_settings
from gluedsl.dsl.starts import OnDemand, OnEvent, Schedule
from gluedsl.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from gluedsl.compiler.stages import Stage


def staged(folder: Path, text: str, stage: str = "prod") -> Settings:
    """Return the settings of a stage."""
    (folder / "pyproject.toml").write_text(text, encoding="utf-8")
    return read_settings(folder, stage)


def overrides(folder: Path, table: str) -> Stage:
    """Return what a stage says, whose table is given."""
    found = staged(folder, f"[tool.gluedsl.stages.prod]\n{table}\n").overrides
    assert found is not None
    return found


def test_without_a_stage(tmp_path: Path) -> None:
    """The settings of the project hold alone, and names have no prefix."""
    text = '[tool.gluedsl]\nrole = "R"\n[tool.gluedsl.stages.prod]\nrole = "P"\n'
    (tmp_path / "pyproject.toml").write_text(text, encoding="utf-8")
    settings = read_settings(tmp_path)

    assert (settings.role, settings.stage, settings.prefix, settings.overrides) == ("R", None, "", None)


def test_settings_of_a_stage(tmp_path: Path) -> None:
    """What a stage says holds, and what it leaves out is the project's."""
    settings = staged(
        tmp_path,
        """
        [tool.gluedsl]
        project = "sales"
        role = "R"
        region = "eu-west-1"
        script-bucket = "scripts"
        [tool.gluedsl.stages.prod]
        role = "P"
        script-bucket = "prod-scripts"
        [tool.gluedsl.stages.dev]
        prefix = ""
        """,
    )
    dev = read_settings(tmp_path, "dev")

    assert (settings.stage, settings.prefix, settings.project) == ("prod", "prod-", "sales")
    assert (settings.role, settings.region, settings.script_bucket) == ("P", "eu-west-1", "prod-scripts")
    assert (dev.stage, dev.prefix, dev.role, dev.script_bucket) == ("dev", "", "R", "scripts")


def test_starts(tmp_path: Path) -> None:
    """On demand, by a schedule with or without its word, or by events with what `on_event` takes."""
    demand, cron, bare, other = (
        overrides(tmp_path, f"start = {text!r}").start
        for text in ("on-demand", "cron(0 2 * * ? *)", "0 2 * * ? *", "rate(5 minutes)")
    )
    event = overrides(tmp_path, 'start = { s3 = "s3://lake/raw/", batch-size = 5, role = "E" }').start
    few = overrides(tmp_path, "workflows.w.start = { batch_window_seconds = 60 }").workflows[0].values["start"]

    assert isinstance(demand, OnDemand)
    assert [s.expression for s in (cron, bare, other) if isinstance(s, Schedule)] == [
        "cron(0 2 * * ? *)",
        "cron(0 2 * * ? *)",
        "rate(5 minutes)",
    ]
    assert isinstance(event, OnEvent)
    assert (event.batch_size, event.role, (event.pattern or {})["source"]) == (5, "E", ["aws.s3"])
    assert isinstance(few, OnEvent)
    assert (few.batch_window_seconds, few.pattern) == (60, None)


def test_tables_of_jobs_crawlers_and_workflows(tmp_path: Path) -> None:
    """Values are of the types that a flow takes for them; a crawler's schedule can be taken away."""
    stage = overrides(
        tmp_path,
        """
        properties = { env = "prod" }
        jobs.load = { workers = 5, max-retries = 1, arguments = { "--x" = "y" }, connections = ["db"] }
        crawlers.c = { schedule = "on-demand", targets = "s3://prod/" }
        workflows.w = { max_concurrent_runs = 2, properties = { rows = 5 } }
        """,
    )

    assert stage.properties == {"env": "prod"}
    assert [(o.name, o.values, o.at) for o in (*stage.jobs, *stage.crawlers, *stage.workflows)] == [
        (
            "load",
            {"workers": 5, "max_retries": 1, "arguments": {"--x": "y"}, "connections": ("db",)},
            ("tool", "gluedsl", "stages", "prod", "jobs", "load"),
        ),
        (
            "c",
            {"schedule": None, "targets": ("s3://prod/",)},
            ("tool", "gluedsl", "stages", "prod", "crawlers", "c"),
        ),
        (
            "w",
            {"max_concurrent_runs": 2, "properties": {"rows": 5}},
            ("tool", "gluedsl", "stages", "prod", "workflows", "w"),
        ),
    ]


AT = "[tool.gluedsl.stages.prod]"
SETTINGS = (
    "it takes `prefix`, `role`, `region`, `script_bucket`, `start`, `properties`, `workflows`, `jobs`, `crawlers`"
)
STARTS = '"on-demand", a cron expression, or a table for events'
START_HINT = 'for example: "cron(0 2 * * ? *)", or { s3 = "s3://lake/raw/", batch_size = 10 }'


@pytest.mark.parametrize(
    ("table", "message", "hint"),
    [
        ("wrokflows = {}", f"{AT} has no setting `wrokflows`", "did you mean `workflows`?"),
        ("verbose = true", f"{AT} has no setting `verbose`", SETTINGS),
        ("role = 5", f"`role` in {AT} is not a string", ""),
        ("region = ['a']", f"`region` in {AT} is not a string", ""),
        (
            "script-bucket = 'Bad Bucket'",
            f"`script_bucket` in {AT} cannot be the name of a bucket: Bad Bucket",
            "3 to 63 lower-case letters, digits, dots and hyphens",
        ),
        (
            "prefix = 'a/b '",
            f"`a/b ` cannot be the prefix of names, as {AT} wants it",
            "set `prefix` to letters, digits, dots, hyphens and underscores, or to nothing",
        ),
        ("start = 5", f"`start` in {AT} is not {STARTS}", START_HINT),
        ("start = 'by hand'", f"`start` in {AT} is not {STARTS}", START_HINT),
        (
            "start = { s3 = 'lake' }",
            f"`start` in {AT}: s3= takes a place such as s3://bucket/prefix, not 'lake'",
            "",
        ),
        (
            "start = { bath_size = 5 }",
            "[tool.gluedsl.stages.prod.start] has no setting `bath_size`",
            "did you mean `batch_size`?",
        ),
        ("properties = 5", "[tool.gluedsl.stages.prod.properties] is not a table", ""),
        ("jobs = 5", "[tool.gluedsl.stages.prod.jobs] is not a table", ""),
        ("jobs.load = 5", "[tool.gluedsl.stages.prod.jobs.load] is not a table", ""),
        (
            "jobs.load.worker = 5",
            "[tool.gluedsl.stages.prod.jobs.load] has no setting `worker`",
            "did you mean `workers`?",
        ),
        (
            "jobs.load.workers = '5'",
            "`workers` in [tool.gluedsl.stages.prod.jobs.load] takes a whole number, not '5' (str)",
            "",
        ),
        (
            "jobs.load.arguments = { '--x' = 5 }",
            "`arguments` in [tool.gluedsl.stages.prod.jobs.load] takes strings, and the value of `--x` is of type int",
            "Glue stores strings: write it as one",
        ),
        (
            "crawlers.c.targets = ['jdbc']",
            "`targets` in [tool.gluedsl.stages.prod.crawlers.c] is not a list of s3:// paths",
            "targets of other kinds are given in the flow",
        ),
        (
            "crawlers.c.workers = 5",
            "[tool.gluedsl.stages.prod.crawlers.c] has no setting `workers`",
            "it takes `schedule`, `role`, `database`, `table_prefix`, `targets`, `security_configuration`",
        ),
        (
            "workflows.w.role = 'r'",
            "[tool.gluedsl.stages.prod.workflows.w] has no setting `role`",
            "it takes `start`, `properties`, `max_concurrent_runs`",
        ),
    ],
)
def test_refusals(tmp_path: Path, table: str, message: str, hint: str) -> None:
    """Each names the file, and what in it; also where another stage is asked for, or none."""
    text = f"[tool.gluedsl.stages.dev]\n[tool.gluedsl.stages.prod]\n{table}\n"
    with pytest.raises(UsageError) as raised:
        staged(tmp_path, text, "dev")
    with pytest.raises(UsageError):
        read_settings(tmp_path)

    assert (raised.value.message, raised.value.hint) == (f"{tmp_path / 'pyproject.toml'}: {message}", hint)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("[tool.gluedsl.stages.prod]\n[tool.gluedsl.stages.dev]\n", "did you mean `prod`?"),
        ("[tool.gluedsl.stages.one]\n[tool.gluedsl.stages.two]\n", "it has `one`, `two`"),
        ("", "write [tool.gluedsl.stages.prd]"),
    ],
)
def test_a_stage_that_is_not_there(tmp_path: Path, text: str, hint: str) -> None:
    """The refusal names what is like it, or what there is."""
    with pytest.raises(UsageError) as raised:
        staged(tmp_path, text, "prd")

    assert (raised.value.message, raised.value.hint) == (f"{tmp_path / 'pyproject.toml'} has no stage `prd`", hint)


def test_a_stage_without_a_file(tmp_path: Path) -> None:
    """There is none without a `pyproject.toml`."""
    with pytest.raises(UsageError) as raised:
        read_settings(tmp_path, "prod")

    assert (raised.value.message, raised.value.hint) == (
        f"there is no stage `prod`: no pyproject.toml at or above {tmp_path}",
        "write one with [tool.gluedsl.stages.prod]",
    )
