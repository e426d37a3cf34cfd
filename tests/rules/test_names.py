"""Names in findings: whole, or the beginning of a long one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.compiler import compile_path
from gluedsl.rules.wording import shortened

if TYPE_CHECKING:
    from pathlib import Path

FLOW = """
from gluedsl import Crawler, PythonShellJob, Workflow

sales = Workflow("w" * 300, role="r" * 300, properties={"p" * 300: ""})
load = sales.add(PythonShellJob("j" * 300, script="missing.py", timeout_minutes=0))
sales.add(Crawler("c" * 300, database="sales", targets=[]), after=load.failed)
sales.add(PythonShellJob("j" * 300, script="missing.py"))
"""


def test_a_long_name_is_cut_in_every_finding(tmp_path: Path) -> None:
    """In the same way whichever rule speaks of it, and wherever."""
    (tmp_path / "flow.py").write_text(FLOW, encoding="utf-8")

    diagnostics = compile_path(str(tmp_path / "flow.py")).report.diagnostics

    assert {"CR001", "CR002", "JB001", "JB023", "JB036", "TL003", "WF001"} <= {one.code for one in diagnostics}
    for one in diagnostics:
        texts = (one.message, one.label, *one.notes, *one.help, *(other.message for other in one.related))
        assert not [text for text in texts for letter in "wrpjc" if letter * 61 in text], one.code
    (missing, _) = (one for one in diagnostics if one.code == "TL003")
    assert missing.message == f"job `{'j' * 57}...` names `missing.py`, and there is no such file"


def test_up_to_sixty_characters_are_shown() -> None:
    """More than any name needs."""
    assert shortened("n" * 60) == "n" * 60
    assert shortened("n" * 61) == "n" * 57 + "..."
