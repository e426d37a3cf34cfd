"""Reads what lies under an include path, and says what it left out.

Comes in: an include path. Goes out: its objects, and what they hold. Asks before each object whether to go on.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gluedsl.local.crawl.infer import LeftOut
from gluedsl.local.crawl.layout import File
from gluedsl.local.crawl.objects import list_objects

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from mypy_boto3_s3 import S3Client

    from gluedsl.local.crawl.definition import S3Place
    from gluedsl.local.crawl.infer import Inference, Inferred
    from gluedsl.local.crawl.objects import S3Object
    from gluedsl.local.crawl.result import Journal


class Cancelled(Exception):  # noqa: N818 -- no error: somebody asked for it
    """The crawl is to end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The data side of one crawl."""

    s3: S3Client
    inference: Inference
    journal: Journal
    cancelled: Callable[[], bool]

    def stop_if_cancelled(self) -> None:
        """Raise if the crawl is to end."""
        if self.cancelled():
            raise Cancelled

    def objects(self, place: S3Place) -> Sequence[S3Object]:
        """Return the objects to crawl.

        Objects of no bytes hold no schema and are left out. Of `_SUCCESS` and the like nobody needs to hear; of others
        AWS says that empty files beside folders make it create several tables:
        https://docs.aws.amazon.com/glue/latest/dg/crawler-maximum-number-of-tables.html
        """
        self.stop_if_cancelled()
        listing = list_objects(self.s3, place)
        visible = [o for o in listing.empty if not o.key.rpartition("/")[2].startswith(("_", "."))]
        if visible:
            more = f" and {len(visible) - 1} more" if len(visible) > 1 else ""
            self.journal.warn(
                f"{visible[0].uri}{more}: empty, left out. AWS's crawler can make tables of empty objects that lie "
                "beside folders."
            )
        return listing.objects

    def files(self, objects: Iterable[S3Object], place: S3Place) -> list[File]:
        """Read objects, or as many of each folder as the target's sample size says.

        AWS takes them at random (https://docs.aws.amazon.com/glue/latest/webapi/API_S3Target.html);
        here they are the first by name, so that a crawl can be repeated.
        """
        files = []
        sampled: dict[str, int] = defaultdict(int)
        for member in objects:
            folder = member.key.rpartition("/")[0]
            if place.sample_size is not None and sampled[folder] >= place.sample_size:
                files.append(File(object=member, inferred=None))
                continue
            inferred = self._inferred(member)
            if inferred is not None:
                sampled[folder] += 1
                files.append(File(object=member, inferred=inferred))
        return files

    def _inferred(self, member: S3Object) -> Inferred | None:
        self.stop_if_cancelled()
        inferred = self.inference.of(member)
        if isinstance(inferred, LeftOut):
            self.journal.warn(
                f"{member.uri}: {inferred.why}, which AWS's crawler reads and the local one does not: left out."
            )
            return None
        if inferred.dialect.classification == "UNKNOWN":
            self.journal.warn(f"{member.uri}: classified UNKNOWN, as {inferred.warning}.")
        elif inferred.warning:
            self.journal.warn(f"{member.uri}: {inferred.warning}.")
        return inferred
