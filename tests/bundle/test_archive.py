"""Packages as Glue takes them."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import subprocess
import sys
import zipfile
from importlib.metadata import PathDistribution
from pathlib import Path

import pytest

from gluedsl.bundle.archive import SHIPPED, archive, runtime, wheel

FILES = {
    "flow.py": b"import lib.names\nprint(lib.names.NAME)\n",
    "lib/__init__.py": b"",
    "lib/names.py": 'NAME = "größe"\n'.encode(),
    'lib/odd,"name".txt': b"x",
}


def contents(packed: bytes) -> dict[str, bytes]:
    """Return what a zip holds."""
    with zipfile.ZipFile(io.BytesIO(packed)) as opened:
        assert opened.testzip() is None
        return {entry.filename: opened.read(entry) for entry in opened.infolist()}


def test_an_archive_holds_its_files() -> None:
    """By name, in their order, as plain files of 1980."""
    packed = archive(FILES)

    assert contents(packed) == FILES
    with zipfile.ZipFile(io.BytesIO(packed)) as opened:
        entries = opened.infolist()
    assert [entry.filename for entry in entries] == sorted(FILES)
    assert {(entry.date_time, entry.compress_type, entry.create_system, entry.external_attr) for entry in entries} == {
        ((1980, 1, 1, 0, 0, 0), zipfile.ZIP_STORED, 3, 0o100644 << 16)
    }


def test_equal_files_are_equal_bytes() -> None:
    """Whatever the order they come in; so that what is uploaded is told by its content."""
    turned = dict(reversed(FILES.items()))

    assert archive(FILES) == archive(turned)
    assert wheel("flow", FILES) == wheel("flow", turned)
    assert hashlib.sha256(archive({"a.py": b"x = 1\n"})).hexdigest() == (
        "61f1fa9a333b6a85f2ca81415ee8712def6b23b695b6ba7b21e97da17f7f6079"
    )


def test_python_imports_from_an_archive(tmp_path: Path) -> None:
    """Spark puts it on the path as it is."""
    (tmp_path / "flow.zip").write_bytes(archive(FILES))

    run = subprocess.run(
        [sys.executable, "-c", "import flow"],
        env={"PYTHONPATH": str(tmp_path / "flow.zip"), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )

    assert (run.stdout, run.stderr) == ("größe\n", "")


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("flow", "flow-0-py3-none-any.whl"),
        ("nightly-sales flow", "nightly_sales_flow-0-py3-none-any.whl"),
        ("01.load", "01.load-0-py3-none-any.whl"),
        ("._größe_.", "gr_e-0-py3-none-any.whl"),
        ("数据", "flow-0-py3-none-any.whl"),
    ],
)
def test_names_of_wheels(name: str, file: str) -> None:
    """As the format spells a distribution, a version, and what it runs on."""
    assert wheel(name, {})[0] == file


def test_a_wheel_records_its_files() -> None:
    """With their digests and sizes; its own record has none."""
    found = contents(wheel("flow", FILES)[1])
    rows = list(csv.reader(io.StringIO(found["flow-0.dist-info/RECORD"].decode())))

    def digest(content: bytes) -> str:
        return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()

    expected = [[n, f"sha256={digest(c)}", str(len(c))] for n, c in found.items() if not n.endswith("RECORD")]
    assert sorted(rows) == sorted([*expected, ["flow-0.dist-info/RECORD", "", ""]])
    assert found["flow-0.dist-info/WHEEL"] == (
        b"Wheel-Version: 1.0\nGenerator: gluedsl\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    )
    assert found["flow-0.dist-info/METADATA"] == b"Metadata-Version: 2.1\nName: flow\nVersion: 0\n"


def test_pip_installs_a_wheel(tmp_path: Path) -> None:
    """From the file alone, and Python knows what is installed."""
    name, packed = wheel("nightly-sales", {**FILES, **runtime()})
    (tmp_path / name).write_bytes(packed)
    target = tmp_path / "installed"

    install = [sys.executable, "-m", "pip", "install", "--no-deps", "--no-index", "--no-compile", "--quiet"]
    options = ["--disable-pip-version-check", "--root-user-action", "ignore"]
    pip = subprocess.run(
        [*install, *options, "--target", str(target), str(tmp_path / name)], capture_output=True, text=True, check=False
    )

    assert (pip.returncode, pip.stdout, pip.stderr) == (0, "", "")
    distribution = PathDistribution(target / "nightly_sales-0.dist-info")
    assert (distribution.name, distribution.version) == ("nightly_sales", "0")
    installed = {str(file) for file in distribution.files or ()}
    assert set(FILES) | {f"gluedsl/{name}" for name in SHIPPED} <= installed


def test_the_runtime_is_the_shipped_part() -> None:
    """Every file of it, as it is in the package."""
    package = Path(__file__).parents[2] / "gluedsl"

    assert runtime() == {f"gluedsl/{name}": (package / name).read_bytes() for name in SHIPPED}
