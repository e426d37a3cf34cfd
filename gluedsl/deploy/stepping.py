"""Doing one step: its calls, each of them again while it meets errors that pass."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from gluedsl.deploy.account import AwsError
from gluedsl.deploy.ownership import PROJECT, STAGE, WORKFLOW
from gluedsl.deploy.patience import patiently
from gluedsl.deploy.resources import Bucket, EventSource, PlacedTrigger, RoleDefinition, type_of
from gluedsl.deploy.steps import Activate, Create, Deactivate, Delete, Keep, Replace, Update, UploadFile
from gluedsl.deploy.switching import Switches

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from gluedsl.deploy.account import GlueReader, GlueWriter
    from gluedsl.deploy.halt import Halt
    from gluedsl.deploy.observer import Observer
    from gluedsl.deploy.resources import Definition, ResourceType
    from gluedsl.deploy.steps import Change, Step

_EXISTS = frozenset({"AlreadyExistsException", "EntityAlreadyExists"})


class Work:
    """What the steps of one deployment share. Several threads may do one step each."""

    def __init__(self, reader: GlueReader, writer: GlueWriter, observer: Observer, halt: Halt) -> None:
        self._reader = reader
        self._writer = writer
        self._observer = observer
        self._step = threading.local()
        self.halt = halt
        self.switches = Switches(reader, writer, self._patiently, wait=self._wait, insist=halt.insisting)

    def _wait(self, reason: str, seconds: float) -> None:
        self._observer.waiting(getattr(self._step, "now", None), reason, seconds)
        self.halt.pause(seconds)

    def _patiently(self, call: Callable[[], None]) -> None:
        patiently(call, self._wait)

    def perform(self, step: Step) -> None:
        """Do a step."""
        self._step.now = step
        match step:
            case UploadFile(bucket=bucket, upload=upload):
                self._patiently(lambda: self._writer.upload(bucket, upload))
            case Create(definition=definition):
                self._create(definition)
            case Update(definition=definition, changes=changes, restarts=restarts):
                self._update(definition, changes, restarts=restarts)
            case Replace(definition=definition):
                self.switches.delete(definition.name, definition.workflow)
                self._create(definition)
            case Delete():
                self._delete(step)
            case Activate(name=name):
                self.switches.start(name)
            case Deactivate(name=name, workflow=workflow, pauses=True):
                self.switches.pause(name, workflow)
            case Deactivate(name=name):
                self.switches.stop(name)
            case Keep():
                pass

    def _create(self, definition: Definition) -> None:
        tries = 0

        def create() -> None:
            nonlocal tries
            tries += 1
            try:
                self._writer.create(definition)
            except AwsError as error:
                if error.code not in _EXISTS or not self._is_own_work(definition, lost=tries > 1 or error.retried):
                    raise
                if isinstance(definition, RoleDefinition):  # made in two calls, of which only the first is known
                    self._writer.update(definition)

        if isinstance(definition, PlacedTrigger):
            self.switches.create(definition, create)
        else:
            self._patiently(create)

    def _is_own_work(self, definition: Definition, *, lost: bool) -> bool:
        """Whether what exists already was created by an earlier try of this call, whose answer was lost."""
        if not lost or isinstance(definition, Bucket | EventSource):
            return False
        tags = self._tags(type_of(definition), definition.name)
        return all(tags.get(key) == definition.tags.get(key) for key in (PROJECT, STAGE, WORKFLOW))

    def _tags(self, resource: ResourceType, name: str) -> Mapping[str, str]:
        if resource == "AWS::IAM::Role":
            role = self._reader.roles([name]).get(name)
            return role.tags if role is not None else {}
        return self._reader.tags(resource, [name]).get(name, {})

    def _update(self, definition: Definition, changes: tuple[Change, ...], *, restarts: bool) -> None:
        def update() -> None:
            self._writer.update(definition)

        if not changes or not all(change.is_tag for change in changes):
            if isinstance(definition, PlacedTrigger):
                self.switches.update(definition, update, restarts=restarts)
            else:
                self._patiently(update)
        self._retag(definition, [change for change in changes if change.is_tag])

    def _retag(self, definition: Definition, changes: list[Change]) -> None:
        resource, name = type_of(definition), definition.name
        keys = {change.field.removeprefix("tags."): change.after for change in changes}
        gone = [key for key, value in keys.items() if value is None]
        here = {key: value for key, value in keys.items() if value is not None}
        if here:
            self._patiently(lambda: self._writer.tag(resource, name, here))
        if gone:
            self._patiently(lambda: self._writer.untag(resource, name, gone))

    def _delete(self, step: Delete) -> None:
        match step:
            case Delete(resource="AWS::Glue::Trigger", name=name, workflow=workflow):
                self.switches.delete(name, workflow)
            case Delete(resource="AWS::S3::Object", name=name, bucket=Bucket() as bucket):
                self._patiently(lambda: self._writer.delete_file(bucket, name))
            case Delete(resource="AWS::S3::Bucket", bucket=Bucket() as bucket):
                self._patiently(lambda: self._writer.delete_bucket(bucket))
            case Delete(resource=resource, name=name):
                if resource == "AWS::Glue::Workflow":
                    self.switches.wait_until_all_gone()
                self._patiently(lambda: self._writer.delete(resource, name))
