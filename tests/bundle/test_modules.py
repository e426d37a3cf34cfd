"""Which of the author's modules a job needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gluedsl.bundle.modules import needed
from gluedsl.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path


def modules(folder: Path, files: dict[str, str], module: str = "flow") -> list[str]:
    """Write files, and return which of them a module needs."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    found = needed(folder, module)
    assert found == {name: files[name].encode() for name in found}
    return list(found)


def test_a_module_alone(tmp_path: Path) -> None:
    """What it does not import is not shipped."""
    assert modules(tmp_path, {"flow.py": "x = 1\n", "other.py": ""}) == ["flow.py"]


def test_imports_are_followed(tmp_path: Path) -> None:
    """Of every form, anywhere in a module, through other modules; each once."""
    found = modules(
        tmp_path,
        {
            "flow.py": "import a, b as c\nfrom d import x\ndef load(run):\n    import e\n    from f import *\n",
            "a.py": "import deep\n",
            "b.py": "import flow\n",
            "d.py": "x = 1\n",
            "e.py": "",
            "f.py": "",
            "deep.py": "from d import x\n",
            "unused.py": "",
        },
    )

    assert found == ["a.py", "b.py", "d.py", "deep.py", "e.py", "f.py", "flow.py"]


def test_packages(tmp_path: Path) -> None:
    """Importing a module imports the packages around it; a name may be a module of a package or what it defines."""
    found = modules(
        tmp_path,
        {
            "flow.py": "import one.inner.deep\nfrom two import module, value\nfrom three.inner import *\n",
            "one/__init__.py": "",
            "one/inner/__init__.py": "import helper\n",
            "one/inner/deep.py": "",
            "one/other.py": "",
            "helper.py": "",
            "two/__init__.py": "value = 1\n",
            "two/module.py": "",
            "two/unused.py": "",
            "three/__init__.py": "",
            "three/inner.py": "",
            "value.py": "",
        },
    )

    assert found == [
        "flow.py",
        "helper.py",
        "one/__init__.py",
        "one/inner/__init__.py",
        "one/inner/deep.py",
        "three/__init__.py",
        "three/inner.py",
        "two/__init__.py",
        "two/module.py",
    ]


def test_packages_without_a_file_of_their_own(tmp_path: Path) -> None:
    """A folder is a package without `__init__.py` as well."""
    assert modules(tmp_path, {"flow.py": "import jobs.load\n", "jobs/load.py": ""}) == ["flow.py", "jobs/load.py"]


def test_relative_imports(tmp_path: Path) -> None:
    """They start at the module's package, and one level up for each further dot."""
    found = modules(
        tmp_path,
        {
            "team/__init__.py": "from . import shared\n",
            "team/shared.py": "",
            "team/flows/__init__.py": "from .names import NAME\n",
            "team/flows/sales.py": "from . import steps\nfrom .. import top\nfrom ..lib.io import read\n",
            "team/flows/steps.py": "",
            "team/flows/names.py": "NAME = 1\n",
            "team/top.py": "",
            "team/lib/__init__.py": "",
            "team/lib/io.py": "def read(): ...\n",
            "team/lib/unused.py": "",
            "steps.py": "",
        },
        "team.flows.sales",
    )

    assert found == [
        "team/__init__.py",
        "team/flows/__init__.py",
        "team/flows/names.py",
        "team/flows/sales.py",
        "team/flows/steps.py",
        "team/lib/__init__.py",
        "team/lib/io.py",
        "team/shared.py",
        "team/top.py",
    ]


def test_a_package_as_the_module(tmp_path: Path) -> None:
    """Its relative imports start at itself."""
    files = {"team/__init__.py": "from .names import NAME\nfrom . import io\n", "team/names.py": "", "team/io.py": ""}

    assert modules(tmp_path, files, "team") == ["team/__init__.py", "team/io.py", "team/names.py"]


@pytest.mark.parametrize("statement", ["from . import other", "from .other import x", "from ... import other"])
def test_relative_imports_that_fail(tmp_path: Path, statement: str) -> None:
    """What leaves the top would fail when it is run; nothing outside of the root is looked at."""
    inside = tmp_path / "root"
    (tmp_path / "root.py").write_text("secret = 1\n", encoding="utf-8")
    (tmp_path / "other.py").touch()
    text = f"try:\n    {statement}\nexcept ImportError: pass\n"

    assert modules(inside, {"flow.py": text, "other.py": ""}) == ["flow.py"]


def test_what_is_installed_is_left_out(tmp_path: Path) -> None:
    """Python's own modules and third parties' are on the worker, or are libraries of the job."""
    text = "import json, boto3, no_such_module\nfrom os import path\nimport xml.etree.ElementTree\n"

    assert modules(tmp_path, {"flow.py": text}) == ["flow.py"]


def test_gluedsl_is_left_out(tmp_path: Path) -> None:
    """Its shipped part is added by itself, also where it lies beside the flow."""
    files = {"flow.py": "from gluedsl.compiler import x\nimport gluedsl\n", "gluedsl/__init__.py": "import flow\n"}

    assert modules(tmp_path, files) == ["flow.py"]


def test_a_package_goes_before_a_module(tmp_path: Path) -> None:
    """As in Python, where both have the name."""
    files = {"flow.py": "import both\n", "both.py": "", "both/__init__.py": ""}

    assert modules(tmp_path, files) == ["both/__init__.py", "flow.py"]


@pytest.mark.parametrize(
    ("module", "files", "message", "hint"),
    [
        (
            "__main__",
            {},
            "ROOT has no module `__main__`, and a job is a function of it",
            "declare workflows in a file whose name Python can import",
        ),
        (
            "a.b",
            {"a.b.py": ""},
            "ROOT has no module `a.b`, and a job is a function of it",
            "declare workflows in a file whose name Python can import",
        ),
        (
            "",
            {},
            "ROOT has no module ``, and a job is a function of it",
            "declare workflows in a file whose name Python can import",
        ),
        (
            "flow",
            {"flow.py": "x = 1\0\n"},
            "ROOT/flow.py is not Python: source code string cannot contain null bytes",
            "",
        ),
        (
            "flow",
            {"flow.py": "import broken\n", "broken.py": "\nx = (\n"},
            "ROOT/broken.py:2 is not Python: '(' was never closed",
            "",
        ),
    ],
)
def test_refusals(tmp_path: Path, module: str, files: dict[str, str], message: str, hint: str) -> None:
    """A module that is not there, and one that is no Python."""
    with pytest.raises(UsageError) as raised:
        modules(tmp_path, files, module)

    assert (raised.value.message.replace(str(tmp_path), "ROOT"), raised.value.hint) == (message, hint)
