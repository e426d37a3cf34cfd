"""What a Python shell job finds under the name of Glue's own library: `awsglue.utils`, and reasons for the rest.

All else of that library needs Spark, which no Python shell job has.
"""

from __future__ import annotations

import sys
from importlib.abc import MetaPathFinder


class _NeedsSpark(MetaPathFinder):
    """Asked last of all, and so for modules that are not here."""

    def find_spec(self, fullname: str, path: object = None, target: object = None) -> None:  # noqa: ARG002 -- as the protocol has it
        if fullname.startswith(f"{__name__}."):
            message = f"{fullname} needs Spark: gluedsl runs Python shell jobs, and for them there is awsglue.utils"
            raise ModuleNotFoundError(message)


sys.meta_path.append(_NeedsSpark())
