"""Objects of other libraries that stand for a name: a role, a connection or a job that a CDK application defines.

They are told by the attribute that holds the name, so that nothing has to be imported: this runs on Glue workers, too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gluedsl.targets import name_in

if TYPE_CHECKING:
    from typing_extensions import Protocol

    from gluedsl.targets import NamesConnection as NamesConnection  # noqa: PLC0414 -- imported from here, too
    from gluedsl.targets import NamesDatabase as NamesDatabase  # noqa: PLC0414 -- imported from here, too
    from gluedsl.targets import Referable as Referable  # noqa: PLC0414 -- imported from here, too

    class NamesRole(Protocol):
        """A role with its ARN."""

        @property
        def role_arn(self) -> str:
            """Or a token of it."""

    class NamesSecurityConfiguration(Protocol):
        """A security configuration with its name."""

        @property
        def security_configuration_name(self) -> str:
            """Or a token of it."""

    class NamesJob(Protocol):
        """A job with its name."""

        @property
        def job_name(self) -> str:
            """Or a token of it."""


_TYPES = {
    "connection_name": "AWS::Glue::Connection",
    "database_name": "AWS::Glue::Database",
    "job_name": "AWS::Glue::Job",
    "ref": "AWS::Glue::Crawler",
    "role_arn": "AWS::IAM::Role",
    "security_configuration_name": "AWS::Glue::SecurityConfiguration",
}
"""Of the resource that is meant, by the attribute that is looked at first: nothing but a reference names a crawler."""


def name_of(value: Any, *attributes: str) -> Any:
    """Return the text that the first of some attributes holds; the value itself, if it has none of them.

    So it is with a resource of another kind: a reference to it is a name, but not of what is meant.
    """
    return name_in(value, attributes, _TYPES[attributes[0]])
