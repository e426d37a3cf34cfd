"""Tests of two feeds, the first of which wins."""

from __future__ import annotations

from flow import BUCKET, call_the_exchange, main_feed, mirror_feed, prices, publish

from gluedsl import all_of, any_of
from gluedsl.testing import FakeGlue, Sim, job_run


def test_the_first_feed_wins(sim: Sim) -> None:
    """The price is published when the first feed is there, once; the other makes no difference."""
    run = sim.run(prices, durations={main_feed: "10m", mirror_feed: "2m"}, default_duration="1m")

    fired = run.fired_at("after-main-feed-or-mirror-feed")
    assert fired is not None
    assert f"{fired:%H:%M}" == "00:02"
    assert run.attempts(publish) == 1


def test_one_feed_is_enough(sim: Sim) -> None:
    """Whatever happens: one good feed publishes, and only two bad ones call the exchange."""
    runs = sim.explore(prices)

    runs.always_starts(publish, when=any_of(main_feed, mirror_feed))
    runs.never_starts(publish, unless=any_of(main_feed, mirror_feed))
    runs.always_starts(call_the_exchange, when=all_of(main_feed.failed, mirror_feed.failed))
    runs.never_starts(call_the_exchange, unless=all_of(main_feed.failed, mirror_feed.failed))


def test_the_mirror_is_good_enough(glue: FakeGlue) -> None:
    """Where only the mirror has a price, that is the one."""
    glue.lake.put(f"s3://{BUCKET}/price.txt", "")
    publish(job_run(publish, properties={"currency": "EUR", "mirror_price": "101.4"}))

    assert glue.lake.read(f"s3://{BUCKET}/price.txt") == "101.4 EUR\n"


def test_a_whole_run(glue: FakeGlue) -> None:
    """Deployed and run: the main feed fails, the mirror's price is published."""
    glue.deploy(prices)
    glue.run_for_real(mirror_feed, publish)
    glue.outcomes[main_feed] = "FAILED"
    run = glue.run()

    assert run.succeeded(publish)
    assert run.never_started(call_the_exchange)
    assert glue.lake.read(f"s3://{BUCKET}/price.txt") == "101.4 EUR\n"
