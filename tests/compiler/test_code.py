"""Which module brings a function job about: what a worker imports to find it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from gluedsl.model import FunctionCode, PropertiesClass
from tests.support.flows import HEADER, flow, write

ROOT = Path(__file__).parents[2]


TYPED = """
class Shared(RunProperties):
    env: str = "prod"

class Sales(Shared):
    rows: int
    _tries = None

    @property
    def is_test(self):
        return self.env == "test"

class Other(RunProperties):
    day: str

"""


def codes(folder: Path, body: str) -> list[FunctionCode]:
    """Return the code of the function jobs of a flow."""
    found = [job.code for job in flow(folder, body).lowered.project.jobs]
    return [code for code in found if isinstance(code, FunctionCode)]


def ran(folder: Path, code: FunctionCode) -> str:
    """Run a job as its script does, and return what it printed."""
    program = f"from gluedsl.dsl.entry import main; main({code.module!r}, {code.job!r})"
    run = subprocess.run(
        [sys.executable, "-B", "-c", program],
        cwd=folder,
        env={"PYTHONPATH": f"{code.root}:{ROOT}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.stderr == ""
    return run.stdout


def test_a_function_of_the_flow(tmp_path: Path) -> None:
    """Its own module."""
    found = codes(tmp_path, 'w = Workflow("w")\n@w.python_shell_job\ndef load(run): print("loaded")\n')

    assert found == [FunctionCode(root=str(tmp_path), module="flow", job="w-load")]
    assert ran(tmp_path, found[0]) == "loaded\n"


def test_a_function_of_another_module(tmp_path: Path) -> None:
    """A plain function that the flow makes a job of is found through the flow."""
    (tmp_path / "steps.py").write_text("def load(run): print('loaded')\n", encoding="utf-8")

    found = codes(tmp_path, 'from steps import load\nw = Workflow("w")\nw.add(w.python_shell_job(load), after=None)\n')

    assert found == [FunctionCode(root=str(tmp_path), module="flow", job="w-load")]
    assert ran(tmp_path, found[0]) == "loaded\n"


def test_a_job_of_a_factory(tmp_path: Path) -> None:
    """A helper that makes whole workflows has none at its own top level; the flow has."""
    (tmp_path / "family.py").write_text(
        HEADER
        + """
def make(region):
    w = Workflow(f"sales-{region}")
    @w.python_shell_job
    def load(run): print("loaded", region)
    return w
""",
        encoding="utf-8",
    )

    found = codes(tmp_path, "from family import make\nall_regions = [make(r) for r in ('eu', 'us')]\n")

    assert found == [
        FunctionCode(root=str(tmp_path), module="flow", job=f"sales-{region}-load") for region in ("eu", "us")
    ]
    assert [ran(tmp_path, code) for code in found] == ["loaded eu\n", "loaded us\n"]


def test_a_decorated_function(tmp_path: Path) -> None:
    """A decorator of the author's own does not hide where the function stands."""
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "__init__.py").touch()
    (tmp_path / "lib" / "retrying.py").write_text(
        """
import functools

def retrying(function):
    @functools.wraps(function)
    def wrapper(*args):
        print("trying")
        return function(*args)
    return wrapper
""",
        encoding="utf-8",
    )
    written = flow(
        tmp_path,
        """
from lib.retrying import retrying
w = Workflow("w")

@w.python_shell_job
@retrying
def load(run): print("loaded")
""",
    )
    job = written.lowered.project.jobs[0]

    assert job.code == FunctionCode(root=str(tmp_path), module="flow", job="w-load")
    assert isinstance(job.code, FunctionCode)
    assert ran(tmp_path, job.code) == "trying\nloaded\n"
    assert written.at("jobs", 0, "name") == "load"


def test_a_function_of_a_package(tmp_path: Path) -> None:
    """Its dotted name, from the folder that no package holds."""
    write(tmp_path, 'w = Workflow("w")\n@w.python_shell_job\ndef load(run): print("loaded")\n', "team/__init__.py")

    found = codes(tmp_path, "from team import w\n")

    assert found == [FunctionCode(root=str(tmp_path), module="team", job="w-load")]
    assert ran(tmp_path, found[0]) == "loaded\n"


def test_a_job_that_another_flow_starts(tmp_path: Path) -> None:
    """It is shipped from where it was made, also when it is only started with arguments there."""
    write(tmp_path, 'base = Workflow("base")\n@base.python_shell_job\ndef load(run): print("loaded")\n', "base.py")

    found = codes(tmp_path, 'from base import load\nw = Workflow("w")\nw.add(load.with_arguments({"--a": "b"}))\n')

    assert found == [FunctionCode(root=str(tmp_path), module="base", job="base-load")]
    assert ran(tmp_path, found[0]) == "loaded\n"


def test_a_flow_that_is_the_program(tmp_path: Path) -> None:
    """A script that is being run is imported by its file's name on a worker."""
    file = write(
        tmp_path,
        """
w = Workflow("w", role="r")

@w.python_shell_job
def load(run): print("loaded")

if __name__ == "__main__":
    from gluedsl.compiler import compile_workflows
    print(compile_workflows(w).project.jobs[0].code)
""",
    )

    run = subprocess.run(
        [sys.executable, "-B", str(file)],
        env={"PYTHONPATH": str(ROOT)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    code = FunctionCode(root=str(tmp_path), module="flow", job="w-load")
    assert (run.stdout, run.stderr) == (f"{code}\n", "")
    assert ran(tmp_path, code) == "loaded\n"


def test_a_class_of_run_properties(tmp_path: Path) -> None:
    """What it declares or inherits, what else the author gave it, and where its name stands."""
    written = flow(tmp_path, TYPED + 'w = Workflow("w", properties=Sales)\n@w.python_shell_job\ndef load(run): ...\n')
    code = written.lowered.project.jobs[0].code

    assert isinstance(code, FunctionCode)
    assert code.properties == PropertiesClass(
        name="Sales", declared=("env", "rows"), others=("_tries", "is_test"), kinds=("str", "int")
    )
    assert written.has(("jobs", 0, "code", "properties"))
    assert written.at("jobs", 0, "code", "properties") == "Sales"


def test_the_class_is_that_of_the_workflow_that_made_the_job(tmp_path: Path) -> None:
    """As it is when the job runs, whichever workflow starts it: of each job that one function is made."""
    written = """
def load(run): ...

sales, other, plain = Workflow("s", properties=Sales), Workflow("o", properties=Other), Workflow("p", properties={})
one = sales.python_shell_job(name="one")(load)
two = other.python_shell_job(name="two")(load)
three = plain.python_shell_job(name="three")(load)
other.add(one)
"""

    found = codes(tmp_path, TYPED + written)

    assert [(code.job, code.properties and code.properties.name) for code in found] == [
        ("one", "Sales"),
        ("two", "Other"),
        ("three", None),
    ]


def test_a_class_that_takes_any_name(tmp_path: Path) -> None:
    """One that answers for its attributes itself is as good as none; gluedsl's own is in no file of the author's."""
    any_name = """
class Any(Sales):
    def __getattr__(self, name): return ""

w, x = Workflow("w", properties=Any), Workflow("x", properties=RunProperties)
@w.python_shell_job
def load(run): ...
@x.python_shell_job
def report(run): ...
"""
    written = flow(tmp_path, TYPED + any_name)
    found = [job.code for job in written.lowered.project.jobs if isinstance(job.code, FunctionCode)]

    assert [code.properties for code in found] == [None, PropertiesClass(name="RunProperties", declared=())]
    assert [code.takes_any_property for code in found] == [True, False]
    assert not written.has(("jobs", 1, "code", "properties"))


def test_classes_of_one_name(tmp_path: Path) -> None:
    """Which of them it is, is not told by the name."""
    twice = TYPED.replace("class Other", "class Sales")

    written = flow(tmp_path, twice + 'w = Workflow("w", properties=Sales)\n@w.python_shell_job\ndef load(run): ...\n')

    assert not written.has(("jobs", 0, "code", "properties"))
