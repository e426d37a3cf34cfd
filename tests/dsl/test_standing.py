"""Objects of other libraries in the place of names."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from gluedsl import CatalogTarget, Crawler, ExistingCrawler, ExistingJob, JdbcTarget, SparkJob, Workflow
from gluedsl.errors import DeclarationError

if TYPE_CHECKING:
    from gluedsl.dsl.standing import NamesRole


def test_what_stands_for_a_name() -> None:
    """A role stands for its ARN, anything else for its name, or for what a reference to it gives."""
    role: NamesRole = SimpleNamespace(role_arn="arn:aws:iam::123456789012:role/Glue")
    connection, resource = SimpleNamespace(connection_name="warehouse"), SimpleNamespace(ref="resource")
    secure, database = SimpleNamespace(security_configuration_name="kms"), SimpleNamespace(database_name="sales")

    job = SparkJob("load", script="x.py", role=role, connections=[connection, resource], security_configuration=secure)

    assert job.options == {
        "role": "arn:aws:iam::123456789012:role/Glue",
        "connections": ("warehouse", "resource"),
        "security_configuration": "kms",
    }
    assert Workflow("sales", role=role).role == "arn:aws:iam::123456789012:role/Glue"
    assert Crawler("catalog", targets="s3://lake/", database=database).options == {"database": "sales"}
    assert ExistingJob(SimpleNamespace(job_name="old")).name == "old"
    assert ExistingJob(resource).name == "resource"
    assert ExistingCrawler(resource).name == "resource"


def test_what_stands_for_none() -> None:
    """Anything else is refused as before."""
    with pytest.raises(DeclarationError) as caught:
        SparkJob("load", script="x.py", role=SimpleNamespace(name="Glue"))
    assert caught.value.message == "role= takes a string, not namespace(name='Glue') (SimpleNamespace)"


def test_of_targets() -> None:
    """The connection and the database of a crawler's target may be such objects, too."""
    connection, database = SimpleNamespace(connection_name="warehouse"), SimpleNamespace(database_name="sales")
    resource = SimpleNamespace(ref="resource")

    jdbc, catalog = JdbcTarget(connection, "sales/%"), CatalogTarget(database, ("orders",), connection=resource)
    crawler = Crawler("catalog", targets=[jdbc, catalog, JdbcTarget(resource, "sales/%"), CatalogTarget(resource, ())])

    assert crawler.targets == (
        JdbcTarget("warehouse", "sales/%"),
        CatalogTarget("sales", ("orders",), connection="resource"),
        JdbcTarget("resource", "sales/%"),
        CatalogTarget("resource", ()),
    )
    with pytest.raises(DeclarationError) as caught:
        Crawler("catalog", targets=JdbcTarget(5, "sales/%"))  # type: ignore[arg-type]  # what is wrong
    assert caught.value.message == "connection= of JdbcTarget takes a string, not 5 (int)"


class CfnThing:
    """A resource of CloudFormation."""

    def __init__(self, resource_type: str) -> None:
        self.CFN_RESOURCE_TYPE_NAME = resource_type
        self.ref = self.database_name = "thing"

    def __repr__(self) -> str:
        return "CfnThing()"


def test_resources_of_another_kind() -> None:
    """A resource stands for what it is; one of the application's own making may stand for anything."""
    job, crawler, own = map(CfnThing, ("AWS::Glue::Job", "AWS::Glue::Crawler", "AWS::CloudFormation::CustomResource"))

    assert [ExistingJob(job).name, ExistingCrawler(crawler).name, ExistingJob(own).name] == ["thing", "thing", "thing"]
    with pytest.raises(DeclarationError) as caught:
        ExistingJob(crawler)
    assert caught.value.message == "the name of a job takes a string, not CfnThing() (CfnThing)"
    with pytest.raises(DeclarationError) as caught:
        ExistingCrawler(job)
    assert caught.value.message == "the name of a crawler takes a string, not CfnThing() (CfnThing)"
    with pytest.raises(DeclarationError) as caught:
        Crawler("catalog", targets="s3://lake/", database=CfnThing("AWS::Glue::Table"))
    assert caught.value.message == "database= takes a string, not CfnThing() (CfnThing)"
