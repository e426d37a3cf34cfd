"""Arguments of jobs, crawlers, workflows and triggers: what is of the wrong type is refused where it is written."""

from __future__ import annotations

import re
from collections import UserDict
from types import MappingProxyType
from typing import Any, ForwardRef

import pytest

from gluedsl import (
    Crawler,
    PythonShellJob,
    RayJob,
    SparkJob,
    StreamingJob,
)
from gluedsl.dsl import options
from gluedsl.dsl.options import (
    CrawlerOptions,
    PythonShellJobOptions,
    RayJobOptions,
    SparkJobOptions,
    StreamingJobOptions,
    checked,
)
from gluedsl.errors import DeclarationError
from tests.support.misuse import Sales, refusal

GOOD: dict[str, Any] = {
    "str": "text",
    "int": 3,
    "float": 0.5,
    "bool": False,
    "Mapping[str, str]": {"--mode": "full"},
    "Sequence[str]": ["a", "b"],
    "Sequence[object]": [Sales.env, "rows"],
    "Mapping[str, Any]": {"LogUri": "s3://logs/"},
    "bookmarks": "enable",
    "allow": ["GR004", "unused-node"],
}
"""A value of each type, by its annotation, or by the option's own name."""

WRONG: dict[str, tuple[Any, str]] = {
    "str": (5, "a string, not 5 (int)"),
    "int": ("5", "a whole number, not '5' (str)"),
    "float": ("0.5", "a number, not '0.5' (str)"),
    "bool": (1, "True or False, not 1 (int)"),
    "Mapping[str, str]": (["--mode"], "a dict of strings, not ['--mode'] (list)"),
    "Sequence[str]": ("abc", "a list of strings, not 'abc' (str)"),
    "Sequence[object]": (5, "a list of properties of a RunProperties class, or their names, not 5 (int)"),
    "Mapping[str, Any]": ([], "a dict of members of the API's request, not [] (list)"),
    "bookmarks": ("on", "enable, disable or pause, not 'on'"),
    "allow": ("GR004", "a list of codes or names of rules, not 'GR004' (str)"),
}
"""A value of another type, and what is said of it."""

KINDS = (
    (SparkJob, SparkJobOptions),
    (StreamingJob, StreamingJobOptions),
    (PythonShellJob, PythonShellJobOptions),
    (RayJob, RayJobOptions),
)


def types_of(typed: Any) -> dict[str, str]:
    """Return the type of each option, as a key of the tables above."""
    found = {}
    for name, hint in typed.__annotations__.items():
        text = hint.__forward_arg__ if isinstance(hint, ForwardRef) else str(hint)
        text = re.sub(r" \| (Names\w+|Referable)", "", text)
        found[name] = name if name in {"allow", "bookmarks"} else re.sub(r"(Literal\[.*|.*WorkerType)", "str", text)
    return found


def made(kind: type, **given: Any) -> Any:
    """Make a job or a crawler with just these options."""
    return kind("x", targets="s3://b/", **given) if kind is Crawler else kind("x", script="x.py", **given)


EVERY: list[tuple[type, str, str]] = [(kind, name, of) for kind, typed in KINDS for name, of in types_of(typed).items()]
EVERY += [(Crawler, name, of) for name, of in types_of(CrawlerOptions).items()]


@pytest.mark.parametrize(("kind", "name", "of"), EVERY)
def test_every_option_takes_its_type(kind: type, name: str, of: str) -> None:
    """Lists are kept as tuples and dicts as copies, so that later changes of the author's do not reach."""
    given = GOOD[of]

    kept = made(kind, **{name: given}).options

    assert kept == {name: tuple(given) if isinstance(given, list) else given}
    assert not isinstance(given, dict) or kept[name] is not given


@pytest.mark.parametrize(("kind", "name", "of"), EVERY)
def test_every_option_refuses_another_type(kind: type, name: str, of: str) -> None:
    """It is named, with what it takes and what it was given."""
    given, said = WRONG[of]

    with pytest.raises(DeclarationError) as raised:
        made(kind, **{name: given})

    assert raised.value.message == f"{name}= takes {said}"


def test_none_is_the_same_as_nothing() -> None:
    """What an author computes may be None, and then gluedsl's and Glue's defaults hold."""
    job = SparkJob("x", script="x.py", role=None, worker_type=None, description="d")  # type: ignore[arg-type]

    assert job.options == {"description": "d"}


@pytest.mark.parametrize("name", ["workers", "timeout_minutes", "max_retries"])
def test_true_is_no_number(name: str) -> None:
    """Python counts with it, and Glue does not."""
    said = refusal(f"SparkJob('x', script='x.py', {name}=True)")

    assert said == (f"{name}= takes a whole number, not True (bool)", "")


@pytest.mark.parametrize("mapping", [MappingProxyType({"a": "b"}), UserDict({"a": "b"})])
def test_any_mapping_is_a_dict(mapping: Any) -> None:
    """Whatever an author keeps tags in, a plain dict is kept of it."""
    job = PythonShellJob("x", script="x.py", tags=mapping)

    assert type(job.options["tags"]) is dict
    assert job.options["tags"] == {"a": "b"}


@pytest.mark.parametrize(
    ("call", "what"),
    [
        ("PythonShellJob('x', script='x.py', arguments=HELD)", "arguments="),
        ("SparkJob('x', script='x.py', non_overridable_arguments=HELD)", "non_overridable_arguments="),
        ("RayJob('x', script='x.py', tags=HELD)", "tags="),
        ("w.streaming_job(tags=HELD)(Workflow.__repr__)", "tags="),
        ("Crawler('x', targets='s3://b/', tags=HELD)", "tags="),
        ("Workflow('x', tags=HELD)", "tags="),
        ("Trigger('x', when=on_demand(), start=a, tags=HELD)", "tags="),
        ("a.with_arguments(HELD)", "with_arguments()"),
        ("ExistingJob('x').with_arguments(HELD)", "with_arguments()"),
    ],
)
def test_mappings_of_strings(call: str, what: str) -> None:
    """Glue's arguments and tags are strings: another value is refused without being shown, as it may be a secret."""
    said = [refusal(call.replace("HELD", held)) for held in ("{'--rows': 5}", "{'k': None}", "{3: ''}", "0")]

    assert said == [
        (f"{what} takes strings, and the value of `--rows` is of type int", "Glue stores strings: write it as one"),
        (f"{what} takes strings, and the value of `k` is of type NoneType", "Glue stores strings: write it as one"),
        (f"{what} takes strings as keys, not 3 (int)", ""),
        (f"{what} takes a dict of strings, not 0 (int)", ""),
    ]


@pytest.mark.parametrize(
    ("misuse", "message", "hint"),
    [
        (
            "SparkJob('x', script='x.py', worker_typ='G.1X')",
            "SparkJob takes no argument `worker_typ`",
            "did you mean `worker_type`?",
        ),
        (
            "PythonShellJob('x', script='x.py', worker_type='G.1X')",
            "PythonShellJob takes no argument `worker_type`",
            (
                "it takes allow, arguments, connections, description, extra, job_run_queuing_enabled, libraries, "
                "max_capacity, max_concurrent_runs, max_retries, non_overridable_arguments, "
                "notify_delay_after_minutes, python_version, reads, role, script, security_configuration, tags, "
                "timeout_minutes, writes"
            ),
        ),
        (
            "Crawler('x', targets='s3://b/', table_prefx='raw_')",
            "Crawler takes no argument `table_prefx`",
            "did you mean `table_prefix`?",
        ),
        (
            "Crawler('x', targets='s3://b/', zzz=1)",
            "Crawler takes no argument `zzz`",
            (
                "it takes allow, classifiers, configuration, database, delete_behavior, description, extra, "
                "recrawl_behavior, role, schedule, security_configuration, table_prefix, tags, targets, "
                "update_behavior"
            ),
        ),
        ("SparkJob('x', script='x.py', connections=['a', 5])", "connections= takes strings, not 5 (int)", ""),
        ("SparkJob('x', script='x.py', libraries={'a'})", "libraries= takes a list of strings, not {'a'} (set)", ""),
        (
            "SparkJob('x', script='x.py', reads=[Sales.env, 5])",
            "reads= takes properties of a RunProperties class, or their names, not 5 (int)",
            "",
        ),
        (
            "SparkJob('x', script='x.py', writes=Sales.env)",
            (
                "writes= takes a list of properties of a RunProperties class, or their names, "
                "not <run property env: str> (RunProperty)"
            ),
            "",
        ),
        (
            "SparkJob('x', script='x.py', description=b'd' * 60)",
            "description= takes a string, not b'" + "d" * 55 + "... (bytes)",
            "",
        ),
        ("SparkJob('x', script='x.py', role=object())", "role= takes a string, not <object object> (object)", ""),
        ("SparkJob('x', script='x.py', extra={1: 2})", "extra= takes strings as keys, not 1 (int)", ""),
        (
            "SparkJob('x', script='x.py', bookmarks='job-bookmark-enable')",
            "bookmarks= takes enable, disable or pause, not 'job-bookmark-enable'",
            "",
        ),
    ],
)
def test_refusals(misuse: str, message: str, hint: str) -> None:
    """The whole of what is said."""
    assert refusal(misuse) == (message, hint)


def test_every_option_has_a_check() -> None:
    """An option that is added to a kind is refused by none but its own check."""
    named = {name for _, name, _ in EVERY}
    others = {"enabled", "properties"}  # of a trigger, and what `extra=` of a workflow may spell

    assert set(options._CHECKS) == named | others  # noqa: SLF001 -- the table under test


def test_checked_leaves_what_it_was_given_alone() -> None:
    """The author's own dict is not changed."""
    given = {"tags": {"a": "b"}, "description": None}

    kept = checked(given, given, "Workflow")
    kept["tags"]["c"] = "d"

    assert given == {"tags": {"a": "b"}, "description": None}


def test_a_number_of_the_cdks_that_is_not_known_yet() -> None:
    """A token where a number belongs is told as one, not as the number that stands for it."""
    with pytest.raises(DeclarationError) as caught:
        SparkJob("load", script="load.py", workers=-1.888154589708753e289)  # type: ignore[arg-type]  # as a token is

    assert caught.value.message == "workers= cannot be a token: it is known only when it is deployed"
    assert caught.value.hint == "use add_property_override on the handle, such as `.jobs[...]`"
