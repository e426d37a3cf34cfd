"""From the words on the command line of a job's script to its `JobRun`."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from typing import TYPE_CHECKING, Any, NoReturn

from gluedsl.worker.properties import StoredProperties, bound
from gluedsl.worker.run import JobRun

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gluedsl.worker.properties import RunProperties


def arguments(argv: Sequence[str]) -> dict[str, str]:
    """Return `--name value` and `--name=value` pairs by name; a name without a value has the empty string.

    Glue passes every argument as two words (https://docs.aws.amazon.com/glue/latest/dg/aws-glue-programming-etl-glue-arguments.html).
    """
    found: dict[str, str] = {}
    words: list[str] = list(argv)
    while words:
        word = words.pop(0)
        if not word.startswith("--"):
            continue
        name, separator, value = word[2:].partition("=")
        if not separator and words and not words[0].startswith("--"):
            value = words.pop(0)
        found[name] = value
    return found


def run_job(
    body: Callable[[JobRun[Any]], object],
    properties: type[RunProperties] | None,
    argv: Sequence[str],
    glue: Callable[[], Any],
) -> None:
    """Call the body of a function job with the run that this process is.

    Args:
        body: the job.
        properties: the class of the workflow's run properties; None where they are plain.
        argv: the words after the script's name.
        glue: makes a client of Glue; called only in a run of a workflow.
    """
    given = arguments(argv)
    workflow, run_id = given.get("WORKFLOW_NAME"), given.get("WORKFLOW_RUN_ID")
    stored: MutableMapping[str, str] = (
        StoredProperties(workflow, run_id, glue()) if workflow and run_id else _NotInAWorkflow()
    )
    seen: Any = stored if properties is None else bound(properties, stored)
    body(JobRun(properties=seen, arguments=given, workflow_name=workflow, run_id=run_id))


class _NotInAWorkflow(MutableMapping[str, str]):
    """Stands for the properties of a job that was started by itself: using them says so."""

    def __getitem__(self, key: str) -> str:
        _refuse(key)

    def __setitem__(self, key: str, value: str) -> None:
        _refuse(key)

    def __delitem__(self, key: str) -> None:
        _refuse(key)

    def __iter__(self) -> Iterator[str]:
        _refuse()

    def __len__(self) -> int:  # noqa: PLE0303 -- it never returns
        _refuse()


def _refuse(key: str | None = None) -> NoReturn:
    what = "no run properties" if key is None else f"no run property `{key}`"
    message = f"{what}: this job run is not part of a workflow run"
    # Not a KeyError: `get` and the defaults of a class would take it for a property that nobody has written yet.
    raise RuntimeError(message)
