"""`gluedsl synth`: the workflows as a CloudFormation template."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gluedsl.bundle import bundle
from gluedsl.cli import console
from gluedsl.cli.compiling import PathArgument, compile_checked
from gluedsl.emit import cloudformation
from gluedsl.errors import UsageError


def synth(
    path: PathArgument = ".",
    scripts: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Also write the files of jobs there, as they must lie in the script bucket."),
    ] = None,
) -> None:
    """Write the workflows at PATH as CloudFormation JSON to standard output."""
    compilation = compile_checked(path)
    bucket = compilation.settings.script_bucket
    bundled = bundle(compilation.project, bucket=bucket or "${ScriptBucket}")
    template = cloudformation.template(bundled.project, script_bucket=bucket)
    if scripts is not None:
        for file in bundled.files:
            _write(scripts / file.key, file.content)
        console.say(f"{len(bundled.files)} files in {scripts}; put them there with: aws s3 sync {scripts} s3://BUCKET")
    console.write(cloudformation.to_json(template))


def _write(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        message = f"{path} cannot be written: {error.strerror}"
        raise UsageError(message) from error
