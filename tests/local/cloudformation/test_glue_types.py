"""Workflows, triggers, jobs and crawlers as resources of a stack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.cloudformation import crawler, job, nightly, resource, trigger, workflow

if TYPE_CHECKING:
    from tests.support.cloudformation import Stacks

NOTHING: dict[str, list[str]] = {"workflows": [], "jobs": [], "triggers": [], "crawlers": []}


def test_what_is_created(stacks: Stacks) -> None:
    """What a template says is what Glue has, references resolved, and a stack that is deleted leaves nothing."""
    resources = {
        "Nightly": workflow(Description="Sales", DefaultRunProperties={"env": "dev"}, MaxConcurrentRuns=1),
        "Load": job(DefaultArguments={"--n": 2}, MaxRetries=1, NumberOfWorkers=2, WorkerType="G.1X")
        | {"DeletionPolicy": "Delete"},
        "Catalog": crawler(Schedule={"ScheduleExpression": "cron(0 3 * * ? *)"}),
        "Start": trigger(Type="SCHEDULED", Schedule="cron(0 2 * * ? *)", StartOnCreation=True),
    }
    resources["Load"]["Properties"]["Command"] = {"Name": "glueetl", "ScriptLocation": "s3://lake/load.py"}

    assert stacks.create(resources) == "CREATE_COMPLETE"

    made = stacks.glue.get_workflow(Name="nightly")["Workflow"]
    assert (made["Description"], made["DefaultRunProperties"], made["MaxConcurrentRuns"]) == (
        "Sales",
        {"env": "dev"},
        1,
    )
    assert stacks.glue.get_job(JobName="load")["Job"]["DefaultArguments"] == {"--n": "2"}
    assert stacks.glue.get_crawler(Name="catalog")["Crawler"]["Schedule"] == {
        "ScheduleExpression": "cron(0 3 * * ? *)",
        "State": "SCHEDULED",
    }
    started = stacks.glue.get_trigger(Name="start")["Trigger"]
    assert (started["WorkflowName"], started["State"], started["Actions"]) == (
        "nightly",
        "ACTIVATED",
        [{"JobName": "load"}],
    )
    assert stacks.delete() == "DELETE_COMPLETE"
    assert stacks.names() == NOTHING


def test_dynamo_targets_in_the_other_spelling(stacks: Stacks) -> None:
    """A DynamoDB target has capitals in a template, and none in the API."""
    target = {"Path": "orders", "ScanAll": False, "ScanRate": 1}

    assert stacks.create({"Catalog": crawler(Targets={"DynamoDBTargets": [target]})}) == "CREATE_COMPLETE"

    made = stacks.glue.get_crawler(Name="catalog")["Crawler"]["Targets"]["DynamoDBTargets"]
    assert made == [{"Path": "orders", "scanAll": False, "scanRate": 1}]


def test_names_that_are_made_up(stacks: Stacks) -> None:
    """A resource without a name gets one from its stack and logical id, and keeps it when it changes."""
    resources = {"Nightly": workflow(None), "Load": job(None), "Start": trigger(None), "Catalog": crawler(None)}
    stacks.create(resources)
    before = stacks.names()
    resources["Load"]["Properties"]["Timeout"] = 5

    assert stacks.update(resources) == "UPDATE_COMPLETE"

    assert stacks.names() == before
    [name] = before["jobs"]
    prefix, _, suffix = name.rpartition("-")
    assert (prefix, len(suffix), suffix.isalnum(), suffix.upper()) == ("app-Load", 12, True, suffix)
    assert stacks.glue.get_job(JobName=name)["Job"]["Timeout"] == 5


def test_ref_is_the_name(stacks: Stacks) -> None:
    """`Ref` of each type is the name that it has in Glue."""
    outputs = {name: {"Value": {"Ref": name}} for name in ("Nightly", "Load", "Start", "Catalog")}

    stacks.create(nightly() | {"Catalog": crawler()}, Outputs=outputs)

    assert stacks.outputs() == {"Nightly": "nightly", "Load": "load", "Start": "start", "Catalog": "catalog"}


def test_tags_of_stack_and_resource(stacks: Stacks) -> None:
    """A resource has its own tags and those of its stack, its own first; both can change."""
    resources = {"Nightly": workflow(Tags={"team": "sales"})}
    stacks.create(resources, Tags={"team": "all", "stage": "dev"})
    arn = "arn:aws:glue:us-east-1:123456789012:workflow/nightly"
    first = stacks.glue.get_tags(ResourceArn=arn)["Tags"]
    resources["Nightly"]["Properties"]["Tags"] = {"owner": "me"}

    assert stacks.update(resources, Tags={"stage": "prod"}) == "UPDATE_COMPLETE"

    assert first == {"team": "sales", "stage": "dev"}
    assert stacks.glue.get_tags(ResourceArn=arn)["Tags"] == {"owner": "me", "stage": "prod"}


def test_an_active_trigger_changes(stacks: Stacks) -> None:
    """An active trigger is changed in place and stays active, though Glue updates no active trigger."""
    resources = nightly()
    resources["Start"] = trigger(Type="SCHEDULED", Schedule="cron(0 2 * * ? *)", StartOnCreation=True)
    stacks.create(resources)
    resources["Start"]["Properties"]["Schedule"] = "cron(0 4 * * ? *)"

    assert stacks.update(resources) == "UPDATE_COMPLETE"

    changed = stacks.glue.get_trigger(Name="start")["Trigger"]
    assert (changed["Schedule"], changed["State"]) == ("cron(0 4 * * ? *)", "ACTIVATED")


def test_activation_is_for_creation_alone(stacks: Stacks) -> None:
    """`StartOnCreation` that comes or goes later activates and stops nothing."""
    resources = nightly()
    resources["Start"] = trigger(Type="SCHEDULED", Schedule="cron(0 2 * * ? *)")
    stacks.create(resources)
    resources["Start"]["Properties"]["StartOnCreation"] = True

    assert stacks.update(resources) == "UPDATE_COMPLETE"

    assert stacks.glue.get_trigger(Name="start")["Trigger"]["State"] == "CREATED"


def test_what_a_crawler_no_longer_has(stacks: Stacks) -> None:
    """A property that is gone from the template is gone from the crawler."""
    resources = {
        "Catalog": crawler(
            Schedule={"ScheduleExpression": "cron(0 3 * * ? *)"},
            TablePrefix="raw_",
            Description="all",
            SchemaChangePolicy={"DeleteBehavior": "LOG"},
        )
    }
    stacks.create(resources)

    assert stacks.update({"Catalog": crawler()}) == "UPDATE_COMPLETE"

    changed = stacks.glue.get_crawler(Name="catalog")["Crawler"]
    assert {"Schedule", "TablePrefix", "Description"} & changed.keys() == set()
    assert changed["SchemaChangePolicy"]["DeleteBehavior"] == "DEPRECATE_IN_DATABASE"


def test_what_a_workflow_and_a_job_no_longer_have(stacks: Stacks) -> None:
    """The same of a workflow and a job."""
    stacks.create({"Nightly": workflow(Description="x", MaxConcurrentRuns=2), "Load": job(Description="y", Timeout=7)})

    assert stacks.update({"Nightly": workflow(), "Load": job()}) == "UPDATE_COMPLETE"

    made = stacks.glue.get_workflow(Name="nightly")["Workflow"]
    assert {"Description", "MaxConcurrentRuns"} & made.keys() == set()
    load = stacks.glue.get_job(JobName="load")["Job"]
    assert ("Description" in load, load["Timeout"]) == (False, 2880)


def test_gone_already(stacks: Stacks) -> None:
    """What somebody has deleted behind the stack's back does not keep the stack from being deleted."""
    stacks.create(nightly() | {"Catalog": crawler()})
    stacks.glue.delete_crawler(Name="catalog")
    stacks.glue.delete_job(JobName="load")

    assert stacks.delete() == "DELETE_COMPLETE"


def test_databases_tables_connections_and_security(stacks: Stacks) -> None:
    """The Data Catalog's types are made, changed and deleted in moto's Glue."""
    connection = {"ConnectionType": "JDBC", "ConnectionProperties": {"JDBC_CONNECTION_URL": "jdbc:x"}}
    encryption = {"S3Encryptions": [{"S3EncryptionMode": "SSE-S3"}]}
    resources = {
        "Lake": resource("Database", CatalogId="123456789012", DatabaseInput={"Name": "lake", "Description": "a"}),
        "Orders": resource(
            "Table", CatalogId="123456789012", DatabaseName={"Ref": "Lake"}, TableInput={"Name": "orders"}
        ),
        "Source": resource("Connection", CatalogId="123456789012", ConnectionInput={"Name": "db", **connection}),
        "Safe": resource("SecurityConfiguration", Name="safe", EncryptionConfiguration=encryption),
    }
    assert (
        stacks.create(resources, Outputs={"Name": {"Value": {"Fn::GetAtt": ["Source", "Name"]}}}) == "CREATE_COMPLETE"
    )
    assert stacks.outputs() == {"Name": "db"}
    assert stacks.glue.get_security_configuration(Name="safe")["SecurityConfiguration"]["EncryptionConfiguration"] == {
        "S3Encryption": [{"S3EncryptionMode": "SSE-S3"}]
    }
    resources["Lake"]["Properties"]["DatabaseInput"]["Description"] = "b"
    resources["Orders"]["Properties"]["TableInput"]["Description"] = "c"
    resources["Source"]["Properties"]["ConnectionInput"]["Description"] = "d"
    resources["Safe"]["Properties"]["EncryptionConfiguration"] = {"S3Encryptions": []}

    assert stacks.update(resources) == "UPDATE_COMPLETE"

    assert stacks.glue.get_database(Name="lake")["Database"]["Description"] == "b"
    assert stacks.glue.get_table(DatabaseName="lake", Name="orders")["Table"]["Description"] == "c"
    assert stacks.glue.get_connection(Name="db")["Connection"]["Description"] == "d"
    assert stacks.delete() == "DELETE_COMPLETE"
    assert stacks.glue.get_databases()["DatabaseList"] == []
    assert stacks.glue.get_connections()["ConnectionList"] == []
    assert stacks.glue.get_security_configurations()["SecurityConfigurations"] == []


def test_what_was_deployed_runs(stacks: Stacks) -> None:
    """A workflow that a stack has made is the service's own: it runs."""
    stacks.create(nightly())

    run_id = stacks.glue.start_workflow_run(Name="nightly")["RunId"]

    assert run_id.startswith("wr_")
