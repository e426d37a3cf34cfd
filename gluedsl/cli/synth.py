"""`gluedsl synth`: the workflows as CloudFormation, as a cloud assembly, or as Terraform's JSON."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gluedsl.bundle import bundle
from gluedsl.cli import console
from gluedsl.cli.compiling import PathArgument, StageOption, compile_checked
from gluedsl.errors import UsageError

if TYPE_CHECKING:
    from gluedsl.bundle import Bundle
    from gluedsl.compiler import Compilation


class Format(StrEnum):
    """What is written."""

    CLOUDFORMATION = "cloudformation"
    ASSEMBLY = "assembly"
    TERRAFORM = "terraform"


def synth(
    path: PathArgument = ".",
    stage: StageOption = None,
    format_: Annotated[
        Format,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help="What is written: cloudformation, a template; assembly, for `cdk deploy --app DIR`; or terraform.",
        ),
    ] = Format.CLOUDFORMATION,
    scripts: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Also write the files of jobs there, as they must lie in the script bucket."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="DIR", help="Where a cloud assembly is written.")
    ] = None,
) -> None:
    """Write the workflows at PATH for other tools to deploy; a template goes to standard output."""
    if (format_ is Format.ASSEMBLY) != (output is not None):
        message = "a cloud assembly is a folder" if output is None else f"{format_} goes to standard output"
        raise UsageError(message, hint="--format assembly --output cdk.out")
    if format_ is Format.ASSEMBLY and scripts is not None:
        message = "a cloud assembly holds the files of jobs itself"
        raise UsageError(message, hint="leave out --scripts")
    if output is not None:
        _require_own(output)
    compilation = compile_checked(path, stage)
    bucket = compilation.settings.script_bucket
    # An assembly puts the bucket's name in itself: it has to tell the files that it uploads there from others.
    place = None if format_ is Format.ASSEMBLY else bucket
    bundled = bundle(compilation.project, bucket=place or "${ScriptBucket}")
    if scripts is not None:
        _write_all(scripts, {file.key: file.content for file in bundled.files})
    _tell_of_buckets(compilation)
    if output is not None:
        _assembly(bundled, compilation, output)
    elif format_ is Format.TERRAFORM:
        _terraform(bundled, bucket, scripts)
    else:
        _cloudformation(bundled, bucket, scripts)


def _cloudformation(bundled: Bundle, bucket: str | None, scripts: Path | None) -> None:
    from gluedsl.emit import cloudformation  # noqa: PLC0415 -- each format loads its own

    text = cloudformation.to_json(cloudformation.template(bundled.project, script_bucket=bucket))
    if scripts is not None:
        there = f"s3://{bucket or 'BUCKET'}"
        console.say(f"{len(bundled.files)} files in {scripts}; put them there with: aws s3 sync {scripts} {there}")
    console.write(text)


def _terraform(bundled: Bundle, bucket: str | None, scripts: Path | None) -> None:
    from gluedsl.emit.terraform import terraform  # noqa: PLC0415 -- each format loads its own

    files = None if scripts is None else (str(scripts), [file.key for file in bundled.files])
    document = terraform(bundled.project, script_bucket=bucket, scripts=files)
    console.write(json.dumps(document, indent=2, ensure_ascii=False) + "\n")


def _assembly(bundled: Bundle, compilation: Compilation, output: Path) -> None:
    from gluedsl.emit.assembly import assembly  # noqa: PLC0415 -- each format loads its own

    files = {file.key: file.content for file in bundled.files}
    made = assembly(
        bundled.project, files, script_bucket=compilation.settings.script_bucket, region=compilation.settings.region
    )
    _write_all(output, made)
    count = sum(name.endswith(".template.json") for name in made)
    stacks = "1 stack" if count == 1 else f"{count} stacks"
    console.say(f"{stacks} in {output}; deploy with: cdk deploy --app {output} --all")


def _require_own(output: Path) -> None:
    """Refuse a folder with an assembly that the CDK has written: its stacks would be deployed no more."""
    from gluedsl.emit.assembly import is_ours  # noqa: PLC0415 -- each format loads its own

    manifest = output / "manifest.json"
    if manifest.is_file() and not is_ours(manifest.read_bytes()):
        message = f"{output} holds an assembly that something else has written, the CDK perhaps"
        raise UsageError(message, hint="give a folder of its own; `cdk deploy --app` takes one after the other")


def _tell_of_buckets(compilation: Compilation) -> None:
    if buckets := sorted({name for rule in compilation.project.event_rules for name in rule.buckets}):
        console.say(
            f"turn on EventBridge notifications of {', '.join(buckets)}: "
            "a template cannot do it for buckets that exist",
            "yellow",
        )


def _write_all(folder: Path, files: dict[str, bytes]) -> None:
    for name, content in files.items():
        path = folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        except OSError as error:
            message = f"{path} cannot be written: {error.strerror}"
            raise UsageError(message) from error
