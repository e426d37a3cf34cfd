"""The model as CloudFormation.

Comes in: a project whose scripts are in S3, or will be in a bucket that the template names. Goes out: a template, the
same for the same project wherever and whenever it is made. It never reads files and never calls AWS.
"""

from gluedsl.emit.cloudformation import template, to_json
from gluedsl.emit.logical_ids import logical_id, logical_ids

__all__ = ["logical_id", "logical_ids", "template", "to_json"]
