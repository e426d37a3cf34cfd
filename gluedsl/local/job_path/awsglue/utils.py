"""How a job gets at its arguments: `getResolvedOptions`, as Glue documents it and as jobs see it behave.

https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-crawler-pyspark-extensions-get-resolved-options.html

Comes in: `sys.argv`, and the names that a job asks for. Goes out: values by name, or the error that the job ends with.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any, NoReturn

_ON_REQUEST = ("SECURITY_CONFIGURATION", "RedshiftTempDir", "TempDir")
"""What Glue passes where a job is set up for it: returned in any case, and nobody has to do without asking."""
_UNASKED = ("job-bookmark-from", "job-bookmark-to", "JOB_ID", "JOB_RUN_ID", "encryption-type")
"""What a job is told about itself: returned in any case, None where it was not passed, and not to be asked for
(https://github.com/awslabs/aws-glue-libs/issues/22)."""
_BOOKMARK, _OLD_BOOKMARK = "job-bookmark-option", "continuation-option"
_BOOKMARKS = ("job-bookmark-enable", "job-bookmark-pause", "job-bookmark-disable")
"""https://docs.aws.amazon.com/glue/latest/dg/aws-glue-programming-etl-glue-arguments.html; without one, the last."""


class GlueArgumentError(Exception):
    """What a job asks for is not among its arguments."""


class _Arguments(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Raise, where a command line would end the process."""
        raise GlueArgumentError(message)


def getResolvedOptions(args: Sequence[str], options: Iterable[str]) -> dict[str, Any]:  # noqa: N802 -- Glue's own name
    """Return the arguments that a job asks for, and those that Glue tells every job, by name.

    An argument is passed as `--name value` or `--name=value` and asked for as `name`; the last of several counts.
    In what is returned a dash is an underscore. The beginning of a name is taken for the name, unless two begin so.

    Args:
        args: `sys.argv`: the name of the script, and the arguments.
        options: Names, without the `--`. Whoever can do without an argument asks only where `"--name" in sys.argv`.

    Raises:
        GlueArgumentError: an argument that is asked for was not passed, or has no value.
        RuntimeError: what is asked for is returned without being asked for.
    """
    asked = list(options)
    for name in asked:
        if name.replace("--", "", 1) in (*_UNASKED, _BOOKMARK, _OLD_BOOKMARK):
            message = f"Using reserved arguments --{name.replace('--', '', 1)}: it is returned without being asked for"
            raise RuntimeError(message)
    parser = _Arguments()
    for name in (_BOOKMARK, _OLD_BOOKMARK):
        parser.add_argument(f"--{name}", choices=_BOOKMARKS)
    for name in (*_UNASKED, *_ON_REQUEST):
        parser.add_argument(f"--{name}")
    for name in asked:
        if name not in _ON_REQUEST:
            parser.add_argument(f"--{name}", required=True)
    found = vars(_parsed(parser, args, asked))
    old = found.pop(_OLD_BOOKMARK.replace("-", "_"))
    bookmark = _BOOKMARK.replace("-", "_")
    return {**found, bookmark: found[bookmark] or old or _BOOKMARKS[-1]}


def _parsed(parser: argparse.ArgumentParser, args: Sequence[str], asked: Iterable[str]) -> argparse.Namespace:
    try:
        return parser.parse_known_args(list(args[1:]))[0]
    except GlueArgumentError as error:
        dashed = [name for name in asked if name.startswith("--")]
        if not dashed:
            raise
        message = f"{error} (ask for `{dashed[0].lstrip('-')}` without the dashes, which are added)"
        raise GlueArgumentError(message) from None
