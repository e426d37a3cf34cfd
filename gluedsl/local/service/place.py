"""Where the local Glue pretends to be: an account and a region, and the ARNs that follow."""

from __future__ import annotations

from dataclasses import dataclass

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
