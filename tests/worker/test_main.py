"""From the words on a command line to the run that a job sees."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gluedsl import JobRun, RunProperties
from gluedsl.worker.main import arguments, run_job

if TYPE_CHECKING:
    from collections.abc import Callable


class Sales(RunProperties):
    """Run properties of a workflow."""

    env: str = "prod"
    rows: int = 0


class OneRun:
    """A Glue with one workflow run."""

    def __init__(self) -> None:
        self.properties = {"env": "test"}

    def get_workflow_run_properties(self, **parameters: Any) -> dict[str, Any]:
        """Answer for the run that is there."""
        assert parameters == {"Name": "sales", "RunId": "wr_1"}
        return {"RunProperties": self.properties}

    def put_workflow_run_properties(self, **parameters: Any) -> None:
        """Keep what is put."""
        self.properties |= parameters["RunProperties"]


IN_A_WORKFLOW = ["--WORKFLOW_NAME", "sales", "--WORKFLOW_RUN_ID", "wr_1", "--mode", "full"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ([], {}),
        (["--mode", "full"], {"mode": "full"}),
        (["--mode=full"], {"mode": "full"}),
        (["--mode=a=b"], {"mode": "a=b"}),
        (["--mode", "a=b"], {"mode": "a=b"}),
        (["--mode="], {"mode": ""}),
        (["--mode", ""], {"mode": ""}),
        (["--flag", "--mode", "full"], {"flag": "", "mode": "full"}),
        (["--mode", "full", "--flag"], {"mode": "full", "flag": ""}),
        (["--rows", "-5"], {"rows": "-5"}),
        (["--mode", "old", "--mode", "full"], {"mode": "full"}),
        (["stray", "--mode", "full", "stray"], {"mode": "full"}),
        (["--job-bookmark-option", "job-bookmark-disable"], {"job-bookmark-option": "job-bookmark-disable"}),
    ],
)
def test_arguments(words: list[str], found: dict[str, str]) -> None:
    """By name, without the dashes; a name without a value has the empty string."""
    assert arguments(words) == found


NAMES = st.text(st.characters(exclude_characters="=", exclude_categories=["Cs"]), min_size=1)
VALUES = st.text().filter(lambda value: not value.startswith("--"))


@given(st.dictionaries(NAMES, VALUES))
def test_arguments_as_glue_passes_them(given_: dict[str, str]) -> None:
    """Every argument as two words."""
    words = [word for name, value in given_.items() for word in (f"--{name}", value)]

    assert arguments(words) == given_


def run(body: Callable[[JobRun[Any]], object], properties: type[RunProperties] | None, argv: list[str]) -> OneRun:
    """Run a body on a Glue with one run, and return that Glue."""
    glue = OneRun()
    run_job(body, properties, argv, lambda: glue)
    return glue


def test_a_run_in_a_workflow() -> None:
    """Typed properties read and write the run's; arguments and names are there."""
    seen = []

    def body(run: JobRun[Sales]) -> None:
        seen.append((run.properties.env, run.properties.rows, run.arguments["mode"], run.workflow_name, run.run_id))
        run.properties.rows = 42

    glue = run(body, Sales, IN_A_WORKFLOW)

    assert seen == [("test", 0, "full", "sales", "wr_1")]
    assert glue.properties == {"env": "test", "rows": "42"}


def test_plain_properties_in_a_workflow() -> None:
    """Without a class they are a mapping of strings."""

    def body(run: JobRun[Any]) -> None:
        run.properties["rows"] = run.properties["env"]

    assert run(body, None, IN_A_WORKFLOW).properties == {"env": "test", "rows": "test"}


@pytest.mark.parametrize(
    ("properties", "use", "message"),
    [
        (Sales, lambda run: run.properties.env, "no run property `env`"),
        (Sales, lambda run: setattr(run.properties, "rows", 5), "no run property `rows`"),
        (None, lambda run: run.properties["env"], "no run property `env`"),
        (None, lambda run: run.properties.get("env", "prod"), "no run property `env`"),
        (None, lambda run: "env" in run.properties, "no run property `env`"),
        (None, lambda run: run.properties.update(env="test"), "no run property `env`"),
        (None, lambda run: run.properties.pop("env"), "no run property `env`"),
        (None, lambda run: run.properties.__delitem__("env"), "no run property `env`"),
        (None, lambda run: list(run.properties), "no run properties"),
        (None, lambda run: len(run.properties), "no run properties"),
    ],
    ids=["read", "write", "get item", "get", "in", "update", "pop", "delete", "iterate", "count"],
)
def test_a_run_outside_of_a_workflow(
    properties: type[RunProperties] | None, use: Callable[[JobRun[Any]], object], message: str
) -> None:
    """Arguments are there, no client is made, and using run properties says that there are none."""
    names = []

    def body(run: JobRun[Any]) -> None:
        names.append((run.workflow_name, run.run_id, run.arguments))
        use(run)

    def no_client() -> Any:
        pytest.fail("a client of Glue was made")

    with pytest.raises(RuntimeError) as raised:
        run_job(body, properties, ["--mode", "full"], no_client)

    assert str(raised.value) == f"{message}: this job run is not part of a workflow run"
    assert names == [(None, None, {"mode": "full"})]


@pytest.mark.parametrize("argv", [["--WORKFLOW_NAME", "sales"], ["--WORKFLOW_RUN_ID", "wr_1"]])
def test_half_a_workflow_is_none(argv: list[str]) -> None:
    """Both the name and the run are needed to ask for properties."""
    with pytest.raises(RuntimeError, match="not part of a workflow run"):
        run(lambda run: run.properties["env"], None, argv)


def test_what_a_body_raises_is_the_jobs() -> None:
    """The job fails with it."""

    def body(run: JobRun[Any]) -> None:
        message = "no such day"
        raise LookupError(message)

    with pytest.raises(LookupError, match=r"^no such day$"):
        run(body, None, [])


def test_a_run_made_by_hand() -> None:
    """All that a test needs is the properties; arguments are a copy."""
    given = {"mode": "full"}
    by_hand = JobRun(properties=Sales(), arguments=given)
    given.clear()

    assert (by_hand.arguments, by_hand.workflow_name, by_hand.run_id) == ({"mode": "full"}, None, None)
    assert JobRun(properties={}).arguments == {}


def test_a_spark_session_can_be_handed_in() -> None:
    """A test of a Spark job brings its own."""
    session = object()

    assert JobRun(properties={}, spark=session).spark is session
