"""What `libraries=` names: what lies beside the flow, what is in S3 already, and requirements for pip.

Comes in: one text of an author. Goes out: as the model has it, an absolute path or the text itself; with a fault for
a file that is not there, one that the job cannot be given, and a requirement that looks like what lies beside the flow.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from pathlib import Path
from typing import TYPE_CHECKING

from gluedsl.model import LIBRARY_ENDINGS
from gluedsl.model.faults import MistakenLibrary, UnfitLibrary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.compiler.recorder import Recorder
    from gluedsl.dsl.nodes import Job as DeclaredJob
    from gluedsl.source.locate import Syntax

_ENDINGS = (".py", ".whl", ".zip", ".egg")
"""Of what nobody means as a requirement."""
_BARE_NAME = re.compile(r"[\w.-]+")
_LIKE = 0.85
"""How much two names of about one length have in common that one may be written for the other."""


def library(job: DeclaredJob, named: str, written: Syntax | None, recorder: Recorder) -> str:
    """Return a library with its file found; an address, or a requirement of pip, stays as it is.

    What lies beside the flow wins: a package of its name is somebody else's. What has a path separator, or the ending
    of a file, is a file whether or not it is there.
    """
    if not named or "://" in named:
        return named
    place = beside(job, named)
    if not place.exists():
        if "/" in named or named.lower().endswith(_ENDINGS):
            recorder.miss(job, named, place, written, near=_near(named, place.parent))
            return str(place)
        near = _near(named, place.parent) if _BARE_NAME.fullmatch(named) else ()
        if near:
            span = recorder.span_of(written, job)
            recorder.faults.append(MistakenLibrary(job=job.name or "", name=named, near=near[0], span=span))
        return named
    takes = LIBRARY_ENDINGS[job.kind]
    if not place.is_dir() and place.suffix not in takes:
        span = recorder.span_of(written, job)
        recorder.faults.append(UnfitLibrary(job=job.name or "", path=named, takes=takes, span=span))
    return str(place)


def beside(job: DeclaredJob, relative: str) -> Path:
    """Return the absolute path of what is named relative to the flow that names it."""
    return (Path(job.site.file).resolve().parent / relative).absolute()


def _near(named: str, folder: Path) -> tuple[str, ...]:
    """Return what in a folder is called almost as a library that is not there, the most alike alone."""
    wanted = _plain(Path(named).name)
    alike = ((_likeness(wanted, _plain(name)), found) for name, found in _there(folder))
    _, near = max(((likeness, found) for likeness, found in alike if likeness >= _LIKE), default=(0.0, ""))
    return (str(Path(named).parent / near),) if near else ()


def _likeness(one: str, other: str) -> float:
    if abs(len(one) - len(other)) > 1:
        return 0.0
    return 0.99 if sorted(one) == sorted(other) and one != other else SequenceMatcher(None, one, other).ratio()


def _there(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield what a folder has that may be a library: by its name, and modules by that without their ending."""
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        return
    for entry in entries:
        if entry.name.startswith((".", "__")):
            continue
        if entry.is_dir() or entry.suffix in _ENDINGS:
            yield entry.name, entry.name
        if entry.suffix == ".py":
            yield entry.stem, entry.name


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
