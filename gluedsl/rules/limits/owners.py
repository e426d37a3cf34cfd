"""Which rule reports what the API's model does not allow, by operation and member.

A limit without an entry here is TL009's. Where a rule is named that is none of the `ApiRule`s, it looks at the value by
itself, and says more than the model can; what the model says is then left to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.spelling.limits import WrongType

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gluedsl.spelling.limits import Violation

GENERIC = "TL009"

OWNERS: Mapping[str, Mapping[str, str]] = {
    "CreateWorkflow": {
        "Name": "WF001",
        "Description": "WF003",
        "DefaultRunProperties": "RP001",
        "MaxConcurrentRuns": "WF005",
        "Tags": "TG001",
    },
    "CreateTrigger": {
        "Name": "TR001",
        "Description": "TR027",
        "Type": "TR004",
        "Predicate.Logical": "CN007",
        "Predicate.Conditions": "CN008",
        "Predicate.Conditions[].LogicalOperator": "CN003",
        "Predicate.Conditions[].State": "CN004",
        "Predicate.Conditions[].CrawlState": "CN005",
        "EventBatchingCondition.BatchSize": "EV001",
        "EventBatchingCondition.BatchWindow": "EV002",
        "Actions[].Arguments": "AR001",
        "Actions[].Timeout": "AC009",
        "Actions[].NotificationProperty.NotifyDelayAfter": "AC010",
        "Actions[].SecurityConfiguration": "AC011",
        "Tags": "TG001",
    },
    "CreateJob": {
        "Name": "JB001",
        "Description": "WF003",
        "Command.PythonVersion": "JB004",
        "Command.ScriptLocation": "JB005",
        "Command.Runtime": "JB006",
        "GlueVersion": "JB007",
        "WorkerType": "JB011",
        "Timeout": "JB023",
        "MaintenanceWindow": "JB025",
        "ExecutionClass": "JB029",
        "NotificationProperty.NotifyDelayAfter": "JB031",
        "JobMode": "JB032",
        "SourceControlDetails": "JB033",
        "Connections.Connections": "JB034",
        "SecurityConfiguration": "JB035",
        "DefaultArguments": "AR001",
        "NonOverridableArguments": "AR001",
        "Tags": "TG001",
    },
    "CreateCrawler": {
        "Name": "CR001",
        "Description": "CR012",
        "TablePrefix": "CR012",
        "CrawlerSecurityConfiguration": "CR012",
        "Targets.CatalogTargets": "CR004",
        "Targets.JdbcTargets[].EnableAdditionalMetadata": "CR011",
        "SchemaChangePolicy": "CR013",
        "RecrawlPolicy.RecrawlBehavior": "CR014",
        "LakeFormationConfiguration.AccountId": "CR019",
        "Tags": "TG001",
    },
}
"""By member, or by what is around it: the innermost that is named here counts."""

_OF_ANY_TYPE = frozenset({"AR001", "RP001", "TG001", "WF005"})
"""Rules that say themselves, or by their name, that a value is of another type."""


def owner(violation: Violation) -> str:
    """Return the code of the rule that reports a violation.

    A value of another type is no version, no number of minutes and no name at all: that is TL009's to say.
    """
    code = _innermost(OWNERS[violation.operation], violation.member)
    is_other = isinstance(violation.problem, WrongType) and code not in _OF_ANY_TYPE
    return GENERIC if is_other else code


def _innermost(owners: Mapping[str, str], member: str) -> str:
    while member:
        if member in owners:
            return owners[member]
        member = member[:-2] if member.endswith("[]") else member.rpartition(".")[0]
    return GENERIC
