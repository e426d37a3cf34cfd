"""Texts that only the deployment knows in full."""

from __future__ import annotations

import pytest

from gluedsl.emit.placeholders import substitute, uses

ASKED = {"ScriptBucket": "${ScriptBucket}"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "plain"),
        ("${env} is text", "${env} is text"),
        ("s3://${ScriptBucket}/a.py", {"Fn::Sub": "s3://${ScriptBucket}/a.py"}),
        ("${ScriptBucket}/${env}/${!x}/$y", {"Fn::Sub": "${ScriptBucket}/${!env}/${!!x}/$y"}),
        ("${ScriptBucket} ${ScriptBucketName} ${}", {"Fn::Sub": "${ScriptBucket} ${!ScriptBucketName} ${!}"}),
        ("${ScriptBucket} ${open", {"Fn::Join": ["", [{"Fn::Sub": "${ScriptBucket}"}, " ${open"]]}),
        (
            "${ ${x} s3://${ScriptBucket}/a",
            {"Fn::Join": ["", ["${ ${x} s3://", {"Fn::Sub": "${ScriptBucket}"}, "/a"]]},
        ),
        (5, 5),
        (None, None),
    ],
)
def test_only_what_is_known_is_substituted(text: object, expected: object) -> None:
    """A known placeholder makes the text a substitution, in which every other one is protected.

    One that is not closed cannot be protected in it: there the text is put together from its parts.
    """
    assert substitute(text, ASKED) == expected


def test_a_structure_is_substituted_inside() -> None:
    """Texts are found at any depth; keys, and the structure itself, stay."""
    structure = {"${ScriptBucket}": ["a", {"b": "${ScriptBucket}", "c": True}]}

    assert substitute(structure, ASKED) == {"${ScriptBucket}": ["a", {"b": {"Fn::Sub": "${ScriptBucket}"}, "c": True}]}


def test_a_bucket_that_is_known() -> None:
    """The name of the bucket is filled in everywhere, and nothing else is."""
    structure = {"a": ["s3://${ScriptBucket}/x", "${AWS::Region}", 1], "b": "${ScriptBucket}"}

    assert substitute(structure, {"ScriptBucket": "scripts"}) == {
        "a": ["s3://scripts/x", "${AWS::Region}", 1],
        "b": "scripts",
    }


def test_a_bucket_that_the_account_names() -> None:
    """The name of the bucket may have placeholders of its own, which are then the only ones in the text."""
    assert substitute("s3://${ScriptBucket}/${env}", {"ScriptBucket": "scripts-${AWS::Region}"}) == {
        "Fn::Sub": "s3://scripts-${AWS::Region}/${!env}"
    }


def test_a_placeholder_is_found() -> None:
    """A placeholder counts at any depth of the values."""
    assert uses({"a": [1, {"b": "x ${ScriptBucket}"}]}, "ScriptBucket")
    assert not uses({"${ScriptBucket}": ["${Other}", 1]}, "ScriptBucket")
