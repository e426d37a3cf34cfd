"""What each kind of job is shipped, and under which argument Glue takes it.

Sources: https://docs.aws.amazon.com/glue/latest/dg/add-job-python.html (Python shell: wheels; eggs only before 3.9),
https://docs.aws.amazon.com/glue/latest/dg/aws-glue-programming-python-libraries.html (Spark),
https://docs.aws.amazon.com/glue/latest/dg/edit-script-ray-env-dependencies.html (Ray).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from gluedsl.bundle.archive import archive, runtime, wheel
from gluedsl.bundle.modules import needed
from gluedsl.errors import UsageError
from gluedsl.model import LIBRARY_ENDINGS, FunctionCode, Job, Project, RemoteScript, ScriptFile

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = "gluedsl"
"""Where files are, unless somebody says otherwise."""

_FILES = {
    "glueetl": "--extra-py-files",
    "gluestreaming": "--extra-py-files",
    "pythonshell": "--extra-py-files",
    "glueray": "--s3-py-modules",
}
_REQUIREMENTS = {
    "glueetl": "--additional-python-modules",
    "gluestreaming": "--additional-python-modules",
    "pythonshell": "--additional-python-modules",
    "glueray": "--pip-install",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file to upload."""

    key: str
    """In the script bucket."""
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """A project whose code is in S3, once its files are."""

    project: Project
    files: tuple[File, ...]
    """By key, each once."""


def bundle(project: Project, *, bucket: str, folder: str = FOLDER) -> Bundle:
    """Return the project with its code in `bucket`, and what to upload there.

    Args:
        project: what a check found no error in.
        bucket: its name, or `${ScriptBucket}` where only the deployment will know it.
        folder: what every key begins with.

    Raises:
        UsageError: a file cannot be read, or is of a kind that the job cannot be given.
    """
    packer = _Packer(bucket, folder)
    jobs = tuple(packer.pack(job) for job in project.jobs)
    files = tuple(File(key=key, content=content) for key, content in sorted(packer.files.items()))
    return Bundle(project=replace(project, jobs=jobs), files=files)


@dataclass
class _Packer:
    bucket: str
    folder: str
    files: dict[str, bytes] = field(default_factory=dict)
    packages: dict[tuple[str, str, bool], str] = field(default_factory=dict)
    """URIs of the packages of modules, by root, module and whether they are wheels."""

    def pack(self, job: Job) -> Job:
        """Return a job with its code and libraries in the bucket."""
        uris: list[str] = []
        requirements: list[str] = []
        match job.code:
            case RemoteScript(uri=uri):
                script = uri
            case ScriptFile(path=path):
                script = self._put(Path(path).name, _read(Path(path)))
            case FunctionCode():
                script = self._put(f"{_file_name(job.name)}.py", _entry(job.code).encode())
                uris.append(self._package(job.code, as_wheel=job.kind == "pythonshell"))
        for library in job.libraries:
            for uri, is_file in self._library(job, library):
                (uris if is_file else requirements).append(uri)
        arguments = dict(job.default_arguments)
        _append(arguments, _FILES[job.kind], uris)
        _append(arguments, _REQUIREMENTS[job.kind], requirements)
        return replace(job, code=RemoteScript(uri=script), default_arguments=arguments, libraries=())

    def _package(self, code: FunctionCode, *, as_wheel: bool) -> str:
        key = (code.root, code.module, as_wheel)
        if key not in self.packages:
            files = {**needed(Path(code.root), code.module), **runtime()}
            name = code.module.rpartition(".")[2]
            self.packages[key] = (
                self._put(*wheel(name, files)) if as_wheel else self._put(f"{name}.zip", archive(files))
            )
        return self.packages[key]

    def _library(self, job: Job, library: str) -> Iterator[tuple[str, bool]]:
        """Yield what a library is to the job: the URI of a file, or what pip installs."""
        path = Path(library)
        if not library.startswith("s3://") and not path.is_absolute():
            yield library, False
            return
        pip_installs = library.endswith(".whl") and job.kind in {"glueetl", "gluestreaming"}
        if library.startswith("s3://"):
            yield library, not pip_installs
        elif path.is_dir():
            files = {f"{path.name}/{name}": content for name, content in _tree(path)}
            as_wheel = job.kind == "pythonshell"
            packed = wheel(path.name, files) if as_wheel else (f"{path.name}.zip", archive(files))
            yield self._put(*packed), True
        elif job.kind == "pythonshell" and path.suffix == ".py":
            yield self._put(*wheel(path.stem, {path.name: _read(path)})), True
        elif path.suffix in LIBRARY_ENDINGS[job.kind]:
            yield self._put(path.name, _read(path)), not pip_installs
        else:
            takes = ", ".join(["folders", *(f"{ending} files" for ending in LIBRARY_ENDINGS[job.kind])])
            message = f"job `{job.name}` cannot be given the library {path.name}: its kind takes {takes}"
            raise UsageError(message)

    def _put(self, name: str, content: bytes) -> str:
        """Take a file up under its own name, in a folder that its content names; return its URI."""
        key = f"{self.folder}/{hashlib.sha256(content).hexdigest()[:16]}/{name}"
        self.files[key] = content
        return f"s3://{self.bucket}/{key}"


def _append(arguments: dict[str, str], name: str, values: list[str]) -> None:
    """Add to a list argument after what the author gave for it."""
    if values:
        given = [arguments[name]] if arguments.get(name) else []
        arguments[name] = ",".join([*given, *values])


def _entry(code: FunctionCode) -> str:
    return (
        f"# The job {code.job!r}: a function in the module {code.module!r}.\n\n"
        "from gluedsl.dsl.entry import main\n\n"
        f"main({code.module!r}, {code.job!r})\n"
    )


def _file_name(job: str) -> str:
    return "".join(c if c.isalnum() or c in "-_." else "-" for c in job)


def _tree(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a folder, without those that Python keeps for itself and those that are hidden."""
    for file in sorted(folder.rglob("*")):
        parts = file.relative_to(folder).parts
        if file.is_file() and not any(part == "__pycache__" or part.startswith(".") for part in parts):
            yield "/".join(parts), _read(file)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        message = f"{path} cannot be read: {error.strerror}"
        raise UsageError(message) from error
