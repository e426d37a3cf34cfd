"""Rules about what gluedsl itself could not do: TL001, TL002, TL003; and how all rules are run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Diagnostic, Severity
from gluedsl.model import Origins, Project
from gluedsl.model.faults import MissingFile, UnknownField
from gluedsl.rules.check import check
from gluedsl.rules.rule import Context, Kind, Rule
from gluedsl.rules.tool.unreadable_flow import UnreadableFlow
from gluedsl.rules.workflows.missing_start_trigger import MissingStartTrigger
from gluedsl.source.span import Span
from tests.support.rules import origins, project, says, scheduled, start, told, workflow

if TYPE_CHECKING:
    from collections.abc import Iterator

LOAD = start("sales-start", "job load")


class Crashing(Rule):
    """A rule that says one thing and then fails."""

    code = "X001"
    name = "crashing"
    kind = Kind.LINT
    severity = Severity.WARNING
    since = "0.1.0"
    url = "https://example.com/"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Fail at the first workflow's second trigger."""
        yield self.finding("said before the crash", None)
        context.project.workflows[0].triggers[1].name.index("nowhere")


def test_crash_of_a_rule_is_a_finding_and_the_others_report() -> None:
    """What the rule said before is kept; the crash is gluedsl's own fault, and an error."""
    of = project(workflow())
    crash, said, missing = check(of, origins(of), rules=(Crashing(), MissingStartTrigger())).diagnostics

    assert (crash.code, crash.name, crash.severity, crash.span) == ("TL001", "rule-crashed", Severity.ERROR, None)
    assert crash.message == "rule `X001` of gluedsl crashed: IndexError: tuple index out of range"
    assert crash.notes[0].startswith("this is a bug of gluedsl at test_tool.py:")
    assert crash.notes[0].endswith(", not of the workflow")
    assert crash.help == ("report it, with the workflow that brought it about",)
    assert (said.code, said.message) == ("X001", "said before the crash")
    assert missing.code == "WF007"


def test_unknown_member_of_the_api_is_refused() -> None:
    """A near one is suggested, if there is one."""
    near = UnknownField(
        path=("jobs", 0),
        resource="job `load`",
        operation="CreateJob",
        field="LogUrl",
        suggestions=("LogUri",),
        span=Span("flow.py", 900),
    )
    far = UnknownField(
        path=("workflows", 0),
        resource="workflow `sales`",
        operation="CreateWorkflow",
        field="Zzz",
        suggestions=(),
        span=Span("flow.py", 901),
    )

    assert told(project(LOAD), near, far) == says("""
        TL002 error at line 900
          `extra` of job `load` has `LogUrl`, which `CreateJob` does not take
          help: did you mean `LogUri`?
          help: see the request of `CreateJob` in the API reference
        TL002 error at line 901
          `extra` of workflow `sales` has `Zzz`, which `CreateWorkflow` does not take
          help: see the request of `CreateWorkflow` in the API reference
    """)


def test_missing_file_is_refused() -> None:
    """Where it was looked for is told."""
    fault = MissingFile(job="load", path="jobs/load.py", looked_at="flows/jobs/load.py", span=Span("flow.py", 900))

    assert told(project(LOAD), fault) == says("""
        TL003 error at line 900
          job `load` names `jobs/load.py`, and there is no such file
          note: looked at flows/jobs/load.py
          help: give the path as seen from the flow file that names it
    """)


def test_all_findings_of_a_project_come_at_once_and_in_order() -> None:
    """Five mistakes are five findings, by place."""
    five = project(
        workflow(scheduled("cron(60 2 * * ? *)"), start("sales-again", "crawler a", "crawler b", "crawler c")),
        workflow(name="empty"),
        workflow(name="empty"),
    )

    assert [line for line in told(five).splitlines() if not line.startswith(" ")] == [
        "SC003 error at workflows.0.triggers.0.schedule",
        "WF006 error at workflows.0.triggers.1.type",
        "TR016 error at workflows.0.triggers.1.actions.2",
        "WF007 error at workflows.1",
        "WF007 error at workflows.2",
        "WF002 error at workflows.2.name",
    ]


def test_nothing_is_said_of_an_empty_project() -> None:
    """There is nothing wrong with it."""
    assert check(Project(), Origins()).diagnostics == ()


def test_findings_have_no_place_where_the_source_is_unknown() -> None:
    """A project read from elsewhere is judged all the same."""
    (found,) = check(project(workflow()), Origins()).diagnostics

    assert found.span is None
    assert found.message == "workflow `sales` has no triggers, so nothing in it ever runs"
    assert found.url == "https://docs.aws.amazon.com/glue/latest/dg/workflows_overview.html"


def test_other_places_are_left_out_where_the_source_is_unknown() -> None:
    """There would be nothing to show."""
    (found,) = check(project(LOAD, start("sales-again", "job other")), Origins()).diagnostics

    assert found.code == "WF006"
    assert found.related == ()


def test_flow_that_cannot_be_read_is_a_finding() -> None:
    """What ended its import is all that is told of it."""
    said = UnreadableFlow().report("Workflow needs `name`", "give it one", Span("flow.py", 3, 1, 3, 11))

    assert (said.code, said.severity, said.message, said.help) == (
        "TL017",
        Severity.ERROR,
        "Workflow needs `name`",
        ("give it one",),
    )
    assert UnreadableFlow().report("KeyError: 'x'", "", Span("flow.py", 3)).help == ()
    assert list(UnreadableFlow().check(Context(Project(), Origins()))) == []
