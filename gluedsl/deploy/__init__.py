"""The direct route: plan and apply by boto3.

Comes in: a bundled `Project`, the files of its jobs, and an account. Goes out: a plan as data, and the account as the
project wants it. Reading and writing are different types; explaining and applying follow the same steps; what is not
ours, by its tags, is never changed or deleted.
"""

from gluedsl.deploy.account import AwsError, GlueReader, GlueWriter, Identity
from gluedsl.deploy.apply import apply
from gluedsl.deploy.exclusive import carry_out
from gluedsl.deploy.explain import lines, summary, to_json
from gluedsl.deploy.failure import ApplyError, InterruptError, RefusedPlanError, StalePlanError, UnfinishedError, report
from gluedsl.deploy.halt import Halt
from gluedsl.deploy.lock import Lock, LockedError
from gluedsl.deploy.observer import Observer, Silence
from gluedsl.deploy.ownership import Owner
from gluedsl.deploy.planner import plan, plan_removal, script_bucket
from gluedsl.deploy.resources import Upload
from gluedsl.deploy.runs import RunReader, RunWriter, start, watch
from gluedsl.deploy.scope import Scope
from gluedsl.deploy.steps import Plan, Refusal, Step

__all__ = [
    "ApplyError",
    "AwsError",
    "GlueReader",
    "GlueWriter",
    "Halt",
    "Identity",
    "InterruptError",
    "Lock",
    "LockedError",
    "Observer",
    "Owner",
    "Plan",
    "Refusal",
    "RefusedPlanError",
    "RunReader",
    "RunWriter",
    "Scope",
    "Silence",
    "StalePlanError",
    "Step",
    "UnfinishedError",
    "Upload",
    "apply",
    "carry_out",
    "lines",
    "plan",
    "plan_removal",
    "report",
    "script_bucket",
    "start",
    "summary",
    "to_json",
    "watch",
]
