"""AC006 `unheeded-argument`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.places import related
from gluedsl.rules.rule import Kind, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context


class UnheededArgument(Rule):
    """A trigger gives a job an argument that nothing overrides.

    ## What it does

    Reports arguments of actions that the job has among its `non_overridable_arguments`.

    ## Why is this bad

    Glue ignores what the trigger says, without a word.

    ## Example

    ```python
    from gluedsl import PythonShellJob, Trigger, Workflow

    sales = Workflow("sales", role="GlueJobRole")
    load = sales.add(PythonShellJob("load", script="s3://scripts/load.py"))
    publish = PythonShellJob("publish", script="s3://scripts/publish.py", non_overridable_arguments={"--region": "eu"})
    sales.add(Trigger("sales-publish", when=load, start=[publish.with_arguments({"--region": "us"})]))
    ```

    ## Use instead

    ```python
    from gluedsl import PythonShellJob, Trigger, Workflow

    sales = Workflow("sales", role="GlueJobRole")
    load = sales.add(PythonShellJob("load", script="s3://scripts/load.py"))
    publish = PythonShellJob("publish", script="s3://scripts/publish.py", arguments={"--region": "eu"})
    sales.add(Trigger("sales-publish", when=load, start=[publish.with_arguments({"--region": "us"})]))
    ```
    """

    code = "AC006"
    name = "unheeded-argument"
    kind = Kind.LINT
    severity = Severity.WARNING
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/dg/about-triggers.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each argument that is ignored."""
        jobs = {job.name: (path, job) for path, job in walk.jobs(context.project)}
        for path, _, trigger in walk.triggers(context.project):
            for place, action in walk.actions(path, trigger):
                if action.job_name not in jobs:
                    continue
                job_path, job = jobs[action.job_name]
                for key in action.arguments:
                    if key in job.non_overridable_arguments:
                        own = context.span(*job_path, "non_overridable_arguments", key)
                        yield self.finding(
                            f"trigger `{trigger.name}` gives job `{job.name}` argument `{key}`, "
                            "which nothing overrides",
                            context.span(*place, "arguments", key),
                            related=related((own, "this one is used")),
                            help=("move the job's own to `arguments`, or leave the trigger's out",),
                        )
