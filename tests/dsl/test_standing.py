"""Objects of other libraries in the place of names."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from gluedsl import Crawler, ExistingCrawler, ExistingJob, SparkJob, Workflow
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
