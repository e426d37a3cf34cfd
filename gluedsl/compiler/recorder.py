"""What lowering notes down beside the model: where values stand, what it has no shape for, and what is allowed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gluedsl.model import Origins
from gluedsl.model.allowances import Allowance
from gluedsl.model.faults import MissingFile

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path as FilePath

    from gluedsl.dsl.nodes import Job
    from gluedsl.model import Path
    from gluedsl.model.faults import Fault
    from gluedsl.source.capture import CallSite
    from gluedsl.source.locate import Locator, Syntax
    from gluedsl.source.span import Span


@dataclass
class Recorder:
    """Collects origins, faults and allowances while a project is lowered."""

    locator: Locator
    spans: dict[Path, Span] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    allowances: list[Allowance] = field(default_factory=list)

    def syntax(self, site: CallSite | None) -> Syntax | None:
        """Return the call at a call site."""
        return None if site is None else self.locator.syntax(site)

    def span(self, site: CallSite) -> Span:
        """Return the text, or at least the line, of the call at a call site."""
        return self.locator.span(site)

    def note(self, path: Path, syntax: Syntax | None) -> None:
        """Note where a value was written, if its text was found."""
        if syntax is not None:
            self.spans[path] = syntax.span

    def note_items(self, path: Path, keys: Mapping[str, object], display: Syntax | None) -> None:
        """Note where each key of a mapping was written."""
        self.note(path, display)
        if display is not None:
            for key in keys:
                self.note((*path, key), display.key(key) or display.value(key))

    def span_of(self, written: Syntax | None, job: Job) -> Span:
        """Return where a value of a job was written, or the call that made the job."""
        return written.span if written is not None else self.span(job.site)

    def miss(self, job: Job, path: str, place: FilePath, written: Syntax | None, *, near: tuple[str, ...] = ()) -> None:
        """Note that there is no file where a job's `path` says, at `place`; `near` are files that may be meant."""
        looked_at = self.locator.shown(str(place))
        span = self.span_of(written, job)
        self.faults.append(MissingFile(job=job.name or "", path=path, looked_at=looked_at, near=near, span=span))

    def allow(self, path: Path, owner: str, rules: Sequence[str], site: CallSite) -> None:
        """Note which rules the object at `path`, made by the call at `site`, allows."""
        call = self.syntax(site)
        written = call.argument("allow") if call is not None else None
        for index, rule in enumerate(rules):
            at = (written.element(index) or written) if written is not None else None
            span = at.span if at is not None else self.span(site)
            self.allowances.append(Allowance(path=path, owner=owner, rule=rule, span=span))

    @property
    def origins(self) -> Origins:
        """The spans noted so far."""
        return Origins(self.spans)
