"""TL004 `malformed-template`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import faults
from gluedsl.rules.places import related
from gluedsl.rules.rule import Kind, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.diagnostics import Diagnostic
    from gluedsl.rules.rule import Context


class MalformedTemplate(Rule):
    """CloudFormation can make nothing of a part of a template.

    ## What it does

    Reports what stands in a template where something else belongs: a list in the place of a map, a text in the
    place of a number, a key that stands twice, a function that there is not, a reference that leads nowhere or in a
    circle. It looks at resources of Glue, and at what they refer to. Rules that would need the value are silent.

    ## Why is this bad

    CloudFormation refuses the template, or the resource, before it asks Glue.

    ## Example

    In Python this cannot be written. In CloudFormation it can:

    ```json
    {
      "Type": "ON_DEMAND",
      "Actions": {"JobName": "load"}
    }
    ```

    ## Use instead

    ```json
    {
      "Type": "ON_DEMAND",
      "Actions": [{"JobName": "load"}]
    }
    ```
    """

    code = "TL004"
    name = "malformed-template"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield each part of a template that could not be read."""
        for fault in context.faults:
            if isinstance(fault, faults.MalformedTemplate):
                yield self.finding(
                    fault.problem,
                    fault.span,
                    related=related(*fault.related),
                    help=(fault.help,) if fault.help else (),
                )
