"""The workflow as Glue knows it: frozen data in Glue's own nouns, and nothing else.

Comes in: from `gluedsl.compiler`, which lowers what an author declared. Goes out: to the rules and to every back end.
A model can hold what Glue refuses, so that rules can say why; it never holds where a value was written
(see `gluedsl.model.origins`).
"""

from gluedsl.model.code import Code, FunctionCode, PropertiesClass, RemoteScript, ScriptFile
from gluedsl.model.crawlers import Crawler, ExistingCrawler
from gluedsl.model.events import EventRule
from gluedsl.model.jobs import LIBRARY_ENDINGS, ExistingJob, Job, JobKind
from gluedsl.model.origins import Origins, Path
from gluedsl.model.project import Project, Workflow
from gluedsl.model.roles import Role, Statement, StatementCondition
from gluedsl.model.triggers import ACTIVATABLE, Action, Condition, EventBatching, Predicate, Trigger, TriggerType

__all__ = [
    "ACTIVATABLE",
    "LIBRARY_ENDINGS",
    "Action",
    "Code",
    "Condition",
    "Crawler",
    "EventBatching",
    "EventRule",
    "ExistingCrawler",
    "ExistingJob",
    "FunctionCode",
    "Job",
    "JobKind",
    "Origins",
    "Path",
    "Predicate",
    "Project",
    "PropertiesClass",
    "RemoteScript",
    "Role",
    "ScriptFile",
    "Statement",
    "StatementCondition",
    "Trigger",
    "TriggerType",
    "Workflow",
]
