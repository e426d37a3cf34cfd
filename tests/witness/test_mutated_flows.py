"""One defect at a time, written into flows that nothing else is wrong with: it is found, by its code, where it stands.

The table below changes the text of a made-up flow as an author would spoil it. What the flow was told before the
change, it is told afterwards; what it is told besides is the one finding of the defect.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import Phase, given, settings

from tests.support.checked_flows import checked
from tests.support.generated_flows import flows
from tests.support.written_nodes import SCRIPT

if TYPE_CHECKING:
    from tests.support.generated_flows import GeneratedFlow


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutation:
    """How a flow is spoilt: statements that are added, or another `start=` for its first workflow.

    In the texts, <wf> is the variable of the first workflow and <job> that of a job which it starts with.
    """

    defect: str
    found: str
    """Code and severity of the finding, and the text that it is at."""
    added: str = ""
    start: str = ""
    instead_of: str = ""
    """The `start=` before it was spoilt."""

    def sound(self, flow: GeneratedFlow) -> str:
        """Return the text of the flow before."""
        return _started(flow, self.instead_of) if self.start else flow.text

    def spoilt(self, flow: GeneratedFlow) -> str:
        """Return the text of the flow with the defect."""
        text = _started(flow, self.start) if self.start else flow.text
        return f"{text}{_filled(self.added, flow)}\n"

    def finding(self, flow: GeneratedFlow) -> str:
        """Return the finding of the spoilt flow."""
        return _filled(self.found, flow)


def _started(flow: GeneratedFlow, start: str) -> str:
    return flow.text.replace(f"start={flow.start}", f"start={start}", 1)


def _filled(text: str, flow: GeneratedFlow) -> str:
    return text.replace("<wf>", flow.workflow).replace("<job>", flow.job)


NEW = "new = PythonShellJob('new', script='s3://scripts/new.py')\n"
MUTATIONS = [
    Mutation(
        defect="a second start trigger",
        added=f"{NEW}<wf>.add(Trigger('second start', when=daily('03:00'), start=new))",
        found="WF006 error: daily('03:00')",
    ),
    Mutation(
        defect="a Unix cron",
        start="cron('0 2 * * *')",
        instead_of="cron('0 2 * * ? *')",
        found="SC002 error: '0 2 * * *'",
    ),
    Mutation(
        defect="a minute that no clock shows",
        start="cron('75 2 * * ? *')",
        instead_of="cron('45 2 * * ? *')",
        found="SC003 error: 75",
    ),
    Mutation(
        defect="a time that no clock shows",
        start="daily('24:00')",
        instead_of="daily('00:00')",
        found="SC004 error: '24:00'",
    ),
    Mutation(
        defect="a day of the month and one of the week",
        start="cron('0 2 1 * MON *')",
        instead_of="cron('0 2 1 * ? *')",
        found="SC009 error: MON",
    ),
    Mutation(
        defect="a run each minute",
        start="cron('* * * * ? *')",
        instead_of="cron('5 * * * ? *')",
        found="SC010 error: *",
    ),
    Mutation(
        defect="a batch of too many events",
        start="on_event(batch_size=101)",
        instead_of="on_event(batch_size=100)",
        found="EV001 error: 101",
    ),
    Mutation(
        defect="a batch that takes too long",
        start="on_event(batch_window_seconds=0)",
        instead_of="on_event(batch_window_seconds=1)",
        found="EV002 error: 0",
    ),
    Mutation(
        defect="three crawlers in one trigger",
        added="<wf>.add(Trigger('crawl', when=<job>, start=[\n"
        "    Crawler('a', database='d', targets='s3://lake/a/'),\n"
        "    Crawler('b', database='d', targets='s3://lake/'),\n"
        "    Crawler('c', database='d', targets='s3://lake/c/'),\n"
        "]))",
        found="TR016 error: Crawler('c', database='d', targets='s3://lake/c/')",
    ),
    Mutation(
        defect="51 jobs in one trigger",
        added="many = [PythonShellJob(f'many-{i}', script='s3://scripts/x.py') for i in range(51)]\n"
        "<wf>.add(Trigger('many', when=<job>, start=many))",
        found="TR017 error: many",
    ),
    Mutation(
        defect="a trigger that starts what it waits for",
        added=f"{NEW}<wf>.add(new, after=new.failed)",
        found="CN010 error: new",
    ),
    Mutation(
        defect="a state that no trigger can wait for",
        added=f"{NEW}<wf>.add(new, after=<job>.outcome('RUNNING'))",
        found="CN004 error: <job>.outcome('RUNNING')",
    ),
    Mutation(
        defect="a state that crawlers never have",
        added="crawl = <wf>.add(Crawler('crawl', database='d', targets='s3://lake/a/'), after=<job>)\n"
        f"{NEW}<wf>.add(new, after=crawl.outcome('TIMEOUT'))",
        found="CN005 error: crawl.outcome('TIMEOUT')",
    ),
    Mutation(
        defect="a trigger that waits for nothing",
        added=f"{NEW}<wf>.add(Trigger('idle', when=[], start=new))",
        found="CN009 error: []",
    ),
    Mutation(
        defect="a combination that no trigger can say",
        added=f"{NEW}other = <wf>.add(PythonShellJob('other', script='s3://scripts/x.py'), after=<job>)\n"
        "<wf>.add(new, after=any_of(<job>.failed, all_of(<job>.succeeded, other.failed)))",
        found="CN019 error: all_of(<job>.succeeded, other.failed)",
    ),
    Mutation(
        defect="a trigger that starts nothing",
        added="<wf>.add(Trigger('empty', when=<job>, start=[]))",
        found="TR005 error: []",
    ),
    Mutation(
        defect="a trigger in two workflows",
        added=f"{NEW}shared = <wf>.add(Trigger('shared', when=<job>.failed, start=new))\n"
        "others = Workflow('others', role='GlueJobRole')\nothers.add(<job>)\nothers.add(shared)",
        found="TR003 error: others.add(shared)",
    ),
    Mutation(
        defect="two triggers of one name",
        added=f"{NEW}other = PythonShellJob('other', script='s3://scripts/x.py')\n"
        "<wf>.add(Trigger('twin', when=<job>.failed, start=new))\n<wf>.add(Trigger('twin', when=<job>, start=other))",
        found="TR002 error: 'twin'",
    ),
    Mutation(
        defect="two jobs of one name",
        added=f"{NEW}<wf>.add(new, after=<job>)\n<wf>.add(SparkJob('new', script='s3://scripts/x.py'), after=new)",
        found="JB001 error: 'new'",
    ),
    Mutation(
        defect="two crawlers of one name",
        added="<wf>.add(Crawler('twin', database='d', targets='s3://lake/a/'), after=<job>)\n"
        "<wf>.add(Crawler('twin', database='d', targets='s3://lake/'), after=<job>.failed)",
        found="CR001 error: 'twin'",
    ),
    Mutation(
        defect="two workflows of one name",
        added=f"{NEW}first = Workflow('twin', role='GlueJobRole')\nfirst.add(new)\n"
        "second = Workflow('twin', role='GlueJobRole')\nsecond.add(new)",
        found="WF002 error: 'twin'",
    ),
    Mutation(
        defect="a wait for what only another workflow starts",
        added=f"{NEW}others = Workflow('others', role='GlueJobRole')\nothers.add(new)\n"
        "<wf>.add(SparkJob('late', script='s3://scripts/x.py'), after=[<job>, new])",
        found="GR001 error: new",
    ),
    Mutation(
        defect="a circle of two",
        added=f"{NEW}other = <wf>.add(PythonShellJob('other', script='s3://scripts/x.py'), after=[<job>, new])\n"
        "<wf>.add(new, after=other)",
        found="GR002 error: new",
    ),
    Mutation(
        defect="a job that two triggers start in one run",
        added=f"{NEW}<wf>.add(new, after=<job>)\n"
        "later = <wf>.add(SparkJob('later', script='s3://scripts/x.py'), after=<job>)\n"
        "<wf>.add(new, after=later)",
        found="GR004 warning: new",
    ),
    Mutation(
        defect="a job in no workflow",
        added=NEW.strip(),
        found="GR006 warning: PythonShellJob('new', script='s3://scripts/new.py')",
    ),
    Mutation(
        defect="an argument of Glue's own",
        added=f"{NEW}<wf>.add(new.with_arguments({{'--day': '1', '--JOB_NAME': 'x'}}), after=<job>)",
        found="AC007 error: '--JOB_NAME'",
    ),
    Mutation(
        defect="an argument without hyphens",
        added=f"{NEW}<wf>.add(new.with_arguments({{'day': '1'}}), after=<job>)",
        found="AC005 warning: 'day'",
    ),
    Mutation(
        defect="a run property that is no string",
        added=f"{NEW}typed = Workflow('typed', role='GlueJobRole', properties={{'rows': 7}})\ntyped.add(new)",
        found="WF004 error: 7",
    ),
    Mutation(
        defect="a crawler of nothing",
        added="<wf>.add(Crawler('crawl', database='d', targets=[]), after=<job>)",
        found="CR002 error: []",
    ),
    Mutation(
        defect="a script that is not there",
        added="<wf>.add(SparkJob('new', script='nowhere.py'), after=<job>)",
        found="TL003 error: 'nowhere.py'",
    ),
    Mutation(
        defect="a member that the API does not have",
        added="<wf>.add(SparkJob('new', script='s3://scripts/x.py', extra={'LogUrl': 's3://logs/'}), after=<job>)",
        found="TL002 error: 'LogUrl'",
    ),
    Mutation(
        defect="a worker type that Glue does not have",
        added="<wf>.add(SparkJob('new', script='s3://scripts/x.py', worker_type='G.9X'), after=<job>)",
        found="JB011 error: 'G.9X'",
    ),
    Mutation(
        defect="a size that Python shell does not have",
        added="<wf>.add(PythonShellJob('new', script='s3://scripts/x.py', max_capacity=0.5), after=<job>)",
        found="JB015 error: 0.5",
    ),
    Mutation(
        defect="a timeout of a week",
        added="<wf>.add(SparkJob('new', script='s3://scripts/x.py', timeout_minutes=10080), after=<job>)",
        found="JB023 error: 10080",
    ),
    Mutation(
        defect="too many retries",
        added="<wf>.add(SparkJob('new', script='s3://scripts/x.py', max_retries=11), after=<job>)",
        found="JB026 error: 11",
    ),
    Mutation(
        defect="a name that is too long in bytes",
        added="<wf>.add(SparkJob('é' * 128, script='s3://scripts/x.py'), after=<job>)",
        found="JB001 error: 'é' * 128",
    ),
]


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.defect)
@settings(max_examples=settings().max_examples // 25, phases=[Phase.reuse, Phase.generate])
@given(flow=flows())
def test_the_defect_is_found(mutation: Mutation, flow: GeneratedFlow) -> None:
    """Of a flow that has one defect, that defect is told, at its place; and nothing else that was not told before."""
    before, after = told(mutation.sound(flow)), told(mutation.spoilt(flow))

    assert sorted((after - before).elements()) == [mutation.finding(flow)]


def told(text: str) -> Counter[str]:
    """Return the findings about a flow; what is only worth knowing is left out."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / SCRIPT).write_text("print('done')\n", encoding="utf-8")
        return Counter(checked(folder, text).doubts)
