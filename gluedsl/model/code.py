"""What a job runs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptFile:
    """A script of the author's own, on this machine."""

    path: str
    """Absolute."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PropertiesClass:
    """A `RunProperties` class of the author's: what `run.properties` of a function job is one of."""

    name: str
    declared: tuple[str, ...]
    """Its run properties: writing to any other name fails."""
    others: tuple[str, ...] = ()
    """Methods and whatever else the author gave it, which code can read as well."""
    kinds: tuple[str, ...] = ()
    """The types of what is declared, by name and in the same order; empty: they are not told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FunctionCode:
    """A function in a module of the author's; its module and what it imports from beside it are shipped."""

    root: str
    """Absolute path of the folder that `module` is imported from."""
    module: str
    """Dotted name under `root`."""
    job: str
    """The name that the author, or the workflow, gave to the job in that module."""
    properties: PropertiesClass | None = None
    """None: they are a dict, unless `takes_any_property`."""
    takes_any_property: bool = False
    """Whether there is a class that answers for its attributes itself: any name may be a run property."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteScript:
    """A script that is already in S3."""

    uri: str


Code = ScriptFile | FunctionCode | RemoteScript
