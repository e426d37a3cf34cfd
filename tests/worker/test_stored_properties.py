"""The properties of a run under way, through Glue's API."""

from __future__ import annotations

from typing import Any

import pytest

from gluedsl import RunProperties
from gluedsl.worker.properties import StoredProperties, bound


class RecordingGlue:
    """A Glue that has one run, and remembers what it was asked."""

    def __init__(self, **properties: str) -> None:
        self.properties = dict(properties)
        self.asked: list[tuple[str, dict[str, Any]]] = []

    def get_workflow_run_properties(self, **parameters: Any) -> dict[str, Any]:
        """Answer with all of them; a run without any has no such member."""
        self.asked.append(("get", parameters))
        return {"RunProperties": dict(self.properties)} if self.properties else {}

    def put_workflow_run_properties(self, **parameters: Any) -> dict[str, Any]:
        """Add to what is there, as Glue does."""
        self.asked.append(("put", parameters))
        self.properties |= parameters["RunProperties"]
        return {}


RUN = {"Name": "sales", "RunId": "wr_1"}


def stored(glue: RecordingGlue) -> StoredProperties:
    """Return the properties of the one run."""
    return StoredProperties("sales", "wr_1", glue)


def test_each_read_asks_glue() -> None:
    """What a parallel job wrote a moment ago is seen."""
    glue = RecordingGlue(env="prod")
    properties = stored(glue)

    before = properties["env"]
    glue.properties["env"] = "test"

    assert (before, properties["env"]) == ("prod", "test")
    assert glue.asked == [("get", RUN), ("get", RUN)]


def test_a_write_puts_only_its_key() -> None:
    """A put of the whole map would take back what a parallel job wrote meanwhile."""
    glue = RecordingGlue(env="prod", rows="1")

    stored(glue)["rows"] = "2"

    assert glue.asked == [("put", {**RUN, "RunProperties": {"rows": "2"}})]
    assert glue.properties == {"env": "prod", "rows": "2"}


def test_a_typed_write_puts_only_its_key() -> None:
    """The same through a class of run properties."""

    class Sales(RunProperties):
        env: str = "prod"
        rows: int = 0

    glue = RecordingGlue(env="test")
    sales = bound(Sales, stored(glue))

    sales.rows = 2

    assert glue.asked == [("put", {**RUN, "RunProperties": {"rows": "2"}})]
    assert (sales.env, sales.rows) == ("test", 2)


def test_it_is_a_mapping() -> None:
    """Whatever a dict can be asked, of what is there now."""
    properties = stored(RecordingGlue(a="1", b="2"))

    assert (dict(properties), len(properties), "a" in properties, "c" in properties, properties.get("c", "3")) == (
        {"a": "1", "b": "2"},
        2,
        True,
        False,
        "3",
    )


def test_a_run_without_properties() -> None:
    """Glue leaves out what is empty."""
    properties = stored(RecordingGlue())

    assert (dict(properties), properties.get("a")) == ({}, None)
    with pytest.raises(KeyError) as raised:
        properties["a"]
    assert raised.value.args == ("a",)


def test_strings_only() -> None:
    """Glue stores nothing else, and nothing is put."""
    glue = RecordingGlue()
    properties: Any = stored(glue)

    with pytest.raises(TypeError) as raised:
        properties["rows"] = 5

    assert str(raised.value) == "run property `rows` takes str, not 5: Glue stores strings"
    assert glue.asked == []


def test_nothing_is_deleted() -> None:
    """Glue has no operation for it."""
    properties = stored(RecordingGlue(env="prod"))

    with pytest.raises(TypeError) as raised:
        del properties["env"]

    assert str(raised.value) == "run property `env` cannot be deleted: Glue has no such operation"


def test_they_have_no_attributes() -> None:
    """What is written so would stay in the job and never reach the run."""
    glue = RecordingGlue(env="prod")
    properties: Any = stored(glue)
    told = 'run properties without a class are a dict, and have no attribute `env`; write `["env"]`'

    with pytest.raises(AttributeError) as read:
        properties.env  # noqa: B018 -- reading it is what fails
    with pytest.raises(AttributeError) as written:
        properties.env = "test"

    assert (str(read.value), str(written.value)) == (told, told)
    assert getattr(properties, "env", None) is None
    assert glue.asked == []
