"""What a crawl did."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlResult:
    """Tables by name, in the order in which they were written, and what was said."""

    tables_created: tuple[str, ...] = ()
    tables_updated: tuple[str, ...] = ()
    tables_deprecated: tuple[str, ...] = ()
    """Marked with `DEPRECATED_BY_CRAWLER`."""
    tables_deleted: tuple[str, ...] = ()
    tables_unchanged: tuple[str, ...] = ()
    partitions_created: int = 0
    partitions_updated: int = 0
    partitions_deleted: int = 0
    warnings: tuple[str, ...] = ()
    log: tuple[str, ...] = ()
    """Lines as in CloudWatch's `/aws-glue/crawlers`."""
    cancelled: bool = False
    """Whether the crawl was stopped on its way; what it had written until then stays."""


@dataclass(slots=True)
class Journal:
    """Collects a `CrawlResult` while the crawl goes on."""

    crawl_id: str
    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    deprecated: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    partitions_created: int = 0
    partitions_updated: int = 0
    partitions_deleted: int = 0
    warnings: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    def benchmark(self, text: str) -> None:
        """Log a step of the crawl."""
        self._line("BENCHMARK", text)

    def info(self, text: str) -> None:
        """Log something that was done or seen."""
        self._line("INFO", text)

    def warn(self, text: str) -> None:
        """Log something that its user should know."""
        self.warnings.append(text)
        self._line("WARN", text)

    def result(self, *, cancelled: bool) -> CrawlResult:
        """Return what was collected."""
        return CrawlResult(
            tables_created=tuple(self.created),
            tables_updated=tuple(self.updated),
            tables_deprecated=tuple(self.deprecated),
            tables_deleted=tuple(self.deleted),
            tables_unchanged=tuple(self.unchanged),
            partitions_created=self.partitions_created,
            partitions_updated=self.partitions_updated,
            partitions_deleted=self.partitions_deleted,
            warnings=tuple(self.warnings),
            log=tuple(self.lines),
            cancelled=cancelled,
        )

    def summary(self) -> None:
        """Log the counts of changes, as crawlers do at their end."""
        # "Run Summary For PARTITION", "Run Summary For TABLE", with "ADD", "UPDATE", "DELETE":
        # observed in logs of crawlers that users published.
        self._summary("PARTITION", self.partitions_created, self.partitions_updated, self.partitions_deleted)
        updated = len(self.updated) + len(self.deprecated)
        self._summary("TABLE", len(self.created), updated, len(self.deleted))

    def _summary(self, kind: str, added: int, updated: int, deleted: int) -> None:
        counts = [(name, n) for name, n in (("ADD", added), ("UPDATE", updated), ("DELETE", deleted)) if n]
        if counts:
            self.info(f"Run Summary For {kind}:")
        for name, count in counts:
            self.info(f"{name}: {count}")

    def _line(self, level: str, text: str) -> None:
        self.lines.append(f"[{self.crawl_id}] {level} : {text}")
