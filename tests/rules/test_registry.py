"""What holds of every rule."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

import gluedsl.rules
from gluedsl.diagnostics import Severity
from gluedsl.rules.registry import all_rules
from gluedsl.rules.rule import Kind, Rule

RULES = all_rules()
each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
HEADINGS = ["What it does", "Why is this bad", "Example", "Use instead"]
SUPPORT = {
    "check",
    "duplicates",
    "places",
    "registry",
    "rule",
    "wording",
    "graph/blockage",
    "graph/exclusion",
    "schedules/schedule_rule",
}
"""Modules that rules share."""
KNOWN = {
    "AC001": "ambiguous-action",
    "AC005": "unprefixed-argument",
    "AC007": "reserved-argument",
    "CN002": "mismatched-condition-state",
    "CN004": "unwatchable-job-state",
    "CN005": "unwatchable-crawler-state",
    "CN007": "unknown-predicate-logic",
    "CN009": "trigger-without-conditions",
    "CN010": "self-starting-node",
    "CN019": "nested-condition",
    "CR001": "duplicate-crawler-name",
    "CR002": "crawler-without-targets",
    "EV001": "batch-size-out-of-range",
    "EV002": "batch-window-out-of-range",
    "GR001": "unreachable-node",
    "GR002": "dependency-circle",
    "GR004": "twice-started-node",
    "GR006": "unused-node",
    "JB001": "duplicate-job-name",
    "JB011": "unknown-worker-type",
    "JB012": "incomplete-worker-settings",
    "JB013": "capacity-beside-workers",
    "JB014": "capacity-of-worker-job",
    "JB015": "invalid-python-shell-size",
    "RP003": "unwritten-run-property",
    "SC001": "malformed-schedule",
    "SC002": "foreign-schedule-syntax",
    "SC003": "invalid-schedule-minutes",
    "SC004": "invalid-schedule-hours",
    "SC005": "invalid-schedule-day-of-month",
    "SC006": "invalid-schedule-month",
    "SC007": "invalid-schedule-day-of-week",
    "SC008": "invalid-schedule-year",
    "SC009": "ambiguous-schedule-day",
    "SC010": "too-frequent-schedule",
    "TL001": "rule-crashed",
    "TL002": "unknown-api-field",
    "TL003": "missing-file",
    "TR002": "duplicate-trigger-name",
    "TR003": "shared-trigger",
    "TR005": "trigger-without-actions",
    "TR016": "too-many-crawlers",
    "TR017": "too-many-jobs",
    "WF002": "duplicate-workflow-name",
    "WF004": "non-string-run-property",
    "WF006": "second-start-trigger",
    "WF007": "missing-start-trigger",
}
"""Codes are never reused or renumbered, and authors write names in their settings: a change here is a breaking one."""
LINTS = {"AC005", "GR004", "GR006", "RP003"}


def page(rule: Rule) -> str:
    """Return a rule's page."""
    return inspect.getdoc(type(rule)) or ""


def test_codes_and_names_are_kept() -> None:
    """Each code is that of one rule, in order."""
    assert list(KNOWN.items()) == [(rule.code, rule.name) for rule in RULES]


def test_names_are_unique() -> None:
    """A name is enough to tell a rule."""
    assert len({rule.name for rule in RULES}) == len(RULES)


def test_every_module_is_a_rule_or_shared_by_rules() -> None:
    """A file in a folder of rules whose rule is not found would be dead."""
    package = Path(gluedsl.rules.__file__).parent
    modules = {
        path.relative_to(package).with_suffix("").as_posix()
        for path in package.rglob("*.py")
        if path.stem != "__init__"
    }
    of_rules = {type(rule).__module__.removeprefix("gluedsl.rules.").replace(".", "/") for rule in RULES}

    assert of_rules | SUPPORT == modules


@each_rule
def test_file_and_class_are_named_after_the_rule(rule: Rule) -> None:
    """One rule, one file, one name."""
    assert rule.name.replace("-", "_") == type(rule).__module__.rpartition(".")[2]
    assert rule.name.replace("-", "") == type(rule).__name__.lower()


@each_rule
def test_name_names_the_bad_thing(rule: Rule) -> None:
    """It reads well after "allow", and says what is, not what to do."""
    assert re.fullmatch(r"[a-z]+(-[a-z]+)+", rule.name)
    assert not re.match(r"(no|do-not|dont|prefer|use|avoid|require|disallow|must|should)-", rule.name)


@each_rule
def test_code_is_an_area_and_a_number(rule: Rule) -> None:
    """Two letters and three digits; severity is no part of it."""
    assert re.fullmatch(r"[A-Z]{2}[0-9]{3}", rule.code)


@each_rule
def test_page_has_its_headings_in_order(rule: Rule) -> None:
    """Each with something below it; the first line is a sentence of its own."""
    summary, *sections = re.split(r"^## (.+)$", page(rule), flags=re.MULTILINE)

    assert sections[::2] == HEADINGS
    assert all(section.strip() for section in sections[1::2])
    assert re.fullmatch(r"[A-Z][^\n]*\.\n\n", summary)


@each_rule
def test_page_shows_code(rule: Rule) -> None:
    """Python, or a template where Python cannot say it; a crash of gluedsl cannot be shown."""
    example, cure = page(rule).split("## Example")[1].split("## Use instead")

    if rule.code != "TL001":
        assert re.search(r"```(python|json)\n", example)
        assert re.search(r"```(python|json)\n", cure)


@each_rule
def test_rule_rests_on_a_public_page(rule: Rule) -> None:
    """AWS's own, or the record of AWS's answer; only a crash of gluedsl has none."""
    if rule.code == "TL001":
        assert rule.url == ""
    else:
        assert re.match(r"https://(docs\.aws\.amazon\.com|github\.com)/", rule.url)


@each_rule
def test_kind_and_severity_agree(rule: Rule) -> None:
    """What AWS refuses is an error that nothing silences; a lint is none by itself."""
    assert (Kind.LINT if rule.code in LINTS else Kind.RESTRICTION) is rule.kind
    assert (rule.severity is Severity.ERROR) is (rule.kind is Kind.RESTRICTION)
    assert rule.since == "0.1.0"
