"""JB036 `implausible-role`."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.rule import Kind, Rule
from gluedsl.rules.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.model import Path
    from gluedsl.rules.rule import Context
    from gluedsl.source.span import Span

_ROLE = re.compile(r"(arn:[\w-]+:iam::[0-9]{12}:role/)?([\x21-\x39\x3b-\x7e]+/)?[\w+=,.@-]{1,64}|.*\$\{.*", re.ASCII)
"""A name, with its path or without, an ARN, or what a deployment fills in."""


class ImplausibleRole(Rule):
    """A role is neither a name nor an ARN.

    ## What it does

    Reports roles of jobs, of crawlers and of the EventBridge rules of `on_event`
    that cannot be the name of a role, nor the ARN of one.

    ## Why is this bad

    Nobody can assume what is no role: Glue refuses the job or crawler, or its runs fail; EventBridge refuses the rule.

    ## Example

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="arn:aws:iam::123456789012:user/glue")


    @sales.python_shell_job
    def load(run): ...
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow

    sales = Workflow("sales", role="arn:aws:iam::123456789012:role/glue")


    @sales.python_shell_job
    def load(run): ...
    ```
    """

    code = "JB036"
    name = "implausible-role"
    kind = Kind.LINT
    severity = Severity.WARNING
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each role that cannot be one, once where several are given it at once by their workflow or project."""
        jobs = ((path, f"job `{job.name}`", job.role) for path, job in walk.jobs(context.project))
        crawlers = ((path, f"crawler `{one.name}`", one.role) for path, one in walk.crawlers(context.project))
        rules = (
            (("event_rules", index), f"the EventBridge rule `{rule.name}`", rule.role)
            for index, rule in enumerate(context.project.event_rules)
        )
        written: dict[tuple[str, Span | None], list[tuple[Path, str]]] = defaultdict(list)
        for path, owner, role in (*jobs, *crawlers, *rules):
            if role is not None and not _ROLE.fullmatch(role):
                written[role, context.origins.spans.get((*path, "role"))].append((path, owner))
        for (role, _), owners in written.items():
            yield self.finding(
                f"role of {listed([owner for _, owner in owners])} is `{role}`, "
                f"which is neither the name of a role nor its ARN",
                context.span(*owners[0][0], "role"),
                help=("write a name, or `arn:aws:iam::123456789012:role/name`",),
            )
