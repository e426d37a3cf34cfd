"""Ids of job runs and crawls."""

from __future__ import annotations

import re

from gluedsl.engine import (
    StartCrawl,
    StartJobRun,
    begin,
)
from tests.support.engine import (
    MIDNIGHT,
    RUN_ID,
    Play,
    ends,
    start_trigger,
    when_all,
    workflow,
)

TWICE = workflow(
    start_trigger("load", "load", "crawl"),
    when_all("next", ends("crawl"), then=("load", "crawl")),
)


def ids(run_id: str = RUN_ID) -> list[str]:
    """Return the ids of what a run of TWICE starts at its beginning."""
    commands = begin(TWICE, run_id=run_id, at=MIDNIGHT).commands
    return [command.id for command in commands if isinstance(command, StartJobRun | StartCrawl)]


def test_ids_look_as_glue_writes_them() -> None:
    """`jr_` and 64 hexadecimal digits for a job run; a crawl, which Glue gives no id, is told apart by its prefix."""
    first, second, crawl = ids()
    assert re.fullmatch(r"jr_[0-9a-f]{64}", first)
    assert re.fullmatch(r"jr_[0-9a-f]{64}", second)
    assert re.fullmatch(r"crawl_[0-9a-f]{64}", crawl)


def test_ids_tell_apart_what_is_apart() -> None:
    """The same job started twice by one trigger, by another trigger, or in another run, has other ids."""
    play = Play(TWICE)
    play.end("crawl")
    assert len(play.state.actions) == 5
    assert not set(ids()) & set(ids("wr_" + "1" * 64))


def test_ids_are_the_same_for_ever() -> None:
    """They follow from the run's id, the trigger, and the action alone, on every machine and under every hash seed."""
    assert ids() == [
        "jr_281329d7a6338ecb7b957a490ebcd3fe425839eca0897fea8ae8dfcb77e97f60",
        "jr_4eb6ae3469b889be36a6bca453cc9e5b3f9f904425f3465a4a334f00e9e0ee9d",
        "crawl_4bdf5e2fad476f0a74cd865fccb419ddc6f9fd4c598a19be2fa291c371dcd087",
    ]


def test_crawls_have_no_id_to_the_outside() -> None:
    """https://docs.aws.amazon.com/glue/latest/webapi/API_Crawl.html has none."""
    play = Play(TWICE)
    assert [run.id for run in play.runs("crawl").runs] == [""]
    assert [run.id for run in play.runs("load").runs] == ids()[:2]
