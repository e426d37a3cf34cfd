"""An account in memory for tests of deployment.

`FakeAccount` is a `GlueReader` and a `GlueWriter` that behaves as Glue's documentation says: it refuses what Glue
refuses, answers with Glue's own defaults, and changes states later where Glue does. What no deployment may ever do
(start a run, change a graph while its start trigger can fire) it writes down in `hazards`.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NoReturn

from gluedsl import spelling
from gluedsl.deploy.account import AwsError, Identity, ObservedRole, ObservedRule, ObservedTrigger
from gluedsl.deploy.resources import Bucket, EventSource, PlacedTrigger, RoleDefinition, called, type_of
from gluedsl.model import Crawler, EventRule, Job, Workflow
from tests.support.glue_answers import crawler_answer, job_answer

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from gluedsl.deploy import Upload
    from gluedsl.deploy.account import BucketState, SourceState
    from gluedsl.deploy.resources import Definition, ResourceType

ACCOUNT = "123456789012"
REGION = "eu-west-1"

_ACTIVE = {"ACTIVATED", "ACTIVATING"}
_LATER = {"ACTIVATING": "ACTIVATED", "DEACTIVATING": "DEACTIVATED"}


def refuse(operation: str, code: str, text: str) -> NoReturn:
    """Answer with an error, as Glue does."""
    raise AwsError(operation, code, text)


class Killed(BaseException):
    """The deployment is gone, as after `kill -9`."""


@dataclass
class FakeAccount:
    """One account in one region."""

    lag: int = 0
    """How many looks at a trigger a change of its state takes."""
    fault: Callable[[int, str, str], None] | None = None
    """Told before and after each call of the writer: its number from 0, "before" or "after", and what it is about."""
    calls: list[str] = field(default_factory=list)
    """What the writer was asked: "create job `x`"."""
    reads: list[str] = field(default_factory=list)
    read_fault: Callable[[int, str], None] | None = None
    """Told before each read: its number from 0, and what it is about."""
    indexed: bool = True
    """Whether the index of tags knows anything."""
    hazards: list[str] = field(default_factory=list)
    definitions: dict[ResourceType, dict[str, dict[str, Any]]] = field(default_factory=lambda: defaultdict(dict))
    """Create payloads, by type and name, as later updates left them; of a trigger with its `State`."""
    its_tags: dict[tuple[ResourceType, str], dict[str, str]] = field(default_factory=dict)
    its_roles: dict[str, RoleDefinition] = field(default_factory=dict)
    its_rules: dict[str, EventRule] = field(default_factory=dict)
    disabled_rules: set[str] = field(default_factory=set)
    buckets: dict[str, BucketState] = field(default_factory=dict)
    sources: dict[str, SourceState] = field(default_factory=dict)
    """Buckets of the author's."""
    objects: dict[str, dict[str, bytes]] = field(default_factory=lambda: defaultdict(dict))
    running_crawlers: set[str] = field(default_factory=set)
    _looks: dict[str, int] = field(default_factory=dict)
    one_at_a_time: threading.RLock = field(default_factory=threading.RLock)

    def identity(self) -> Identity:
        """Whose account this is."""
        return Identity(account=ACCOUNT, region=REGION)

    def workflows(self, names: Collection[str]) -> Sequence[Workflow]:
        """Return the workflows of these names."""
        return [spelling.workflow_from_api(data) for data in self._found("AWS::Glue::Workflow", names)]

    def jobs(self, names: Collection[str]) -> Sequence[Job]:
        """Return the jobs of these names."""
        return [spelling.job_from_api(job_answer(data)) for data in self._found("AWS::Glue::Job", names)]

    def crawlers(self, names: Collection[str]) -> Sequence[Crawler]:
        """Return the crawlers of these names."""
        return [spelling.crawler_from_api(crawler_answer(data)) for data in self._found("AWS::Glue::Crawler", names)]

    def triggers(self, names: Collection[str]) -> Sequence[ObservedTrigger]:
        """Return the triggers of these names; each look brings a change of state on."""
        self._read(f"triggers {len(names)}")
        with self.one_at_a_time:
            for name in names:
                self._look(name)
            return [self._trigger(name) for name in names if name in self.definitions["AWS::Glue::Trigger"]]

    def every_trigger(self) -> Sequence[ObservedTrigger]:
        """Return all triggers."""
        self._read("every trigger")
        return [self._trigger(name) for name in self.definitions["AWS::Glue::Trigger"]]

    def index(self, tags: Mapping[str, str]) -> Mapping[tuple[ResourceType, str], Mapping[str, str]]:
        """Return all of Glue's that has these tags."""
        self._read("index")
        if not self.indexed:
            return {}
        with self.one_at_a_time:
            its = {key: dict(own) for key, own in self.its_tags.items() if key[0].startswith("AWS::Glue::")}
        return {key: own for key, own in its.items() if tags.items() <= own.items()}

    def tagged(self, resource: ResourceType, tags: Mapping[str, str]) -> Sequence[str]:
        """Return the names of what has these tags."""
        self._read(f"tagged {resource}")
        with self.one_at_a_time:
            return [n for n in self.definitions[resource] if tags.items() <= self.its_tags[resource, n].items()]

    def tags(self, resource: ResourceType, names: Collection[str]) -> Mapping[str, Mapping[str, str]]:
        """Return the tags of each."""
        self._read(f"tags {resource} {len(names)}")
        return {name: dict(self.its_tags.get((resource, name), {})) for name in names}

    def roles(self, names: Collection[str]) -> dict[str, ObservedRole]:
        """Return roles, by name."""
        return {name: role for name in names if (role := self._role(name)) is not None}

    def _role(self, name: str) -> ObservedRole | None:
        self._read(f"role {name}")
        role = self.its_roles.get(name)
        if role is None:
            return None
        tags = dict(self.its_tags["AWS::IAM::Role", name])
        return ObservedRole(name=name, trust=role.trust, policy=role.policy, tags=tags)

    def rules(self, names: Collection[str]) -> dict[str, ObservedRule]:
        """Return rules, by name."""
        return {name: rule for name in names if (rule := self._rule(name)) is not None}

    def _rule(self, name: str) -> ObservedRule | None:
        self._read(f"rule {name}")
        rule = self.its_rules.get(name)
        if rule is None:
            return None
        tags = dict(self.its_tags["AWS::Events::Rule", name])
        return ObservedRule(rule=replace(rule, tags={}), is_enabled=name not in self.disabled_rules, tags=tags)

    def source(self, bucket: str) -> SourceState:
        """Say whether a bucket sends its events."""
        self._read(f"source {bucket}")
        return self.sources.get(bucket, "missing")

    def bucket(self, bucket: Bucket) -> BucketState:
        """Say how a bucket is."""
        self._read(f"bucket {bucket.name}")
        return self.buckets.get(bucket.name, "missing")

    def files(self, bucket: Bucket, prefix: str) -> Mapping[str, bool]:
        """Return the keys that begin so; all of them are there."""
        self._read(f"files {prefix}")
        return dict.fromkeys((key for key in self.objects.get(bucket.name, ()) if key.startswith(prefix)), True)

    def neighbours(self, bucket: Bucket, own: Collection[str]) -> Sequence[str]:
        """Return the keys of all others."""
        self._read("neighbours")
        return sorted(key for key in self.objects.get(bucket.name, ()) if not key.startswith(tuple(own)))

    def _read(self, what: str) -> None:
        with self.one_at_a_time:
            self.reads.append(what)
            number = len(self.reads) - 1
        if self.read_fault is not None:
            self.read_fault(number, what)

    def _found(self, resource: ResourceType, names: Collection[str]) -> list[dict[str, Any]]:
        self._read(f"{resource} {len(names)}")
        return [self.definitions[resource][name] for name in names if name in self.definitions[resource]]

    def _trigger(self, name: str) -> ObservedTrigger:
        data = self.definitions["AWS::Glue::Trigger"][name]
        return ObservedTrigger(
            trigger=spelling.trigger_from_api(data), workflow=data.get("WorkflowName"), state=data["State"]
        )

    def _look(self, name: str) -> None:
        data = self.definitions["AWS::Glue::Trigger"].get(name)
        if data is None or data["State"] not in {*_LATER, "DELETING"}:
            return
        self._looks[name] = self._looks.get(name, 0) + 1
        if self._looks[name] >= self.lag:
            del self._looks[name]
            if data["State"] == "DELETING":
                self._forget_trigger(name)
            else:
                data["State"] = _LATER[data["State"]]

    def create(self, definition: Definition) -> None:
        """Create it."""
        resource, name = type_of(definition), definition.name
        with self._call(f"create {called(resource, name)}"):
            self._create(resource, name, definition)

    def _create(self, resource: ResourceType, name: str, definition: Definition) -> None:
        match definition:
            case Bucket():
                self.buckets[name] = "ready"
                return
            case EventSource():
                self.sources[name] = "sending"
                return
            case EventRule():
                self.its_rules[name] = definition
                self.its_tags.setdefault((resource, name), dict(definition.tags))
                return
            case RoleDefinition():
                if name in self.its_roles:
                    refuse("CreateRole", "EntityAlreadyExists", f"Role with name {name} already exists.")
                self.its_roles[name] = definition
                self.its_tags[resource, name] = dict(definition.tags)
                return
            case Workflow():
                payload = spelling.workflow_to_api(definition)
            case Job():
                payload = spelling.job_to_api(definition)
            case Crawler():
                payload = spelling.crawler_to_api(definition)
            case PlacedTrigger():
                payload = spelling.trigger_to_api(definition.trigger, definition.workflow)
        if name in self.definitions[resource]:
            kind = resource.rpartition(":")[2]
            refuse(f"Create{kind}", "AlreadyExistsException", f"{kind} with name {name} already exists")
        if isinstance(definition, PlacedTrigger):
            self._check("CreateTrigger", payload)
            payload["State"] = "ACTIVATED" if payload.pop("StartOnCreation", False) else "CREATED"
        self.its_tags[resource, name] = payload.pop("Tags", {})
        self.definitions[resource][name] = payload

    def update(self, definition: Definition) -> None:
        """Overwrite it."""
        resource, name = type_of(definition), definition.name
        with self._call(f"update {called(resource, name)}"):
            self._update(resource, name, definition)

    def _update(self, resource: ResourceType, name: str, definition: Definition) -> None:
        kept = self.definitions[resource].get(name, {})
        match definition:
            case Bucket():
                self.buckets[name] = "ready"
            case EventSource():
                self.sources[name] = "sending"
            case EventRule():
                self.its_rules[name] = definition
                self.disabled_rules.discard(name)
            case RoleDefinition():
                self.its_roles[name] = definition
            case Workflow():
                self.definitions[resource][name] = spelling.workflow_update_to_api(definition)
            case Job():
                update = spelling.job_update_to_api(definition)
                self.definitions[resource][name] = {"Name": name, **update["JobUpdate"]}
            case Crawler():
                if name in self.running_crawlers:
                    text = (
                        "Cannot update Crawler while running. Please stop crawl or wait until it completes to update."
                    )
                    refuse("UpdateCrawler", "CrawlerRunningException", text)
                merged = kept | spelling.crawler_update_to_api(definition)
                self.definitions[resource][name] = {key: value for key, value in merged.items() if value != ""}
            case PlacedTrigger(trigger=trigger):
                if kept["State"] not in {"CREATED", "DEACTIVATED"}:
                    text = f"The operation is not allowed when trigger is in state: {kept['State']}"
                    refuse("UpdateTrigger", "InvalidInputException", text)
                same = {key: kept[key] for key in ("Name", "Type", "WorkflowName", "State")}
                payload = spelling.trigger_update_to_api(trigger)["TriggerUpdate"] | same
                self._check("UpdateTrigger", payload)
                self.definitions[resource][name] = payload

    def delete(self, resource: ResourceType, name: str) -> None:
        """Delete it."""
        with self._call(f"delete {called(resource, name)}"):
            if resource == "AWS::Glue::Trigger":
                self._delete_trigger(name)
                return
            if name in self.running_crawlers:
                refuse("DeleteCrawler", "CrawlerRunningException", f"Crawler {name} is running")
            if resource == "AWS::IAM::Role":
                self.its_roles.pop(name, None)
            if resource == "AWS::Events::Rule":
                self.its_rules.pop(name, None)
            self.definitions[resource].pop(name, None)
            self.its_tags.pop((resource, name), None)

    def _delete_trigger(self, name: str) -> None:
        data = self.definitions["AWS::Glue::Trigger"].get(name)
        if data is None:
            return
        self._note_change(data)
        data["State"] = "DELETING"
        if self.lag == 0:
            self._forget_trigger(name)

    def _forget_trigger(self, name: str) -> None:
        del self.definitions["AWS::Glue::Trigger"][name]
        del self.its_tags["AWS::Glue::Trigger", name]

    def tag(self, resource: ResourceType, name: str, tags: Mapping[str, str]) -> None:
        """Add tags."""
        with self._call(f"tag {called(resource, name)}"):
            self.its_tags[resource, name] |= tags

    def untag(self, resource: ResourceType, name: str, keys: Sequence[str]) -> None:
        """Take tags away."""
        with self._call(f"untag {called(resource, name)}"):
            for key in keys:
                self.its_tags[resource, name].pop(key, None)

    def start_trigger(self, name: str) -> None:
        """Activate a trigger."""
        with self._call(f"start trigger `{name}`"):
            data = self.definitions["AWS::Glue::Trigger"][name]
            match data["Type"]:
                case "ON_DEMAND":
                    self.hazards.append(f"{name} started a run")
                case "EVENT":
                    refuse("StartTrigger", "InvalidInputException", "Trigger Type EVENT cannot be started")
                case _:
                    data["State"] = "ACTIVATING" if self.lag else "ACTIVATED"

    def stop_trigger(self, name: str) -> None:
        """Deactivate a trigger."""
        with self._call(f"stop trigger `{name}`"):
            data = self.definitions["AWS::Glue::Trigger"][name]
            if data["State"] != "ACTIVATED":
                text = f"The operation is not allowed when trigger is in state: {data['State']}"
                refuse("StopTrigger", "InvalidInputException", text)
            data["State"] = "DEACTIVATING" if self.lag else "DEACTIVATED"

    def upload(self, bucket: Bucket, upload: Upload) -> None:
        """Put an object into a bucket."""
        with self._call(f"upload file `{upload.key}`"):
            self.objects[bucket.name][upload.key] = upload.content

    def delete_file(self, bucket: Bucket, key: str) -> None:
        """Delete an object."""
        with self._call(f"delete file `{key}`"):
            self.objects[bucket.name].pop(key, None)

    def delete_bucket(self, bucket: Bucket) -> None:
        """Delete a bucket, if it is empty."""
        with self._call(f"delete bucket `{bucket.name}`"):
            if self.objects.get(bucket.name):
                refuse("DeleteBucket", "BucketNotEmpty", "The bucket you tried to delete is not empty")
            self.objects.pop(bucket.name, None)
            self.buckets.pop(bucket.name, None)

    def _call(self, what: str) -> _Call:
        return _Call(self, what)

    def _check(self, operation: str, payload: dict[str, Any]) -> None:
        """Refuse a trigger that names what is not there, or is a second start trigger."""
        self._note_change(payload)
        if payload["WorkflowName"] not in self.definitions["AWS::Glue::Workflow"]:
            text = f"Workflow with name: {payload['WorkflowName']} not found."
            refuse(operation, "EntityNotFoundException", text)
        for one in [*payload["Actions"], *payload.get("Predicate", {}).get("Conditions", [])]:
            for kind in ("Job", "Crawler"):
                name = one.get(f"{kind}Name")
                if name is not None and name not in self.definitions[_TYPES[kind]]:
                    refuse(operation, "EntityNotFoundException", f"{kind} with name: {name} not found.")
        if payload["Type"] != "CONDITIONAL" and self._start_triggers(payload) - {payload["Name"]}:
            refuse(operation, "InvalidInputException", "a workflow has one start trigger")

    def _start_triggers(self, payload: dict[str, Any]) -> set[str]:
        return {
            name
            for name, data in self.definitions["AWS::Glue::Trigger"].items()
            if data.get("WorkflowName") == payload.get("WorkflowName")
            and data["Type"] != "CONDITIONAL"
            and data["State"] != "DELETING"
        }

    def _note_change(self, payload: dict[str, Any]) -> None:
        """Note that the graph of a workflow changes, if its schedule could start a run of it just now."""
        for name in self._start_triggers(payload) - {payload["Name"]}:
            if self.definitions["AWS::Glue::Trigger"][name]["State"] in _ACTIVE:
                self.hazards.append(f"{payload['Name']} changed while {name} was active")

    def state(self, trigger: str) -> str:
        """Return the state of a trigger."""
        state: str = self.definitions["AWS::Glue::Trigger"][trigger]["State"]
        return state

    def contents(self) -> dict[str, Any]:
        """Return everything that is there, to be compared."""
        return {
            **{f"{kind} {name}": data for kind, those in self.definitions.items() for name, data in those.items()},
            **{f"tags of {kind} {name}": its for (kind, name), its in self.its_tags.items()},
            **{f"role {name}": (role.trust, role.policy) for name, role in self.its_roles.items()},
            **{f"rule {name}": replace(rule, tags={}) for name, rule in self.its_rules.items()},
            **{f"bucket {name}": state for name, state in self.buckets.items()},
            **{f"file {key}": content for its in self.objects.values() for key, content in its.items()},
        }


_TYPES: dict[str, ResourceType] = {"Job": "AWS::Glue::Job", "Crawler": "AWS::Glue::Crawler"}


class _Call:
    """One call of the writer, with a fault before or after it does its work; one at a time, as AWS would seem to."""

    def __init__(self, account: FakeAccount, what: str) -> None:
        self._account, self._what = account, what
        self._number = 0

    def __enter__(self) -> None:
        account = self._account
        account.one_at_a_time.acquire()
        account.calls.append(self._what)
        self._number = len(account.calls) - 1
        try:
            if account.fault is not None:
                account.fault(self._number, "before", self._what)
        except BaseException:
            account.one_at_a_time.release()
            raise

    def __exit__(self, kind: object, *_: object) -> None:
        try:
            if self._account.fault is not None and kind is None:
                self._account.fault(self._number, "after", self._what)
        finally:
            self._account.one_at_a_time.release()
