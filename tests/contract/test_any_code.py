"""Whatever is written, reading it ends: soon, without failing, and without running it."""

from __future__ import annotations

import ast
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gluedsl.contract import UNKNOWN, Contract
from gluedsl.model import PropertiesClass
from tests.support.contracts import function, script

SPARK: dict[str, Any] = {"kind": "glueetl", "glue_version": "5.0", "python_version": "3"}
NAMES = ("glue", "props", "run", "args", "getResolvedOptions", "sys", "work", "Thing", "key", "dict")
HEAD = """\
import sys
import boto3
from awsglue.utils import getResolvedOptions
glue, key = boto3.client("glue"), "key"
args = getResolvedOptions(sys.argv, ["WORKFLOW_NAME", "WORKFLOW_RUN_ID"])
run = {"Name": args["WORKFLOW_NAME"], "RunId": args["WORKFLOW_RUN_ID"]}
props = glue.get_workflow_run_properties(**run)["RunProperties"]
"""

atoms = st.sampled_from((*NAMES, '"a"', "'b'", "0", "None", "sys.argv", "[]", "{}", "run.properties", "()"))


def _expressions(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    one, two = inner, st.tuples(inner, inner)
    return st.one_of(
        one.map("({}).properties".format),
        one.map("({}).get_workflow_run_properties(**run)".format),
        one.map('({})["RunProperties"]'.format),
        one.map("lambda x, *y, **z: {}".format).map("({})".format),
        one.map("[*({})]".format),
        one.map("[x for x in {}]".format),
        one.map("{{**({})}}".format),
        one.map('f"{{{}}}"'.format),
        two.map(lambda pair: f"({pair[0]})[{pair[1]}]"),
        two.map(lambda pair: f"({pair[0]})({pair[1]})"),
        two.map(lambda pair: f"({pair[0]}).get({pair[1]})"),
        two.map(lambda pair: f"({pair[0]}).pop({pair[1]}, None)"),
        two.map(lambda pair: f"({pair[0]}).update({pair[1]})"),
        two.map(lambda pair: f"({pair[0]}).append({pair[1]})"),
        two.map(lambda pair: f"({pair[0]} or {pair[1]})"),
        two.map(lambda pair: f"({pair[0]} + {pair[1]})"),
        two.map(lambda pair: f"({pair[0]} | {pair[1]})"),
        two.map(lambda pair: f"({pair[0]} in {pair[1]})"),
        two.map(lambda pair: f"({pair[0]} if {pair[1]} else {pair[0]})"),
        two.map(lambda pair: f"{{{pair[0]}: {pair[1]}}}"),
        two.map(lambda pair: f"[{pair[0]}, {pair[1]}]"),
        two.map(lambda pair: f"glue.put_workflow_run_properties(Name={pair[0]}, RunProperties={pair[1]})"),
        two.map(lambda pair: f"getResolvedOptions({pair[0]}, {pair[1]})"),
        two.map(lambda pair: f"setattr({pair[0]}, 'a', {pair[1]})"),
    )


expressions = st.recursive(atoms, _expressions, max_leaves=8)
simple = st.one_of(
    expressions,
    st.tuples(st.sampled_from(NAMES), expressions).map(" = ".join),
    st.tuples(st.sampled_from(NAMES), expressions).map(" += ".join),
    st.tuples(expressions, expressions).map(lambda pair: f"({pair[0]})[{pair[1]}] = {pair[1]}"),
    st.tuples(expressions, expressions).map(lambda pair: f"({pair[0]}).x = {pair[1]}"),
    st.tuples(expressions, expressions).map(lambda pair: f"del ({pair[0]})[{pair[1]}]"),
    expressions.map("key, props = {}".format),
    st.sampled_from(("pass", "raise", "sys.exit()", "import work", "from work import *", "global key")),
)


def _blocks(inner: st.SearchStrategy[list[str]]) -> st.SearchStrategy[list[str]]:
    def under(*heads: str) -> st.SearchStrategy[list[str]]:
        bodies = st.tuples(*(inner for _ in heads))
        return st.tuples(expressions, bodies).map(
            lambda made: [
                line
                for head, body in zip(heads, made[1], strict=True)
                for line in (head.format(made[0]), *(f"    {one}" for one in body))
            ]
        )

    return st.one_of(
        st.tuples(inner, inner).map(lambda pair: [*pair[0], *pair[1]]),
        under("if {}:", "else:"),
        under("for key in {}:", "else:"),
        under("while {}:"),
        under("try:", "except Exception as key:", "finally:"),
        under("with {} as props:"),
        under("def work(key, *args, props={}, **run):"),
        under("class Thing({}):"),
        under("match {}:\n    case props:"),
    )


blocks = st.recursive(simple.map(lambda line: [line]), _blocks, max_leaves=12)


def indented(block: list[str]) -> str:
    """Return lines of a block, those of a match statement at their depth."""
    return "\n".join(line.replace("\n", "\n" + line[: len(line) - len(line.lstrip())]) for line in block)


def is_python(code: str) -> bool:
    """Whether it can be parsed."""
    try:
        ast.parse(code)
    except SyntaxError:
        return False
    return True


@given(blocks)
def test_made_up_scripts_are_read(block: list[str]) -> None:
    """Whether they are Python or not."""
    code = HEAD + indented(block)
    with tempfile.TemporaryDirectory() as folder:
        found = script(Path(folder), code, **SPARK)

    assert is_python(code) is (found.unparsable is None)


@given(blocks, st.sampled_from([None, PropertiesClass(name="Typed", declared=("a",), others=("b",))]))
def test_made_up_functions_are_read(block: list[str], typed: PropertiesClass | None) -> None:
    """As functions of a job, whose run properties are plain or of a class."""
    body = indented([f"    {line}" for line in block])
    with tempfile.TemporaryDirectory() as folder:
        found = function(Path(folder), f"{HEAD}def load(run):\n{body}\n    work(run)\n", properties=typed, **SPARK)

    assert isinstance(found, Contract)


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    """Most of it is no Python."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "job.py"
        file.write_bytes(text.encode("utf-8", "surrogatepass"))

        assert isinstance(script(Path(folder), text.encode("utf-8", "replace").decode()), Contract)


def test_nothing_is_run(tmp_path: Path) -> None:
    """Neither a script, nor what it imports from beside it."""
    (tmp_path / "beside.py").write_text("raise SystemExit(3)\n")
    path, modules = list(sys.path), set(sys.modules)

    script(tmp_path, f"import beside\nopen({str(tmp_path / 'made')!r}, 'w')\n")

    assert not (tmp_path / "made").exists()
    assert (path, modules) == (sys.path, set(sys.modules))


def test_long_script_is_read_soon(tmp_path: Path) -> None:
    """10,000 lines take a fraction of a second, a few times what parsing takes."""
    steps = "\n".join(
        f"def step_{n}(frame, settings):\n"
        f"    path = f\"s3://lake/{{settings['env']}}/table_{n}/\"\n"
        f'    rows = frame.filter(frame["id"] > {n}).select("a", "b")\n'
        "    if rows.count() == 0:\n"
        "        return frame\n"
        '    for column in ("a", "b"):\n'
        '        rows = rows.withColumn(column, rows[column].cast("string"))\n'
        '    rows.write.mode("overwrite").parquet(path)\n'
        "    return rows\n"
        for n in range(1_000)
    )
    calls = "\n".join(f"frame = step_{n}(frame, props)" for n in range(1_000))
    code = f"{HEAD}frame = None\n{steps}\n{calls}\n"

    parsing = _seconds(lambda: ast.parse(code))
    reading = _seconds(lambda: script(tmp_path, code, **SPARK))

    assert code.count("\n") > 10_000
    assert reading < 10 * parsing


def _seconds(work: object) -> float:
    before = time.process_time()
    work()  # type: ignore[operator]
    return time.process_time() - before


@pytest.mark.parametrize(
    "code",
    [
        "x = " + " + ".join(["'a'"] * 50_000),
        "x = y" + ".z" * 5_000,
        "\n".join(
            [
                "def f0(x): return x",
                *(f"def f{n}(x):\n    f{n - 1}([x])\n    return f{n - 1}([x, x])" for n in range(1, 40)),
            ]
        )
        + "\nf39(props)",
        "\n".join(f"if x == {n}:\n    y = [props, {n}]" for n in range(200)),
    ],
    ids=["a long sum", "a long chain", "calls upon calls", "many ways"],
)
def test_what_would_take_for_ever_is_given_up(code: str, tmp_path: Path) -> None:
    """A short program can have a long way to go: then nothing is known of it."""
    assert script(tmp_path, HEAD + code, **SPARK) == UNKNOWN
