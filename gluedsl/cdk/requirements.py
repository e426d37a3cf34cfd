"""What the CDK needs before it can be imported: the library, new enough, and Node.js for it to run on.

Comes in: what is installed here. Goes out: nothing, or one line that says what is missing. It imports nothing of the
CDK, whose import starts a Node process.
"""

from __future__ import annotations

import os
import shutil
from importlib.metadata import PackageNotFoundError, version

from gluedsl.errors import UsageError

OLDEST = (2, 262, 1)
"""The first aws-cdk-lib with plug-ins for validation under their final names, and with its own validator able to be
turned off."""
_INSTALL = 'pip install "gluedsl[cdk]"'


def require_cdk() -> None:
    """Return if the CDK can be imported.

    Raises:
        UsageError: it cannot.
    """
    require_library(_installed())
    node = os.environ.get("JSII_NODE") or "node"
    if shutil.which(node) is None:
        message = f"the CDK runs on Node.js, and there is no `{node}` on the PATH"
        raise UsageError(message, hint="https://nodejs.org")


def require_library(found: str | None) -> None:
    """Return if a version of aws-cdk-lib will do; None: there is none.

    Raises:
        UsageError: it will not.
    """
    if found is None:
        message = "gluedsl.cdk needs the CDK, and `aws-cdk-lib` is not installed"
        raise UsageError(message, hint=_INSTALL)
    numbers = tuple(int(part) for part in found.split(".")[:3] if part.isdecimal())
    if numbers < OLDEST:
        message = f"gluedsl.cdk needs aws-cdk-lib {'.'.join(map(str, OLDEST))} or newer, and {found} is installed"
        raise UsageError(message, hint=_INSTALL)


def _installed() -> str | None:
    try:
        return version("aws-cdk-lib")
    except PackageNotFoundError:
        return None
