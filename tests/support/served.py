"""`gluedsl local` as a process of its own, as a person at a terminal has it."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config

from tests.support.cli import ENVIRONMENT, ROOT, Ended

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_SECONDS = 60


@dataclass(slots=True)
class Served:
    """A local Glue that serves; what it writes is read as it comes."""

    process: subprocess.Popen[str]
    url: str
    talk: list[str] = field(default_factory=list)
    """Lines of standard error."""

    def client(self, service: str = "glue", region: str = "us-east-1") -> Any:
        """Return a boto3 client."""
        return boto3.client(
            service,  # type: ignore[call-overload]  # services by name
            endpoint_url=self.url,
            region_name=region,
            aws_access_key_id="local-glue",
            aws_secret_access_key="local-glue",  # noqa: S106 -- gives access to nothing
            config=Config(proxies={}),
        )

    def end(self, number: int = signal.SIGTERM) -> Ended:
        """Send a signal and wait for the end."""
        self.process.send_signal(number)
        return self.ended()

    def ended(self) -> Ended:
        """Wait for the end; standard output is what came after the ready line."""
        code = self.process.wait(_SECONDS)
        out = self.process.stdout.read() if self.process.stdout is not None else ""
        return Ended(code, out, "".join(self.talk))


@contextmanager
def served(*arguments: str, folder: Path = ROOT, **environment: str) -> Iterator[Served]:
    """Serve until the block ends."""
    command = [sys.executable, "-m", "gluedsl", "local", "--port", "0", *arguments]
    with subprocess.Popen(
        command,
        cwd=folder,
        env=ENVIRONMENT | environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        talk: list[str] = []
        reader = threading.Thread(target=lambda: talk.extend(iter(process.stderr.readline, "")))  # type: ignore[union-attr]  # it is a pipe
        reader.start()
        try:
            line = process.stdout.readline()  # type: ignore[union-attr]  # it is a pipe
            assert line.startswith("ready http://127.0.0.1:"), (line, talk)
            yield Served(process, line.split()[1], talk)
        finally:
            process.terminate()
            process.wait(_SECONDS)
            reader.join(_SECONDS)
