"""AR001 `non-string-argument`."""

from __future__ import annotations

from gluedsl.diagnostics import Severity
from gluedsl.rules.limits.api_rule import ApiRule
from gluedsl.rules.rule import Kind


class NonStringArgument(ApiRule):
    """A job's argument is no string.

    ## What it does

    Reports arguments of jobs and of actions whose names or values are not strings.

    ## Why is this bad

    Glue stores arguments as strings, and nothing else. A flag is `"true"` or an empty string.

    ## Example

    In Python the types refuse it. In CloudFormation it can be written:

    ```json
    {
      "DefaultArguments": {"--limit": 500, "--verbose": true}
    }
    ```

    ## Use instead

    ```json
    {
      "DefaultArguments": {"--limit": "500", "--verbose": "true"}
    }
    ```
    """

    code = "AR001"
    name = "non-string-argument"
    kind = Kind.RESTRICTION
    severity = Severity.ERROR
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/webapi/API_CreateJob.html"
    also = ("AC004",)
