"""Flow files for hypothesis to make up, as text: nothing is wrong with any of them.

Trees and graphs of jobs and crawlers of every kind and with every word of the vocabulary: starts, outcomes and their
combinations, triggers of the author's own, functions and scripts, properties, jobs that two workflows share. What a
flow says can always come true: each node carries outcomes under which it starts, and only what agrees is joined.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from tests.support.resources import texts
from tests.support.written_nodes import CRAWLER, JOB, Declaration, crawlers, jobs, keywords, quoted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hypothesis.strategies import DrawFn, SearchStrategy

WORKFLOW_NAMES = ("orders", "nightly sales", "crm_7", "Übersicht", "x", "${env}: {all} 100%")
"""None begins with another and a hyphen, as names of derived triggers do."""
MOST_CRAWLERS = 2
"""That one trigger starts."""

Witness = dict[str, str]
"""By variable of a node: the state that it ends in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A node of a workflow, and outcomes of others under which it starts."""

    variable: str
    noun: str
    witness: Witness = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class GeneratedFlow:
    """A flow file without its first line, which imports the vocabulary."""

    text: str
    start: str
    """What the first workflow is given as `start=`."""
    workflow: str = "w0"
    """The variable of the first workflow."""
    job: str = "w0_n0"
    """The variable of a job that the first workflow starts with."""


@st.composite
def flows(draw: DrawFn) -> GeneratedFlow:
    """Make up a flow file of one to three workflows."""
    names = draw(st.lists(st.sampled_from(WORKFLOW_NAMES), min_size=1, max_size=3, unique=True))
    start = draw(starts())
    written = [_Workflow(draw, f"w{index}", name) for index, name in enumerate(names)]
    lines: list[str] = []
    shared: list[Placed] = []
    for index, workflow in enumerate(written):
        lines += workflow.lines(start if index == 0 else draw(st.none() | starts()), shared, is_first=index == 0)
        shared += workflow.owned
    return GeneratedFlow(text="\n".join(lines) + "\n", start=start)


def starts() -> SearchStrategy[str]:
    """Make what begins a run."""
    return st.sampled_from(
        (
            "on_demand()",
            'cron("0 2 * * ? *")',
            'cron("cron(15/30 8-17 ? * MON-FRI 2026-2030)")',
            'daily("02:30")',
            'weekly("MON", "23:59")',
            "hourly(minute=5)",
            "on_event()",
            "on_event(batch_size=10, batch_window_seconds=300)",
            'on_event(s3="s3://lake/raw/")',
            'on_event(s3=["s3://lake/raw/", "s3://other"], batch_size=2)',
            'on_event(pattern={"source": ["our.shop"], "detail": {"total": [{"numeric": [">", 0]}]}}, role="Notifier")',
        )
    )


@dataclass(slots=True)
class _Workflow:
    """One workflow while it is written."""

    draw: DrawFn
    variable: str
    name: str
    placed: list[Placed] = field(default_factory=list)
    owned: list[Placed] = field(default_factory=list)
    """Nodes that another workflow may share."""
    root_crawlers: int = 0
    variables: int = 0

    def lines(self, start: str | None, shared: Sequence[Placed], *, is_first: bool) -> list[str]:
        """Return its statements."""
        body = [line for _ in range(self.draw(st.integers(1, 6))) for line in self._node(shared, is_first)]
        return [*self._declaration(start, most_runs="1" if is_first else None), *body, *self._triggers()]

    def _variable(self) -> str:
        self.variables += 1
        return f"{self.variable}_n{self.variables - 1}"

    def _declaration(self, start: str | None, most_runs: str | None) -> list[str]:
        declared, properties = self.draw(_properties(self.variable))
        options = {
            "role": self.draw(st.sampled_from((None, "'GlueJobRole'", "'arn:aws:iam::123456789012:role/glue'"))),
            "start": start,
            "properties": properties,
            "description": self.draw(st.none() | texts().map(quoted)),
            "max_concurrent_runs": most_runs or self.draw(st.sampled_from((None, "1", "3"))),
            "tags": self.draw(st.sampled_from((None, "{'team': 'sales', 'cost': ''}"))),
        }
        return [*declared, f"{self.variable} = Workflow({quoted(self.name)}{keywords(options)})"]

    def _node(self, shared: Sequence[Placed], is_first: bool) -> list[str]:  # noqa: FBT001 -- private
        """Return the statements that declare and place one node."""
        variable, is_root = self._variable(), not self.placed
        if is_root:
            declaration = self.draw(jobs(variable, self.variable, is_plain=is_first))
        elif shared and self.draw(st.integers(0, 5)) == 0:
            return self._shared(self.draw(st.sampled_from(shared)), variable)
        else:
            declaration = self.draw(jobs(variable, self.variable) | crawlers(variable))
        after, witness = (None, {}) if is_root else self._after(declaration.noun)
        placed = Placed(variable=variable, noun=declaration.noun, witness=witness)
        self.placed.append(placed)
        if not declaration.is_function:
            self.owned.append(placed)
        return [declaration.placed(self.variable, after)]

    def _shared(self, node: Placed, variable: str) -> list[str]:
        """Place a node of another workflow, unless this one has it; it goes by a name of its own here."""
        if any(one.variable == node.variable for one in self.placed):
            return []
        after, witness = self._after(node.noun)
        self.placed.append(Placed(variable=node.variable, noun=node.noun, witness=witness))
        given = f", after={after}" if after else ""
        return [f"{variable} = {self.variable}.add({node.variable}{given})"]

    def _after(self, noun: str) -> tuple[str | None, Witness]:
        """Return what a node waits for, nothing for some; the start trigger takes two crawlers and no more."""
        room = noun == JOB or self.root_crawlers < MOST_CRAWLERS
        if not self.placed or (room and self.draw(st.integers(0, 2)) == 0):
            self.root_crawlers += noun == CRAWLER
            return None, {}
        return self.draw(outcomes(self.placed))

    def _triggers(self) -> list[str]:
        """Return a trigger of the author's own, or none, with the nodes that only it starts."""
        if self.draw(st.integers(0, 2)) != 0:
            return []
        when, witness = self.draw(outcomes(self.placed))
        variables = [self._variable() for _ in range(self.draw(st.integers(1, 3)))]
        declarations = [self.draw(jobs(each, self.variable, is_placed=False) | crawlers(each)) for each in variables]
        crawling = [each for each in declarations if each.noun == CRAWLER]
        declarations = [each for each in declarations if each.noun == JOB] + crawling[:MOST_CRAWLERS]
        started = [self.draw(_started(each)) for each in declarations]
        options = {
            "when": when,
            "start": f"[{', '.join(started)}]",
            "description": self.draw(st.none() | texts().map(quoted)),
            "enabled": self.draw(st.sampled_from((None, None, "True", "False"))),
            "tags": self.draw(st.sampled_from((None, "{'team': 'sales'}"))),
        }
        self.placed += [Placed(variable=each.variable, noun=each.noun, witness=witness) for each in declarations]
        name = quoted(f"{self.name}: by hand")
        return [
            *(f"{each.variable} = {each.made}" for each in declarations),
            f"{self.variable}.add(Trigger({name}{keywords(options)}))",
        ]


@st.composite
def _properties(draw: DrawFn, variable: str) -> tuple[list[str], str | None]:
    """Return what declares run properties, and how the workflow names them."""
    match draw(st.sampled_from(("none", "dict", "class"))):
        case "dict":
            return [], draw(st.sampled_from(("{}", "{'env': 'prod', 'max rows': ''}", "{'é': '${env}'}")))
        case "class":
            name = f"{variable.title()}Properties"
            lines = [f"class {name}(RunProperties):", "    env: str = 'prod'", "    rows: int = 0", "    when: str"]
            return lines, name
        case _:
            return [], None


@st.composite
def _started(draw: DrawFn, declaration: Declaration) -> str:
    """Return how a trigger starts a node: by itself, or a job with arguments of its own."""
    if declaration.noun == CRAWLER or draw(st.booleans()):
        return declaration.variable
    arguments = draw(st.sampled_from(("", "{}", "{'--env': 'test', '--Depth': ''}")))
    options = {
        "timeout_minutes": draw(st.sampled_from((None, "1", "10079"))),
        "security_configuration": draw(st.sampled_from((None, "'encrypted'"))),
    }
    given = f"{arguments}{keywords(options)}".removeprefix(", ")
    return f"{declaration.variable}.with_arguments({given})"


_OF_JOB: Mapping[str, Sequence[str]] = {
    "SUCCEEDED": ("", ".succeeded", ".outcome('SUCCEEDED')"),
    "FAILED": (".failed", ".outcome('FAILED')"),
    "TIMEOUT": (".timed_out", ".outcome('TIMEOUT')"),
    "STOPPED": (".stopped", ".outcome('STOPPED')"),
}
_OF_CRAWLER: Mapping[str, Sequence[str]] = {
    "SUCCEEDED": ("", ".succeeded", ".outcome('SUCCEEDED')"),
    "FAILED": (".failed", ".outcome('FAILED')"),
    "CANCELLED": (".cancelled", ".outcome('CANCELLED')"),
}


@st.composite
def outcomes(draw: DrawFn, placed: Sequence[Placed]) -> tuple[str, Witness]:
    """Return what `after=` and `when=` take, and outcomes under which it comes."""
    chosen = draw(st.lists(st.sampled_from(placed), min_size=1, max_size=3, unique_by=lambda node: node.variable))
    first = chosen[0]
    if draw(st.integers(0, 4)) == 0:  # sets of outcomes of one node
        bad = draw(st.sampled_from((".unsuccessful", ".finished")))
        return f"{first.variable}{bad}", {**first.witness, first.variable: "FAILED"}
    ends = [(node, draw(st.sampled_from(tuple(_states(node))))) for node in chosen]
    texts = [f"{node.variable}{draw(st.sampled_from(_states(node)[state]))}" for node, state in ends]
    witnesses: list[Witness] = [{**node.witness, node.variable: state} for node, state in ends]
    if draw(st.booleans()):
        joined = draw(st.sampled_from(("any_of({})", "any_of({}, any_of({}))")))
        return _joined(joined, texts), witnesses[0]
    agreeing, both = [texts[0]], dict(witnesses[0])
    for text, witness in zip(texts[1:], witnesses[1:], strict=True):
        if all(both.get(variable, state) == state for variable, state in witness.items()):
            agreeing.append(text)
            both |= witness
    forms = ("{}",) if len(agreeing) == 1 else ("[{}]", "all_of({})", "all_of({}, [{}])", "[{}, all_of({})]")
    return _joined(draw(st.sampled_from(forms)), agreeing), both


def _joined(form: str, texts: Sequence[str]) -> str:
    """Put texts into a form of one place, or of one for the first and one for the others."""
    if form.count("{}") == 1 or len(texts) == 1:
        return form.replace(", any_of({})", "").format(", ".join(texts))
    return form.format(texts[0], ", ".join(texts[1:]))


def _states(node: Placed) -> Mapping[str, Sequence[str]]:
    return _OF_JOB if node.noun == JOB else _OF_CRAWLER
