"""Arguments of a job's run, by either of their spellings."""

from __future__ import annotations

import copy
import json
import pickle

import pytest

from gluedsl import JobRun
from gluedsl.worker.run import Arguments

BOTH = pytest.mark.parametrize("name", ["mode", "--mode"])


@BOTH
def test_reading(name: str) -> None:
    """A name finds its argument with the dashes that Glue writes and without."""
    arguments = JobRun(properties=None, arguments={"--mode": "full"}).arguments

    assert arguments[name] == "full"
    assert arguments.get(name, "default") == "full"
    assert name in arguments
    assert arguments == {"mode": "full"}


@BOTH
def test_writing(name: str) -> None:
    """What a body changes is found by both as well."""
    arguments = Arguments({"table": "orders"})
    arguments[name] = "full"

    assert arguments == {"table": "orders", "mode": "full"}
    assert arguments.setdefault(name, "delta") == "full"
    assert arguments.pop(name) == "full"
    assert arguments.pop(name, None) is None
    assert arguments.setdefault(name, "delta") == "delta"
    del arguments[name]
    assert arguments == {"table": "orders"}


@BOTH
def test_what_is_not_there(name: str) -> None:
    """It is missing by both, under the name without dashes."""
    arguments = Arguments({"table": "orders"})

    assert arguments.get(name) is None
    assert name not in arguments
    with pytest.raises(KeyError) as caught:
        arguments[name]
    assert caught.value.args == ("mode",)


def test_it_is_a_dict() -> None:
    """It can be written as JSON, copied and pickled, and its names have no dashes."""
    arguments = Arguments({"--mode": "full", "day": "1"})

    assert list(arguments.items()) == [("mode", "full"), ("day", "1")]
    assert json.dumps(arguments) == '{"mode": "full", "day": "1"}'
    assert copy.deepcopy(arguments)["--mode"] == pickle.loads(pickle.dumps(arguments))["--mode"] == "full"  # noqa: S301 -- made here
