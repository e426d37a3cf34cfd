"""Jobs and crawlers for hypothesis to make up, all of them such as Glue takes.

Jobs have their code in S3. Whatever the API can say is said by some of them; what CloudFormation cannot say is left out
unless `only_api` asks for it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar, get_args

from hypothesis import strategies as st

from gluedsl.model import Crawler, Job, JobKind, RemoteScript
from gluedsl.targets import (
    CatalogTarget,
    DeltaTarget,
    DynamoDBTarget,
    HudiTarget,
    IcebergTarget,
    JdbcTarget,
    MongoDBTarget,
    S3Target,
)

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

    from gluedsl.targets import Target

T = TypeVar("T")

SINGLE_LINE = st.characters(
    min_codepoint=0x20, max_codepoint=0x1FFFF, exclude_categories=["Cs"], exclude_characters="\ufffe\uffff"
)
"""What Glue's single-line pattern takes, but for the tab."""
CRONS = ("cron(0 2 * * ? *)", "cron(15 12 ? * MON-FRI *)", "cron(0/30 8-17 1 JAN,JUL ? 2026-2030)")


_USUAL = st.sampled_from(
    tuple(
        f"{verb}{joint}{noun}" for verb in ("load", "join", "x9") for joint in "-_ " for noun in ("orders", "a", "7-b")
    )
)
_UNUSUAL = st.text(SINGLE_LINE, min_size=1, max_size=8).filter(lambda text: text.strip() != "")


def names() -> SearchStrategy[str]:
    """Names as people choose them, and some of anything that Glue allows."""
    return _USUAL | _USUAL | _UNUSUAL


def texts() -> SearchStrategy[str]:
    """Texts of one line, maybe empty."""
    return st.sampled_from(("", "Loads the day.", "${env} is text here", '{"a": "é"}')) | _UNUSUAL


def maybe(strategy: SearchStrategy[T]) -> SearchStrategy[T | None]:
    """Draw, or leave it out."""
    return st.none() | strategy


def string_maps(prefix: str = "") -> SearchStrategy[dict[str, str]]:
    """Make a few keys, each with the prefix, and any values."""
    keys = st.sampled_from(tuple(f"{prefix}{key}" for key in ("env", "Mode", "max_rows")))
    return st.just({}) | st.dictionaries(keys, texts(), max_size=3)


def tags() -> SearchStrategy[dict[str, str]]:
    """Make a few tags."""
    return string_maps()


def s3_paths() -> SearchStrategy[str]:
    """Make paths under a bucket."""
    return st.sampled_from(("s3://lake/raw/", "s3://lake/sales/orders/", "s3://other/"))


def roles_by_arn() -> SearchStrategy[str]:
    """Make ARNs of roles, and names that no project defines."""
    return st.sampled_from(
        ("arn:aws:iam::123456789012:role/glue", "arn:aws:iam::123456789012:role/service-role/g", "glue")
    )


@st.composite
def jobs(draw: DrawFn, name: SearchStrategy[str] | None = None, role: SearchStrategy[str] | None = None) -> Job:
    """Make a job of any kind, with what its kind takes and nothing else."""
    kind: JobKind = draw(st.sampled_from(get_args(JobKind)))
    job = Job(
        name=draw(names() if name is None else name),
        kind=kind,
        code=RemoteScript(uri=draw(s3_paths()) + "main.py"),
        role=draw(roles_by_arn() if role is None else role),
        description=draw(maybe(texts())),
        max_concurrent_runs=draw(maybe(st.integers(1, 10))),
        security_configuration=draw(maybe(st.just("encrypted"))),
        notify_delay_after_minutes=draw(maybe(st.integers(1, 60))),
        connections=tuple(draw(st.lists(st.sampled_from(("warehouse", "crm")), unique=True))),
        default_arguments=draw(string_maps("--")),
        non_overridable_arguments=draw(string_maps("--fixed_")),
        tags=draw(tags()),
        extra=draw(st.sampled_from(({}, {"LogUri": "s3://lake/logs/"}, {"JobMode": "SCRIPT"}))),
    )
    return replace(job, **draw(_OF_KIND[kind]))


_STARTS: dict[str, SearchStrategy[Any]] = {
    "timeout_minutes": maybe(st.integers(1, 10079)),
    "max_retries": maybe(st.integers(0, 10)),
}
_STANDARD_WORKERS: tuple[dict[str, Any], ...] = (
    {},
    {"worker_type": "G.1X", "workers": 2},
    {"worker_type": "R.2X", "workers": 10},
)
_OF_KIND: dict[JobKind, SearchStrategy[dict[str, Any]]] = {
    "glueetl": st.one_of(
        st.builds(
            lambda workers, **others: {**workers, **others},
            workers=st.sampled_from(_STANDARD_WORKERS),
            glue_version=st.sampled_from(("4.0", "5.0", "5.1")),
            python_version=st.just("3"),
            **_STARTS,
        ),
        st.fixed_dictionaries(
            {
                "glue_version": st.just("5.0"),
                "worker_type": st.sampled_from(("G.1X", "G.2X")),
                "workers": st.integers(2, 149),
                "execution_class": st.just("FLEX"),
                **_STARTS,
            }
        ),
        st.fixed_dictionaries(
            {"glue_version": st.just("5.0"), "max_retries": st.just(0), "job_run_queuing_enabled": st.just(value=True)}
        ),
    ),
    "pythonshell": st.fixed_dictionaries(
        {
            "python_version": st.just("3.9"),
            "max_capacity": st.sampled_from((None, 0.0625, 1.0)),
            **_STARTS,
        }
    ),
    "gluestreaming": st.fixed_dictionaries(
        {
            "glue_version": st.just("5.0"),
            "python_version": st.just("3"),
            "worker_type": st.sampled_from(("G.025X", "G.1X")),
            "workers": st.integers(2, 299),
            "maintenance_window": st.sampled_from((None, "Sun:3", "Fri:23")),
        }
    ),
    "glueray": st.fixed_dictionaries(
        {
            "glue_version": st.just("4.0"),
            "python_version": st.just("3.9"),
            "runtime": st.just("Ray2.4"),
            "worker_type": st.just("Z.2X"),
            "workers": st.integers(1, 10),
            **_STARTS,
        }
    ),
}

_CONNECTION = maybe(st.just("warehouse"))
_QUEUE = st.sampled_from((None, "arn:aws:sqs:eu-west-1:123456789012:changes"))
_PATHS = st.lists(s3_paths(), min_size=1, unique=True).map(tuple)
_EXCLUSIONS = st.lists(st.sampled_from(("**.tmp", "_spark_metadata/**")), unique=True).map(tuple)
_TABLES = st.lists(st.sampled_from(("orders", "customers")), min_size=1, unique=True).map(tuple)
_DEPTH = maybe(st.integers(1, 20))


def _targets(*, only_api: bool) -> tuple[SearchStrategy[Target], ...]:
    """Return a strategy for each kind of target but the catalogue's, in the order in which AWS keeps their lists."""
    return (
        st.builds(
            S3Target,
            path=s3_paths(),
            exclusions=_EXCLUSIONS,
            connection=_CONNECTION,
            sample_size=maybe(st.integers(1, 249)),
            event_queue_arn=_QUEUE,
            dlq_event_queue_arn=_QUEUE,
        ),
        st.builds(
            JdbcTarget,
            connection=st.just("warehouse"),
            path=st.just("sales/public/%"),
            exclusions=_EXCLUSIONS,
            additional_metadata=st.sampled_from(((), ("COMMENTS",), ("COMMENTS", "RAWTYPES"))),
        ),
        st.builds(
            MongoDBTarget,
            connection=st.just("crm"),
            path=st.just("crm/contacts"),
            scan_all=maybe(st.booleans()) if only_api else st.none(),
        ),
        st.builds(
            DynamoDBTarget,
            table=st.just("events"),
            scan_all=maybe(st.booleans()),
            scan_rate=maybe(st.sampled_from((0.1, 0.5, 1.5))),
        ),
        st.builds(
            DeltaTarget,
            tables=_PATHS,
            connection=_CONNECTION,
            write_manifest=maybe(st.booleans()),
            create_native_table=maybe(st.booleans()),
        ),
        st.builds(
            IcebergTarget,
            paths=_PATHS,
            connection=_CONNECTION,
            exclusions=_EXCLUSIONS,
            maximum_traversal_depth=_DEPTH,
        ),
        st.builds(
            HudiTarget, paths=_PATHS, connection=_CONNECTION, exclusions=_EXCLUSIONS, maximum_traversal_depth=_DEPTH
        ),
    )


@st.composite
def crawlers(
    draw: DrawFn,
    name: SearchStrategy[str] | None = None,
    role: SearchStrategy[str] | None = None,
    *,
    scheduled: bool = True,
    only_api: bool = False,
) -> Crawler:
    """Make a crawler of any targets; `scheduled`: maybe with a schedule, which it should not have in a workflow."""
    catalogued = draw(st.booleans())
    targets: tuple[Target, ...]
    if catalogued:
        builder = st.builds(
            CatalogTarget,
            database=st.just("sales"),
            tables=_TABLES,
            connection=_CONNECTION,
            event_queue_arn=_QUEUE,
            dlq_event_queue_arn=_QUEUE,
        )
        targets = tuple(draw(st.lists(builder, min_size=1, max_size=2, unique=True)))
    else:
        kinds = _targets(only_api=only_api)
        chosen = draw(st.sets(st.sampled_from(range(len(kinds))), min_size=1, max_size=3))
        targets = tuple(
            each for i in sorted(chosen) for each in draw(st.lists(kinds[i], min_size=1, max_size=2, unique=True))
        )
    extras: list[dict[str, Any]] = [{}, {"LakeFormationConfiguration": {"UseLakeFormationCredentials": True}}]
    if only_api:
        extras.append({"LineageConfiguration": {"CrawlerLineageSettings": "ENABLE"}, "CatalogId": "123456789012"})
    return Crawler(
        name=draw(names() if name is None else name),
        role=draw(roles_by_arn() if role is None else role),
        targets=targets,
        database=None if catalogued else "sales",
        description=draw(maybe(texts())),
        schedule=draw(maybe(st.sampled_from(CRONS))) if scheduled else None,
        classifiers=tuple(draw(st.lists(st.sampled_from(("csv", "logs")), unique=True))),
        table_prefix=draw(maybe(st.just("raw_"))),
        update_behavior=draw(st.sampled_from((None, "LOG", "UPDATE_IN_DATABASE"))),
        delete_behavior="LOG" if catalogued else draw(st.sampled_from((None, "LOG", "DEPRECATE_IN_DATABASE"))),
        recrawl_behavior=draw(st.sampled_from((None, "CRAWL_EVERYTHING"))),
        configuration=draw(maybe(st.just('{"Version": 1.0, "CreatePartitionIndex": true}'))),
        security_configuration=draw(maybe(st.just("encrypted"))),
        tags=draw(tags()),
        extra=draw(st.sampled_from(extras)),
    )
