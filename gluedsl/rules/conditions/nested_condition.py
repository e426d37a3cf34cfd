"""CN019 `nested-condition`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import faults
from gluedsl.rules.rule import Kind, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context


class NestedCondition(Rule):
    """A condition needs a combination inside of a combination.

    ## What it does

    Reports what waits for outcomes that one list under one AND or ANY cannot express.

    ## Why is this bad

    The predicate of a Glue trigger is flat: conditions under one AND, or under one ANY.
    Two triggers that start the same job are no way out, since both may fire and start it twice.
    A job in between is: it waits for the inner combination, and the outer one waits for it.

    ## Example

    ```python
    from gluedsl import Workflow, all_of, any_of

    sales = Workflow("sales", role="GlueJobRole")


    @sales.python_shell_job
    def load_orders(run): ...


    @sales.python_shell_job
    def load_customers(run): ...


    @sales.python_shell_job
    def load_backup(run): ...


    @sales.python_shell_job(after=any_of(all_of(load_orders, load_customers), load_backup))
    def publish(run): ...
    ```

    ## Use instead

    ```python
    from gluedsl import Workflow, all_of, any_of

    sales = Workflow("sales", role="GlueJobRole")


    @sales.python_shell_job
    def load_orders(run): ...


    @sales.python_shell_job
    def load_customers(run): ...


    @sales.python_shell_job
    def load_backup(run): ...


    @sales.python_shell_job(after=all_of(load_orders, load_customers))
    def joined(run): ...


    @sales.python_shell_job(after=any_of(joined, load_backup))
    def publish(run): ...
    ```
    """

    code = "CN019"
    name = "nested-condition"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/webapi/API_Predicate.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each combination that lowering found inside of another."""
        for fault in context.faults:
            if isinstance(fault, faults.NestedCondition):
                # Whole words only: a combination held in a variable `a` is not the `a` of `all_of`.
                outer = re.sub(rf"(?<![\w.]){re.escape(fault.inner)}(?!\w)", "joined", fault.expression, count=1)
                yield self.finding(
                    f"{fault.waiting} waits for `{fault.expression}`, which no single trigger can express",
                    fault.inner_span or fault.span,
                    help=(f"add a job `joined` with `after={fault.inner}`, and wait for `{outer}`",),
                )
