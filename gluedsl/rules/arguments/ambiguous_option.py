"""AR013 `ambiguous-option`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gluedsl.diagnostics import Severity
from gluedsl.model import walk
from gluedsl.rules.arguments.passing import INJECTED, INJECTED_IN_SPARK, starts_of
from gluedsl.rules.jobs.kinds import SPARK
from gluedsl.rules.places import related
from gluedsl.rules.rule import Kind, Rule
from gluedsl.rules.wording import choices, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from gluedsl.contract import Mention, Request
    from gluedsl.diagnostics import Diagnostic
    from gluedsl.model import Job, Path
    from gluedsl.rules.arguments.passing import Start
    from gluedsl.rules.rule import Context

_REGISTERED = (
    "JOB_ID",
    "JOB_RUN_ID",
    "RedshiftTempDir",
    "SECURITY_CONFIGURATION",
    "TempDir",
    "continuation-option",
    "encryption-type",
    "help",
    "job-bookmark-from",
    "job-bookmark-option",
    "job-bookmark-to",
)
"""What `getResolvedOptions` knows by itself
(https://github.com/awslabs/aws-glue-libs/blob/master/awsglue/utils.py)."""


class AmbiguousOption(Rule):
    """An option of a script can be taken for another, or is looked up by a name that it does not have.

    ## What it does

    Reports arguments that are the beginning of an option that the script asks for, and no option themselves;
    options of one call of `getResolvedOptions` that differ in dashes alone;
    options with dashes in their names that are looked up with them;
    and names that are looked up, were not asked for, and are nearly those of options that were.

    ## Why is this bad

    `getResolvedOptions` takes the beginning of an option for the option, or fails where two begin alike.
    In what it returns are the options that were asked for, and a dash is an underscore:
    `args["table-name"]` is a `KeyError`.

    ## Example

    ```python
    import sys

    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.spark_job(arguments={"--table-name": "orders"})
    def load(run):
        from awsglue.utils import getResolvedOptions

        args = getResolvedOptions(sys.argv, ["table-name"])
        print(args["table-name"])
    ```

    ## Use instead

    ```python
    import sys

    from gluedsl import Workflow

    sales = Workflow("sales", role="GlueJobRole")


    @sales.spark_job(arguments={"--table-name": "orders"})
    def load(run):
        from awsglue.utils import getResolvedOptions

        args = getResolvedOptions(sys.argv, ["table-name"])
        print(args["table_name"])
    ```
    """

    code = "AR013"
    name = "ambiguous-option"
    kind = Kind.LINT
    severity = Severity.WARNING
    since = "0.1.0"
    url = "https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-crawler-pyspark-extensions-get-resolved-options.html"

    def check(self, context: Context) -> Iterator[Diagnostic]:
        """Yield what is looked up in vain, what differs in dashes, and what is cut short."""
        starts = context.once(starts_of, context.project)
        for path, job in walk.jobs(context.project):
            contract = context.contract(job)
            asked = {option.name for request in contract.requests for option in request.options}
            for lookup in contract.lookups:
                if "-" in lookup.name and lookup.name in asked:
                    yield self._dashed(context, path, lookup)
                elif lookup.is_needed and lookup.is_sure and all(request.has_all for request in contract.requests):
                    yield from self._misspelt(context, path, lookup, asked)
            for request in contract.requests:
                yield from self._twins(context, path, request)
                if request.has_all and not _knows_no_abbreviations(job):
                    yield from self._prefixes(context, path, job, request, starts.get(job.name, ()))

    def _dashed(self, context: Context, path: Path, lookup: Mention) -> Diagnostic:
        name = lookup.name.replace("-", "_")
        return self.finding(
            f"option `{lookup.name}` is looked up with dashes, and `getResolvedOptions` returns it as `{name}`",
            context.span_in_code(lookup.span, *path),
            help=(f"look up `{name}`",),
        )

    def _misspelt(self, context: Context, path: Path, lookup: Mention, asked: Collection[str]) -> Iterator[Diagnostic]:
        returned = {name.replace("-", "_") for name in asked}
        known = returned | {name.replace("-", "_") for name in _REGISTERED}
        if lookup.name not in known and (advice := did_you_mean(lookup.name, sorted(returned))):
            yield self.finding(
                f"option `{lookup.name}` is looked up, and `getResolvedOptions` is not asked for it",
                context.span_in_code(lookup.span, *path),
                help=advice,
            )

    def _twins(self, context: Context, path: Path, request: Request) -> Iterator[Diagnostic]:
        first: dict[str, Mention] = {}
        for option in request.options:
            twin = first.setdefault(option.name.replace("-", "_"), option)
            if twin is not option:
                yield self.finding(
                    f"options `{twin.name}` and `{option.name}` differ in dashes alone, "
                    f"and `getResolvedOptions` returns one of them for both",
                    context.span_in_code(option.span, *path),
                    related=related((context.span_in_code(twin.span, *path), "the other one")),
                    help=("give one of them another name",),
                )

    def _prefixes(
        self, context: Context, path: Path, job: Job, request: Request, starts: tuple[Start, ...]
    ) -> Iterator[Diagnostic]:
        options = {option.name: option for option in request.options}
        registered = {*options, *_REGISTERED}
        passed: dict[str, Path | None] = dict.fromkeys(sorted(_injected(job))) if starts else {}
        for start in starts:
            passed |= {name: place for name, place in start.passed.items() if place[-1] == f"--{name}"}
        for name, place in passed.items():
            meant = [one for one in sorted(registered) if one.startswith(name)]
            taken = [one for one in meant if one in options]
            if name in registered or not taken:
                continue
            verb = "is taken for option" if len(meant) == 1 else "can be any of options"
            in_code = context.span_in_code(options[taken[0]].span, *path)
            yield self.finding(
                f"argument `--{name}` of job `{job.name}` {verb} {choices(meant, 'and')}, of which it is the beginning",
                in_code if place is None else context.span(*place),
                related=() if place is None else related((in_code, "asked for here")),
                help=("give the argument another name, or ask for it as well",),
            )


def _injected(job: Job) -> frozenset[str]:
    return INJECTED | INJECTED_IN_SPARK if job.kind in SPARK else INJECTED


def _knows_no_abbreviations(job: Job) -> bool:
    """Whether a job's version of Glue takes options by their whole names alone, as 6.0 does."""
    major = (job.glue_version or "").partition(".")[0]
    return major.isdecimal() and int(major) >= 6  # noqa: PLR2004 -- the version that the sentence above names
