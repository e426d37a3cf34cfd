"""One run of a job, as its function sees it."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping

PropertiesT = TypeVar("PropertiesT")

PlainProperties = MutableMapping[str, str]
"""Run properties of a workflow that declares none, or a plain dict of them."""


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
        self.arguments: dict[str, str] = dict(arguments or {})
        """The job's arguments by name, without the leading `--`."""
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
