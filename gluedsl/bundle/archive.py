"""Packages as Glue takes them: a wheel for Python shell and Ray, a zip for Spark. Equal content gives equal bytes."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import re
import stat
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_PACKAGE = Path(__file__).parents[1]

SHIPPED = (
    "__init__.py",
    "dsl/__init__.py",
    "dsl/entry.py",
    "dsl/event_patterns.py",
    "dsl/misuse.py",
    "dsl/modules.py",
    "dsl/nodes.py",
    "dsl/options.py",
    "dsl/outcomes.py",
    "dsl/standing.py",
    "dsl/starts.py",
    "dsl/workflow.py",
    "errors.py",
    "source/__init__.py",
    "source/capture.py",
    "targets.py",
    "worker/__init__.py",
    "worker/main.py",
    "worker/properties.py",
    "worker/run.py",
)
"""The part of gluedsl that a flow module imports, below the package: shipped with every function job."""

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first time that a zip can tell."""
_UNIX = 3
"""What a zip calls the system that it was made on."""


def runtime() -> dict[str, bytes]:
    """Return the shipped part of gluedsl, by path."""
    return {f"gluedsl/{name}": (_PACKAGE / name).read_bytes() for name in SHIPPED}


def archive(files: Mapping[str, bytes]) -> bytes:
    """Return a zip of files by their path in it; stored as they are, since zlib's versions compress differently."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as made:
        for name, content in sorted(files.items()):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.create_system = _UNIX
            entry.external_attr = (stat.S_IFREG | 0o644) << 16
            made.writestr(entry, content)
    return buffer.getvalue()


def wheel(name: str, files: Mapping[str, bytes]) -> tuple[str, bytes]:
    """Return the file name and content of a pure Python wheel.

    The format is that of https://packaging.python.org/en/latest/specifications/binary-distribution-format/.
    """
    distribution = re.sub(r"[^A-Za-z0-9.]+", "_", name).strip("._") or "flow"
    info = f"{distribution}-0.dist-info"
    metadata = f"Metadata-Version: 2.1\nName: {distribution}\nVersion: 0\n"
    tags = "Wheel-Version: 1.0\nGenerator: gluedsl\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    packed = {**files, f"{info}/METADATA": metadata.encode(), f"{info}/WHEEL": tags.encode()}
    record = io.StringIO()
    rows = [(path, f"sha256={_digest(content)}", len(content)) for path, content in sorted(packed.items())]
    csv.writer(record, lineterminator="\n").writerows([*rows, (f"{info}/RECORD", "", "")])
    packed[f"{info}/RECORD"] = record.getvalue().encode()
    return f"{distribution}-0-py3-none-any.whl", archive(packed)


def _digest(content: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
