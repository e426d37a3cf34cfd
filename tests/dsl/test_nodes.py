"""Jobs and crawlers as authors declare them."""

from __future__ import annotations

import pytest

from gluedsl import (
    CatalogTarget,
    Crawler,
    DeltaTarget,
    DynamoDBTarget,
    ExistingCrawler,
    ExistingJob,
    FunctionJob,
    HudiTarget,
    IcebergTarget,
    JdbcTarget,
    JobRun,
    MongoDBTarget,
    PlainProperties,
    PythonShellJob,
    RayJob,
    S3Target,
    SparkJob,
    StreamingJob,
    Workflow,
)
from gluedsl.dsl.nodes import _FIELD_TYPES, _TARGETS
from tests.support.misuse import Sales, refusal

TARGETS = "targets= takes s3:// paths and targets such as S3Target(...), not"


def test_a_job_is_what_it_was_given() -> None:
    """Its name, its script and its options; each kind has Glue's name for it."""
    jobs = [
        SparkJob("a", script="a.py", workers=4),
        StreamingJob("b", script="b.py", maintenance_window="Sun:10"),
        PythonShellJob("c", script="s3://b/c.py", max_capacity=1),
        RayJob("d", script="d.py", runtime="Ray2.4"),
    ]

    assert [(job.name, job.kind, job.script, job.options) for job in jobs] == [
        ("a", "glueetl", "a.py", {"workers": 4}),
        ("b", "gluestreaming", "b.py", {"maintenance_window": "Sun:10"}),
        ("c", "pythonshell", "s3://b/c.py", {"max_capacity": 1}),
        ("d", "glueray", "d.py", {"runtime": "Ray2.4"}),
    ]


def test_what_nodes_say_of_themselves() -> None:
    """Their class and their name, for whoever prints one."""
    workflow = Workflow("w")

    @workflow.ray_job
    def train(run: JobRun[PlainProperties]) -> None:
        pass

    shown = [SparkJob("a", script="a.py"), ExistingJob("b"), ExistingCrawler("c"), Crawler("d", targets=[]), train]

    assert [repr(node) for node in shown] == [
        "<SparkJob a>",
        "<ExistingJob b>",
        "<ExistingCrawler c>",
        "<Crawler d>",
        "<FunctionJob w-train>",
    ]
    assert repr(ExistingJob("b").with_arguments({"--a": "b"})) == "<ExistingJob b>.with_arguments(...)"


@pytest.mark.parametrize(
    ("misuse", "message"),
    [
        ("SparkJob('', script='x.py')", "the name of a job is empty"),
        ("StreamingJob(None, script='x.py')", "the name of a job takes a string, not None (NoneType)"),
        ("RayJob(5, script='x.py')", "the name of a job takes a string, not 5 (int)"),
        ("ExistingJob('')", "the name of a job is empty"),
        ("ExistingCrawler('')", "the name of a crawler is empty"),
        ("Crawler('', targets='s3://b/')", "the name of a crawler is empty"),
        ("PythonShellJob('x', script=5)", "script= takes a path or an s3:// URI, not 5 (int)"),
        ("SparkJob('x', script=None)", "script= takes a path or an s3:// URI, not None (NoneType)"),
        ("w.spark_job(name='')(lambda run: None)", "the name of a job is empty"),
        ("w.spark_job(name=5)(lambda run: None)", "the name of a job takes a string, not 5 (int)"),
        ("a.with_arguments(timeout_minutes='30')", "timeout_minutes= takes a whole number, not '30' (str)"),
        ("a.with_arguments(security_configuration=5)", "security_configuration= takes a string, not 5 (int)"),
        (
            "a.with_arguments(notify_delay_after_minutes=1.5)",
            "notify_delay_after_minutes= takes a whole number, not 1.5 (float)",
        ),
    ],
)
def test_refusals(misuse: str, message: str) -> None:
    """What no job or crawler can be made of."""
    assert refusal(misuse) == (message, "")


def test_arguments_of_one_start() -> None:
    """A job can be started with arguments and settings of its own; what is not said is not there."""
    given = {"--mode": "full"}
    job = ExistingJob("a")

    action = job.with_arguments(given, timeout_minutes=30)
    given["--mode"] = "changed"

    assert (action.node, action.arguments, action.settings) == (job, {"--mode": "full"}, {"timeout_minutes": 30})
    assert job.with_arguments().arguments == {}


EVERY_TARGET = (
    S3Target("s3://b/x/", exclusions=("*.tmp",), connection="c", sample_size=3, event_queue_arn="q"),
    JdbcTarget("c", "db/%", exclusions=("a",), additional_metadata=("COMMENTS",)),
    MongoDBTarget("c", "db/docs", scan_all=False),
    DynamoDBTarget("orders", scan_all=True, scan_rate=1),
    CatalogTarget("sales", ("orders",), connection="c"),
    DeltaTarget(("s3://b/d/",), write_manifest=True, create_native_table=False),
    IcebergTarget(("s3://b/i/",), maximum_traversal_depth=3),
    HudiTarget(("s3://b/h/",), exclusions=("x",)),
)


def test_targets_of_every_kind() -> None:
    """They are kept as they are."""
    assert Crawler("c", targets=EVERY_TARGET).targets == EVERY_TARGET
    assert {type(target) for target in EVERY_TARGET} == set(_TARGETS)


def test_paths_are_targets() -> None:
    """A path stands for an S3 target, one target for a list of it, a list in a target for a tuple."""
    assert Crawler("c", targets="s3://b/").targets == (S3Target("s3://b/"),)
    assert Crawler("c", targets=S3Target("s3://b/")).targets == (S3Target("s3://b/"),)
    assert Crawler("c", targets=["s3://b/", DynamoDBTarget("t")]).targets == (S3Target("s3://b/"), DynamoDBTarget("t"))
    assert Crawler("c", targets=DeltaTarget(["s3://b/"])).targets == (DeltaTarget(("s3://b/",)),)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("targets", "message"),
    [
        ("5", f"{TARGETS} 5 (int)"),
        ("{'s3://b/'}", f"{TARGETS} {{'s3://b/'}} (set)"),
        ("(t for t in ['s3://b/'])", f"{TARGETS} <generator object <genexpr>> (generator)"),
        ("['s3://b/', S3Target]", f"{TARGETS} <class 'gluedsl.targets.S3Target'> (type)"),
        ("a", f"{TARGETS} <PythonShellJob a> (PythonShellJob)"),
        ("S3Target(5)", "path= of S3Target takes a string, not 5 (int)"),
        ("S3Target(None)", "path= of S3Target takes a string, not None (NoneType)"),
        (
            "S3Target('s3://b/', exclusions='*.tmp')",
            "exclusions= of S3Target takes a list of strings, not '*.tmp' (str)",
        ),
        ("S3Target('s3://b/', exclusions=[5])", "exclusions= of S3Target takes strings, not 5 (int)"),
        ("S3Target('s3://b/', sample_size='3')", "sample_size= of S3Target takes a whole number, not '3' (str)"),
        ("S3Target('s3://b/', sample_size=True)", "sample_size= of S3Target takes a whole number, not True (bool)"),
        ("DeltaTarget('s3://b/')", "tables= of DeltaTarget takes a list of strings, not 's3://b/' (str)"),
        ("DeltaTarget([], write_manifest=1)", "write_manifest= of DeltaTarget takes True or False, not 1 (int)"),
        ("DynamoDBTarget('t', scan_rate='1')", "scan_rate= of DynamoDBTarget takes a number, not '1' (str)"),
        ("JdbcTarget('c', ['p'])", "path= of JdbcTarget takes a string, not ['p'] (list)"),
    ],
)
def test_refusals_of_targets(targets: str, message: str) -> None:
    """What a crawler cannot read, down to the fields of its targets."""
    assert refusal(f"Crawler('x', targets={targets})") == (message, "")


def test_every_field_of_a_target_has_a_type_that_is_checked() -> None:
    """A field that is added to a target is checked as well."""
    annotations = {str(kind) for target in _TARGETS for kind in target.__annotations__.values()}

    assert {annotation.removesuffix(" | None") for annotation in annotations} == set(_FIELD_TYPES)


def test_a_function_job_stays_callable() -> None:
    """Calling it runs its body with the run that it is given, so that a test can."""
    workflow = Workflow("sales", properties=Sales)

    @workflow.python_shell_job(timeout_minutes=5)
    def load_orders(run: JobRun[Sales]) -> str:
        """Load what was ordered."""
        run.properties.orders_rows = 42
        return run.arguments["mode"]

    run = JobRun(properties=Sales(), arguments={"mode": "full"})

    assert load_orders(run) == "full"
    assert run.properties.orders_rows == 42
    assert isinstance(load_orders, FunctionJob)
    assert (load_orders.__name__, load_orders.__doc__, load_orders.__module__) == (
        "load_orders",
        "Load what was ordered.",
        __name__,
    )
    assert (load_orders.name, load_orders.kind, load_orders.script) == ("sales-load-orders", "pythonshell", None)
    assert load_orders.properties is Sales


def test_properties_of_a_function_job_of_a_plain_workflow() -> None:
    """A workflow without a class of run properties gives its jobs none."""
    workflow = Workflow("w", properties={"env": "prod"})

    @workflow.spark_job
    def load(run: JobRun[PlainProperties]) -> None:
        pass

    assert load.properties is None


ONE_ARGUMENT = "a job is called with its run: `def load(run)`"


@pytest.mark.parametrize(
    ("misuse", "message", "hint"),
    [
        (
            "w.spark_job('dedupe')",
            "@spark_job takes a function, not 'dedupe' (str)",
            "put it before a function; other arguments have a name",
        ),
        (
            "@w.python_shell_job\nclass Load: ...",
            "@python_shell_job takes a function, not <class 'flow.Load'> (type)",
            "put it before a function; other arguments have a name",
        ),
        (
            "@w.ray_job()\n@w.ray_job\ndef load(run): ...",
            "@ray_job takes a function, not <FunctionJob w-load> (FunctionJob)",
            "put it before a function; other arguments have a name",
        ),
        (
            "@w.streaming_job\nasync def load(run): ...",
            "@streaming_job takes an ordinary function: calling `load` does not run its body",
            "leave out `async` and `yield`",
        ),
        (
            "@w.spark_job\ndef load(run): yield",
            "@spark_job takes an ordinary function: calling `load` does not run its body",
            "leave out `async` and `yield`",
        ),
        (
            "@w.spark_job\ndef load(): ...",
            "@spark_job takes a function of one argument, which `load` is not",
            ONE_ARGUMENT,
        ),
        (
            "@w.spark_job\ndef load(run, spark): ...",
            "@spark_job takes a function of one argument, which `load` is not",
            ONE_ARGUMENT,
        ),
        (
            "@w.spark_job\ndef load(run, *, spark): ...",
            "@spark_job takes a function of one argument, which `load` is not",
            ONE_ARGUMENT,
        ),
        (
            "w.spark_job(lambda run: None)",
            "@spark_job takes a function with a name, and a lambda has none",
            "name the job with name=",
        ),
        (
            "@w.ray_job(worker_type='Z.2X')\ndef load(run): ...",
            "@ray_job takes no argument `worker_type`",
            "did you mean `workers`?",
        ),
        (
            "@w.python_shell_job(afer=None)\ndef load(run): ...",
            "@python_shell_job takes no argument `afer`",
            "did you mean `after`?",
        ),
        (
            "@w.python_shell_job(nam='x')\ndef load(run): ...",
            "@python_shell_job takes no argument `nam`",
            "did you mean `name`?",
        ),
        (
            "@w.spark_job(script='x.py')\ndef load(run): ...",
            "@spark_job takes no argument `script`",
            "did you mean `description`?",
        ),
    ],
)
def test_refusals_of_decorators(misuse: str, message: str, hint: str) -> None:
    """What no function job can be made of: calling it with a run has to run its body."""
    assert refusal(misuse) == (message, hint)


@pytest.mark.parametrize(
    "definition",
    [
        "def load(run, *, rows=3): ...",
        "def load(run, rows=3): ...",
        "def load(*args, **kwargs): ...",
        "def load(run, /): ...",
        "load = lambda run: None",
    ],
)
def test_functions_that_take_a_run(definition: str) -> None:
    """Any function that can be called with one argument will do."""
    names: dict[str, object] = {}
    exec(definition, names)  # noqa: S102 -- the test's own text

    job = Workflow("w").python_shell_job(name="load")(names["load"])  # type: ignore[arg-type]

    assert job.name == "load"
