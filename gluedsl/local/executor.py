"""The executor of the local Glue: Python shell jobs as processes, crawls by `gluedsl.local.crawl`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gluedsl.graph import Node
from gluedsl.local.crawl import CrawlError, crawl
from gluedsl.local.logs import LogLines
from gluedsl.local.work import Ended

if TYPE_CHECKING:
    import threading

    from mypy_boto3_glue import GlueClient
    from mypy_boto3_s3 import S3Client

    from gluedsl.local.logs import Logs
    from gluedsl.local.python_shell import PythonShell
    from gluedsl.local.work import CrawlWork, JobWork

_KINDS = {"glueetl": "Spark", "gluestreaming": "streaming", "glueray": "Ray"}


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalExecutor:
    """Runs what can be run here, and fails the rest with a reason."""

    python_shell: PythonShell
    s3: S3Client
    glue: GlueClient
    logs: Logs

    def run_job(self, work: JobWork, stop: threading.Event) -> Ended:
        """Run a job to its end."""
        kind = work.definition["Command"]["Name"]
        if kind == "pythonshell":
            return self.python_shell.run(work, stop)
        return Ended(
            "FAILED",
            f"the local Glue runs Python shell jobs, and {work.job_name} is a {_KINDS[kind]} job: say how it ends, "
            f"with `gluedsl local --outcome {work.job_name}=SUCCEEDED` or `LocalGlue(outcomes=...)`",
        )

    def crawl(self, work: CrawlWork, stop: threading.Event) -> Ended:
        """Crawl to the end."""
        try:
            result = crawl(
                work.definition,
                s3=self.s3,
                glue=self.glue,
                crawl_id=work.id,
                now=work.asked_for_at,
                cancelled=stop.is_set,
            )
        except CrawlError as error:
            self._log(work, error.log)
            return Ended("FAILED", error.message)
        self._log(work, result.log)
        return Ended("CANCELLED" if result.cancelled else "SUCCEEDED")

    def _log(self, work: CrawlWork, lines: tuple[str, ...]) -> None:
        if lines:
            source = Node("CRAWLER", work.crawler_name)
            self.logs.add(LogLines(source=source, run_id=work.id, stream="stdout", texts=lines))
