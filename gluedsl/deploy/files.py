"""Files that nothing needs any more, and the bucket that they were in.

Comes in: what is wanted and what is there. Goes out: steps that delete what is in the project's own folder and what no
job of the project names, and the bucket of gluedsl's own once nothing is in it. A `GlueReader` is asked for more only
where something depends on the answer. What is outside of the folder is never listed whole, and never deleted.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from gluedsl.deploy.steps import Delete, Keep
from gluedsl.model import RemoteScript

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from gluedsl.deploy.account import GlueReader
    from gluedsl.deploy.desired import Desired
    from gluedsl.deploy.observe import Observed
    from gluedsl.deploy.resources import Bucket
    from gluedsl.deploy.steps import Step
    from gluedsl.model import Job

_FORGOTTEN = "no job names it any more, nor did before this deployment"
_EMPTY = "nothing else is in it"
_SHARED = "jobs that stay have files in it"
_AUTHORS = "gluedsl did not make it"
_LEFT = "a deployment that was killed left it behind"
_SOME = 3


def forgotten(wanted: Desired, seen: Observed, reader: GlueReader) -> Iterator[Delete]:
    """Yield the deletion of files that no job named before this deployment, and that none names after it.

    Not of those that a job named until just now: a run that is under way, or its next try, may read the script that
    its job had when it began. So one generation of old files stays, until a later deployment changes something. That
    is no reason to deploy by itself: after a deployment there would be something to do, always.
    """
    if wanted.bucket is not None:
        new = {file.key for file in wanted.files}
        keys = _unnamed(seen.files.keys() - new, (*wanted.jobs, *seen.jobs.values()), wanted, seen, reader)
        yield from (_deletion(key, wanted.bucket, _FORGOTTEN) for key in keys)


def files_and_bucket(wanted: Desired, seen: Observed, reader: GlueReader, gone: Sequence[Step]) -> tuple[Step, ...]:
    """Return what becomes of the project's files, and of the bucket, when `gone` has been done."""
    bucket = wanted.bucket
    if bucket is None or seen.bucket not in {"ready", "unfinished"}:
        return ()
    doomed = {s.name for s in gone if isinstance(s, Delete) and s.resource == "AWS::Glue::Job"}
    staying = [job for name, job in seen.jobs.items() if name not in doomed]
    keys = _unnamed(seen.files.keys(), staying, wanted, seen, reader)
    steps = (*(_deletion(key, bucket) for key in keys), _bucket(bucket, wanted, seen, reader, keys))
    if any(isinstance(step, Delete) for step in (*gone, *steps)):
        return steps
    # Whoever deletes something takes the lock, and leaves nothing of it: so it matters only where nothing else is left.
    lock = wanted.owner.lock
    left = (_deletion(lock, bucket, _LEFT),) if lock in reader.files(bucket, lock) else ()
    return (*left, *steps)


def _bucket(
    bucket: Bucket, wanted: Desired, seen: Observed, reader: GlueReader, deleted: Collection[str]
) -> Delete | Keep:
    if not bucket.managed:
        return Keep(resource="AWS::S3::Bucket", name=bucket.name, reason=_AUTHORS)
    if len(deleted) < len(seen.files):
        return Keep(resource="AWS::S3::Bucket", name=bucket.name, reason=_SHARED)
    others = reader.neighbours(bucket, (f"{wanted.owner.files}/", wanted.owner.lock))
    if others:
        named = ", ".join((*others[:_SOME], *(["..."] if len(others) > _SOME else [])))
        return Keep(resource="AWS::S3::Bucket", name=bucket.name, reason=f"others have files in it: {named}")
    return Delete(resource="AWS::S3::Bucket", name=bucket.name, bucket=bucket, reason=_EMPTY)


def _deletion(key: str, bucket: Bucket, reason: str = "") -> Delete:
    return Delete(resource="AWS::S3::Object", name=key, bucket=bucket, reason=reason)


def _unnamed(
    keys: Collection[str], jobs: Iterable[Job], wanted: Desired, seen: Observed, reader: GlueReader
) -> list[str]:
    """Return those keys that neither these jobs name nor any other of the project's, in the order of their names."""
    left = set(keys) - _named(keys, jobs, wanted)
    if left and seen.other_jobs:
        left -= _named(left, reader.jobs(sorted(seen.other_jobs)), wanted)
    return sorted(left, key=lambda key: (key.rpartition("/")[2], key))


def _named(keys: Collection[str], jobs: Iterable[Job], wanted: Desired) -> set[str]:
    """Return those keys that are named in the script or, wherever, in the arguments of a job."""
    bucket, folder = wanted.bucket, f"{wanted.owner.files}/"
    start = re.compile(re.escape(f"s3://{bucket.name if bucket else ''}/{folder}") + r"([^/]*)/(?=(.*))", re.DOTALL)
    said: dict[str, set[str]] = defaultdict(set)
    for job in jobs:
        script = job.code.uri if isinstance(job.code, RemoteScript) else ""
        for text in (script, *job.default_arguments.values(), *job.non_overridable_arguments.values()):
            for found in start.finditer(text):
                said[found[1]].add(found[2])

    def is_named(key: str) -> bool:
        digest, _, name = key.removeprefix(folder).partition("/")
        return any(rest.startswith(name) for rest in said.get(digest, ()))

    return {key for key in keys if is_named(key)}
