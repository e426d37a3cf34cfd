"""The attributes of `AWS::SSM::Parameter`: functions that moto's `Parameter` has not.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ssm-parameter.html
"""

from __future__ import annotations

from typing import Any

from moto.cloudformation.exceptions import UnformattedGetAttTemplateException

_ATTRIBUTES = {"Type": "parameter_type", "Value": "value"}


def has_attribute(attr: str) -> bool:
    """Tell whether `Fn::GetAtt` may ask for this."""
    return attr in _ATTRIBUTES


def get_attribute(parameter: Any, attribute_name: str) -> str:
    """Return an attribute of a parameter."""
    if not has_attribute(attribute_name):
        raise UnformattedGetAttTemplateException
    return str(getattr(parameter, _ATTRIBUTES[attribute_name]))
