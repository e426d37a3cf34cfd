"""Python shell jobs: the script as a process of its own, as near to Glue's as a machine without Glue can be.

Comes in: a job attempt, and S3 to read its script from. Goes out: how it ended, and its output line by line.
The process sees the local Glue as all of AWS, and nothing else of AWS: neither profiles nor credentials.

Its arguments are all arguments of the run, also those that Glue reads itself, as `--name value`
(https://docs.aws.amazon.com/glue/latest/dg/aws-glue-programming-etl-glue-arguments.html).
Libraries of `--extra-py-files` come first on its path: `.py`, `.zip` and `.egg` as they are, a wheel unpacked. Then
comes `awsglue.utils`, which is gluedsl's own here: before any `awsglue` that is installed, which needs Spark.
What `--additional-python-modules` names is not installed: the interpreter must have it. An error says what it lacks.
"""

from __future__ import annotations

import os
import sys
import tempfile
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from gluedsl.graph import Node
from gluedsl.local import processes, requirements
from gluedsl.local.job_path import JOB_PATH
from gluedsl.local.logs import LogLines
from gluedsl.local.objects import UnreadableObjectError, download
from gluedsl.local.work import Ended

if TYPE_CHECKING:
    import threading
    from collections.abc import Mapping, Sequence

    from mypy_boto3_s3 import S3Client

    from gluedsl.local.logs import Logs
    from gluedsl.local.processes import Stream
    from gluedsl.local.work import JobWork

_TRACEBACK = "Traceback (most recent call last):"
_LONGEST_ERROR = 1_000
"""Characters of a job's error message that are kept."""
_ERROR_LINES = 200
"""Lines of standard error in which the reason of a failure is looked for."""
_OF_THE_MACHINE = ("AWS_", "BOTO", "PYTHONPATH", "PYTHONHOME", "PYTHONSTARTUP", "PYTHONSAFEPATH")
"""What names of environment variables begin with that a job must not see: Glue has none of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PythonShell:
    """Runs Python shell jobs."""

    s3: S3Client
    logs: Logs
    aws: Mapping[str, str]
    """Environment variables that lead every AWS client of a job to the local Glue."""
    interpreter: str = sys.executable
    seconds_per_minute: float = 60.0
    """How long a minute of a timeout is."""
    surroundings: Mapping[str, str] = field(default_factory=lambda: os.environ)
    """The environment that jobs inherit from, AWS's part of it taken out."""

    def run(self, work: JobWork, stop: threading.Event) -> Ended:
        """Run a job to its end."""
        with tempfile.TemporaryDirectory(prefix="gluedsl-job-", ignore_cleanup_errors=True) as name:
            folder = Path(name)
            try:
                script = download(self.s3, work.definition["Command"]["ScriptLocation"], folder)
                libraries = self._libraries(work.arguments.get("--extra-py-files", ""), folder / "libraries")
            except UnreadableObjectError as error:
                return Ended("FAILED", str(error))
            return self._run(work, script, libraries, stop)

    def _run(self, work: JobWork, script: Path, libraries: Sequence[str], stop: threading.Event) -> Ended:
        errors: list[str] = []

        def on_lines(stream: Stream, texts: Sequence[str]) -> None:
            node = Node("JOB", work.job_name)
            self.logs.add(LogLines(source=node, run_id=work.id, stream=stream, texts=tuple(texts)))
            if stream == "stderr":
                errors.extend(texts)
                del errors[:-_ERROR_LINES]

        minutes = work.timeout_minutes
        try:
            end = processes.run(
                [self.interpreter, str(script), *_words(work.arguments)],
                folder=script.parent,
                environment=self._environment(libraries),
                timeout_seconds=None if minutes is None else minutes * self.seconds_per_minute,
                stop=stop,
                on_lines=on_lines,
            )
        except OSError as error:
            return Ended("FAILED", f"{self.interpreter} cannot be started: {error.strerror}")
        match end.why:
            case "stopped":
                return Ended("STOPPED")
            case "timed out":
                return Ended("TIMEOUT", "Job has timed out")
            case "exited":
                return Ended("SUCCEEDED") if end.code == 0 else Ended("FAILED", self._reason(work, end.code, errors))

    def _reason(self, work: JobWork, code: int, errors: Sequence[str]) -> str:
        reason = _reason(code, errors)
        if reason.startswith("ModuleNotFoundError") and self.interpreter == sys.executable:
            names = ", ".join(requirements.missing(requirements.listed(work.arguments.get(requirements.ARGUMENT, ""))))
            if names:
                reason += f"; of {requirements.ARGUMENT} there is no {names} here, where nothing is installed for jobs"
        return reason

    def _libraries(self, uris: str, folder: Path) -> list[str]:
        """Fetch what `--extra-py-files` names; return what to put on the path."""
        found = []
        for number, uri in enumerate(filter(None, (part.strip() for part in uris.split(",")))):
            place = folder / str(number)
            place.mkdir(parents=True)
            found.append(_importable(download(self.s3, uri, place), uri))
        return found

    def _environment(self, libraries: Sequence[str]) -> dict[str, str]:
        inherited = {k: v for k, v in self.surroundings.items() if not k.startswith(_OF_THE_MACHINE)}
        # A proxy must not come between a job and the local Glue.
        direct = ",".join(filter(None, (inherited.get("NO_PROXY") or inherited.get("no_proxy"), "127.0.0.1")))
        own = {
            "PYTHONUNBUFFERED": "1",
            "PYTHONIOENCODING": "utf-8",
            "PYTHONPATH": os.pathsep.join((*libraries, JOB_PATH)),
            "NO_PROXY": direct,
            "no_proxy": direct,
        }
        return {**inherited, **own, **self.aws}


def _importable(file: Path, uri: str) -> str:
    match file.suffix:
        case ".zip" | ".egg":
            return str(file)
        case ".whl":
            unpacked = file.with_suffix("")
            try:
                with zipfile.ZipFile(file) as wheel:
                    wheel.extractall(unpacked)
            except zipfile.BadZipFile as error:
                message = f"{uri} is no wheel: {error}"
                raise UnreadableObjectError(message) from error
            return str(unpacked)
        case _:
            return str(file.parent)


def _words(arguments: Mapping[str, str]) -> list[str]:
    return [word for name, value in arguments.items() for word in (name, value)]


def _reason(code: int, errors: Sequence[str]) -> str:
    """Return why a script failed: the exception, or what it said to `sys.exit`, or its exit code."""
    headers = [index for index, line in enumerate(errors) if line.startswith(_TRACEBACK)]
    after = errors[headers[-1] + 1 :] if headers else ()
    exception = next((line for line in after if line.strip() and not line[0].isspace()), None)
    if exception is None and code == 1:
        exception = next((line.strip() for line in reversed(errors) if line.strip()), None)
    return f"Command failed with exit code {code}" if exception is None else exception[:_LONGEST_ERROR]
