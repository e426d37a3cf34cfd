"""The code of jobs as assets of a CDK application.

Comes in: a construct, and a bundle whose project has `${ScriptBucket}` where the bucket stands. Goes out: what to put
there. `cdk deploy` uploads the files before it deploys; it uploads each once, for its key tells its content.

An `Asset` of the CDK's is called by the hash of its content alone, and pip takes no wheel without a proper name. So the
files are handed to the synthesizer of the stack, under the keys that they have in the bundle.
"""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from aws_cdk import FileAssetPackaging, Stack, Stage

from gluedsl.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aws_cdk import FileAssetLocation
    from constructs import Construct

    from gluedsl.bundle import Bundle, File


def script_bucket(scope: Construct, bundle: Bundle) -> str:
    """Let a deployment upload the files of a bundle; return the bucket that they will be in, a token.

    Raises:
        UsageError: the synthesizer of the stack takes no assets.
    """
    stack, stage = Stack.of(scope), Stage.of(scope)
    assert stage is not None  # noqa: S101 -- a stack without an application makes itself one
    bucket = ""
    for file in bundle.files:
        # Each answer is a token of its own; all of them stand for the one bucket.
        bucket = _added(stack, Path(stage.asset_outdir), Path(stage.outdir), file)
    return bucket


def _added(stack: Stack, folder: Path, outdir: Path, file: File) -> str:
    """Hand a file to the synthesizer; return the bucket, with the prefix that the file's key has got in front."""
    name = PurePosixPath(file.key)
    place = folder / name
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(file.content)
    asset: dict[str, Any] = {
        "source_hash": str(name.with_suffix("")),
        "file_name": os.path.relpath(place, outdir),
        "packaging": FileAssetPackaging.FILE,
    }
    try:
        location = _location(stack, asset)
    except RuntimeError as error:  # how jsii hands on what the CDK throws
        message = f"the code of jobs cannot be an asset of the stack {stack.stack_name}: {str(error).splitlines()[0]}"
        hint = "give each stack a DefaultStackSynthesizer of its own, or name a script bucket of yours"
        raise UsageError(message, hint=hint) from None
    prefix = location.object_key.removesuffix(file.key).rstrip("/")
    return f"{location.bucket_name}/{prefix}" if prefix else location.bucket_name


def _location(stack: Stack, asset: Mapping[str, Any]) -> FileAssetLocation:
    """Hand a file to the synthesizer.

    A synthesizer that was given to a stack is used through a copy which Python cannot reach: jsii takes it for the
    synthesizer that was given, and that one knows no stack. Both write into one list of assets, so it is told.
    """
    try:
        location: FileAssetLocation = stack.synthesizer.add_file_asset(**asset)
    except RuntimeError as error:
        if "must be bound" not in str(error):
            raise
        stack.synthesizer.bind(stack)
        location = stack.synthesizer.add_file_asset(**asset)
    return location
