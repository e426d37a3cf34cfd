"""A place for locks in memory, and time that passes as tests say."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from gluedsl.deploy.resources import Bucket


@dataclass
class FakeLocks:
    """What S3 does for locks: writes that succeed only for who knows the version that is there."""

    objects: dict[str, tuple[bytes, str]] = field(default_factory=dict)
    before_write: Callable[[], None] = lambda: None
    written: list[str] = field(default_factory=list)
    _versions: count[int] = field(default_factory=count)
    _one_at_a_time: threading.Lock = field(default_factory=threading.Lock)

    def read(self, bucket: Bucket, key: str) -> tuple[bytes, str] | None:  # noqa: ARG002 -- there is one bucket
        """Return what a lock says, and its version."""
        return self.objects.get(key)

    def write(self, bucket: Bucket, key: str, content: bytes, *, version: str | None) -> str | None:  # noqa: ARG002
        """Write a lock if it is still of that version."""
        self.before_write()
        with self._one_at_a_time:
            there = self.objects.get(key)
            if (there and there[1]) != version:
                return None
            new = f"v{next(self._versions)}"
            self.objects[key] = (content, new)
            self.written.append(key)
            return new

    def delete(self, bucket: Bucket, key: str, *, version: str) -> None:  # noqa: ARG002
        """Delete a lock if it is still of that version."""
        with self._one_at_a_time:
            if key in self.objects and self.objects[key][1] == version:
                del self.objects[key]


class Clock:
    """Time that passes when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 0.0
        self.meanwhile: Callable[[float], None] = lambda _: None
        """Told the time after each sleep."""

    def __call__(self) -> float:
        """Return the time."""
        return self.now

    def sleep(self, seconds: float) -> None:
        """Let time pass."""
        self.now += seconds
        self.meanwhile(self.now)
