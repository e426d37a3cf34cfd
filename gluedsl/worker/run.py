"""One run of a job, as its function sees it."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping

PropertiesT = TypeVar("PropertiesT")

PlainProperties = MutableMapping[str, str]
"""Run properties of a workflow that declares none, or a plain dict of them."""


class Arguments(dict[str, str]):
    """Arguments of a job, under their names without the leading `--`; with it, a name finds the same."""

    def __init__(self, given: Mapping[str, str]) -> None:
        super().__init__({_bare(name): value for name, value in given.items()})

    def __getitem__(self, name: str) -> str:
        return super().__getitem__(_bare(name))

    def __setitem__(self, name: str, value: str) -> None:
        super().__setitem__(_bare(name), value)

    def __delitem__(self, name: str) -> None:
        super().__delitem__(_bare(name))

    def __contains__(self, name: object) -> bool:
        return super().__contains__(_bare(name))

    def get(self, name: str, default: Any = None) -> Any:
        """Return an argument, or the default where there is none."""
        return super().get(_bare(name), default)

    def pop(self, name: str, *default: Any) -> Any:
        """Take an argument out; with a default, whether or not it is there."""
        return super().pop(_bare(name), *default)

    def setdefault(self, name: str, default: Any = "") -> str:
        """Return an argument, which is the default from now on where there is none."""
        return super().setdefault(_bare(name), default)


def _bare(name: Any) -> Any:
    return name[2:] if isinstance(name, str) and name.startswith("--") else name


class JobRun(Generic[PropertiesT]):
    """What a function job is called with.

    Made by hand it serves a test: `load_orders(JobRun(properties=Sales(env="test")))`.
    """

    def __init__(
        self,
        *,
        properties: PropertiesT,
        arguments: Mapping[str, str] | None = None,
        workflow_name: str | None = None,
        run_id: str | None = None,
        spark: Any = None,
    ) -> None:
        self.properties = properties
        """The workflow run's properties: reads and writes go to Glue at once."""
        self.arguments: dict[str, str] = Arguments(arguments or {})
        """The job's arguments by name, with the leading `--` or without."""
        self.workflow_name = workflow_name
        """None outside of a workflow."""
        self.run_id = run_id
        """The id of the workflow run; None outside of a workflow."""
        self._spark = spark

    @property
    def spark(self) -> Any:
        """The Spark session of a Spark or streaming job; made when first asked for."""
        if self._spark is None:
            from pyspark.sql import SparkSession  # noqa: PLC0415 -- only Spark workers have it

            self._spark = SparkSession.builder.getOrCreate()
        return self._spark
