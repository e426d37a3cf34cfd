"""From a path to the workflows that are written there."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from gluedsl.compiler.code import FlowModule
from gluedsl.compiler.load import Flow, load
from gluedsl.errors import LoadError
from gluedsl.source.locate import Locator
from tests.support.flows import write

if TYPE_CHECKING:
    from pathlib import Path

    from gluedsl.dsl.outcomes import Node

ONE = 'w = Workflow("w")\n'


def loaded(folder: Path, path: Path | str) -> Flow:
    """Load a path."""
    return load(str(path), Locator(folder))


def names(flow: Flow) -> list[str]:
    """Return the names of the workflows of a flow."""
    return [workflow.name for workflow in flow.workflows]


def node_names(nodes: tuple[Node, ...]) -> list[str | None]:
    """Return the names of nodes."""
    return [node.name for node in nodes]


def test_a_file(tmp_path: Path) -> None:
    """Its workflows, and the jobs and crawlers at its top level."""
    file = write(tmp_path, ONE + 'a = SparkJob("a", script="a.py")\nb = w.add(ExistingJob("b"))\n')

    flow = loaded(tmp_path, file)

    assert names(flow) == ["w"]
    assert node_names(flow.nodes) == ["a", "b"]
    assert flow.modules == (FlowModule(path=file, root=tmp_path, name="flow"),)
    assert flow.homes[id(flow.workflows[0])] == flow.modules[0]


def test_workflows_in_lists_tuples_and_dicts(tmp_path: Path) -> None:
    """So that a loop can make a family of them."""
    file = write(
        tmp_path,
        """
        regions = [Workflow(f"sales-{region}") for region in ("eu", "us")]
        teams = {"a": (Workflow("a"),), "b": {"c": [Workflow("c")]}}
        main = regions[0]
        """,
    )

    assert names(loaded(tmp_path, file)) == ["sales-eu", "sales-us", "a", "c"]


def test_a_folder(tmp_path: Path) -> None:
    """Every flow file below it, in the order of their paths."""
    for name in ("b/flow.py", "a/flow.py", "a/nested/deep.py", "top.py"):
        write(tmp_path, f'w = Workflow("{name}")\n', name)

    flow = loaded(tmp_path, tmp_path)

    assert names(flow) == ["top.py", "a/flow.py", "a/nested/deep.py", "b/flow.py"]
    assert [module.name for module in flow.modules] == ["top", "flow", "deep", "flow"]


@pytest.mark.parametrize(
    "name",
    [
        "test_flow.py",
        "conftest.py",
        ".hidden.py",
        ".git/flow.py",
        "__pycache__/flow.py",
        "node_modules/flow.py",
        "cdk.out/flow.py",
        "venv/flow.py",
        "flow.txt",
    ],
)
def test_a_folder_leaves_out(tmp_path: Path, name: str) -> None:
    """Tests, hidden files, environments, and what other tools put there."""
    write(tmp_path, ONE)
    write(tmp_path, "raise RuntimeError\nWorkflow('x')\n", name)
    (tmp_path / "venv").mkdir(exist_ok=True)
    (tmp_path / "venv" / "pyvenv.cfg").touch()

    assert names(loaded(tmp_path, tmp_path)) == ["w"]


@pytest.mark.parametrize(
    "text",
    [
        "raise RuntimeError('executed')\n",
        "# gluedsl starts this job of the Workflow\nraise RuntimeError('executed')\n",
        "import gluedsl\nraise RuntimeError('a Workflow is spoken of, but not made')\n",
        "from gluedsl.worker import run\nWORKFLOW = 'Workflow'\nraise RuntimeError\n",
        "def Workflow(name): ...\nWorkflow('x')\nraise RuntimeError('no gluedsl')\n",
    ],
)
def test_a_job_script_in_a_folder_is_not_executed(tmp_path: Path, text: str) -> None:
    """Only what imports gluedsl and makes a workflow is a flow file; that is read, not run."""
    write(tmp_path, ONE)
    (tmp_path / "jobs").mkdir()
    (tmp_path / "jobs" / "job.py").write_text(text, encoding="utf-8")

    assert names(loaded(tmp_path, tmp_path)) == ["w"]


def test_a_dangling_link_is_no_flow(tmp_path: Path) -> None:
    """An editor's lock of a file, for one."""
    write(tmp_path, ONE)
    (tmp_path / ".#flow.py").symlink_to("nobody@nowhere.1")

    assert names(loaded(tmp_path, tmp_path)) == ["w"]


def test_a_module_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A module or a package below the working directory, or on Python's path."""
    write(tmp_path, ONE, "here/flows/sales.py")
    write(tmp_path, 'w = Workflow("package")\n', "here/team/__init__.py")
    write(tmp_path, 'w = Workflow("elsewhere")\n', "there/elsewhere.py")
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.syspath_prepend(str(tmp_path / "there"))

    flows = [loaded(tmp_path, name) for name in ("flows.sales", "team", "elsewhere")]

    assert [names(flow) for flow in flows] == [["w"], ["package"], ["elsewhere"]]
    assert [flow.modules[0].name for flow in flows] == ["sales", "team", "elsewhere"]


def test_what_lies_beside_a_flow_can_be_imported(tmp_path: Path) -> None:
    """Modules, packages, and packages without `__init__.py`."""
    (tmp_path / "names.py").write_text('PREFIX = "sales"\n', encoding="utf-8")
    (tmp_path / "package").mkdir()
    (tmp_path / "package" / "__init__.py").write_text("from package.inner import SUFFIX\n", encoding="utf-8")
    (tmp_path / "package" / "inner.py").write_text('SUFFIX = "eu"\n', encoding="utf-8")
    (tmp_path / "plain").mkdir()
    (tmp_path / "plain" / "number.py").write_text("NUMBER = 5\n", encoding="utf-8")
    file = write(
        tmp_path,
        """
        from names import PREFIX
        from package import SUFFIX
        from plain.number import NUMBER
        w = Workflow(f"{PREFIX}-{SUFFIX}-{NUMBER}")
        """,
    )

    assert names(loaded(tmp_path, file)) == ["sales-eu-5"]


def test_a_flow_in_a_package(tmp_path: Path) -> None:
    """It is imported under its dotted name, after its packages, and relative imports work."""
    file = write(
        tmp_path,
        'from .names import NAME\nfrom . import __doc__ as doc\nw = Workflow(f"{NAME} {doc} {__name__}")\n',
        "team/flows/sales.py",
    )
    (tmp_path / "team" / "__init__.py").write_text("from team.flows.sales import w\n", encoding="utf-8")
    (tmp_path / "team" / "flows" / "__init__.py").write_text('"""Flows."""\n', encoding="utf-8")
    (tmp_path / "team" / "flows" / "names.py").write_text('NAME = "n"\n', encoding="utf-8")

    flow = loaded(tmp_path, file)

    assert names(flow) == ["n Flows. team.flows.sales"]
    assert flow.modules == (FlowModule(path=file, root=tmp_path, name="team.flows.sales"),)


def test_a_package_as_a_flow(tmp_path: Path) -> None:
    """An `__init__.py` is the package that it makes."""
    file = write(tmp_path, ONE, "team/__init__.py")

    assert loaded(tmp_path, file).modules == (FlowModule(path=file, root=tmp_path, name="team"),)


def test_two_files_of_one_name(tmp_path: Path) -> None:
    """Each is a module of its own, with what lies beside it."""
    for team in ("a", "b"):
        write(tmp_path, "from names import NAME\nw = Workflow(NAME)\n", f"{team}/flow.py")
        (tmp_path / team / "names.py").write_text(f'NAME = "{team}"\n', encoding="utf-8")

    assert names(loaded(tmp_path, tmp_path)) == ["a", "b"]


def test_a_workflow_of_two_modules_is_one(tmp_path: Path) -> None:
    """A workflow that one flow file imports from another is the same object, and is told once."""
    write(tmp_path, "from shared import w\nother = Workflow('other')\n", "first.py")
    write(tmp_path, ONE, "shared.py")
    write(tmp_path, "import shared\nfrom first import other\nw = shared.w\nlast = Workflow('last')\n", "third.py")

    flow = loaded(tmp_path, tmp_path)

    assert names(flow) == ["w", "other", "last"]
    assert [flow.homes[id(workflow)].name for workflow in flow.workflows] == ["first", "first", "third"]


def test_python_is_left_as_it_was(tmp_path: Path) -> None:
    """Modules and the path are those from before, whatever the flow did to them, also when it fails."""
    (tmp_path / "beside.py").touch()
    body = (
        "import sys, json, beside\nsys.path.append('added')\nsys.modules['flow_made'] = sys\ndel sys.modules['json']\n"
    )
    good = write(tmp_path, body + ONE, "good.py")
    bad = write(tmp_path, body + "raise RuntimeError\n", "bad.py")
    path, modules = list(sys.path), dict(sys.modules)

    loaded(tmp_path, good)
    with pytest.raises(LoadError, match=r"^bad\.py:6: RuntimeError$"):
        loaded(tmp_path, bad)

    assert sys.path == path
    assert {name: sys.modules.get(name) for name in modules} == modules
    assert {"good", "bad", "beside"} & sys.modules.keys() == set()
    del sys.modules["flow_made"]


def test_a_flow_may_be_called_as_a_module_of_python(tmp_path: Path) -> None:
    """It stands in for the other while it is loaded, and no longer."""
    import calendar  # noqa: PLC0415 -- any module that is there already

    file = write(tmp_path, ONE, "calendar.py")

    assert names(loaded(tmp_path, file)) == ["w"]
    assert sys.modules["calendar"] is calendar


def test_a_flow_is_loaded_anew(tmp_path: Path) -> None:
    """What was loaded before is forgotten, with what it imported."""
    file = write(tmp_path, "from names import NAME\nw = Workflow(NAME)\n")
    found = []
    for name in ("first", "the second"):
        (tmp_path / "names.py").write_text(f'NAME = "{name}"\n', encoding="utf-8")
        found += names(loaded(tmp_path, file))

    assert found == ["first", "the second"]


def test_what_a_flow_prints_is_no_data(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It goes to standard error, so that standard output stays what the command writes."""
    loaded(tmp_path, write(tmp_path, "print('hello')\n" + ONE))

    assert capsys.readouterr() == ("", "hello\n")
