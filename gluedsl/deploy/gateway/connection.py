"""Reaching AWS the way boto3 does, and telling in one line why it cannot be reached.

Every call goes through `Connection.translated`, so that what leaves this package is a `GluedslError`, never botocore's.
"""

from __future__ import annotations

from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

import boto3
from botocore import exceptions
from botocore.config import Config

from gluedsl.deploy.account import PARALLEL, AwsError, Identity, NoAnswerError
from gluedsl.errors import GluedslError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mypy_boto3_events import EventBridgeClient
    from mypy_boto3_glue import GlueClient
    from mypy_boto3_iam import IAMClient
    from mypy_boto3_resourcegroupstaggingapi import ResourceGroupsTaggingAPIClient
    from mypy_boto3_s3 import S3Client

_PATIENT = Config(
    retries={"mode": "adaptive", "total_max_attempts": 10},
    max_pool_connections=2 * PARALLEL,
    connect_timeout=5,
    read_timeout=60,
)
_FIRST = Config(retries={"mode": "standard", "total_max_attempts": 2}, connect_timeout=5, read_timeout=20)
"""Of the first call: whoever is not there is not there, and whoever waits should hear so soon."""

_BRIEF = Config(retries={"mode": "standard", "total_max_attempts": 3}, connect_timeout=2, read_timeout=4)
"""Of what is worth nothing if it comes late: a sign of life."""

_ONCE = Config(retries={"mode": "standard", "total_max_attempts": 1}, connect_timeout=5, read_timeout=60)
"""Of what does its work again when it is sent again."""

_DISPENSABLE = Config(retries={"mode": "standard", "total_max_attempts": 3}, connect_timeout=3, read_timeout=20)
"""Of what a deployment can do without."""

_RENEW = "renew them, for example with `aws sso login`, or choose others with AWS_PROFILE"

_REGION = "set AWS_DEFAULT_REGION, or `region` in [tool.gluedsl]"

_CREDENTIALS = (
    exceptions.CredentialRetrievalError,
    exceptions.LoginError,
    exceptions.MetadataRetrievalError,
    exceptions.NoAuthTokenError,
    exceptions.PartialCredentialsError,
    exceptions.SSOError,
    exceptions.TokenRetrievalError,
)

_BAD_CREDENTIALS = frozenset(
    {
        "AuthFailure",
        "ExpiredToken",
        "ExpiredTokenException",
        "IncompleteSignature",
        "InvalidAccessKeyId",
        "InvalidClientTokenId",
        "InvalidSignatureException",
        "RequestExpired",
        "SignatureDoesNotMatch",
        "UnrecognizedClientException",
    }
)
"""https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html, and S3's."""

_DENIED = frozenset({"AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "403"})

_ACTIONS = {
    "DeleteObjects": "s3:DeleteObjectVersion",
    "HeadBucket": "s3:ListBucket",
    "ListObjectVersions": "s3:ListBucketVersions",
}
"""Of operations whose permission has another name
(https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html)."""

_HINTS = {
    "BucketNotEmpty": "somebody has put something into it meanwhile, so it stays; `gluedsl destroy` says whose it is",
    "IllegalWorkflowStateException": "stop the runs of the workflow, or wait until they have ended",
    "ThrottlingException": "AWS asks for fewer requests: try again in a moment",
    "ResourceNumberLimitExceededException": "ask AWS for a higher quota: https://console.aws.amazon.com/servicequotas",
}


class Connection:
    """One session with its clients."""

    def __init__(self, *, profile: str | None, region: str | None, endpoint_url: str | None) -> None:
        """Take what the caller was told; None: boto3's own rules (environment, profiles) say it."""
        with self.translated("sts"):
            session = boto3.Session(profile_name=profile, region_name=region)
            self._sts = session.client("sts", endpoint_url=endpoint_url, config=_FIRST)
            self._session = session
            self._endpoint_url = endpoint_url
            self.glue: GlueClient = self._client("glue")
            self.iam: IAMClient = self._client("iam")
            self.s3: S3Client = self._client("s3")
        self._identity: Identity | None = None

    def _client(self, service: str, config: Config = _PATIENT) -> Any:
        made: Any = self._session.client(service, endpoint_url=self._endpoint_url, config=config)  # type: ignore[call-overload]  # services by name
        return made

    @cached_property
    def s3_brief(self) -> S3Client:
        """S3's client for signs of life."""
        with self.translated("s3"):
            return cast("S3Client", self._client("s3", _BRIEF))

    @cached_property
    def glue_once(self) -> GlueClient:
        """Glue's client for starts: it sends a request once."""
        with self.translated("glue"):
            return cast("GlueClient", self._client("glue", _ONCE))

    @cached_property
    def events(self) -> EventBridgeClient:
        """EventBridge's client: most projects have no rule, and a client takes time to make."""
        with self.translated("events"):
            return cast("EventBridgeClient", self._client("events"))

    @cached_property
    def tagging(self) -> ResourceGroupsTaggingAPIClient:
        """The client of the index of all tags."""
        with self.translated("tag"):
            return cast("ResourceGroupsTaggingAPIClient", self._client("resourcegroupstaggingapi", _DISPENSABLE))

    @property
    def identity(self) -> Identity:
        """Whose account this is; asked once."""
        if self._identity is None:
            with self.translated("sts"):
                caller = self._sts.get_caller_identity()
            partition = caller["Arn"].split(":")[1]
            self._identity = Identity(account=caller["Account"], region=self.glue.meta.region_name, partition=partition)
        return self._identity

    def arn(self, kind: str, name: str) -> str:
        """Return the ARN of a resource of Glue's."""
        it = self.identity
        return f"arn:{it.partition}:glue:{it.region}:{it.account}:{kind}/{name}"

    @contextmanager
    def translated(self, service: str) -> Iterator[None]:
        """Turn what botocore raises inside into an error of ours."""
        try:
            yield
        except exceptions.ClientError as error:
            raise _answer(service, error) from error
        except (exceptions.ConnectionClosedError, exceptions.ReadTimeoutError) as error:
            obstacle = _obstacle(error)
            raise NoAnswerError(obstacle.message, hint=obstacle.hint) from error
        except exceptions.BotoCoreError as error:
            raise _obstacle(error) from error
        except ValueError as error:  # what botocore raises for settings of the environment that it cannot read
            message = f"AWS cannot be reached: {error}"
            raise UsageError(message, hint="look at AWS_ENDPOINT_URL, AWS_MAX_ATTEMPTS and AWS_RETRY_MODE") from error


def _answer(service: str, error: exceptions.ClientError) -> GluedslError:
    """Return the error for what AWS answered."""
    details: Any = error.response.get("Error", {})
    code, text = str(details.get("Code", "Unknown")), str(details.get("Message", "") or "no reason given")
    if code in _BAD_CREDENTIALS and service == "sts":
        message = f"AWS refuses the credentials: {text}"
        return UsageError(message, hint=_RENEW)
    hint = hint_for(service, error.operation_name, code, text)
    retried = error.response.get("ResponseMetadata", {}).get("RetryAttempts", 0) > 0
    return AwsError(error.operation_name, code, text, retried=retried, hint=hint)


def hint_for(service: str, operation: str, code: str, text: str = "") -> str:
    """Return what to do about an error; empty where there is nothing to say."""
    if code in _BAD_CREDENTIALS:
        return f"the credentials are refused: {_RENEW}"
    if code in _DENIED:
        action = "iam:PassRole" if "iam:PassRole" in text else _ACTIONS.get(operation, f"{service}:{operation}")
        return f"allow these credentials `{action}`"
    return _HINTS.get(code, "")


def _obstacle(error: exceptions.BotoCoreError) -> UsageError:
    """Return the error for why AWS could not be asked."""
    details: Any = error.kwargs
    match error:
        case exceptions.NoCredentialsError():
            message = "there are no AWS credentials"
            hint = "set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or run `aws sso login`"
        case exceptions.ProfileNotFound():
            message = f"there is no AWS profile `{details['profile']}`"
            hint = "`aws configure list-profiles` says which there are"
        case exceptions.NoRegionError():
            message, hint = "there is no AWS region", _REGION
        case exceptions.InvalidRegionError():
            message, hint = f"`{details['region_name']}` is not the name of an AWS region", _REGION
        case exceptions.ConnectionError() | exceptions.HTTPClientError():
            message = f"AWS does not answer at {details.get('endpoint_url') or 'its endpoint'}"
            hint = "check the network, the region, and AWS_ENDPOINT_URL"
        case exceptions.ParamValidationError():
            message = f"the API has no such request: {_one_line(details.get('report', error))}"
            hint = "`gluedsl check` says more; look at `extra=` first"
        case _ if isinstance(error, _CREDENTIALS):
            message, hint = f"the AWS credentials cannot be used: {_one_line(error)}", _RENEW
        case _:
            message, hint = f"AWS cannot be reached: {_one_line(error)}", "check AWS's configuration and environment"
    return UsageError(message, hint=hint)


def _one_line(text: object) -> str:
    return "; ".join(str(text).split("\n"))
