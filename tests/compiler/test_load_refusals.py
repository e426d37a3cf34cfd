"""What cannot be loaded: one message with a place, and never a traceback."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from gluedsl.compiler.load import load
from gluedsl.errors import GluedslError, LoadError, UsageError
from gluedsl.source.locate import Locator
from tests.support.flows import write

if TYPE_CHECKING:
    from pathlib import Path

TOP_LEVEL = 'a flow file has a `Workflow("name")` at its top level'


def refusal(folder: Path, path: str) -> tuple[type[GluedslError], str, str]:
    """Return how a path below the folder is refused, which is shown as seen from the folder."""
    with pytest.raises(GluedslError) as raised:
        load(path, Locator(folder))
    assert raised.value.exit_code == 2
    kind = LoadError if isinstance(raised.value, LoadError) else type(raised.value)
    return kind, raised.value.message.replace(str(folder), "FOLDER"), raised.value.hint


def test_all_that_cannot_be_loaded(tmp_path: Path) -> None:
    """Every file of a folder that fails is named, and what several import only once."""
    write(tmp_path, "import broken\na = Workflow('a')\n", "a.py")
    write(tmp_path, "Workflow('b', start='daily')\n", "b.py")
    write(tmp_path, "x = 1 / 0\nWorkflow('c')\n", "broken.py")
    write(tmp_path, "d = Workflow('d')\n", "d.py")

    kind, message, hint = refusal(tmp_path, str(tmp_path))

    assert (kind, hint) == (LoadError, "")
    assert message == (
        "2 modules cannot be imported: broken.py:2: ZeroDivisionError: division by zero; b.py:2: start= takes "
        "cron(...), daily(...), weekly(...), hourly(...), on_event() or on_demand(), not 'daily' (str)"
    )


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("x = (\n", "flow.py:2:5: '(' was never closed"),
        ("if True:\nx = 1\n", "flow.py:3:1: expected an indented block after 'if' statement on line 2"),
        ("if True:\n\tx = 1\n        y = 2\n", "flow.py:4:1: inconsistent use of tabs and spaces in indentation"),
        ("import no_such_module\n", "flow.py:2: ModuleNotFoundError: No module named 'no_such_module'"),
        (
            "from json import lods\n",
            "flow.py:2: ImportError: cannot import name 'lods' from 'json' (PYTHON/json/__init__.py)",
        ),
        ("x = 1 / 0\n", "flow.py:2: ZeroDivisionError: division by zero"),
        ("def f():\n    raise RuntimeError('a\\n  b')\nf()\n", "flow.py:3: RuntimeError: a b"),
        ("raise RuntimeError\n", "flow.py:2: RuntimeError"),
        ("raise BaseException('odd')\n", "flow.py:2: BaseException: odd"),
        (
            "import json\njson.loads('{')\n",
            ("flow.py:3: JSONDecodeError: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"),
        ),
        ("import sys\nsys.exit()\n", "flow.py:3: the module exits when it is imported (status 0)"),
        ("raise SystemExit(3)\n", "flow.py:2: the module exits when it is imported (status 3)"),
        ("raise SystemExit('no\\nsettings')\n", "flow.py:2: the module exits when it is imported: no settings"),
        ("eval('1 +')\n", "flow.py:2: invalid syntax"),
        ("def f(): f()\nf()\n", "flow.py:2: RecursionError: maximum recursion depth exceeded"),
        ("int(x=1)\n", "flow.py:2: TypeError: 'x' is an invalid keyword argument for int()"),
    ],
    ids=[
        "syntax",
        "no indentation",
        "tabs",
        "missing module",
        "missing name",
        "raises",
        "raises in a function",
        "raises without a text",
        "raises what is no Exception",
        "raises in Python's own code",
        "exits",
        "exits with a status",
        "exits with a text",
        "evaluates no Python",
        "never ends",
        "argument of a builtin",
    ],
)
def test_a_module_that_fails(tmp_path: Path, body: str, message: str) -> None:
    """The innermost line of the author's own is named, with what went wrong there."""
    kind, said, hint = refusal(tmp_path, str(write(tmp_path, body)))

    said = said.replace(json.__file__.removesuffix("/json/__init__.py"), "PYTHON")
    assert (kind, said, hint) == (LoadError, message, "")


def test_a_module_that_is_nested_too_deeply(tmp_path: Path) -> None:
    """Python gives up on it, in words that differ by version, and gluedsl does not."""
    kind, said, _ = refusal(tmp_path, str(write(tmp_path, "x = " + "-" * 100_000 + "1\n")))

    assert (kind, said.partition("Error")[0]) == (LoadError, "flow.py: Memory")


def test_a_misuse_of_gluedsl(tmp_path: Path) -> None:
    """It is told at the author's line with its hint, as if it were Python's own."""
    file = write(tmp_path, 'w = Workflow("w")\njob = SparkJob(\n    "x",\n    script="x.py",\n    worker=2,\n)\n')

    assert refusal(tmp_path, str(file)) == (
        LoadError,
        "flow.py:3: SparkJob takes no argument `worker`",
        "did you mean `workers`?",
    )


def test_a_misuse_in_a_helper(tmp_path: Path) -> None:
    """The author's helper is where gluedsl is called."""
    (tmp_path / "helper.py").write_text(
        "from gluedsl import Crawler\n\ndef make():\n    return Crawler('')\n", encoding="utf-8"
    )
    file = write(tmp_path, "import helper\nhelper.make()\n")

    assert refusal(tmp_path, str(file))[1] == "helper.py:4: Crawler needs `targets=`"


@pytest.mark.parametrize(
    ("beside", "message"),
    [
        ("x = (\n", "beside.py:1:5: '(' was never closed"),
        ("import no_such_module\n", "beside.py:1: ModuleNotFoundError: No module named 'no_such_module'"),
    ],
)
def test_an_import_that_fails(tmp_path: Path, beside: str, message: str) -> None:
    """The file that is wrong is named, not the one that imports it."""
    (tmp_path / "beside.py").write_text(beside, encoding="utf-8")

    assert refusal(tmp_path, str(write(tmp_path, "import beside\n"))) == (LoadError, message, "")


def test_a_package_that_fails(tmp_path: Path) -> None:
    """A flow in a package is imported after it."""
    file = write(tmp_path, 'w = Workflow("w")\n', "team/flow.py")
    (tmp_path / "team" / "__init__.py").write_text("raise RuntimeError('no')\n", encoding="utf-8")

    assert refusal(tmp_path, str(file)) == (LoadError, "team/__init__.py:1: RuntimeError: no", "")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"x = 1\0\n", "flow.py: source code string cannot contain null bytes"),
        (b"# coding: no-such-codec\n", "flow.py: unknown encoding: no-such-codec"),
        (b"", "flow.py defines no workflow"),
        (b"x = 1\n", "flow.py defines no workflow"),
        (b"from gluedsl import Workflow\n", "flow.py defines no workflow"),
        (b"from gluedsl import Workflow\nw = {Workflow('w')}\n", "flow.py defines no workflow"),
    ],
)
def test_files_that_are_none(tmp_path: Path, content: bytes, message: str) -> None:
    """What is no Python text, and what declares nothing."""
    (tmp_path / "flow.py").write_bytes(content)

    said = refusal(tmp_path, str(tmp_path / "flow.py"))

    is_empty = "defines" in message
    assert said == (UsageError if is_empty else LoadError, message, TOP_LEVEL if is_empty else "")


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    """Where no encoding is named it is UTF-8; versions of Python differ in the column."""
    (tmp_path / "flow.py").write_bytes(b"\xff\xfe")

    kind, said, _ = refusal(tmp_path, str(tmp_path / "flow.py"))

    assert (kind, said.replace("1:2", "1:1")) == (
        LoadError,
        "flow.py:1:1: (unicode error) 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte",
    )


def test_paths_that_are_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a file, nor a folder, nor a module."""
    monkeypatch.chdir(tmp_path)

    for path in ("flow.py", "no/such/folder", "no.such.module", "nothing", "a b", "-"):
        assert refusal(tmp_path, path) == (UsageError, f"no file, folder or module {path}", "")


def test_a_file_that_is_no_python(tmp_path: Path) -> None:
    """A template, or a script in another language."""
    (tmp_path / "template.json").write_text("{}", encoding="utf-8")

    assert refusal(tmp_path, str(tmp_path / "template.json")) == (
        UsageError,
        "template.json is not a Python file",
        "",
    )


def test_a_name_that_python_cannot_import(tmp_path: Path) -> None:
    """A job of it could not be imported on a worker."""
    write(tmp_path, 'w = Workflow("w")\n', "flow.v2.py")

    assert refusal(tmp_path, str(tmp_path / "flow.v2.py")) == (
        LoadError,
        "flow.v2.py cannot be imported",
        "Python imports files whose names end in .py and have no other dot",
    )


def test_folders_without_flows(tmp_path: Path) -> None:
    """Empty, or with Python of another kind."""
    hint = 'a flow file imports gluedsl and has a `Workflow("name")` at its top level'

    assert refusal(tmp_path, str(tmp_path)) == (UsageError, "no flow file in FOLDER", hint)
    (tmp_path / "job.py").write_text("print('hello')\n", encoding="utf-8")
    assert refusal(tmp_path, str(tmp_path)) == (UsageError, "no flow file in FOLDER", hint)


def test_a_folder_whose_flows_declare_nothing(tmp_path: Path) -> None:
    """Workflows are made, but none is at the top level."""
    for name in ("a.py", "b.py"):
        write(tmp_path, "def make():\n    return Workflow('w')\n", name)

    assert refusal(tmp_path, str(tmp_path)) == (UsageError, "FOLDER defines no workflow", TOP_LEVEL)


def test_one_bad_file_of_a_folder(tmp_path: Path) -> None:
    """A file that speaks of workflows and is no Python is not passed over."""
    write(tmp_path, 'w = Workflow("w")\n', "a.py")
    write(tmp_path, "w = Workflow(\n", "b.py")

    assert refusal(tmp_path, str(tmp_path)) == (LoadError, "b.py:2:13: '(' was never closed", "")


def test_an_interrupt_is_no_finding(tmp_path: Path) -> None:
    """Whoever stops a command stops it."""
    file = write(tmp_path, "raise KeyboardInterrupt\n")

    with pytest.raises(KeyboardInterrupt):
        load(str(file), Locator(tmp_path))


def test_a_path_that_is_too_long(tmp_path: Path) -> None:
    """The file system's own limit is told in one line."""
    name = "x" * 300

    assert refusal(tmp_path, str(tmp_path / name)) == (
        UsageError,
        f"FOLDER/{name} cannot be read: File name too long",
        "",
    )
