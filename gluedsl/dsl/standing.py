"""Objects of other libraries that stand for a name: a role, a connection or a job that a CDK application defines.

They are told by the attribute that holds the name, so that nothing has to be imported: this runs on Glue workers, too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing_extensions import Protocol

    class Referable(Protocol):
        """A resource of CloudFormation: what a reference to it gives is its name."""

        @property
        def ref(self) -> str:
            """Of CloudFormation."""

    class NamesRole(Protocol):
        """A role with its ARN."""

        @property
        def role_arn(self) -> str:
            """Or a token of it."""

    class NamesConnection(Protocol):
        """A connection with its name."""

        @property
        def connection_name(self) -> str:
            """Or a token of it."""

    class NamesSecurityConfiguration(Protocol):
        """A security configuration with its name."""

        @property
        def security_configuration_name(self) -> str:
            """Or a token of it."""

    class NamesDatabase(Protocol):
        """A database with its name."""

        @property
        def database_name(self) -> str:
            """Or a token of it."""

    class NamesJob(Protocol):
        """A job with its name."""

        @property
        def job_name(self) -> str:
            """Or a token of it."""


def name_of(value: Any, *attributes: str) -> Any:
    """Return the text that the first of some attributes holds; the value itself, if it has none of them."""
    for attribute in attributes if not isinstance(value, str) else ():
        held = getattr(value, attribute, None)
        if isinstance(held, str):
            return held
    return value
