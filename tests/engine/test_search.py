"""A run in which something happens and something else does not."""

from __future__ import annotations

import pytest

from gluedsl.engine import EndedIn, Policies, RunSearch, Started
from gluedsl.errors import UsageError
from tests.support.engine import ends, node, start_trigger, when_all, when_any, workflow

LOAD, CLEAN, PAGE = node("load"), node("clean"), node("page")
DESIGN = workflow(
    start_trigger("load", "check"),
    when_all("good", ends("load"), ends("check"), then=("clean",)),
    when_any("bad", ends("load", "FAILED"), ends("load", "TIMEOUT"), then=("page",)),
)


def test_the_run_with_the_fewest_bad_ends() -> None:
    """What is found is one run, told by how everything ended in it."""
    found = RunSearch(DESIGN).find([Started(PAGE)])

    assert found is not None
    assert {start.node.name: state for start, state in found.ends} == {
        "load": "FAILED",
        "check": "SUCCEEDED",
        "page": "SUCCEEDED",
    }
    assert found.bad_ends == 1


def test_several_needs() -> None:
    """Everything that is needed happens in the same run, also in parts that have nothing to do with each other."""
    found = RunSearch(DESIGN).find([EndedIn(LOAD, "TIMEOUT"), EndedIn(node("check"), "STOPPED"), Started(PAGE)])

    assert found is not None
    assert found.bad_ends == 2


def test_what_cannot_be() -> None:
    """There is no run in which both branches start, nor one without what every run starts."""
    search = RunSearch(DESIGN)

    assert search.find([Started(PAGE), Started(CLEAN)]) is None
    assert search.find([], [Started(LOAD)]) is None
    assert search.find([EndedIn(LOAD, "FAILED")], [Started(PAGE)]) is None


def test_given_ends() -> None:
    """What is given narrows the runs down."""
    assert RunSearch(DESIGN, given={LOAD: "SUCCEEDED"}).find([Started(PAGE)]) is None


def test_what_was_left_out() -> None:
    """A search that gave up on runs with many bad ends says so, and finds those with few."""
    wide = workflow(
        start_trigger(*(f"load{i}" for i in range(6))),
        *(when_all(f"t{i}", ends(f"load{i}"), ends(f"load{(i + 1) % 6}"), then=(f"clean{i}",)) for i in range(6)),
    )
    search = RunSearch(wide, most_moments=12)

    assert search.most_bad_ends == 0
    assert RunSearch(wide).most_bad_ends is None
    assert search.find([Started(node("clean1"))]) is not None


def test_policies_under_which_order_matters() -> None:
    """They are refused, as by `explore`."""
    with pytest.raises(UsageError) as error:
        RunSearch(DESIGN, policies=Policies(multi_start="skip"))
    assert error.value.message == "all outcomes are explored with policy multi_start=start, not with skip"
