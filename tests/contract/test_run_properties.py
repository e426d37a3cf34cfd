"""Which run properties code reads and writes."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from gluedsl.contract import read_contracts
from gluedsl.model import FunctionCode, Origins, Project
from gluedsl.source.locate import Locator
from gluedsl.source.span import Span
from tests.support.contracts import function, script, shell, shown

if TYPE_CHECKING:
    from pathlib import Path

HEAD = """\
import boto3
glue, run = boto3.client("glue"), {"Name": workflow, "RunId": run_id}
props = glue.get_workflow_run_properties(**run)["RunProperties"]
"""
JOB = "from gluedsl import Workflow\n\nflow = Workflow('flow')\n\n\n@flow.python_shell_job\ndef load(run):\n"

READS = {
    "at once": (
        'boto3.client("glue").get_workflow_run_properties(Name=w, RunId=r)["RunProperties"]["a"]',
        'read a 4 "a"',
    ),
    "without failing": (
        'glue.get_workflow_run_properties(**run).get("RunProperties", {}).get("a", "1")',
        'read a 4 "a" optional',
    ),
    "of the run": ('glue.get_workflow_run(Name=w, RunId=r)["Run"]["WorkflowRunProperties"]["a"]', 'read a 4 "a"'),
    "through variables": ('again = props\nvalue = again["a"]', 'read a 5 "a"'),
    "by a constant": ('KEY = "a"\nprops[KEY]\nprops[KEY + "b"]', 'read a 5 KEY\nread ab 6 KEY + "b"'),
    "in a loop": ('for key in ("a", "b"):\n    props[key]', 'read a 4 "a" perhaps\nread b 4 "b" perhaps'),
    "in a comprehension": ('[props[key] for key in ["a", "b"]]', 'read a 4 "a" perhaps\nread b 4 "b" perhaps'),
    "if it is there": ('if "a" in props:\n    props["a"]', 'read a 5 "a" perhaps'),
    "or it is not": ('props.get("a") or props["b"]', 'read a 4 "a" optional\nread b 4 "b" perhaps'),
    "caught": ('try:\n    props["a"]\nexcept KeyError:\n    pass', 'read a 5 "a" perhaps'),
    "caught by nobody": ('try:\n    props["a"]\nfinally:\n    pass', 'read a 5 "a"'),
    "twice": ('props.get("a")\nif props:\n    props["a"]\nprops["a"]\nprops["a"]', 'read a 7 "a"'),
    "by a function": (
        'def read(properties, key):\n    return properties[key]\n\nread(props, "a")\nread(key="b", properties=props)',
        'read a 7 "a"\nread b 8 "b"',
    ),
    "by a lambda": ('read = lambda key: props[key]\nread("a")', 'read a 5 "a"'),
    "by a method": (
        """\
        class Run:
            def __init__(self, properties):
                self.properties = properties

            @classmethod
            def of(cls, client):
                return cls(client.get_workflow_run_properties(**run)["RunProperties"])

            @staticmethod
            def key():
                return "b"

            def first(self):
                return self.properties["a"]

        here = Run.of(glue)
        here.first()
        here.properties[Run.key()]
        """,
        'read a 17 "a"\nread b 21 Run.key()',
    ),
    "by members of an enumeration": (
        'from enum import Enum\nclass Key(str, Enum):\n    A = "a"\n\nprops[Key.A]\nprops[Key.A.value + "b"]',
        'read a 8 Key.A\nread ab 9 Key.A.value + "b"',
    ),
    "by one of many keys": (f"for key in {[f'k{n}' for n in range(100)]}:\n    props[key]", "more reads"),
    "by an object": (
        """\
        from dataclasses import dataclass

        @dataclass
        class Context:
            properties: dict
            mode: str = "full"

        context = Context(props, mode="fast")
        context.properties["a"]
        """,
        'read a 12 "a"',
    ),
    "from a dict of dicts": ('state = {"run": props}\nstate["run"]["a"]', 'read a 5 "a"'),
    "from a tuple": ("one, (two, _) = 1, (props, 2)\ntwo['a']", "read a 5 'a'"),
    "from one of two": ('found = props if glue else {}\nfound["a"]', 'read a 5 "a" perhaps'),
    "in a match": ('match glue:\n    case None:\n        props["a"]', 'read a 6 "a" perhaps'),
    "what was set before": ('props["a"] = "1"\nprops["a"]', ""),
    "all of them": ("for key, value in props.items():\n    print(key, value)", "more reads"),
    "all of them as text": ('print(f"{props}")', "more reads"),
    "by a key that nobody knows": ("props[input()]", "more reads"),
    "not at all": ("mine = {'a': 1}\nmine['a']\nmine['b']", ""),
}

WRITES = {
    "a dict": (
        'glue.put_workflow_run_properties(**run, RunProperties={"a": "1", "b": str(2)})',
        'write a 4 "a"\nwrite b 4 "b"',
    ),
    "a call of dict": ('glue.put_workflow_run_properties(**run, RunProperties=dict(a="1"))', 'write a 4 a="1"'),
    "a dict that grows": (
        (
            'new = {}\nnew["a"] = "1"\nif run:\n    new["b"] = "2"\n'
            "glue.put_workflow_run_properties(**run, RunProperties=new)"
        ),
        'write a 5 "a"\nwrite b 7 "b" perhaps',
    ),
    "a whole request": (
        'glue.put_workflow_run_properties(**{**run, "RunProperties": {"a": "1"}})',
        'write a 4 "a"',
    ),
    "through a function": (
        (
            "def put(key, value):\n    glue.put_workflow_run_properties(**run, RunProperties={key: value})\n\n"
            'put("a", "1")\nput("b", "2")'
        ),
        'write a 7 "a"\nwrite b 8 "b"',
    ),
    "through keywords": (
        "def put(**values):\n    glue.put_workflow_run_properties(**run, RunProperties=values)\n\nput(a='1')",
        "write a 7 put(a='1')",
    ),
    "through a variable": (
        'put = glue.put_workflow_run_properties\nput(**run, RunProperties={"a": "1"})',
        'write a 5 "a"',
    ),
    "to another workflow at home": (
        'glue.put_workflow_run_properties(Name=args.get("name", "dev"), RunId=r, RunProperties={"a": "1"})',
        'write a 4 "a"',
    ),
    "by a subclass of a thread": (
        (
            "import threading\n\nclass Work(threading.Thread):\n    def run(self):\n"
            '        glue.put_workflow_run_properties(**run, RunProperties={"a": "1"})\n\nWork().start()'
        ),
        'write a 8 "a" perhaps',
    ),
    "by a thread": (
        (
            'import threading\n\ndef work():\n    glue.put_workflow_run_properties(**run, RunProperties={"a": "1"})\n\n'
            "threading.Thread(target=work).start()"
        ),
        'write a 7 "a" perhaps',
    ),
    "keys that nobody knows": (
        'glue.put_workflow_run_properties(**run, RunProperties={"a": "1", input(): "2"})',
        'write a 4 "a"\nmore writes',
    ),
    "a dict that nobody knows": ("glue.put_workflow_run_properties(**run, RunProperties=make())", "more writes"),
    "what is no string": (
        'glue.put_workflow_run_properties(**run, RunProperties={"a": 1, "b": ["x"], "c": len("x") + 1, "d": str(1)})',
        (
            'write a 4 "a"\nwrite b 4 "b"\nwrite c 4 "c"\nwrite d 4 "d"\n'
            'unencoded a 4 "a"\nunencoded b 4 "b"\nunencoded c 4 "c"'
        ),
    ),
    "the documented idiom": (
        'props["a"] = props["b"]\nglue.put_workflow_run_properties(**run, RunProperties=props)',
        'read b 4 "b"\nwrite a 4 "a"\nputs all 5 props a',
    ),
    "a changed copy": (
        'new = dict(props)\nnew.update({"a": "1"}, b="2")\nglue.put_workflow_run_properties(**run, RunProperties=new)',
        'write a 5 "a"\nwrite b 5 b="2"\nputs all 6 new a,b',
    ),
    "a display around it": (
        'glue.put_workflow_run_properties(**run, RunProperties={**props, "a": "1"})',
        'write a 4 "a"\nputs all 4 {**props, "a": "1"} a',
    ),
    "a union": (
        'glue.put_workflow_run_properties(**run, RunProperties=props | {"a": "1"})',
        'write a 4 "a"\nputs all 4 props | {"a": "1"} a',
    ),
    "the same name for another dict": (
        'print(props["a"])\nprops = {"b": "1"}\nglue.put_workflow_run_properties(**run, RunProperties=props)',
        'read a 4 "a"\nwrite b 5 "b"',
    ),
    "less than was read": (
        'props.pop("a", None)\ndel props["b"]\nglue.put_workflow_run_properties(**run, RunProperties=props)',
        'read a 4 "a" optional\nputs all 6 props \ndeletes a 4 "a"\ndeletes b 5 "b"',
    ),
}

BODIES = {
    "typed": (
        "run.properties.a = run.properties.b\nrun.properties.c += 1",
        "read b 8 b\nread c 9 c\nwrite a 8 a\nwrite c 9 c",
    ),
    "plain": (
        'run.properties["a"] = run.properties["b"]\nrun.properties.get("c")\nrun.properties.setdefault("d", "1")',
        'read b 8 "b"\nread c 9 "c" optional\nread d 10 "d" optional\nwrite a 8 "a"\nwrite d 10 "d" perhaps',
    ),
    "several": (
        'run.properties.update({"a": "1"}, b="2")',
        'write a 8 "a"\nwrite b 8 b="2"',
    ),
    "by name": (
        (
            'for name in ("a", "b"):\n    setattr(run.properties, name, 1)\n'
            'getattr(run.properties, "c")\ngetattr(run.properties, "d", None)'
        ),
        'read c 10 "c"\nread d 11 "d" optional\nwrite a 8 "a" perhaps\nwrite b 8 "b" perhaps',
    ),
    "no string": ('run.properties["a"] = 42\nrun.properties.b = 42', 'write a 8 "a"\nwrite b 9 b\nunencoded a 8 "a"'),
    "deleted": (
        'del run.properties["a"]\ndel run.properties.b\nrun.properties.pop("c", None)\nrun.properties.clear()',
        (
            'read c 10 "c" optional\ndeletes a 8 "a" refused\ndeletes b 9 b refused\ndeletes c 10 "c" refused\n'
            "deletes  11 run.properties.clear() refused"
        ),
    ),
    "through a variable": ("found = run.properties\nfound.a = 1", "write a 9 a"),
    "all": ("print(dict(run.properties))", "more reads"),
    "none": ("print(run.workflow_name, run.arguments)", ""),
    "by boto3": (
        (
            'import boto3\nboto3.client("glue").put_workflow_run_properties(Name=run.workflow_name, RunId=run.run_id,'
            ' RunProperties={"a": "1"})'
        ),
        'write a 9 "a"',
    ),
}


@pytest.mark.parametrize(("code", "expected"), READS.values(), ids=READS)
def test_reads_of_scripts(code: str, expected: str, tmp_path: Path) -> None:
    """Each key once, at the first place that needs it."""
    settings = {"kind": "glueetl", "glue_version": "5.0", "python_version": "3"}
    assert expected == shown(script(tmp_path, HEAD + dedent(code), **settings), tmp_path)


@pytest.mark.parametrize(("code", "expected"), WRITES.values(), ids=WRITES)
def test_writes_of_scripts(code: str, expected: str, tmp_path: Path) -> None:
    """Each key at the place that says it."""
    assert expected == shown(script(tmp_path, HEAD + code), tmp_path)


@pytest.mark.parametrize(("body", "expected"), BODIES.values(), ids=BODIES)
def test_functions(body: str, expected: str, tmp_path: Path) -> None:
    """Through the properties of the run that a function job is called with, of a class that has both ways to them."""
    lines = "".join(f"    {line}\n" for line in body.splitlines())

    assert expected == shown(function(tmp_path, JOB + lines, takes_any_property=True), tmp_path)


MODULE = """
    from gluedsl import Workflow
    from helpers import publish

    flow = Workflow("flow")
    ROWS = "rows"


    @flow.python_shell_job
    def load(run):
        count(run.properties, 3)
        publish(run)


    @flow.python_shell_job
    def report(run):
        print(run.properties["report"])
        load(run)


    def count(properties, rows):
        properties[ROWS] = str(rows)
"""


def test_functions_of_one_module_keep_their_own(tmp_path: Path) -> None:
    """What a function calls is its own as well, in this module and in those beside it; nothing else is."""
    (tmp_path / "helpers.py").write_text('def publish(run):\n    run.properties["published"] = "yes"\n')
    called = 'write rows 21 ROWS\nwrite published helpers.py:2 "published"'

    assert called == shown(function(tmp_path, MODULE), tmp_path)
    assert f'read report 16 "report"\n{called}' == shown(function(tmp_path, MODULE, "report"), tmp_path)


def test_modules_of_a_package(tmp_path: Path) -> None:
    """Relative imports, submodules, and names of a package's own."""
    package = tmp_path / "steps"
    package.mkdir()
    (package / "__init__.py").write_text("from .keys import KEY\n")
    (package / "keys.py").write_text('KEY = "a"\n')
    (package / "write.py").write_text("from . import KEY\n\n\ndef write(run):\n    run.properties[KEY] = '1'\n")
    code = """
        import steps.write
        from steps import write as again


        def load(run):
            steps.write.write(run)
            again.write(run)
            run.properties[steps.keys.KEY + "b"] = "2"
    """

    assert shown(function(tmp_path, code), tmp_path) == 'write ab 8 steps.keys.KEY + "b"\nwrite a steps/write.py:5 KEY'


def test_modules_that_import_one_another(tmp_path: Path) -> None:
    """The second finds the first as far as it has come."""
    (tmp_path / "one.py").write_text("import two\n\n\ndef write(run):\n    two.put(run, 'a')\n")
    (tmp_path / "two.py").write_text("import one\n\n\ndef put(run, key):\n    run.properties[key] = '1'\n")

    assert (
        shown(function(tmp_path, "import one\n\ndef load(run):\n    one.write(run)\n"), tmp_path)
        == "write a one.py:5 'a'"
    )


def test_functions_that_call_one_another(tmp_path: Path) -> None:
    """A circle is followed once."""
    code = """
        def load(run, left=3):
            run.properties["a"] = "1"
            again(run.properties, left)


        def again(properties, left):
            if left:
                properties["b"] = "2"
                again(None, left - 1)
    """

    assert shown(function(tmp_path, code), tmp_path) == 'write a 2 "a"\nwrite b 8 "b" perhaps'


SHARED = """
    found = {}
    keys = ["common"]
    state = None


    def one(run):
        global state
        state = "one"
        found["a"] = "1"
        keys.append("one")
        run.properties.update(found)


    def two(run):
        for key in keys:
            run.properties[key] = "2"
        if state:
            run.properties[state] = "2"
        run.properties.update(found)
"""


def test_functions_do_not_find_what_others_change(tmp_path: Path) -> None:
    """Each begins with what the top level of its module has left."""
    file = tmp_path / "flow.py"
    file.write_text(dedent(SHARED))
    code = FunctionCode(root=str(tmp_path), module="flow", job="any")
    jobs = (shell(code, name="one"), shell(code, name="two"))
    places: dict[tuple[str | int, ...], Span] = {
        ("jobs", 0, "code"): Span("flow.py", 7),
        ("jobs", 1, "code"): Span("flow.py", 15),
    }

    found = read_contracts(Project(jobs=jobs), Origins(places), Locator(tmp_path))

    assert [one.name for one in found["one"].writes] == ["a"]
    assert [one.name for one in found["two"].writes] == ["common"]


def test_decorators_of_the_author_see_the_run(tmp_path: Path) -> None:
    """What they do with it is not followed."""
    code = """
        @flow.python_shell_job
        @reporting
        def load(run):
            run.properties["a"] = "1"
    """

    assert shown(function(tmp_path, code), tmp_path) == 'more reads\nwrite a 4 "a"\nmore writes'
