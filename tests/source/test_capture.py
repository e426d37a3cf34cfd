"""Call sites: the author's own line, whatever of gluedsl lies between."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from gluedsl import Crawler, PythonShellJob, Trigger, Workflow, all_of, cron

if TYPE_CHECKING:
    from gluedsl.source.capture import CallSite

HERE = __file__


def place(site: CallSite | None) -> tuple[str, str]:
    """Return the file of a call site and the text of its line."""
    assert site is not None
    return site.file, Path(site.file).read_text(encoding="utf-8").splitlines()[site.line - 1].strip()


def made_here(name: str) -> Workflow[object]:
    """Make a workflow, as an author's own helper does."""
    return Workflow(name)  # type: ignore[return-value]


def test_every_word_knows_its_call() -> None:
    """Each object that an author makes has the place of the call that made it."""
    sales = Workflow("sales", start=cron("0 2 * * ? *"))
    load = PythonShellJob("load", script="s3://b/load.py")
    raw = Crawler("raw", targets="s3://b/")
    both = all_of(load, raw)
    trigger = Trigger("t", when=both, start=load)
    assert sales.start is not None

    sites = [sales.site, sales.start.site, load.site, raw.site, both.site, trigger.site]

    assert [place(site) for site in sites] == [
        (HERE, 'sales = Workflow("sales", start=cron("0 2 * * ? *"))'),
        (HERE, 'sales = Workflow("sales", start=cron("0 2 * * ? *"))'),
        (HERE, 'load = PythonShellJob("load", script="s3://b/load.py")'),
        (HERE, 'raw = Crawler("raw", targets="s3://b/")'),
        (HERE, "both = all_of(load, raw)"),
        (HERE, 'trigger = Trigger("t", when=both, start=load)'),
    ]


def test_a_decorator_is_where_its_job_is_made() -> None:
    """Of a function job both the job and its placement are at the decorator, not in gluedsl's own function."""
    sales = Workflow("sales")

    @sales.python_shell_job(timeout_minutes=5)
    def load(run: object) -> None:
        pass

    assert place(load.site) == (HERE, "@sales.python_shell_job(timeout_minutes=5)")
    assert load.site == sales.placements[0].site


def test_an_added_node_has_two_places() -> None:
    """Where it was made, and where it was added."""
    sales = Workflow("sales")
    load = PythonShellJob("load", script="s3://b/load.py")
    sales.add(load)

    assert place(load.site) == (HERE, 'load = PythonShellJob("load", script="s3://b/load.py")')
    assert place(sales.placements[0].site) == (HERE, "sales.add(load)")


def test_a_helper_of_the_author_is_the_authors() -> None:
    """The nearest line outside of gluedsl counts, also in a function that the author calls."""
    assert place(made_here("sales").site) == (HERE, "return Workflow(name)  # type: ignore[return-value]")


def test_outcomes_of_a_node_have_no_place() -> None:
    """`.finished` and `.unsuccessful` are no calls."""
    load = PythonShellJob("load", script="s3://b/load.py")

    assert [load.finished.site, load.unsuccessful.site] == [None, None]


def test_call_sites_are_those_of_one_call() -> None:
    """Two calls on one line are two places, and each shows the line that it is on."""
    first, second = PythonShellJob("a", script="s3://b/a.py"), PythonShellJob("b", script="s3://b/b.py")

    assert first.site != second.site
    assert place(first.site) == place(second.site)
    assert repr(first.site) == f"<CallSite {HERE}:{first.site.line}>"


def test_the_line_of_a_call_on_several_lines() -> None:
    """It is the line on which the call begins, as the interpreter tells it."""
    frame = sys._getframe()  # noqa: SLF001 -- what the line is compared with
    before = frame.f_lineno
    job = PythonShellJob(
        "a",
        script="s3://b/a.py",
    )

    assert job.site.line == before + 1
