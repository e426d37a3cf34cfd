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
    "allowing",
    "catalogue",
    "check",
    "duplicates",
    "levels",
    "lookup",
    "names",
    "page",
    "places",
    "registry",
    "rule",
    "s3",
    "wording",
    "words",
    "arguments/given",
    "arguments/passing",
    "conditions/ends",
    "graph/blockage",
    "graph/exclusion",
    "jobs/fitting",
    "jobs/kinds",
    "limits/api_rule",
    "limits/numbers",
    "limits/owners",
    "properties/overlap",
    "properties/secrecy",
    "properties/traffic",
    "schedules/schedule_rule",
}
"""Modules that rules share."""
KNOWN = {
    "AC001": "ambiguous-action",
    "AC002": "undefined-node",
    "AC003": "settings-of-crawler-action",
    "AC005": "unprefixed-argument",
    "AC006": "unheeded-argument",
    "AC007": "reserved-argument",
    "AC008": "injected-argument",
    "AC009": "action-timeout-out-of-range",
    "AC010": "useless-notification-delay",
    "AC011": "invalid-security-configuration-of-action",
    "AC014": "secret-argument",
    "AR001": "non-string-argument",
    "AR002": "reserved-job-argument",
    "AR004": "twice-given-argument",
    "AR005": "invalid-job-language",
    "AR006": "invalid-bookmark-option",
    "AR007": "unknown-datalake-format",
    "AR008": "unprefixed-environment-variable",
    "AR009": "unreadable-extra-file",
    "AR010": "auto-scaling-of-unfit-job",
    "AR011": "oversized-arguments",
    "AR012": "unpassed-option",
    "AR013": "ambiguous-option",
    "AR014": "missing-run-id",
    "AR015": "run-property-as-option",
    "CN001": "ambiguous-condition",
    "CN002": "mismatched-condition-state",
    "CN003": "condition-without-operator",
    "CN004": "unwatchable-job-state",
    "CN005": "unwatchable-crawler-state",
    "CN006": "unjoined-conditions",
    "CN007": "unknown-predicate-logic",
    "CN008": "too-many-conditions",
    "CN009": "trigger-without-conditions",
    "CN010": "self-starting-node",
    "CN011": "contradictory-conditions",
    "CN012": "impossible-join",
    "CN016": "unwatched-failure",
    "CN017": "duplicate-condition",
    "CN018": "watched-failure-of-retried-job",
    "CN019": "nested-condition",
    "CN020": "watched-success-of-streaming-job",
    "CR001": "invalid-crawler-name",
    "CR002": "crawler-without-targets",
    "CR003": "mixed-catalog-targets",
    "CR004": "incomplete-catalog-target",
    "CR005": "deleting-catalog-crawler",
    "CR006": "crawler-without-database",
    "CR007": "sample-size-out-of-range",
    "CR008": "scan-rate-out-of-range",
    "CR009": "traversal-depth-out-of-range",
    "CR010": "incomplete-connection-target",
    "CR011": "unknown-table-metadata",
    "CR012": "overlong-crawler-text",
    "CR013": "unknown-schema-change-behavior",
    "CR014": "changing-new-folders-crawler",
    "CR015": "impossible-event-crawl",
    "CR016": "unheeded-event-queue",
    "CR018": "malformed-crawler-configuration",
    "CR019": "overlong-account-id",
    "CR021": "scheduled-crawler-of-workflow",
    "CR026": "misplaced-crawler-target",
    "EV001": "batch-size-out-of-range",
    "EV002": "batch-window-out-of-range",
    "EV006": "lost-events",
    "GR001": "unreachable-node",
    "GR002": "dependency-circle",
    "GR004": "twice-started-node",
    "GR006": "unused-node",
    "GR010": "oversized-fan-out",
    "GR015": "bookmarks-of-concurrent-job",
    "JB001": "invalid-job-name",
    "JB003": "unknown-job-kind",
    "JB004": "invalid-python-version",
    "JB005": "invalid-script-location",
    "JB006": "runtime-of-other-job",
    "JB007": "malformed-glue-version",
    "JB008": "retired-glue-version",
    "JB009": "missing-glue-version",
    "JB010": "impossible-automatic-version",
    "JB011": "unknown-worker-type",
    "JB012": "incomplete-worker-settings",
    "JB013": "capacity-beside-workers",
    "JB014": "capacity-of-worker-job",
    "JB015": "invalid-python-shell-size",
    "JB017": "deprecated-allocated-capacity",
    "JB018": "worker-count-out-of-range",
    "JB019": "streaming-workers-of-other-job",
    "JB021": "new-workers-of-old-glue",
    "JB022": "misplaced-ray-settings",
    "JB023": "timeout-out-of-range",
    "JB024": "timeout-of-streaming-job",
    "JB025": "invalid-maintenance-window",
    "JB026": "max-retries-out-of-range",
    "JB028": "impossible-run-queuing",
    "JB029": "impossible-execution-class",
    "JB030": "invalid-job-concurrency",
    "JB031": "invalid-notification-delay",
    "JB032": "invalid-job-mode",
    "JB033": "invalid-source-control",
    "JB034": "too-many-connections",
    "JB035": "invalid-security-configuration",
    "JB036": "implausible-role",
    "JB037": "unheeded-python-shell-setting",
    "JB038": "bookmarks-of-streaming-job",
    "JB039": "untitled-script",
    "JB040": "reserved-log-uri",
    "QT001": "many-workflows",
    "QT002": "many-triggers",
    "QT003": "many-jobs",
    "QT008": "many-crawlers",
    "QT012": "too-many-ray-workers",
    "RP001": "invalid-run-property-name",
    "RP002": "unencoded-run-property",
    "RP003": "unwritten-run-property",
    "RP004": "contested-run-property",
    "RP005": "reverting-property-put",
    "RP006": "deleted-run-property",
    "RP008": "reserved-run-property",
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
    "SC012": "month-skipping-schedule",
    "SC013": "never-firing-schedule",
    "TG001": "invalid-tag",
    "TL001": "rule-crashed",
    "TL002": "unknown-api-field",
    "TL003": "missing-file",
    "TL004": "malformed-template",
    "TL005": "unparsable-script",
    "TL006": "unread-run-property",
    "TL007": "unused-allow",
    "TL008": "unknown-allowed-rule",
    "TL009": "value-outside-api-model",
    "TL010": "allowed-restriction",
    "TL011": "unkept-property-declaration",
    "TL012": "undeclared-run-property",
    "TL013": "typed-properties-as-dict",
    "TL014": "malformed-library",
    "TL015": "mistaken-library",
    "TL016": "unfit-library",
    "TL017": "unreadable-flow",
    "TL018": "shadowing-module",
    "TL019": "absent-import",
    "TL020": "spark-of-other-job",
    "TL021": "plain-properties-as-attributes",
    "TL022": "mistyped-run-property",
    "TR001": "invalid-trigger-name",
    "TR002": "duplicate-trigger-name",
    "TR003": "shared-trigger",
    "TR004": "unknown-trigger-type",
    "TR005": "trigger-without-actions",
    "TR006": "trigger-of-undefined-workflow",
    "TR009": "activated-on-demand-trigger",
    "TR010": "activated-event-trigger",
    "TR011": "never-activated-trigger",
    "TR013": "missing-or-misplaced-schedule",
    "TR014": "missing-or-misplaced-predicate",
    "TR015": "unheeded-event-batching",
    "TR016": "too-many-crawlers",
    "TR017": "too-many-jobs",
    "TR018": "twice-listed-node",
    "TR027": "overlong-trigger-description",
    "TR030": "names-differing-in-case",
    "WF001": "invalid-workflow-name",
    "WF002": "duplicate-workflow-name",
    "WF003": "overlong-description",
    "WF004": "non-string-run-property",
    "WF005": "invalid-workflow-concurrency",
    "WF006": "second-start-trigger",
    "WF007": "missing-start-trigger",
    "WF008": "oversized-workflow",
    "WF010": "narrower-job-concurrency",
    "WF011": "crawler-of-concurrent-workflow",
    "WF012": "colliding-schedules",
    "WF014": "secret-run-property",
}
"""Codes are never reused or renumbered, and authors write names in their settings: a change here is a breaking one."""
LINTS = {
    "AC002",
    "AC003",
    "AC005",
    "AC006",
    "AC008",
    "AC014",
    "AR004",
    "AR010",
    "AR013",
    "AR014",
    "AR015",
    "CN016",
    "CN017",
    "CN018",
    "CN020",
    "CR016",
    "CR021",
    "EV006",
    "GR004",
    "GR006",
    "GR010",
    "GR015",
    "JB006",
    "JB009",
    "JB017",
    "JB024",
    "JB036",
    "JB037",
    "JB038",
    "JB039",
    "JB040",
    "QT001",
    "QT002",
    "QT003",
    "QT008",
    "QT012",
    "RP002",
    "RP003",
    "RP004",
    "RP005",
    "RP006",
    "RP008",
    "SC012",
    "TL006",
    "TL007",
    "TL008",
    "TL010",
    "TL011",
    "TL012",
    "TL013",
    "TL015",
    "TL020",
    "TL021",
    "TL022",
    "TR006",
    "TR015",
    "TR018",
    "TR030",
    "WF008",
    "WF010",
    "WF011",
    "WF012",
    "WF014",
}


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
    """AWS's own, or the record of AWS's answer; only what concerns gluedsl alone has none."""
    if rule.code in {"TL001", "TL007", "TL008", "TL010", "TL012", "TL013", "TL017", "TL021", "TL022"}:
        assert rule.url == ""
    else:
        assert re.match(r"https://(docs\.aws\.amazon\.com|github\.com)/", rule.url)


@each_rule
def test_kind_and_severity_agree(rule: Rule) -> None:
    """What AWS refuses is an error that nothing silences; a lint is none by itself."""
    assert (Kind.LINT if rule.code in LINTS else Kind.RESTRICTION) is rule.kind
    assert (rule.severity is Severity.ERROR) is (rule.kind is Kind.RESTRICTION)
    assert rule.since == "0.1.0"
