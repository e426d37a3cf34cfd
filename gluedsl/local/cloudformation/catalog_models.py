"""What a stack has of moto's Glue: databases, tables, connections and security configurations.

moto's backend stores them; it has no CloudFormation for them, and no update of a connection.
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_Glue.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from moto.glue.models import glue_backends

from gluedsl.local.cloudformation.stack_model import StackModel

if TYPE_CHECKING:
    from collections.abc import Mapping


class CatalogModel(StackModel):
    """One resource of moto's Glue in a stack; each type is a class below."""

    @property
    def glue(self) -> Any:
        """The backend that stores it."""
        account, region = self.place
        return glue_backends[account][region]

    def update(self, properties: Mapping[str, Any]) -> None:
        """Change it in place."""
        self.properties = properties
        self.change()

    def change(self) -> None:
        """Store what has changed."""
        raise NotImplementedError


class DatabaseModel(CatalogModel):
    """An `AWS::Glue::Database`."""

    cloudformation = "AWS::Glue::Database"

    @property
    def _input(self) -> dict[str, Any]:
        return dict(self.properties["DatabaseInput"]) | {"Name": self.name}

    def create(self) -> None:
        """Store it."""
        self.glue.create_database(self.name, self._input)

    def change(self) -> None:
        """Store what has changed."""
        self.glue.update_database(self.name, self._input)

    def delete(self, account_id: str, region_name: str) -> None:  # noqa: ARG002 -- moto's
        """Take it away with its tables, if it is there."""
        self.glue.databases.pop(self.name, None)


class TableModel(CatalogModel):
    """An `AWS::Glue::Table`."""

    cloudformation = "AWS::Glue::Table"

    @property
    def _database(self) -> str:
        return str(self.properties["DatabaseName"])

    @property
    def _input(self) -> dict[str, Any]:
        return dict(self.properties.get("TableInput", {})) | {"Name": self.name}

    def create(self) -> None:
        """Store it."""
        self.glue.create_table(self._database, self.name, self._input, self.properties.get("OpenTableFormatInput"))

    def change(self) -> None:
        """Store what has changed, as a new version."""
        self.glue.update_table(self._database, self.name, self._input)

    def delete(self, account_id: str, region_name: str) -> None:  # noqa: ARG002 -- moto's
        """Take it away, if it is there."""
        if self._database in self.glue.databases:
            self.glue.databases[self._database].tables.pop(self.name, None)


class ConnectionModel(CatalogModel):
    """An `AWS::Glue::Connection`."""

    cloudformation = "AWS::Glue::Connection"
    attributes = ("Name",)

    def create(self) -> None:
        """Store it."""
        given = dict(self.properties["ConnectionInput"]) | {"Name": self.name}
        self.glue.create_connection(self.properties["CatalogId"], given, self.properties.get("Tags", {}))

    def change(self) -> None:
        """Store it anew: moto changes no connection."""
        before = self.glue.connections.pop(self.name)
        self.create()
        self.glue.connections[self.name].created_time = before.created_time

    def delete(self, account_id: str, region_name: str) -> None:  # noqa: ARG002 -- moto's
        """Take it away, if it is there."""
        self.glue.connections.pop(self.name, None)


class SecurityConfigurationModel(CatalogModel):
    """An `AWS::Glue::SecurityConfiguration`."""

    cloudformation = "AWS::Glue::SecurityConfiguration"

    @property
    def _encryption(self) -> dict[str, Any]:
        given = dict(self.properties["EncryptionConfiguration"])
        # The API has the one name, CloudFormation the other.
        return given | {"S3Encryption": given.pop("S3Encryptions")} if "S3Encryptions" in given else given

    def create(self) -> None:
        """Store it."""
        self.glue.create_security_configuration(self.name, self._encryption)

    def change(self) -> None:
        """Store what has changed."""
        self.glue.security_configurations[self.name].configuration = self._encryption

    def delete(self, account_id: str, region_name: str) -> None:  # noqa: ARG002 -- moto's
        """Take it away, if it is there."""
        self.glue.security_configurations.pop(self.name, None)


CATALOG_MODELS: Mapping[str, type[CatalogModel]] = {
    model.cloudformation: model for model in (ConnectionModel, DatabaseModel, SecurityConfigurationModel, TableModel)
}
NAMED_BY: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "AWS::Glue::Connection": (("ConnectionInput", "Name"),),
    "AWS::Glue::Database": (("DatabaseName",), ("DatabaseInput", "Name")),
    "AWS::Glue::Table": (("Name",), ("TableInput", "Name")),
}
"""Where a template names a resource, if not by `Name`."""
