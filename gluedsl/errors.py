"""What gluedsl raises: one line for the person at the terminal, and what to try next.

Findings about an author's workflow are not exceptions: they are diagnostics (`gluedsl.diagnostics`).
"""

from __future__ import annotations

__all__ = ["DeclarationError", "DeployError", "GluedslError", "InternalError", "LoadError", "UsageError"]


class GluedslError(Exception):
    """An error that ends a command: `message` says what is wrong, `hint` what to try.

    `exit_code` is what a command line should exit with.
    """

    exit_code = 2

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(GluedslError):
    """A command was asked for something it cannot do."""


class DeclarationError(GluedslError, TypeError):
    """A flow hands gluedsl a value that no workflow can be made of; raised at the author's own line."""


class LoadError(GluedslError):
    """A flow file cannot be read as one: missing, not Python, or it raises when imported."""


class DeployError(GluedslError):
    """AWS, or whatever stands at the endpoint, refused a change."""

    exit_code = 3


class InternalError(GluedslError):
    """A bug of gluedsl itself."""

    exit_code = 70
