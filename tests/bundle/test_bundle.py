"""From the code of jobs to files in S3."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from gluedsl.bundle import SHIPPED, Bundle, File, bundle
from gluedsl.errors import UsageError
from gluedsl.model import FunctionCode, Job, Project, RemoteScript, ScriptFile

if TYPE_CHECKING:
    from gluedsl.model import JobKind

KINDS: tuple[JobKind, ...] = ("glueetl", "gluestreaming", "pythonshell", "glueray")
FILES = {
    "glueetl": "--extra-py-files",
    "gluestreaming": "--extra-py-files",
    "pythonshell": "--extra-py-files",
    "glueray": "--s3-py-modules",
}
REQUIREMENTS = {
    "glueetl": "--additional-python-modules",
    "gluestreaming": "--additional-python-modules",
    "pythonshell": "--additional-python-modules",
    "glueray": "--pip-install",
}

FLOW = """
from gluedsl import Workflow
from lib.names import NAME

w = Workflow("w")


@w.python_shell_job
def load(run):
    print(NAME, run.arguments["mode"])
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a folder with a flow, a script and libraries."""
    texts = {
        "flow.py": FLOW,
        "lib/__init__.py": "",
        "lib/names.py": 'NAME = "lib"\n',
        "lib/inner/deep.py": "x = 1\n",
        "lib/data.json": "{}\n",
        "lib/.env": "secret\n",
        "lib/.git/config": "x\n",
        "lib/__pycache__/names.cpython-311.pyc": "x\n",
        "jobs/load.py": "print('load')\n",
        "other/load.py": "print('another')\n",
        "one.py": "x = 1\n",
        "one.whl": "not really\n",
        "one.zip": "not really\n",
        "one.egg": "not really\n",
        "one.jar": "not really\n",
    }
    for name, text in texts.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def job(kind: JobKind, code: Any, **fields: Any) -> Job:
    """Return a job called `x`."""
    return Job(name="x", kind=kind, code=code, role="r", **fields)


def bundled(*jobs: Job, bucket: str = "scripts") -> Bundle:
    """Bundle jobs."""
    return bundle(Project(jobs=jobs), bucket=bucket)


def only(*jobs: Job) -> tuple[Job, dict[str, bytes]]:
    """Return the first of the jobs, and the files by their place in the bucket without the digest."""
    result = bundled(*jobs)
    for file in result.files:
        prefix, digest, _ = file.key.split("/")
        assert (prefix, digest) == ("gluedsl", hashlib.sha256(file.content).hexdigest()[:16])
    return result.project.jobs[0], {file.key.rpartition("/")[2]: file.content for file in result.files}


def uri(name: str, content: bytes) -> str:
    """Return where a file of this content is put."""
    return f"s3://scripts/gluedsl/{hashlib.sha256(content).hexdigest()[:16]}/{name}"


def names(packed: bytes) -> list[str]:
    """Return the names of what a zip holds, without a wheel's own."""
    with zipfile.ZipFile(io.BytesIO(packed)) as opened:
        return [name for name in opened.namelist() if ".dist-info/" not in name]


REMOTE = RemoteScript(uri="s3://elsewhere/x.py")


def test_a_script_in_s3_stays_there() -> None:
    """Nothing is uploaded, and nothing changes."""
    declared = job("glueetl", REMOTE, default_arguments={"--mode": "full"}, workers=2)

    assert bundled(declared) == Bundle(project=Project(jobs=(declared,)), files=())


def test_a_script(root: Path) -> None:
    """It keeps its name, under a key that its content tells."""
    found, files = only(job("glueetl", ScriptFile(path=str(root / "jobs" / "load.py"))))

    assert files == {"load.py": b"print('load')\n"}
    assert found == job("glueetl", RemoteScript(uri=uri("load.py", files["load.py"])))


def test_the_bucket_may_not_be_known(root: Path) -> None:
    """A placeholder is written where the deployment will know it."""
    result = bundled(job("glueetl", ScriptFile(path=str(root / "jobs" / "load.py"))), bucket="${ScriptBucket}")

    assert isinstance(result.project.jobs[0].code, RemoteScript)
    assert result.project.jobs[0].code.uri == f"s3://${{ScriptBucket}}/{result.files[0].key}"


def test_files_of_one_project_alone(root: Path) -> None:
    """Where they lie together may be said: all of them are there then, and in the arguments of the jobs."""
    its = job("pythonshell", FunctionCode(root=str(root), module="flow", job="x"))
    result = bundle(Project(jobs=(its,)), bucket="scripts", folder="gluedsl/sales/files")
    start = "gluedsl/sales/files/"
    assert [file.key.startswith(start) for file in result.files] == [True, True]
    (packed,) = result.project.jobs
    uris = {f"s3://scripts/{file.key}" for file in result.files}
    assert {packed.code, packed.default_arguments["--extra-py-files"]} == {
        RemoteScript(uri=next(uri for uri in uris if uri.endswith(".py"))),
        next(uri for uri in uris if uri.endswith(".whl")),
    }


def test_files_are_told_by_their_content(root: Path) -> None:
    """Two of one name are two; two of one name and content are one; they come in the order of their keys."""
    (root / "copy").mkdir()
    (root / "copy" / "load.py").write_bytes((root / "jobs" / "load.py").read_bytes())
    result = bundled(
        *(job("glueetl", ScriptFile(path=str(root / folder / "load.py"))) for folder in ("jobs", "other", "copy"))
    )

    contents = sorted([b"print('load')\n", b"print('another')\n"], key=lambda c: hashlib.sha256(c).hexdigest())
    expected = [File(key=uri("load.py", c).removeprefix("s3://scripts/"), content=c) for c in contents]
    assert list(result.files) == expected
    assert len({str(made.code) for made in result.project.jobs}) == 2


@pytest.mark.parametrize("kind", KINDS)
def test_a_function(root: Path, kind: JobKind) -> None:
    """A script that calls it, and a package of its module with gluedsl's shipped part, in the kind's own form."""
    code = FunctionCode(root=str(root), module="flow", job="w-load")
    found, files = only(job(kind, code, default_arguments={"--mode": "full"}))

    package = "flow-0-py3-none-any.whl" if kind == "pythonshell" else "flow.zip"
    script = (
        b"# The job 'w-load': a function in the module 'flow'.\n\n"
        b"from gluedsl.dsl.entry import main\n\nmain('flow', 'w-load')\n"
    )
    assert files == {"x.py": script, package: files[package]}
    assert names(files[package]) == sorted(
        ["flow.py", "lib/__init__.py", "lib/names.py", *(f"gluedsl/{n}" for n in SHIPPED)]
    )
    assert found == job(
        kind,
        RemoteScript(uri=uri("x.py", script)),
        default_arguments={"--mode": "full", FILES[kind]: uri(package, files[package])},
    )


def test_functions_of_one_module_share_its_package(root: Path) -> None:
    """Each has a script of its own."""
    code = FunctionCode(root=str(root), module="flow", job="w-load")
    result = bundled(job("glueetl", code), replace(job("glueetl", replace(code, job="w-other")), name="y"))

    assert sorted(file.key.rpartition("/")[2] for file in result.files) == ["flow.zip", "x.py", "y.py"]


@pytest.mark.parametrize(
    ("name", "file"),
    [("nightly-sales_load.1", "nightly-sales_load.1.py"), ("a b/c:d", "a-b-c-d.py"), ("größe", "größe.py")],
)
def test_names_of_scripts(root: Path, name: str, file: str) -> None:
    """A job's name may hold what a key should not."""
    declared = replace(job("glueetl", FunctionCode(root=str(root), module="flow", job=name)), name=name)

    assert file in only(declared)[1]


def test_a_script_quotes_its_job(root: Path) -> None:
    """Whatever a name holds, it is text in the script."""
    odd = "it's\n\"); raise SystemExit('"
    _, files = only(job("glueetl", FunctionCode(root=str(root), module="flow", job=odd)))

    assert files["x.py"].decode().splitlines()[0] == f"# The job {odd!r}: a function in the module 'flow'."
    compile(files["x.py"], "x.py", "exec")


@pytest.mark.parametrize("kind", KINDS)
def test_requirements_and_files_in_s3(kind: JobKind) -> None:
    """Each under the argument by which the kind of job takes it, after what the author gave for it."""
    libraries = ("pyarrow==15.0.0", "s3://b/lib.zip", "requests")
    given = {FILES[kind]: "s3://b/given.zip", REQUIREMENTS[kind]: "given"}

    found, files = only(job(kind, REMOTE, libraries=libraries))
    also, _ = only(job(kind, REMOTE, libraries=libraries, default_arguments=given))

    assert (found.libraries, files) == ((), {})
    assert found.default_arguments == {FILES[kind]: "s3://b/lib.zip", REQUIREMENTS[kind]: "pyarrow==15.0.0,requests"}
    assert also.default_arguments == {
        FILES[kind]: "s3://b/given.zip,s3://b/lib.zip",
        REQUIREMENTS[kind]: "given,pyarrow==15.0.0,requests",
    }


@pytest.mark.parametrize(
    ("kind", "argument"),
    [
        ("glueetl", "--additional-python-modules"),
        ("gluestreaming", "--additional-python-modules"),
        ("pythonshell", "--extra-py-files"),
    ],
)
def test_wheels(root: Path, kind: JobKind, argument: str) -> None:
    """Spark installs them with pip; Python shell has an argument for them."""
    found, files = only(job(kind, REMOTE, libraries=("s3://b/two.whl", str(root / "one.whl"))))

    assert found.default_arguments == {argument: f"s3://b/two.whl,{uri('one.whl', files['one.whl'])}"}


@pytest.mark.parametrize("kind", KINDS)
def test_folders(root: Path, kind: JobKind) -> None:
    """A folder is a package of its name, with its data, without what is hidden or Python's own."""
    found, files = only(job(kind, REMOTE, libraries=(str(root / "lib"),)))

    package = "lib-0-py3-none-any.whl" if kind == "pythonshell" else "lib.zip"
    assert list(files) == [package]
    assert names(files[package]) == ["lib/__init__.py", "lib/data.json", "lib/inner/deep.py", "lib/names.py"]
    assert found.default_arguments == {FILES[kind]: uri(package, files[package])}


@pytest.mark.parametrize(
    ("kind", "library", "file"),
    [
        ("glueetl", "one.py", "one.py"),
        ("glueetl", "one.zip", "one.zip"),
        ("gluestreaming", "one.py", "one.py"),
        ("pythonshell", "one.py", "one-0-py3-none-any.whl"),
        ("glueray", "one.zip", "one.zip"),
    ],
)
def test_files(root: Path, kind: JobKind, library: str, file: str) -> None:
    """A module, or a package that somebody made, as the kind of job takes it."""
    found, files = only(job(kind, REMOTE, libraries=(str(root / library),)))

    assert list(files) == [file]
    assert found.default_arguments == {FILES[kind]: uri(file, files[file])}
    if file.endswith(".whl"):
        assert names(files[file]) == ["one.py"]


@pytest.mark.parametrize(
    ("kind", "library", "takes"),
    [
        ("glueetl", "one.jar", "folders, .py files, .whl files, .zip files"),
        ("gluestreaming", "one.egg", "folders, .py files, .whl files, .zip files"),
        ("pythonshell", "one.zip", "folders, .py files, .whl files"),
        ("pythonshell", "one.egg", "folders, .py files, .whl files"),
        ("glueray", "one.py", "folders, .zip files"),
        ("glueray", "one.whl", "folders, .zip files"),
    ],
)
def test_files_of_another_kind(root: Path, kind: JobKind, library: str, takes: str) -> None:
    """What Glue would not find is refused, with what it takes."""
    with pytest.raises(UsageError) as raised:
        bundled(job(kind, REMOTE, libraries=(str(root / library),)))

    assert raised.value.message == f"job `x` cannot be given the library {library}: its kind takes {takes}"


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"code": ScriptFile(path="ROOT/gone.py")}, "ROOT/gone.py cannot be read: No such file or directory"),
        ({"code": ScriptFile(path="ROOT/lib")}, "ROOT/lib cannot be read: Is a directory"),
        (
            {"code": REMOTE, "libraries": ("ROOT/gone.py",)},
            "ROOT/gone.py cannot be read: No such file or directory",
        ),
        (
            {"code": FunctionCode(root="ROOT", module="gone", job="x")},
            "ROOT has no module `gone`, and a job is a function of it",
        ),
    ],
)
def test_files_that_cannot_be_read(root: Path, fields: dict[str, Any], message: str) -> None:
    """One line says which, and why."""
    code = fields["code"]
    its = {name: getattr(code, name) for name in code.__slots__}
    at = {name: value.replace("ROOT", str(root)) if isinstance(value, str) else value for name, value in its.items()}
    libraries = tuple(library.replace("ROOT", str(root)) for library in fields.get("libraries", ()))

    with pytest.raises(UsageError) as raised:
        bundled(job("glueetl", type(code)(**at), libraries=libraries))

    assert raised.value.message.replace(str(root), "ROOT") == message


def test_equal_projects_are_equal_bundles(root: Path) -> None:
    """The same keys and bytes, again and again."""
    declared = [
        job("pythonshell", FunctionCode(root=str(root), module="flow", job="w-load"), libraries=(str(root / "lib"),)),
        replace(job("glueetl", ScriptFile(path=str(root / "jobs" / "load.py"))), name="y"),
    ]

    assert bundled(*declared) == bundled(*declared)


def python(version: str) -> str:
    """Return a Python of this version; skip the test if the machine has none."""
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    for candidate in (shutil.which(f"python{version}"), *map(str, pyenv.glob(f"versions/{version}.*/bin/python"))):
        if candidate is not None:
            asked = subprocess.run([candidate, "--version"], capture_output=True, text=True, check=False)
            if asked.stdout.startswith(f"Python {version}."):
                return candidate
    pytest.skip(f"no Python {version} on this machine")


@pytest.mark.parametrize(("version", "kind"), [("3.9", "pythonshell"), ("3.10", "glueetl"), ("3.11", "glueetl")])
def test_what_is_uploaded_runs_on_a_worker(root: Path, version: str, kind: JobKind) -> None:
    """The script and the package, alone, on the interpreter of the kind of job."""
    interpreter = python(version)
    _, files = only(job(kind, FunctionCode(root=str(root), module="flow", job="w-load")))
    worker = root / "worker"
    worker.mkdir()
    for name, content in files.items():
        (worker / name).write_bytes(content)
    (package,) = (name for name in files if name != "x.py")
    if package.endswith(".whl"):
        with zipfile.ZipFile(worker / package) as packed:
            packed.extractall(worker / "installed")

    run = subprocess.run(
        [interpreter, "-S", "x.py", "--mode", "full"],
        cwd=worker,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": "installed" if package.endswith(".whl") else package},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (run.stdout, run.stderr, run.returncode) == ("lib full\n", "", 0)
