"""The direct route: plan and apply by boto3.

Comes in: a bundled `Project`, the files of its jobs, and an account. Goes out: a plan as data, and the account as the
project wants it. Reading and writing are different types; explaining and applying follow the same steps; what is not
ours, by its tags, is never changed or deleted.
"""

from gluedsl.deploy.account import AwsError, GlueReader, GlueWriter, Identity
from gluedsl.deploy.apply import apply
from gluedsl.deploy.explain import lines, summary, to_json
from gluedsl.deploy.failure import ApplyError, RefusedPlanError
from gluedsl.deploy.observer import Observer, Silence
from gluedsl.deploy.planner import plan, plan_removal, script_bucket
from gluedsl.deploy.resources import Upload
from gluedsl.deploy.runs import RunReader, RunWriter, start, watch
from gluedsl.deploy.steps import Plan, Refusal, Step

__all__ = [
    "ApplyError",
    "AwsError",
    "GlueReader",
    "GlueWriter",
    "Identity",
    "Observer",
    "Plan",
    "Refusal",
    "RefusedPlanError",
    "RunReader",
    "RunWriter",
    "Silence",
    "Step",
    "Upload",
    "apply",
    "lines",
    "plan",
    "plan_removal",
    "script_bucket",
    "start",
    "summary",
    "to_json",
    "watch",
]
