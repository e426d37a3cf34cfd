"""One object to its format and schema.

Comes in: an object. Goes out: `Inferred`, or a word why it is left out.
The format is told by content, never by name, in the order of AWS's built-in classifiers: Parquet, JSON, CSV
(https://docs.aws.amazon.com/glue/latest/dg/add-classifier.html#add-classifier-built-in).

How much is read: of text the first megabyte, for JSON without one whole record in it up to ten, a megabyte at a time
(https://repost.aws/knowledge-center/glue-crawler-detect-schema); of Parquet the footer.
Counts of records are exact for what was read to its end, and an estimate by size beyond that.
"""

from __future__ import annotations

import bz2
import codecs
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from gluedsl.local.crawl.csv_files import read_csv
from gluedsl.local.crawl.json_files import looks_like_json, read_json
from gluedsl.local.crawl.objects import read_bytes
from gluedsl.local.crawl.parquet_files import MAGIC, TAIL, ParquetReader, footer_length

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

    from gluedsl.local.crawl.columns import Column
    from gluedsl.local.crawl.objects import S3Object

Classification = Literal["csv", "json", "parquet", "UNKNOWN"]
Compression = Literal["none", "gzip", "bzip2"]

STEP = 1024 * 1024
_MOST = 10 * STEP
_TAIL = 64 * 1024
_FOREIGN = (
    (b"Obj\x01", "Avro"),
    (b"ORC", "ORC"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"\xff\x06\x00\x00sNaPpY", "compressed with Snappy"),
    (b"\x04\x22\x4d\x18", "compressed with LZ4"),
    (b"\xe0\x01\x00\xea", "Amazon Ion"),
    (b"<", "XML"),
)
"""Formats that AWS's crawler reads and this one does not, by their first bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """What files must have in common to be of one table, whatever their columns."""

    classification: Classification
    compression: Compression = "none"
    delimiter: str | None = None
    header: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Inferred:
    """What an object holds."""

    dialect: Dialect
    columns: tuple[Column, ...] = ()
    paths: tuple[str, ...] = ()
    """Of JSON: the names as the file spells them."""
    records: int = 0
    """In the whole object."""
    sampled_records: int = 0
    sampled_bytes: int = 0
    """Uncompressed bytes of the sampled records."""
    warning: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """An object that AWS would read and this crawler does not."""

    why: str


class Inference:
    """Reads objects of one crawl."""

    def __init__(self, s3: S3Client) -> None:
        self._s3 = s3
        self._parquet = ParquetReader()

    def close(self) -> None:
        """Let go of what the readers hold."""
        self._parquet.close()

    def of(self, member: S3Object) -> Inferred | LeftOut:
        """Return what an object holds."""
        raw = read_bytes(self._s3, member, 0, STEP)
        if raw.startswith(MAGIC):
            return self._of_parquet(member, raw)
        for magic, name in _FOREIGN:
            if raw.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(magic):
                return LeftOut(why=name)
        compression = _compression(raw)
        while True:
            beginning = _beginning(raw, member.size, compression)
            if beginning is None:
                return Inferred(
                    dialect=Dialect(classification="UNKNOWN", compression=compression), warning="it is not UTF-8 text"
                )
            inferred = _of_text(beginning, member.size, compression)
            grows = looks_like_json(beginning.text) and inferred.dialect.classification != "json"
            if not grows or beginning.complete or len(raw) >= min(_MOST, member.size):
                return inferred
            raw += read_bytes(self._s3, member, len(raw), len(raw) + STEP)

    def _of_parquet(self, member: S3Object, raw: bytes) -> Inferred:
        tail = raw if len(raw) == member.size else read_bytes(self._s3, member, member.size - _TAIL, member.size)
        length = footer_length(tail)
        if length is not None and length + TAIL > len(tail) and length + TAIL <= member.size:
            tail = read_bytes(self._s3, member, member.size - length - TAIL, member.size)
        rows = self._parquet.read(member.size, tail) if length is not None else None
        if rows is None:
            return Inferred(dialect=Dialect(classification="UNKNOWN"), warning="its Parquet footer cannot be read")
        return Inferred(
            dialect=Dialect(classification="parquet"),
            columns=rows.columns,
            records=rows.records,
            sampled_records=rows.records,
            sampled_bytes=rows.bytes,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Beginning:
    text: str
    complete: bool
    """Whether this is all of the object."""
    size: int
    """Bytes of the text."""
    stored: int
    """Bytes of the object that it was made from."""


def _of_text(beginning: _Beginning, size: int, compression: Compression) -> Inferred:
    if found := read_json(beginning.text, complete=beginning.complete):
        dialect = Dialect(classification="json", compression=compression)
        warning = "what follows its first records is not JSON and was not read" if found.malformed else ""
        columns, paths, records, read = found.columns, found.paths, found.records, found.read
    elif table := read_csv(beginning.text, complete=beginning.complete):
        dialect = Dialect(classification="csv", compression=compression, delimiter=table.delimiter, header=table.header)
        columns, paths, records, read, warning = table.columns, (), table.records, table.read, ""
    else:
        return Inferred(
            dialect=Dialect(classification="UNKNOWN", compression=compression),
            warning="it is neither CSV of two columns and two rows, nor JSON, nor Parquet",
        )
    share = read / max(len(beginning.text), 1)
    estimate = int(records * size / max(beginning.stored * share, 1))
    return Inferred(
        dialect=dialect,
        columns=columns,
        paths=paths,
        records=records if beginning.complete else max(records, estimate),
        sampled_records=records,
        sampled_bytes=int(beginning.size * share),
        warning=warning,
    )


def _compression(raw: bytes) -> Compression:
    if raw.startswith(b"\x1f\x8b"):
        return "gzip"
    return "bzip2" if raw.startswith(b"BZh") else "none"


def _beginning(raw: bytes, size: int, compression: Compression) -> _Beginning | None:
    """Return as much text as the bytes hold; None if they hold something else."""
    whole = len(raw) == size
    data, left = raw, 0
    if compression != "none":
        limit = max(STEP, len(raw))
        try:
            data, left, ended = _unpacked(raw, limit, compression)
        except (OSError, zlib.error):
            return None
        whole = whole and ended
    if b"\x00" in data:
        return None
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    try:
        text = decoder.decode(data, final=whole)
    except UnicodeDecodeError:
        return None
    return _Beginning(text=text, complete=whole, size=len(data), stored=len(raw) - left)


def _unpacked(raw: bytes, limit: int, compression: Compression) -> tuple[bytes, int, bool]:
    """Return up to `limit` bytes, how many packed ones are left over, and whether the end was reached.

    A file may be several packed parts one after another.
    """
    data = b""
    while raw and len(data) < limit:
        if compression == "gzip":
            gzip = zlib.decompressobj(wbits=31)
            data += gzip.decompress(raw, limit - len(data))
            raw, ended = (gzip.unused_data, True) if gzip.eof else (gzip.unconsumed_tail, False)
        else:
            bzip2 = bz2.BZ2Decompressor()
            data += bzip2.decompress(raw, limit - len(data))
            raw, ended = (bzip2.unused_data, True) if bzip2.eof else (b"", False)
        if not ended:
            return data, len(raw), False
    return data, len(raw), not raw
