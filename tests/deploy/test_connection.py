"""Why an account cannot be reached, in one line with a hint."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest
from botocore.exceptions import ClientError, NoRegionError, ParamValidationError, SSOTokenLoadError, UnknownServiceError

from gluedsl.deploy.account import AwsError
from gluedsl.deploy.gateway import connect
from gluedsl.deploy.gateway.connection import Connection
from gluedsl.errors import GluedslError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

KEYS = {"AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "example"}
RENEW = "renew them, for example with `aws sso login`, or choose others with AWS_PROFILE"


@pytest.fixture(autouse=True)
def nothing_configured(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No profile, no variable, no metadata service."""
    for name in (
        "AWS_PROFILE",
        "AWS_DEFAULT_REGION",
        "AWS_REGION",
        "AWS_ENDPOINT_URL",
        "AWS_SESSION_TOKEN",
        "AWS_ACCESS_KEY_ID",
        "AWS_SECRET_ACCESS_KEY",
        "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
        "AWS_CONTAINER_CREDENTIALS_FULL_URI",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "credentials"))


def test_no_credentials() -> None:
    """Where boto3 finds none, the ways to give some are named."""
    with pytest.raises(UsageError) as error:
        connect(region="eu-west-1")
    assert (error.value.message, error.value.hint, error.value.exit_code) == (
        "there are no AWS credentials",
        "set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or run `aws sso login`",
        2,
    )


def test_no_region(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no region is set, the places to set one are named."""
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(UsageError) as error:
        connect()
    assert (error.value.message, error.value.hint) == (
        "there is no AWS region",
        "set AWS_DEFAULT_REGION, or `region` in [tool.gluedsl]",
    )


def test_a_region_that_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """A text that cannot be a region is quoted."""
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(UsageError) as error:
        connect(region="eu west")
    assert (error.value.message, error.value.hint) == (
        "`eu west` is not the name of an AWS region",
        "set AWS_DEFAULT_REGION, or `region` in [tool.gluedsl]",
    )


def test_no_such_profile() -> None:
    """A profile that is not configured is named."""
    with pytest.raises(UsageError) as error:
        connect(profile="nobody")
    assert (error.value.message, error.value.hint) == (
        "there is no AWS profile `nobody`",
        "`aws configure list-profiles` says which there are",
    )


def test_nobody_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """An endpoint at which nobody listens is named, and not for minutes on end."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        for name, value in {**KEYS, "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}"}.items():
            monkeypatch.setenv(name, value)
        with pytest.raises(UsageError) as error:
            connect(region="eu-west-1")
    assert (error.value.message, error.value.hint) == (
        f"AWS does not answer at http://127.0.0.1:{port}/",
        "check the network, the region, and AWS_ENDPOINT_URL",
    )


@pytest.fixture
def connection(monkeypatch: pytest.MonkeyPatch) -> Connection:
    """A connection that nothing was asked over yet."""
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    return Connection(profile=None, region="eu-west-1", endpoint_url=None)


def translated(connection: Connection, service: str, error: Exception) -> GluedslError:
    """Return what an error becomes on its way out."""
    with pytest.raises(GluedslError) as caught, connection.translated(service):
        raise error
    return caught.value


def answer(operation: str, code: str, text: str, retries: int = 0) -> ClientError:
    """Make an answer of AWS's that is an error."""
    return ClientError(
        {"Error": {"Code": code, "Message": text}, "ResponseMetadata": {"RetryAttempts": retries}},  # type: ignore[typeddict-item]  # all that is read
        operation,
    )


def test_credentials_that_are_refused_at_first(connection: Connection) -> None:
    """Expired credentials end a command before it began."""
    text = "The security token included in the request is expired"
    error = translated(connection, "sts", answer("GetCallerIdentity", "ExpiredToken", text))
    assert isinstance(error, UsageError)
    assert (error.message, error.hint) == (f"AWS refuses the credentials: {text}", RENEW)


def test_credentials_that_expire_later(connection: Connection) -> None:
    """Credentials that expire in the middle are an answer of AWS's like any other."""
    error = translated(connection, "glue", answer("CreateJob", "ExpiredTokenException", "expired"))
    assert isinstance(error, AwsError)
    assert (error.message, error.hint) == (
        "CreateJob: ExpiredTokenException: expired",
        f"the credentials are refused: {RENEW}",
    )


def test_credentials_that_cannot_be_loaded(connection: Connection) -> None:
    """What stands in the way of loading credentials is told in one line."""
    error = translated(connection, "sts", SSOTokenLoadError(error_msg="Token for dev\ndoes not exist"))
    assert (error.message, error.hint) == (
        "the AWS credentials cannot be used: Error loading SSO Token: Token for dev; does not exist",
        RENEW,
    )


def test_a_permission_that_lacks(connection: Connection) -> None:
    """The permission is named; where it is one to pass a role, that one."""
    text = "User: arn:aws:iam::123456789012:user/ci is not authorized to perform: glue:CreateJob"
    error = translated(connection, "glue", answer("CreateJob", "AccessDeniedException", text, retries=1))
    assert isinstance(error, AwsError)
    assert (error.message, error.hint, error.retried) == (
        f"CreateJob: AccessDeniedException: {text}",
        "allow these credentials `glue:CreateJob`",
        True,
    )
    text = "User: arn:aws:iam::123456789012:user/ci is not authorized to perform: iam:PassRole on resource: x"
    error = translated(connection, "glue", answer("CreateJob", "AccessDeniedException", text))
    assert error.hint == "allow these credentials `iam:PassRole`"
    error = translated(connection, "s3", answer("ListObjectVersions", "AccessDenied", "Access Denied"))
    assert error.hint == "allow these credentials `s3:ListBucketVersions`"


def test_a_request_that_the_api_does_not_have(connection: Connection) -> None:
    """What botocore refuses to send is told with its reasons, in one line."""
    report = 'Unknown parameter in input: "LogUrl"\nInvalid length for Name'
    error = translated(connection, "glue", ParamValidationError(report=report))
    assert (error.message, error.hint) == (
        'the API has no such request: Unknown parameter in input: "LogUrl"; Invalid length for Name',
        "`gluedsl check` says more; look at `extra=` first",
    )


def test_anything_else(connection: Connection) -> None:
    """No error of botocore's gets through."""
    assert translated(connection, "glue", NoRegionError()).message == "there is no AWS region"
    error = translated(connection, "glue", UnknownServiceError(service_name="glue", known_service_names="s3"))
    assert (error.message, error.hint) == (
        "AWS cannot be reached: Unknown service: 'glue'. Valid service names are: s3",
        "check AWS's configuration and environment",
    )


def test_settings_of_the_environment_that_boto3_cannot_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """An endpoint that is no URL is named, with the variables to look at."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", "notaurl")
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(UsageError) as error:
        connect(region="eu-west-1")
    assert (error.value.message, error.value.hint) == (
        "AWS cannot be reached: Invalid endpoint: notaurl",
        "look at AWS_ENDPOINT_URL, AWS_MAX_ATTEMPTS and AWS_RETRY_MODE",
    )
