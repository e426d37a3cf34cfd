# ruff: noqa: INP001 -- a script, found by its path
"""Write `docs/fidelity.md` from the tests: what Glue does, in whose words it is known, what holds it: `make docs`.

Each test of a behaviour says it in its docstring: first what happens, then AWS's words with their address. Each test of
a policy stands in a file whose docstring says why the default is what it is. The values are those of `Policies`.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, get_args, get_type_hints

from gluedsl.engine import Policies

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "docs" / "fidelity.md"
SCENARIOS = ROOT / "tests" / "engine" / "scenarios"
POLICIES = ROOT / "tests" / "engine" / "policies"

PARAGRAPHS = {
    1: "Ways a run begins",
    2: "When a trigger fires",
    3: "What a fired trigger does",
    4: "States of job runs, crawls and runs",
    5: "Retries",
    6: "Run properties",
    7: "The end of a run",
    8: "Statistics",
    9: "The graph of a run",
    10: "Stopping and resuming",
    11: "Changes while a run goes on",
    12: "Events that Glue sends",
    13: "Ids and times",
    14: "Errors of the API",
}
POLICY_NUMBERS = range(1, 25)

AT_THE_API = {
    1: ("tests/local/test_schedules.py::test_a_schedule_starts_its_workflow",),
    3: (
        "tests/local/test_job_runs.py::test_arguments_win_key_by_key",
        "tests/local/test_job_runs.py::test_a_job_of_a_trigger_takes_arguments_and_timeout_of_the_action",
        "tests/local/test_job_runs.py::test_a_job_started_outside_fires_nothing_inside",
    ),
    4: (
        "tests/local/test_triggers.py::test_a_trigger_rests_in_the_state_of_its_type",
        "tests/local/test_triggers.py::test_triggers_are_activated_and_deactivated",
        "tests/local/test_crawlers.py::test_a_crawl_is_stopped",
    ),
    6: ("tests/local/test_whole_runs.py::test_puts_of_many_clients_are_all_kept",),
    9: (
        "tests/spelling/test_runs.py::test_a_run_with_its_graph",
        "tests/spelling/test_runs.py::test_the_graph_of_a_design",
    ),
    11: ("tests/local/test_crawlers.py::test_a_crawler_runs_once_at_a_time",),
    13: ("tests/local/test_http.py::test_times_are_seconds_with_milliseconds",),
    14: (
        "tests/local/test_errors.py::test_an_error_of_the_model",
        "tests/local/test_workflow_runs.py::test_an_unknown_run_is_refused",
    ),
}
"""By paragraph: what the engine does not decide, or what clients see of it, and so is held elsewhere."""

INTRODUCTION = """\
# How true to Glue

Simulation, the fixtures for tests and the local Glue are one engine. This page says what that engine does with a
workflow, how it is known that Glue does the same, and which test holds it. It is written by `make docs`, from the tests
themselves, so that it says nothing that no test holds.

- **[What AWS documents](#what-aws-documents)** is done as documented. AWS's words are quoted beside it.
- **[Where AWS is silent](#where-aws-is-silent)** something has to be done too. Each such choice has a name, a default
  with its reason, and other values: `gluedsl simulate --policy trigger_fires=again`,
  `sim.run(flow, policies={...})`, `FakeGlue(policies={...})`.
- **Beside moto**, on which the local Glue stands, [a page of its own](differences.md) says what is otherwise, and why.

What is *not* here: how long AWS takes, what it costs, what IAM allows, and what Spark does. Nobody should take a run on
this machine for proof of these. A [suite of tests](testing.md#the-conformance-suite) that runs here runs as well
against an account on AWS.
"""
"""Of the page."""

_URL = re.compile(r"(https://\S+?)(?=[,;:.]?(\s|$))")
_POLICY = re.compile(r"policy `(\w+)`")


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One thing that a test holds."""

    file: Path
    test: str
    says: str
    words: str
    """AWS's, with their address; empty where it follows from what stands beside it."""


def generate() -> str:
    """Return the text of the page."""
    return "\n".join([INTRODUCTION, *_documented(), *_policies()]).rstrip() + "\n"


def paragraphs() -> dict[int, list[Held]]:
    """Return what tests hold of each paragraph of what Glue does with a run."""
    found: dict[int, list[Held]] = defaultdict(list)
    for file in sorted(SCENARIOS.glob("test_b*.py")):
        found[int(file.name[6:8])] += held(file)
    for number, tests in AT_THE_API.items():
        found[number] += [_named(test) for test in tests]
    return dict(found)


def policy_files() -> dict[int, Path]:
    """Return the file of tests of each policy, by its number."""
    return {int(file.name[6:8]): file for file in sorted(POLICIES.glob("test_e*.py"))}


@cache
def held(file: Path) -> tuple[Held, ...]:
    """Return what the tests of a file hold, in their order."""
    return tuple(_held(file, node) for node in _tree(file).body if _is_test(node))


def _named(test: str) -> Held:
    path, _, name = test.partition("::")
    return next(one for one in held(ROOT / path) if one.test == name)


@cache
def _tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def _is_test(node: ast.stmt) -> bool:
    return isinstance(node, ast.FunctionDef) and node.name.startswith("test_")


def _held(file: Path, node: ast.stmt) -> Held:
    assert isinstance(node, ast.FunctionDef)  # noqa: S101 -- only tests come here
    first, *rest = _parts(ast.get_docstring(node) or "")
    if first.startswith("https://"):
        first, rest = "", [first, *rest]
    return Held(file=file, test=node.name, says=first, words=" ".join(rest))


def _sentence(name: str) -> str:
    words = name.removeprefix("test_").replace("_", " ").replace("awss ", "AWS's ").replace("glues ", "Glue's ")
    return _capital(words)


def _parts(text: str) -> list[str]:
    """Return the paragraphs of a docstring, each on a line of its own."""
    return [" ".join(part.split()) for part in text.split("\n\n")]


def _documented() -> Iterator[str]:
    yield "\n## What AWS documents\n"
    yield "Where no words stand beside a behaviour, it follows from others, or a policy is named that decides.\n"
    rows = paragraphs()
    for number, title in PARAGRAPHS.items():
        yield f"\n### {title}\n"
        for file in sorted(SCENARIOS.glob(f"test_b{number:02}*.py")):
            general = _parts(ast.get_docstring(_tree(file)) or "")[1:]
            yield from (f"{_linked(part)}\n" for part in general)
        yield from _table(rows[number])
        yield ""


def _policies() -> Iterator[str]:
    yield "\n## Where AWS is silent\n"
    yield "| policy | default | others |"
    yield "|---|---|---|"
    files, hints = policy_files(), get_type_hints(Policies)
    named = {number: _policy_name(file) for number, file in files.items()}
    for number in POLICY_NUMBERS:
        name = named[number]
        values = get_args(hints[name]) if name in hints else ()
        default = getattr(Policies(), name) if values else "no choice"
        others = ", ".join(f"`{value}`" for value in values if value != default)
        yield f"| [`{name}`](#{name}) | {f'`{default}`' if values else default} | {others} |"
    yield ""
    meanings = _meanings()
    for number in POLICY_NUMBERS:
        file = files[number]
        title, *why = _parts(ast.get_docstring(_tree(file)) or "")
        yield f"\n### {named[number]}\n"
        yield f"{_capital(title.partition(': ')[2])}\n"
        yield from (f"{_linked(part)}\n" for part in (*meanings.get(named[number], ())[1:], *why))
        yield from _table(held(file))
        yield ""


def _policy_name(file: Path) -> str:
    found = _POLICY.search((ast.get_docstring(_tree(file)) or "").replace("Policy", "policy", 1))
    assert found is not None  # noqa: S101 -- a test holds that every file names its policy
    return found[1]


def _meanings() -> dict[str, list[str]]:
    """Return what is written of each policy where it is defined."""
    source = _tree(ROOT / "gluedsl" / "engine" / "policies.py")
    body = next(node.body for node in source.body if isinstance(node, ast.ClassDef) and node.name == "Policies")
    found: dict[str, list[str]] = {}
    for field, text in pairwise(body):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and isinstance(text, ast.Expr):
            written = ast.literal_eval(text.value)
            found[field.target.id] = _parts(written)
    return found


def _table(rows: Iterable[Held]) -> Iterator[str]:
    yield "| what happens, and the test that holds it | in AWS's words |"
    yield "|---|---|"
    yield from (_row(f"{_test(one)}. {one.says}".strip(), one.words) for one in rows)


def _row(*cells: str) -> str:
    return f"| {' | '.join(_linked(cell).replace('|', chr(92) + '|') for cell in cells)} |"


def _test(one: Held) -> str:
    path = one.file.relative_to(ROOT).as_posix()
    return f"[{_sentence(one.test)}](../{path})"


def _linked(text: str) -> str:
    """Return text with addresses as links that say where they lead, and policies as links to their paragraphs."""
    text = _URL.sub(lambda found: f"[{_page(found[1])}]({found[1]})", text)
    return _POLICY.sub(lambda found: f"policy [`{found[1]}`](#{found[1]})", text)


def _page(url: str) -> str:
    """Return how a page of AWS's is called: by what it is about."""
    name = url.partition("#")[0].rstrip("/").rpartition("/")[2].removesuffix(".html")
    return name.removeprefix("API_") if name.startswith("API_") else name.replace("-", " ").replace("_", " ")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


if __name__ == "__main__":
    TARGET.write_text(generate(), encoding="utf-8")
