"""How AWS spells what the model holds: the one place that knows, for both of AWS's dialects.

Comes in: the model, and runs. Goes out: requests of Glue's API, properties of CloudFormation resources, IAM documents;
and back again. Both directions and both dialects follow the tables of `gluedsl.spelling.tables`. It never calls AWS,
and never decides whether a value is legal.

What members exist is read from `shapes.json`, which `tools/generate_shapes.py` writes. Its sources: the service model
in botocore (https://github.com/boto/botocore, Apache-2.0), and the CloudFormation registry schemas as bundled in
cfn-lint (https://github.com/aws-cloudformation/cfn-lint, MIT-0).
"""

from gluedsl.spelling.api import (
    crawler_from_api,
    crawler_to_api,
    crawler_update_to_api,
    job_from_api,
    job_to_api,
    job_update_to_api,
    trigger_details_to_api,
    trigger_from_api,
    trigger_state,
    trigger_to_api,
    trigger_update_to_api,
    workflow_from_api,
    workflow_to_api,
    workflow_update_to_api,
)
from gluedsl.spelling.cloudformation import (
    crawler_from_cfn,
    crawler_to_cfn,
    job_from_cfn,
    job_to_cfn,
    trigger_from_cfn,
    trigger_to_cfn,
    workflow_from_cfn,
    workflow_to_cfn,
)
from gluedsl.spelling.codec import Refer, ReferenceKind
from gluedsl.spelling.events import (
    event_rule_from_api,
    event_rule_from_cfn,
    event_rule_to_api,
    event_rule_to_cfn,
    event_targets_to_api,
    workflow_arn,
)
from gluedsl.spelling.policies import POLICY_NAME, role_policy, role_to_cfn, trust_policy
from gluedsl.spelling.runs import graph_to_api, node_unique_id, snapshot_from_api, snapshot_to_api, statistics_to_api
from gluedsl.spelling.shapes import api_members, cfn_properties, named_fields, structured_fields

__all__ = [
    "POLICY_NAME",
    "Refer",
    "ReferenceKind",
    "api_members",
    "cfn_properties",
    "crawler_from_api",
    "crawler_from_cfn",
    "crawler_to_api",
    "crawler_to_cfn",
    "crawler_update_to_api",
    "event_rule_from_api",
    "event_rule_from_cfn",
    "event_rule_to_api",
    "event_rule_to_cfn",
    "event_targets_to_api",
    "graph_to_api",
    "job_from_api",
    "job_from_cfn",
    "job_to_api",
    "job_to_cfn",
    "job_update_to_api",
    "named_fields",
    "node_unique_id",
    "role_policy",
    "role_to_cfn",
    "snapshot_from_api",
    "snapshot_to_api",
    "statistics_to_api",
    "structured_fields",
    "trigger_details_to_api",
    "trigger_from_api",
    "trigger_from_cfn",
    "trigger_state",
    "trigger_to_api",
    "trigger_to_cfn",
    "trigger_update_to_api",
    "trust_policy",
    "workflow_arn",
    "workflow_from_api",
    "workflow_from_cfn",
    "workflow_to_api",
    "workflow_to_cfn",
    "workflow_update_to_api",
]
