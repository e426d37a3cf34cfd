"""Contracts of code that a test writes, as text: what is mentioned, with the place and what stands there."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING, Any

from gluedsl.contract import read_contracts
from gluedsl.model import FunctionCode, Job, Origins, Project, PropertiesClass, ScriptFile
from gluedsl.source.locate import Locator
from gluedsl.source.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from gluedsl.contract import Contract, Mention
    from gluedsl.model import Code


def shell(code: Code, **settings: Any) -> Job:
    """Return a Python shell job, unless settings say otherwise."""
    return Job(**{"name": "load", "kind": "pythonshell", "python_version": "3.9", "role": None, **settings}, code=code)


def script(folder: Path, text: str, name: str = "job.py", **settings: Any) -> Contract:
    """Return the contract of a script."""
    file = folder / name
    file.write_text(dedent(text).lstrip("\n"), encoding="utf-8")
    job = shell(ScriptFile(path=str(file)), **settings)
    return read_contracts(Project(jobs=(job,)), Origins(), Locator(folder))["load"]


def function(
    folder: Path,
    text: str,
    name: str = "load",
    properties: PropertiesClass | None = None,
    *,
    takes_any_property: bool = False,
    **settings: Any,
) -> Contract:
    """Return the contract of the function of this name, in a module, and of a class of run properties."""
    file = folder / "flow.py"
    lines = dedent(text).lstrip("\n")
    file.write_text(lines, encoding="utf-8")
    line = next(n for n, line in enumerate(lines.splitlines(), 1) if line.strip().startswith(f"def {name}("))
    code = FunctionCode(
        root=str(folder), module="flow", job="load", properties=properties, takes_any_property=takes_any_property
    )
    job = shell(code, **settings)
    origins = Origins({("jobs", 0, "code"): Span("flow.py", line)})
    return read_contracts(Project(jobs=(job,)), origins, Locator(folder))["load"]


def shown(contract: Contract, folder: Path) -> str:
    """Return a contract as text: each mention with its line and what is written there."""
    return "\n".join(_lines(contract, folder))


def _lines(contract: Contract, folder: Path) -> Iterator[str]:
    if contract.is_unknown:
        yield "unknown"
        return
    if contract.unparsable is not None:
        found = contract.unparsable
        yield f"unparsable {_place(found.span, folder)}: {found.message} ({found.version[0]}.{found.version[1]})"
        return
    for request in contract.requests:
        yield from (f"option {_mention(option, folder)}" for option in request.options)
        if not request.has_all:
            yield "more options"
    yield from (f"argument {_mention(one, folder)}" for one in contract.arguments)
    yield from (f"lookup {_mention(one, folder)}" for one in contract.lookups)
    yield from (f"read {_mention(one, folder)}" for one in contract.reads)
    if not contract.has_all_reads:
        yield "more reads"
    yield from (f"write {_mention(one, folder)}" for one in contract.writes)
    if not contract.has_all_writes:
        yield "more writes"
    yield from (f"puts all {_place(put.span, folder)} {','.join(put.keys)}" for put in contract.whole_map_puts)
    for deletion in contract.deletions:
        yield f"deletes {deletion.name} {_place(deletion.span, folder)}{' refused' if deletion.is_refused else ''}"
    yield from (f"unencoded {_mention(one, folder)}" for one in contract.unencoded)
    for refusal in contract.refusals:
        does = f"{'item' if refusal.is_item else 'attribute'} {'write' if refusal.is_write else 'read'}"
        yield f"refuses {does} {refusal.name or 'of all'} {_place(refusal.span, folder)}"
    for one in contract.mistypings:
        yield f"mistypes {one.name} {_place(one.span, folder)}: {one.given}, not {one.declared}"


def _mention(mention: Mention, folder: Path) -> str:
    marks = ("" if mention.is_sure else " perhaps") + ("" if mention.is_needed else " optional")
    return f"{mention.name} {_place(mention.span, folder)}{marks}"


def _place(span: Span, folder: Path) -> str:
    """Return the line and the text that a span covers, after the file unless it is the only one."""
    lines = (folder / span.file).read_text(encoding="utf-8").split("\n")
    first = lines[span.line - 1]
    text = first[span.column - 1 : span.end_column - 1] if span.line == span.end_line else first[span.column - 1 :]
    file = "" if span.file in {"job.py", "flow.py"} else f"{span.file}:"
    return f"{file}{span.line} {text}"
