"""Libraries of jobs: TL014, TL015, TL016. What lies beside a flow is for `tests/compiler/test_libraries.py`."""

from __future__ import annotations

from gluedsl.model.faults import MistakenLibrary, UnfitLibrary
from gluedsl.source.span import Span
from tests.support.rules import job, project, says, start, told

LOAD = start("sales-start", "job load")


def test_library_that_nobody_can_find_is_refused() -> None:
    """A path that lowering found, and a requirement, are fine."""
    libraries = ("/flows/util", "requests", "pandas==", "s3://lake/x.whl", "s3://lake")

    assert told(project(LOAD, job("load", libraries=libraries))) == says("""
        TL014 error at jobs.0.libraries.2
          library `pandas==` of job `load` is no file beside the flow, and no requirement that pip can read
          help: name a file or folder beside the flow, an `s3://` URI, or a requirement for pip
        TL014 error at jobs.0.libraries.4
          library `s3://lake` of job `load` names a bucket, and no file in it
          help: name a file or folder beside the flow, an `s3://` URI, or a requirement for pip
    """)


def test_library_that_is_called_almost_as_a_folder_is_a_warning() -> None:
    """An index may well have a package of that name."""
    fault = MistakenLibrary(job="load", name="utli", near="util", span=Span("flow.py", 900))

    assert told(project(LOAD), fault) == says("""
        TL015 warning at line 900
          job `load` has pip install `utli`, and `util` lies beside the flow
          help: did you mean `util`?
    """)


def test_library_of_another_kind_of_file_is_refused() -> None:
    """Nothing could be made of it."""
    fault = UnfitLibrary(job="load", path="requirements.txt", takes=(".py", ".whl"), span=Span("flow.py", 900))

    assert told(project(LOAD), fault) == says("""
        TL016 error at line 900
          job `load` is given the library `requirements.txt`, and its kind takes no such file
          help: it takes folders, and files that end in `.py` and `.whl`
    """)
