"""Tables of the Data Catalog in the terminal.

Comes in: tables, and the width. Goes out: one `Text`, each table under its name with its columns.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from gluedsl.diagnostics.render.visible import cells, visible, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gluedsl.model.tables import Column, Table


def render(tables: Iterable[Table], *, width: int = 80, ascii_only: bool = False) -> Text:
    """Draw tables: name, format and location, then columns and partition keys with their types."""
    rows: list[Text] = []
    for table in tables:
        rows += [Text(), *_table(table, width, ascii_only=ascii_only)]
    return Text("\n").join([*rows[1:], Text()]) if rows else Text()


def _table(table: Table, width: int, *, ascii_only: bool) -> Iterator[Text]:
    def shown(text: str) -> str:
        return visible(text, ascii_only=ascii_only)

    kind = f"{table.classification} at " if table.classification else ""
    head = Text.assemble("Table ", (shown(f"{table.database}.{table.name}"), "bold"))
    head.append(shown(f"  {kind}{table.location}"), "dim")
    yield from wrapped(head, width)
    columns: list[tuple[Column, str]] = [(column, "") for column in table.columns]
    columns += [(column, "  partition key") for column in table.partition_keys]
    widest = min(max((cells(shown(column.name)) for column, _ in columns), default=0), width // 2)
    for column, remark in columns:
        name = shown(column.name)
        yield Text.assemble(
            f"  {name}{' ' * max(widest - cells(name), 0)}  ", (shown(column.type), "cyan"), (remark, "dim")
        )
