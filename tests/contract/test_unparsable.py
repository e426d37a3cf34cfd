"""Code that is no Python, or none of the version that runs it."""

from __future__ import annotations

import ast
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from gluedsl.contract import UNKNOWN, Contract, Unparsable, read_contracts
from gluedsl.model import FunctionCode, Origins, Project, ScriptFile
from gluedsl.source.locate import Locator
from gluedsl.source.span import Span
from tests.support.contracts import function, script, shell, shown

if TYPE_CHECKING:
    from pathlib import Path

PARSE = ast.parse
MATCH = "def load(run):\n    match run:\n        case _: print(1)\n"
TOO_NEW = "Pattern matching is only supported in Python 3.10 and greater"

JOBS: dict[str, tuple[dict[str, Any], str]] = {
    "Python shell 3.9": ({}, "(3.9)"),
    "Python shell 3": ({"python_version": "3"}, "(3.6)"),
    "Ray": ({"kind": "glueray", "python_version": "3.9"}, "(3.9)"),
    "Glue 3.0": ({"kind": "glueetl", "python_version": "3", "glue_version": "3.0"}, "(3.7)"),
    "Glue 4.0": ({"kind": "glueetl", "python_version": "3", "glue_version": "4.0"}, ""),
    "Glue 5.0": ({"kind": "gluestreaming", "python_version": "3", "glue_version": "5.0"}, ""),
    "Python 2": ({"python_version": "2"}, ""),
    "no version": ({"python_version": None}, ""),
}


def script_at(folder: Path) -> Contract:
    """Return the contract of the script that is there already."""
    job = shell(ScriptFile(path=str(folder / "job.py")))
    return read_contracts(Project(jobs=(job,)), Origins(), Locator(folder))["load"]


@pytest.mark.parametrize(("settings", "expected"), JOBS.values(), ids=JOBS)
def test_syntax_is_that_of_the_job(settings: dict[str, Any], expected: str, tmp_path: Path) -> None:
    """As old as the interpreter that Glue runs the job with, where that is known."""
    found = shown(script(tmp_path, MATCH, **settings), tmp_path)

    assert found == (f"unparsable 2 match: {TOO_NEW} {expected}" if expected else "")


def test_module_of_a_function_job(tmp_path: Path) -> None:
    """The whole module is imported, whichever function is the job."""
    assert f"unparsable 2 match: {TOO_NEW} (3.9)" == shown(function(tmp_path, MATCH), tmp_path)


def test_place_of_a_statement_that_is_too_new(tmp_path: Path) -> None:
    """Its first word: Python itself says where it has read on to."""
    groups = "try:\n    pass\nexcept* ValueError:\n    pass\nprint(1)\n"

    assert shown(script(tmp_path, groups), tmp_path) == (
        "unparsable 3 except: Exception groups are only supported in Python 3.11 and greater (3.9)"
    )


@pytest.mark.parametrize(("text", "most"), [("def load(run): ...\n", 1), (MATCH, 3), ("def load(run) ...\n", 4)])
def test_a_file_is_parsed_once(text: str, most: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many jobs have their code in it; where it is no Python, once for each version that is asked."""
    (tmp_path / "flow.py").write_text(text, encoding="utf-8")
    parsed: list[object] = []

    def parse(source: str, **settings: Any) -> Any:
        parsed.append(settings)
        return PARSE(source, **settings)

    monkeypatch.setattr("gluedsl.contract.files.ast.parse", parse)
    code = FunctionCode(root=str(tmp_path), module="flow", job="load")
    spark = {"kind": "glueetl", "python_version": "3", "glue_version": "5.0"}
    jobs = [replace(shell(code, **(spark if number % 2 else {})), name=f"load-{number}") for number in range(20)]
    origins = Origins({("jobs", index, "code"): Span("flow.py", 1) for index in range(20)})

    assert len(read_contracts(Project(jobs=tuple(jobs)), origins, Locator(tmp_path))) == 20
    assert len(parsed) <= most


def test_place_of_a_syntax_error(tmp_path: Path) -> None:
    """The stretch that Python says, in characters."""
    found = script(tmp_path, "naïve = = 1\n")

    assert found.unparsable == Unparsable(span=Span("job.py", 1, 9, 1, 10), message="invalid syntax", version=(3, 9))
    assert found == Contract(unparsable=found.unparsable)


@pytest.mark.parametrize(
    ("content", "message", "line"),
    [
        (b"print(1)\0", "source code string cannot contain null bytes", 1),
        (b"# coding: nothing\n", "unknown encoding: nothing", 1),
        (b"x = '\xff'\n", "invalid or missing encoding declaration", 1),
        (b"\n\n\nx = '\xff'\n", "'utf-8' codec can't decode byte 0xff in position 8: invalid start byte", 1),
    ],
)
def test_what_is_no_text(content: bytes, message: str, line: int, tmp_path: Path) -> None:
    """The whole file is the place."""
    (tmp_path / "job.py").write_bytes(content)

    found = script_at(tmp_path).unparsable

    assert found is not None
    assert (message, Span("job.py", line)) == (found.message, found.span)


def test_encodings_and_line_ends(tmp_path: Path) -> None:
    """Places are counted in characters of the text, and lines as Python counts them."""
    text = (
        "# coding: latin-1\r\n\x0cname = 'é'\r\nimport boto3\r\n"
        "boto3.client('glue').get_workflow_run_properties(Name=w, RunId=r)['RunProperties']['é']\r\n"
    )
    (tmp_path / "job.py").write_bytes(text.encode("latin-1"))

    (read,) = script_at(tmp_path).reads

    assert ("é", Span("job.py", 4, 84, 4, 87)) == (read.name, read.span)


def test_newer_python_than_ours(tmp_path: Path) -> None:
    """What runs on a later Python than gluedsl's own cannot be judged by it."""
    spark = {"kind": "glueetl", "python_version": "3", "glue_version": "6.0"}

    assert script(tmp_path, "type Names = list[\n", **spark) == UNKNOWN
