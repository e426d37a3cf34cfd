"""From a call site to the author's text: spans in characters, from one, of just the argument."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from gluedsl.source.locate import Locator, Syntax
from gluedsl.source.span import Span

ROOT = Path(__file__).parents[2]
HEADER = "from gluedsl import *\n"


@dataclass(frozen=True)
class Written:
    """A module that was run, and what its names hold."""

    path: Path
    names: dict[str, Any]
    locator: Locator

    def lines(self) -> list[str]:
        """Return the text as the interpreter counts its lines."""
        return self.path.read_text(encoding="utf-8-sig").split("\n")

    def syntax(self, expression: str) -> Syntax:
        """Return the call that made what an expression gives."""
        found = self.locator.syntax(eval(expression, self.names).site)  # noqa: S307 -- the test's own text
        assert found is not None
        return found

    def text(self, span: Span | None) -> str | None:
        """Return what a span covers."""
        if span is None:
            return None
        lines = self.lines()[span.line - 1 : span.end_line]
        lines[-1] = lines[-1][: span.end_column - 1]
        lines[0] = lines[0][span.column - 1 :]
        return "\n".join(lines)


def run(folder: Path, source: str | bytes) -> Written:
    """Write a module and run it."""
    path = folder / "flow.py"
    content = source if isinstance(source, bytes) else (HEADER + source).encode()
    path.write_bytes(content)
    names: dict[str, Any] = {"__name__": "flow"}
    exec(compile(content, str(path), "exec"), names)  # noqa: S102 -- the test's own text
    return Written(path, names, Locator(folder))


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ('x = Workflow("w")\n', 'Workflow("w")'),
        ('x = Workflow(\n    "w",\n    role="r",\n)\n', 'Workflow(\n    "w",\n    role="r",\n)'),
        ('a, x = Workflow("a"), Workflow("b")\n', 'Workflow("b")'),
        ('x = [Workflow(n) for n in "ab"][1]\n', "Workflow(n)"),
        ('x = {n: Workflow(n) for n in "ab"}["b"]\n', "Workflow(n)"),
        ('x = next(Workflow(n) for n in "ab")\n', "Workflow(n)"),
        ('x = (lambda n: Workflow(n))("w")\n', "Workflow(n)"),
        ('x = Workflow(*["w"])\n', 'Workflow(*["w"])'),
        ('x = Workflow(**{"name": "w"})\n', 'Workflow(**{"name": "w"})'),
        ('x = Workflow("w", **dict(role="r"))\n', 'Workflow("w", **dict(role="r"))'),
        ('if True:\n\tx = Workflow("w")\n', 'Workflow("w")'),
        ('ä, x = "größe 💡", Workflow("w")\n', 'Workflow("w")'),
        ('x = Workflow("größe 💡", role="é")\n', 'Workflow("größe 💡", role="é")'),
        ('w = Workflow("w"); x = w.add(ExistingJob("j"))\n', 'ExistingJob("j")'),
        ('w = Workflow("w"); w.add(ExistingJob("j")); x = w.placements[0]\n', 'w.add(ExistingJob("j"))'),
        (
            'w = Workflow("w")\nw.add(\n    ExistingJob("j"),\n)\nx = w.placements[0]\n',
            'w.add(\n    ExistingJob("j"),\n)',
        ),
        (
            'w = Workflow("w")\nj = ExistingJob("j")\nx = (w\n  .add(j)\n  .with_arguments({})\n)\n',
            "w\n  .add(j)\n  .with_arguments({})",
        ),
        ('a = "\\x0c"\n\x0cx = Workflow("w")\n', 'Workflow("w")'),
        ('a = """\x0b \x1c \x85 \u2028\n"""\nx = Workflow("w")\n', 'Workflow("w")'),
        ('x = Workflow("a" "b" \\\n  "c")\n', 'Workflow("a" "b" \\\n  "c")'),
        ('class C:\n    x = Workflow("w")\nx = C.x\n', 'Workflow("w")'),
    ],
)
def test_a_call_site_is_the_whole_call(tmp_path: Path, source: str, text: str) -> None:
    """Whatever stands before it, around it and in it."""
    written = run(tmp_path, source)

    assert text == written.text(written.syntax("x").span)


def test_columns_count_characters_from_one(tmp_path: Path) -> None:
    """Neither bytes, nor columns of a tab, nor from zero; the end is not included."""
    written = run(tmp_path, 'if True:\n\té, x = "ö💡", Workflow("wä")\n')

    assert Span("flow.py", 3, 15, 3, 29) == written.syntax("x").span


def test_lines_that_end_in_carriage_returns(tmp_path: Path) -> None:
    """A file from Windows counts its lines as any other."""
    written = run(tmp_path, b'from gluedsl import *\r\nx = Workflow(\r\n    "w",\r\n    role="r")\r\n')

    assert Span("flow.py", 2, 5, 4, 14) == written.syntax("x").span
    assert written.text(written.syntax("x").span) == 'Workflow(\n    "w",\n    role="r")'


@pytest.mark.parametrize(
    "content",
    [
        '\ufefffrom gluedsl import *; x = Workflow("é", role="r")\n'.encode(),
        '# coding: latin-1\nfrom gluedsl import *; x = Workflow("é", role="r")\n'.encode("latin-1"),
        '# coding: utf-8\nfrom gluedsl import *; x = Workflow("é", role="r")\n'.encode(),
    ],
    ids=["byte order mark", "latin-1", "utf-8"],
)
def test_files_in_other_encodings(tmp_path: Path, content: bytes) -> None:
    """Columns are those of the text, whatever bytes it is written in."""
    syntax = run(tmp_path, content).syntax("x")

    line = 1 if content.startswith(b"\xef") else 2
    assert Span("flow.py", line, 28, line, 51) == syntax.span
    role = syntax.argument("role")
    assert role is not None
    assert Span("flow.py", line, 47, line, 50) == role.span


def test_decorators(tmp_path: Path) -> None:
    """With parentheses the call, without them the decorator; each of several is told from the others."""
    written = run(
        tmp_path,
        """
w = Workflow("w")

def plain(function):
    return function

@w.python_shell_job
def bare(run): ...

@w.python_shell_job(max_retries=1)
@plain
def called(run): ...

@(w
  .python_shell_job(
      max_retries=2))
def spread(run): ...
""",
    )

    assert [written.text(written.syntax(name).span) for name in ("bare", "called", "spread")] == [
        "w.python_shell_job",
        "w.python_shell_job(max_retries=1)",
        "w\n  .python_shell_job(\n      max_retries=2)",
    ]


@pytest.mark.parametrize(
    ("definition", "name"),
    [
        ("def load(run): ...", "load"),
        ("def  größe ( run ) : ...", "größe"),
        ("@w.python_shell_job\n@plain\ndef load(run): ...", "load"),
        ("if True:\n\tdef load(run): ...", "load"),
        ("class C:\n    def load(run): ...\nload = C.load", "load"),
        ("def other(run): ...\ndef load(run): ...", "load"),
    ],
)
def test_names_of_functions(tmp_path: Path, definition: str, name: str) -> None:
    """A function is found by its first line and its name, and its name stands after `def`."""
    body = f'w = Workflow("w")\ndef plain(f): return f\n{definition}\n'
    written = run(tmp_path, body)
    found = written.names[name]
    code = getattr(found, "function", found).__code__

    span = written.locator.file(str(written.path)).function(code.co_firstlineno, code.co_name)

    assert name == written.text(span)


@pytest.mark.parametrize(
    "definition",
    ["load = lambda run: None", "def \\\n  load(run): ...", "load = (lambda: 1)"],
)
def test_functions_whose_name_stands_elsewhere(tmp_path: Path, definition: str) -> None:
    """A lambda has no name, and one on a line of its own is not looked for."""
    written = run(tmp_path, f"{definition}\n")
    code = written.names["load"].__code__

    assert written.locator.file(str(written.path)).function(code.co_firstlineno, code.co_name) is None


def test_names_of_classes(tmp_path: Path) -> None:
    """Wherever the class stands; of two with one name it is not told which is meant."""
    body = "class A: pass\n@type\nclass  B(A):\n    class C: pass\nclass D: pass\nclass D(A): pass\n"
    (tmp_path / "flow.py").write_text(body, encoding="utf-8")
    file = Locator(tmp_path).file(str(tmp_path / "flow.py"))

    assert file.class_("A") == Span("flow.py", 1, 7, 1, 8)
    assert file.class_("B") == Span("flow.py", 3, 8, 3, 9)
    assert file.class_("C") == Span("flow.py", 4, 11, 4, 12)
    assert file.class_("D") is None
    assert file.class_("E") is None


def test_arguments_of_a_call(tmp_path: Path) -> None:
    """By keyword, or by position where there is one; None for what is not written out."""
    written = run(tmp_path, 'n = {"role": "r"}\nx = Workflow("w", description="a" "b", **n)\n')
    call = written.syntax("x")

    found = [
        call.argument("name", 0),
        call.argument("description"),
        call.argument("role"),
        call.argument("tags", 1),
        call.positional(0),
        call.positional(1),
    ]

    assert [s and written.text(s.span) for s in found] == ['"w"', '"a" "b"', None, None, '"w"', None]


def test_arguments_after_a_star(tmp_path: Path) -> None:
    """What comes before the star is known by its place; what is in it and after it is not."""
    written = run(tmp_path, 'a, b, c = (ExistingJob(n) for n in "abc")\nx = all_of(a, *[b], c)\n')
    call = written.syntax("x")

    found = [call.positional(index) for index in range(4)]

    assert [s and written.text(s.span) for s in found] == ["a", None, None, None]


@pytest.mark.parametrize(
    ("display", "elements"),
    [
        ("[a, b]", ["a", "b", None]),
        ("(a, b)", ["a", "b", None]),
        ("{a, b}", ["a", "b", None]),
        ("[*[a], b]", [None, None, None]),
        ("[a, *[b]]", ["a", None, None]),
        ("list((a, b))", [None, None, None]),
        ("[n for n in (a, b)]", [None, None, None]),
        ("a", [None, None, None]),
    ],
)
def test_elements_of_displays(tmp_path: Path, display: str, elements: list[str | None]) -> None:
    """Of lists, tuples and sets that are written out; the arguments of a call are not its elements."""
    written = run(tmp_path, f'a, b = (ExistingJob(n) for n in "ab")\nt = ExistingJob("t")\nt.z = {display}\n')
    source = written.locator.file(str(written.path))
    assert source._tree is not None  # noqa: SLF001 -- an assignment is no call that could be asked for
    assigned = Syntax(source, source._tree.body[-1].value)  # type: ignore[attr-defined]  # noqa: SLF001

    found = [assigned.element(index) for index in range(3)]

    assert elements == [s and written.text(s.span) for s in found]


@pytest.mark.parametrize(
    ("written_as", "key", "value"),
    [
        ('{"--mode": "full"}', '"--mode"', '"full"'),
        ('{"--mode": "old", "--mode": "full"}', '"--mode"', '"full"'),
        ('{**more, "--mode": "full"}', '"--mode"', '"full"'),
        ('{f"--mode": "full"}', None, None),
        ('{M: "full"}', None, None),
        ('dict({"--mode": "full"})', None, None),
        ("more", None, None),
        ('{"--mode": "x"} | more', None, None),
    ],
)
def test_keys_and_values_of_a_dict(tmp_path: Path, written_as: str, key: str | None, value: str | None) -> None:
    """Of a display that spells the key out; of two the later, which is the one that holds."""
    written = run(tmp_path, f'M = "--mode"\nmore = {{M: "full"}}\nx = ExistingJob("j").with_arguments({written_as})\n')
    argument = written.syntax("x").argument("arguments", 0)
    assert argument is not None

    found = [argument.key("--mode"), argument.value("--mode")]

    assert [key, value] == [s and written.text(s.span) for s in found]


def test_keywords_of_a_call_of_dict(tmp_path: Path) -> None:
    """`dict(env="prod")` gives values to keys that are no expressions."""
    written = run(tmp_path, 'x = Workflow("w", properties=dict(env="prod", **{}))\n')
    argument = written.syntax("x").argument("properties")
    assert argument is not None

    value = argument.value("env")

    assert value is not None
    assert written.text(value.span) == '"prod"'
    assert [argument.key("env"), argument.value("other")] == [None, None]


def test_text_is_on_one_line(tmp_path: Path) -> None:
    """What an expression says, without how it is laid out."""
    written = run(tmp_path, "x = Workflow(\n    'w',  # a name\n    role='r',\n)\n")

    assert written.syntax("x").text == "Workflow('w', role='r')"


def test_without_the_source_the_line_is_known(tmp_path: Path) -> None:
    """A file that is gone, is no Python any more, or says something else at that place has no columns to tell."""
    written = run(tmp_path, '\n\nx = Workflow("w")\n')
    site = written.names["x"].site

    def span(change: str | None) -> Span:
        if change is None:
            written.path.unlink()
        else:
            written.path.write_text(change, encoding="utf-8")
        return Locator(tmp_path).span(site)

    line = Span("flow.py", 4)
    assert [line] * 4 == [span("x = 1\n"), span("def (:\n"), span("\x00"), span(None)]
    assert line.is_line_only
    assert Locator(tmp_path).file(str(written.path)).function(4, "x") is None


def test_code_without_a_file_has_a_line(tmp_path: Path) -> None:
    """What was typed into an interpreter is shown by its made-up name."""
    names: dict[str, Any] = {}
    exec(compile('from gluedsl import *\nx = Workflow("w")\n', "<stdin>", "exec"), names)  # noqa: S102 -- the test's own

    assert Span(str(Path("<stdin>").absolute()), 2) == Locator(tmp_path).span(names["x"].site)


def test_files_are_shown_relative_to_the_base(tmp_path: Path) -> None:
    """A file below the base is shown as seen from there, any other in full."""
    locator = Locator(tmp_path / "project")

    shown = [locator.shown(str(tmp_path / "project" / "flows" / "a.py")), locator.shown(str(tmp_path / "b.py"))]

    assert ["flows/a.py", str(tmp_path / "b.py")] == shown


def test_an_interpreter_without_columns(tmp_path: Path) -> None:
    """Under `-X no_debug_ranges` the line of a call is known, and nothing crashes."""
    flow = tmp_path / "flow.py"
    flow.write_text('from gluedsl import *\n\nx = Workflow(\n  "w")\n', encoding="utf-8")
    program = f"""
import sys
sys.path.insert(0, {str(tmp_path)!r})
from pathlib import Path
from flow import x
from gluedsl.source.locate import Locator
locator = Locator(Path({str(tmp_path)!r}))
print(locator.syntax(x.site), locator.span(x.site))
"""

    run = subprocess.run(
        [sys.executable, "-B", "-X", "no_debug_ranges", "-c", program],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (run.stdout, run.stderr) == ("None Span(file='flow.py', line=3, column=1, end_line=0, end_column=0)\n", "")
