"""Jobs and crawlers for hypothesis to make up, as the text that declares them: all of them such as Glue takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from tests.support.resources import names, texts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hypothesis.strategies import DrawFn, SearchStrategy

JOB, CRAWLER = "job", "crawler"
SCRIPT = "job.py"
"""A script beside the flow: the test writes it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """A node as it is declared, before it is placed."""

    variable: str
    noun: str
    made: str
    """The expression that makes it; for a function, the decorator's arguments."""
    decorator: str = ""
    """Of a function job: `@w0.spark_job`."""

    @property
    def is_function(self) -> bool:
        """Whether it is made from a function, which places it as well."""
        return self.decorator != ""

    def placed(self, workflow: str, after: str | None) -> str:
        """Return the statement that adds it to a workflow."""
        given = f", after={after}" if after else ""
        if not self.is_function:
            return f"{self.variable} = {workflow}.add({self.made}{given})"
        arguments = f"{self.made}{given}".removeprefix(", ")
        called = f"({arguments})" if arguments else ""
        return f"{self.decorator}{called}\ndef {self.variable}(run):\n    print(run.properties)"


def quoted(text: str) -> str:
    """Return a text as Python writes it."""
    return repr(text)


def keywords(options: Mapping[str, str | None]) -> str:
    """Return keyword arguments after others; None: not given."""
    return "".join(f", {name}={value}" for name, value in options.items() if value is not None)


_ARGUMENTS = st.sampled_from(
    ("{}", "{'--env': 'prod'}", "{'--env': '', '--Depth': '${env}'}", "{'--é': 'a \\\\ \"b\"'}")
)
_COMMON: Mapping[str, SearchStrategy[str]] = {
    "description": texts().map(quoted),
    "role": st.sampled_from(("'OtherRole'", "'arn:aws:iam::123456789012:role/path/other'")),
    "arguments": _ARGUMENTS,
    "non_overridable_arguments": st.sampled_from(("{}", "{'--fixed': 'x'}")),
    "connections": st.sampled_from(("[]", "['warehouse', 'crm']")),
    "max_concurrent_runs": st.sampled_from(("1", "10")),
    "notify_delay_after_minutes": st.sampled_from(("1", "60")),
    "security_configuration": st.just("'encrypted'"),
    "tags": st.sampled_from(("{}", "{'team': 'sales'}")),
    "extra": st.sampled_from(("{}", "{'JobMode': 'SCRIPT'}", "{'Description': None}")),
    "libraries": st.sampled_from(("[]", "['requests==2.32.3']")),
}
_ENDING: Mapping[str, SearchStrategy[str]] = {
    "timeout_minutes": st.sampled_from(("1", "480", "10079")),
    "max_retries": st.sampled_from(("0", "1", "10")),
}
_SPARK = st.sampled_from(
    (
        {},
        {"worker_type": "'G.2X'", "workers": "10"},
        {"worker_type": "'R.1X'", "workers": "2", "glue_version": "'5.1'"},
        {"glue_version": "'4.0'", "bookmarks": "'enable'", "max_concurrent_runs": "1"},
        {"execution_class": "'FLEX'", "worker_type": "'G.1X'"},
        {"execution_class": "'STANDARD'"},
        {"job_run_queuing_enabled": "True", "max_retries": "0"},
        {"job_run_queuing_enabled": "False"},
    )
)
_OF_KIND: Mapping[str, tuple[str, SearchStrategy[dict[str, str]], Mapping[str, SearchStrategy[str]]]] = {
    "SparkJob": ("spark_job", _SPARK, {**_COMMON, **_ENDING}),
    "PythonShellJob": (
        "python_shell_job",
        st.sampled_from(({}, {"max_capacity": "1"}, {"max_capacity": "0.0625", "python_version": "'3.9'"})),
        {**_COMMON, **_ENDING},
    ),
    "StreamingJob": (
        "streaming_job",
        st.sampled_from(({}, {"worker_type": "'G.025X'", "workers": "2"}, {"maintenance_window": "'Sun:3'"})),
        _COMMON,
    ),
    "RayJob": ("ray_job", st.sampled_from(({}, {"workers": "3", "runtime": "'Ray2.4'"})), {**_COMMON, **_ENDING}),
}


@st.composite
def jobs(draw: DrawFn, variable: str, workflow: str, *, is_plain: bool = False, is_placed: bool = True) -> Declaration:
    """Make a job of any kind.

    Args:
        draw: hypothesis's.
        variable: that will hold it.
        workflow: the variable of the workflow that a function is a job of.
        is_plain: it is defined here, and comes to an end.
        is_placed: it is added to the workflow, as a function always is.
    """
    name = draw(unique_names(variable))
    if not is_plain and draw(st.integers(0, 6)) == 0:
        return Declaration(variable=variable, noun=JOB, made=f"ExistingJob({quoted(name)})")
    kind = draw(st.sampled_from([kind for kind in _OF_KIND if not (is_plain and kind == "StreamingJob")]))
    decorator, of_kind, others = _OF_KIND[kind]
    options = {**draw(settings(others)), **draw(of_kind)}
    if is_placed and draw(st.booleans()):
        named = draw(st.sampled_from(("", f", name={quoted(name)}")))
        return Declaration(
            variable=variable, noun=JOB, made=f"{named}{keywords(options)}", decorator=f"@{workflow}.{decorator}"
        )
    script = draw(st.sampled_from((f"'{SCRIPT}'", "'s3://scripts/main.py'")))
    return Declaration(variable=variable, noun=JOB, made=f"{kind}({quoted(name)}, script={script}{keywords(options)})")


def unique_names(variable: str) -> SearchStrategy[str]:
    """Make names that only the node of this variable has."""
    return st.builds("{} {}".format, names(), st.just(variable))


@st.composite
def settings(draw: DrawFn, options: Mapping[str, SearchStrategy[str]]) -> dict[str, str]:
    """Choose a few of the options."""
    chosen = draw(st.lists(st.sampled_from(tuple(options)), max_size=4, unique=True))
    return {name: draw(options[name]) for name in chosen}


_TARGETS = (
    "'s3://lake/raw/'",
    "S3Target('s3://lake/sales/', exclusions=['**.tmp'], connection='warehouse', sample_size=10)",
    "JdbcTarget('warehouse', 'sales/public/%', exclusions=['audit_%'], additional_metadata=['COMMENTS'])",
    "MongoDBTarget('crm', 'crm/contacts')",
    "DynamoDBTarget('events', scan_all=False, scan_rate=0.5)",
    "DeltaTarget(['s3://lake/delta/'], write_manifest=False, create_native_table=True)",
    "IcebergTarget(['s3://lake/ice/'], exclusions=['tmp/**'], maximum_traversal_depth=5)",
    "HudiTarget(['s3://lake/hudi/'], connection='warehouse')",
)
_CATALOG = "CatalogTarget('sales', ['orders', 'customers'])"
_OF_CRAWLER: Mapping[str, SearchStrategy[str]] = {
    "description": texts().map(quoted),
    "role": st.just("'OtherRole'"),
    "classifiers": st.sampled_from(("[]", "['csv', 'logs']")),
    "table_prefix": st.just("'raw_'"),
    "configuration": st.just("""'{"Version": 1.0, "CreatePartitionIndex": true}'"""),
    "security_configuration": st.just("'encrypted'"),
    "tags": st.sampled_from(("{}", "{'team': 'sales'}")),
    "extra": st.sampled_from(("{}", "{'LakeFormationConfiguration': {'UseLakeFormationCredentials': True}}")),
}
_BEHAVIORS = st.sampled_from(
    (
        {},
        {"update_behavior": "'LOG'", "delete_behavior": "'DEPRECATE_IN_DATABASE'"},
        {"recrawl_behavior": "'CRAWL_EVERYTHING'", "delete_behavior": "'DELETE_FROM_DATABASE'"},
    )
)


@st.composite
def crawlers(draw: DrawFn, variable: str) -> Declaration:
    """Make a crawler of any targets."""
    name = draw(unique_names(variable))
    if draw(st.integers(0, 6)) == 0:
        return Declaration(variable=variable, noun=CRAWLER, made=f"ExistingCrawler({quoted(name)})")
    if draw(st.integers(0, 4)) == 0:
        chosen, needed = [_CATALOG], {"delete_behavior": "'LOG'"}
    else:
        chosen = draw(st.lists(st.sampled_from(_TARGETS), min_size=1, max_size=3, unique=True))
        needed = {"database": "'sales'", **draw(_BEHAVIORS)}
    targets = chosen[0] if len(chosen) == 1 and draw(st.booleans()) else f"[{', '.join(chosen)}]"
    options = {**needed, **draw(settings(_OF_CRAWLER))}
    return Declaration(
        variable=variable, noun=CRAWLER, made=f"Crawler({quoted(name)}, targets={targets}{keywords(options)})"
    )
