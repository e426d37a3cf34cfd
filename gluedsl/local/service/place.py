"""Where the local Glue pretends to be: an account and a region, and the ARNs that follow."""

from __future__ import annotations

import difflib
from dataclasses import dataclass

from gluedsl.errors import UsageError

ACCOUNT = "123456789012"
"""The account that moto answers for."""
REGION = "us-east-1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An account in a region."""

    account: str = ACCOUNT
    region: str = REGION

    def arn(self, kind: str, name: str) -> str:
        """Return the ARN of a `workflow`, `trigger`, `job` or `crawler`."""
        return f"{self._prefix}{kind}/{name}"

    def resource(self, arn: str) -> tuple[str, str] | None:
        """Return kind and name of something of Glue's in this place; None: the ARN is of something else."""
        kind, separator, name = arn.removeprefix(self._prefix).partition("/")
        return (kind, name) if arn.startswith(self._prefix) and separator else None

    @property
    def _prefix(self) -> str:
        return f"arn:aws:glue:{self.region}:{self.account}:"


def place_in(region: str) -> Place:
    """Return the place in a region.

    Raises:
        UsageError: AWS has no Glue in a region of that name.
    """
    from botocore.loaders import Loader  # noqa: PLC0415 -- a quarter of a second
    from botocore.regions import EndpointResolver  # noqa: PLC0415

    # Not asked of a session: that reads the machine's profiles, which are nothing to the local Glue.
    regions = EndpointResolver(Loader().load_data("endpoints"))
    partitions = regions.get_available_partitions()
    known = sorted({name for each in partitions for name in regions.get_available_endpoints("glue", each)})
    if region not in known:
        near = difflib.get_close_matches(region.lower(), known, n=1)
        message = f"there is no region `{region}` with AWS Glue"
        raise UsageError(message, hint=f"did you mean `{near[0]}`?" if near else f"for example `{REGION}`")
    return Place(region=region)
