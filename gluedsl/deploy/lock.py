"""One deployment of a project at a time: a lock, held by an object in the script bucket.

Comes in: a place for locks, and who asks. Goes out: the lock, for as long as it is needed; or an error that says who
has it. Whoever holds it says so again every few seconds. A lock of which nothing new was heard for a while was left by
a process that is gone, and is taken over: so nothing that was killed is in the way for longer than that. No clock is
compared with another: what counts is how long the asker itself has heard nothing.
"""

from __future__ import annotations

import getpass
import json
import os
import secrets
import socket
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from gluedsl.deploy.account import AwsError
from gluedsl.errors import DeployError, GluedslError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from gluedsl.deploy.halt import Halt
    from gluedsl.deploy.ownership import Owner
    from gluedsl.deploy.resources import Bucket

SILENCE_SECONDS = 30.0
"""How long nothing is heard of a lock until it is taken over."""
BEAT_SECONDS = 8.0
"""How often its holder says that it is there."""
_LOOK_SECONDS = 2.0
_ENDED = frozenset("ZXx")
"""States of a process that is over, though nobody has asked yet how it ended: proc(5)."""


class LockPlace(Protocol):
    """Where locks are. Writes only succeed for who knows the version that is there."""

    def read(self, bucket: Bucket, key: str) -> tuple[bytes, str] | None:
        """Return what a lock says, and its version; None: there is none."""
        ...

    def write(self, bucket: Bucket, key: str, content: bytes, *, version: str | None) -> str | None:
        """Write a lock if it is still of that version (None: not there); return its new one; None: it is not."""
        ...

    def delete(self, bucket: Bucket, key: str, *, version: str) -> None:
        """Delete a lock if it is still of that version, with all that a bucket which keeps versions has of it."""
        ...


class LockedError(DeployError):
    """Another deployment of the same project is under way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Who holds a lock, for whoever else wants it."""

    who: str
    since: str
    ticket: str
    machine: str
    """What a process id means something in: one boot of one machine, or one container; empty: not known."""
    process: int
    began: str
    """When the process did, which tells it from a later one with the same id; empty: not known."""

    @classmethod
    def here(cls) -> Holder:
        """Return this process."""
        try:
            user = getpass.getuser()
        except (KeyError, OSError):  # a user id without a name, as in many a container
            user = "somebody"
        now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
        return cls(
            who=f"{user} on {socket.gethostname()}",
            since=now,
            ticket=secrets.token_hex(16),
            machine=_machine(),
            process=os.getpid(),
            began=_began(os.getpid()),
        )

    @classmethod
    def read(cls, content: bytes) -> Holder:
        """Return who wrote a lock; what cannot be read was written by nobody who is known."""
        try:
            said: Any = json.loads(content)
            return cls(
                who=str(said["who"]),
                since=str(said["since"]),
                ticket=str(said["ticket"]),
                machine=str(said["machine"]),
                process=int(said["process"]),
                began=str(said["began"]),
            )
        except (ValueError, TypeError, KeyError):
            return cls(who="somebody", since="an unknown time", ticket="", machine="", process=0, began="")

    def content(self, beat: int) -> bytes:
        """Return what the lock says; no two beats say the same, so that each is heard."""
        said = {"who": self.who, "since": self.since, "ticket": self.ticket, "machine": self.machine}
        return json.dumps(said | {"process": self.process, "began": self.began, "beat": beat}).encode()

    @property
    def is_alive(self) -> bool | None:
        """Whether the process is there; None: it is, or was, elsewhere."""
        if not self.machine or self.machine != _machine():
            return None
        return _began(self.process) == self.began


def _machine() -> str:
    """Return what tells this boot and this namespace of processes from all others; empty where nothing does."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        return f"{boot} {Path('/proc/self/ns/pid').readlink()}"
    except OSError:
        return ""


def _began(process: int) -> str:
    """Return when a process began, as the kernel counts; empty: it is not there, or nobody counts."""
    try:
        about = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    # The second field is a name with whatever in it; state is the third, the beginning the 22nd: proc(5).
    state, *others = about.rpartition(")")[2].split()
    return "" if state in _ENDED else others[18]


@dataclass(slots=True, kw_only=True)
class Lock:
    """The lock of one project, or of one stage of it."""

    place: LockPlace
    bucket: Bucket
    owner: Owner
    holder: Holder = field(default_factory=Holder.here)
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    beat_seconds: float = BEAT_SECONDS
    _version: str = ""

    @property
    def key(self) -> str:
        """Where it is."""
        return self.owner.lock

    @contextmanager
    def held(self, halt: Halt, waiting: Callable[[str, float], None]) -> Iterator[None]:
        """Hold the lock; `halt` is called should it be lost, `waiting` is told why nothing happens."""
        if not self._take(waiting):
            yield
            return
        over = threading.Event()
        beats = threading.Thread(target=self._beat, args=(over, halt), name="gluedsl-lock", daemon=True)
        beats.start()
        try:
            yield
        finally:
            over.set()
            beats.join()
            with suppress(GluedslError):  # it is taken over soon; what the deployment has to say matters more
                self.place.delete(self.bucket, self.key, version=self._version)

    def _take(self, waiting: Callable[[str, float], None]) -> bool:
        """Take the lock; return False where there is no bucket, and so nothing that was deployed with one."""
        heard: tuple[bytes, str] | None = None
        last_news = self.clock()
        while True:
            try:
                version = self._try(heard if heard is not None and self._is_abandoned(heard[0], last_news) else None)
            except AwsError as error:
                if error.code == "NoSuchBucket":
                    return False
                raise
            if version is not None:
                self._version = version
                return True
            found = self.place.read(self.bucket, self.key)
            if found is None:
                heard = None
                continue
            holder = Holder.read(found[0])
            if holder.ticket == self.holder.ticket:  # the answer to an earlier try was lost
                self._version = found[1]
                return True
            if holder.is_alive or (heard is not None and heard[1] != found[1] and _same(heard[0], found[0])):
                raise self._taken(holder)
            if heard is None or heard[1] != found[1]:
                heard, last_news = found, self.clock()
                if holder.is_alive is None:
                    reason = f"{holder.who} began to deploy this project at {holder.since}, and may be gone"
                    waiting(reason, SILENCE_SECONDS)
            if not self._is_abandoned(found[0], last_news):
                self.sleep(_LOOK_SECONDS)

    def _try(self, abandoned: tuple[bytes, str] | None) -> str | None:
        version = abandoned[1] if abandoned is not None else None
        return self.place.write(self.bucket, self.key, self.holder.content(0), version=version)

    def _is_abandoned(self, content: bytes, last_news: float) -> bool:
        return Holder.read(content).is_alive is False or self.clock() - last_news >= SILENCE_SECONDS

    def _taken(self, holder: Holder) -> LockedError:
        stage = f", stage `{self.owner.stage}`," if self.owner.stage else ""
        message = (
            f"another deployment of project `{self.owner.project}`{stage} is under way, "
            f"by {holder.who} since {holder.since}; nothing of the project was changed"
        )
        return LockedError(message, hint="wait until it has ended, then look at the plan again")

    def _beat(self, over: threading.Event, halt: Halt) -> None:
        """Say again and again that the holder is there."""
        beat = 0
        last = self.clock()
        while not over.wait(self.beat_seconds):
            beat += 1
            try:
                version = self.place.write(self.bucket, self.key, self.holder.content(beat), version=self._version)
                is_lost = version is None and not self._is_own()
            except GluedslError as error:
                if self.clock() - last >= SILENCE_SECONDS:
                    halt.call(DeployError(f"the lock of this deployment could not be kept: {error.message}"))
                    return
                continue
            if is_lost:
                halt.call(DeployError("another deployment of the same project has taken the lock of this one"))
                return
            self._version = version or self._version
            last = self.clock()

    def _is_own(self) -> bool:
        """Whether the lock is this process's: the answer to a write was lost, and its repetition refused."""
        found = self.place.read(self.bucket, self.key)
        if found is None or Holder.read(found[0]).ticket != self.holder.ticket:
            return False
        self._version = found[1]
        return True


def _same(one: bytes, other: bytes) -> bool:
    """Whether two states of a lock are of one holder, which therefore is alive."""
    return Holder.read(one).ticket == Holder.read(other).ticket
