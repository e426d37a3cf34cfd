"""JB037 `unheeded-python-shell-setting`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.rule import Kind, Rule
from gluedsl.spelling.tables import JOB

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context


def _fault(key: str, value: object) -> str:
    if key == "--extra-files":
        return "has `--extra-files`, which only Spark jobs are given"
    if key == "--job-bookmark-option" and value != "job-bookmark-disable":
        return "has bookmarks, which only Spark jobs keep"
    if key == "--extra-py-files" and ".egg" in str(value):
        return "has an egg among its `--extra-py-files`, which Python 3.9 does not install"
    return ""


class UnheededPythonShellSetting(Rule):
    """A Python shell job has a setting that does nothing.

    ## What it does

    Reports extra files, bookmarks, eggs and, as an information, versions of Glue on Python shell jobs.

    ## Why is this bad

    A Python shell job runs on Python alone: there is no Spark to keep bookmarks, `--extra-files` are not copied,
    and Python 3.9 does not install eggs. A version of Glue is ignored.

    ## Example

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.python_shell_job(arguments={"--extra-files": "s3://lake/regions.json"})
    def load(run): ...
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.python_shell_job(arguments={"--regions": "s3://lake/regions.json"})
    def load(run): ...
    ```
    """

    code = "JB037"
    name = "unheeded-python-shell-setting"
    kind = Kind.LINT
    severity = Severity.WARNING
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/dg/add-job-python.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each setting that Glue does not heed."""
        for path, job in walk.jobs(context.project):
            if job.kind != "pythonshell":
                continue
            for field in ("default_arguments", "non_overridable_arguments"):
                for key, value in getattr(job, field).items():
                    if fault := _fault(key, value):
                        yield self.finding(
                            f"Python shell job `{job.name}` {fault}",
                            context.span(*path, field, key),
                            help=("leave it out",),
                        )
            if job.glue_version is not None:
                yield self.finding(
                    f"Python shell job `{job.name}` has Glue version {job.glue_version}, which Glue ignores",
                    context.span(*path, "glue_version"),
                    help=(f"leave it out; {context.words.field(JOB, 'python_version')} says what it runs",),
                    severity=Severity.INFO,
                )
