"""What fits into a stack, whoever writes its template."""

from __future__ import annotations

from gluedsl.emit.cloudformation import template, to_json
from gluedsl.emit.room import ROOM_FOR_TEXT, fits
from gluedsl.model import Job, Project, RemoteScript


def project(count: int, text: str = "") -> Project:
    """Return a project of jobs that each have a text."""
    code = RemoteScript(uri="s3://scripts/x.py")
    return Project(
        jobs=tuple(
            Job(name=f"job-{index}", kind="glueetl", code=code, role="r", default_arguments={"--x": text})
            for index in range(count)
        )
    )


def test_resources() -> None:
    """Too many resources do not fit."""
    assert fits(project(450))
    assert not fits(project(451))


def test_bytes() -> None:
    """What counts is bytes: a letter may be two of them."""
    assert fits(project(100, "x" * 5000))
    assert not fits(project(100, "é" * 5000))


def test_indentation() -> None:
    """What fits only without the indentation that the CDK writes does not fit, so that all routes divide alike."""
    empty = len(to_json(template(project(450)), indent=1).encode())
    length = (ROOM_FOR_TEXT - empty) // 450 + 1  # the shortest that is too long: each letter of a text is one more
    closest = project(450, "x" * length)
    text = to_json(template(closest), indent=None)

    assert len(text.encode()) < ROOM_FOR_TEXT
    assert not fits(closest, text)
    assert fits(project(450, "x" * (length - 1)))
