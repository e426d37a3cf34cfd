"""What moto asks of its models of resources in stacks, answered once for all of Glue's types.

Comes in: the properties of a resource. Goes out: calls of the methods that a type has: `create`, `update`, `delete`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self

from moto.cloudformation.exceptions import UnformattedGetAttTemplateException

if TYPE_CHECKING:
    from collections.abc import Mapping


class StackModel:
    """One resource in a stack; its types are in `glue_models` and `catalog_models`."""

    cloudformation: ClassVar[str]
    """CloudFormation's name of the type."""
    attributes: ClassVar[tuple[str, ...]] = ()
    """What `Fn::GetAtt` may ask for; it is given the name."""

    def __init__(self, name: str, properties: Mapping[str, Any], account_id: str, region_name: str) -> None:
        self.name = name
        self.properties = properties
        """What it was created or updated with."""
        self.place = (account_id, region_name)

    def create(self) -> None:
        """Create it."""
        raise NotImplementedError

    def update(self, properties: Mapping[str, Any]) -> None:
        """Change it in place, from its properties to these."""
        raise NotImplementedError

    def delete(self, account_id: str, region_name: str) -> None:
        """Take it away, if it is there."""
        raise NotImplementedError

    @classmethod
    def create_from_cloudformation_json(
        cls,
        resource_name: str,
        cloudformation_json: Mapping[str, Any],
        account_id: str,
        region_name: str,
        **_: Any,
    ) -> Self:
        """Create it."""
        model = cls(resource_name, cloudformation_json["Properties"], account_id, region_name)
        model.create()
        return model

    @classmethod
    def update_from_cloudformation_json(
        cls,
        original_resource: Self,
        new_resource_name: str,  # noqa: ARG003 -- moto's; a resource keeps its name until it is replaced
        cloudformation_json: Mapping[str, Any],
        account_id: str,  # noqa: ARG003 -- as above
        region_name: str,  # noqa: ARG003 -- as above
    ) -> Self:
        """Change it in place."""
        properties = cloudformation_json["Properties"]
        original_resource.update(properties)
        original_resource.properties = properties
        return original_resource

    @property
    def physical_resource_id(self) -> str:
        """What `Ref` gives."""
        return self.name

    @classmethod
    def has_cfn_attr(cls, attr: str) -> bool:
        """Whether `Fn::GetAtt` may ask for this."""
        return attr in cls.attributes

    def get_cfn_attribute(self, attribute_name: str) -> str:
        """Return an attribute: of these types, the name is the only one."""
        if not self.has_cfn_attr(attribute_name):
            raise UnformattedGetAttTemplateException
        return self.name
