"""`gluedsl explain`: what a rule is about, and why it is so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from gluedsl.cli import console
from gluedsl.cli.rule_pages import render_page, render_table
from gluedsl.diagnostics.render.visible import wrapped
from gluedsl.errors import UsageError
from gluedsl.rules.catalogue import entries
from gluedsl.rules.lookup import nearest, rule_called
from gluedsl.rules.registry import all_rules

if TYPE_CHECKING:
    from gluedsl.rules.page import Code


def explain(
    rule: Annotated[
        str | None, typer.Argument(metavar="CODE", help="The code or the name of a rule; all of them if not given.")
    ] = None,
) -> None:
    """Show what a rule finds, why that is bad, and what to write instead."""
    out = console.output()
    if rule is None:
        console.show(render_table(all_rules(), width=out.width))
        return
    found = rule_called(rule)
    if found is not None:
        highlight = _in_colour if out.color_system is not None else _plain
        console.show(render_page(found, width=out.width, highlight=highlight))
        return
    known = entries()
    entry = known.get(rule.strip().upper())
    if entry is None:
        message = f"there is no rule `{rule}`"
        raise UsageError(message, hint="".join(nearest(rule, *known)) or "`gluedsl explain` lists all rules")
    console.show(Text.assemble((entry.code, "bold"), f": {entry.title}.\n"))
    console.show(Text("\n").join([*wrapped(Text(entry.reason), out.width), Text()]))


def _plain(code: Code) -> Text:
    return Text(code.text)


def _in_colour(code: Code) -> Text:
    from rich.syntax import Syntax  # noqa: PLC0415 -- it loads a lexer of every language

    return Syntax("", code.language or "text", theme="ansi_dark", background_color="default").highlight(code.text)
