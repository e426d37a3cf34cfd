"""AC002 `undefined-node`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.graph.build import action_node
from gluedsl.model import walk
from gluedsl.rules.rule import Kind, Rule
from gluedsl.rules.wording import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context


class UndefinedNode(Rule):
    """A trigger starts a job or crawler that nothing defines.

    ## What it does

    Reports actions that name a job as a text, where the template defines jobs and none of that name;
    and the same of crawlers. It is a warning where the name is near to one of these, and else worth a word.

    ## Why is this bad

    Glue refuses a trigger that starts what is not there, and where that is deleted later, the run goes no further.
    A name that is spelled in two ways is two names; a reference is not.
    Templates that define no job at all start those of others on purpose, and are not asked.

    ## Example

    In Python a trigger starts a `Job`, or an `ExistingJob` that somebody else defines, so this cannot be written.
    In CloudFormation it can:

    ```json
    {
      "Resources": {
        "Load": {
          "Type": "AWS::Glue::Job",
          "Properties": {
            "Name": "load-orders",
            "Role": "GlueJobRole",
            "Command": {"Name": "pythonshell", "ScriptLocation": "s3://scripts/load.py", "PythonVersion": "3.9"}
          }
        },
        "Start": {
          "Type": "AWS::Glue::Trigger",
          "Properties": {"Type": "ON_DEMAND", "Actions": [{"JobName": "load-order"}]}
        }
      }
    }
    ```

    ## Use instead

    ```json
    {
      "Resources": {
        "Load": {
          "Type": "AWS::Glue::Job",
          "Properties": {
            "Name": "load-orders",
            "Role": "GlueJobRole",
            "Command": {"Name": "pythonshell", "ScriptLocation": "s3://scripts/load.py", "PythonVersion": "3.9"}
          }
        },
        "Start": {
          "Type": "AWS::Glue::Trigger",
          "Properties": {"Type": "ON_DEMAND", "Actions": [{"JobName": {"Ref": "Load"}}]}
        }
      }
    }
    ```
    """

    code = "AC002"
    name = "undefined-node"
    kind = Kind.LINT
    severity = Severity.WARNING
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/webapi/API_Action.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each action that starts what the project neither defines nor knows to exist."""
        project = context.project
        jobs = {job.name for job in project.jobs} | {job.name for job in project.existing_jobs}
        crawlers = {c.name for c in project.crawlers} | {c.name for c in project.existing_crawlers}
        for path, _, trigger in walk.triggers(project):
            for place, action in walk.actions(path, trigger):
                node = action_node(action)
                known = jobs if node is not None and node.type == "JOB" else crawlers
                if node is not None and node.name not in known:
                    near = did_you_mean(node.name, sorted(known))
                    yield self.finding(
                        f"trigger `{trigger.name}` starts {node}, which is not defined here",
                        context.span(*place, f"{node.type.lower()}_name"),
                        help=(*near, "refer to what the template defines by `Ref`"),
                        severity=None if near else Severity.INFO,
                    )
