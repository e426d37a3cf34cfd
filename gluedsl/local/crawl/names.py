"""Names of tables, by AWS's rules: https://docs.aws.amazon.com/glue/latest/dg/crawler-running.html.

"Only alphanumeric characters and underscore (_) are allowed."
"The maximum length of the name cannot be longer than 128 characters. The crawler truncates generated names."
"If duplicate table names are encountered, the crawler adds a hash string suffix to the name."
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_LONGEST = 128


def table_name(table_prefix: str, bucket: str, prefix: str, taken: Mapping[str, str]) -> str:
    """Return the name of the table at an S3 prefix: that of its folder, file or bucket.

    `taken` are names that belong to tables elsewhere, with their locations. Which hash AWS adds is not documented;
    here it is MD5 of the location, so that a later crawl finds the same name.
    """
    base = prefix.rstrip("/").rpartition("/")[2] or bucket
    # Letters become small: "this must be all lowercase", https://docs.aws.amazon.com/glue/latest/webapi/API_TableInput.html
    name = re.sub(r"[^a-z0-9_]", "_", f"{table_prefix}{base}".lower())[:_LONGEST]
    location = f"s3://{bucket}/{prefix}"
    if same_place(taken.get(name, location), location):
        return name
    suffix = "_" + hashlib.md5(location.encode(), usedforsecurity=False).hexdigest()
    return name[: _LONGEST - len(suffix)] + suffix


def same_place(one: str, other: str) -> bool:
    """Tell whether two locations are one, whether or not they end in a slash."""
    return one.rstrip("/") == other.rstrip("/")
