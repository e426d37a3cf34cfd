"""Why a resource could not be made, changed or deleted: the reason that a stack's events tell."""

from __future__ import annotations

from typing import Any

from moto.cloudformation.exceptions import CloudFormationError
from moto.core.exceptions import HTTPException, ServiceException
from moto.s3.exceptions import S3ClientError

from gluedsl.local.service.failure import ServiceError


class ResourceError(Exception):
    """A resource cannot become what its template says; the text is the reason."""


def refused(message: str, *, code: str = "ValidationError") -> Exception:
    """Return CloudFormation's refusal of a request."""
    error: Exception = CloudFormationError(code, message)
    return error


def reason(error: Exception) -> str:
    """Return what CloudFormation says of an error that a resource met.

    Of Glue's own: its message and code, as in https://github.com/aws/aws-cdk/issues/34652.
    """
    match error:
        case ResourceError():
            return str(error)
        case ServiceError(code=code, message=message):
            return f"{message} (Service: AWSGlue; Status Code: 400; Error Code: {code})"
        case _ if isinstance(error, ServiceException | S3ClientError):
            return str(getattr(error, "message", error))
        case _ if isinstance(error, HTTPException):
            text = getattr(error, "message", None) or getattr(error, "description", None) or error
            return str(text)
        case _:
            return _stumbled(error)


def _stumbled(error: Exception) -> str:
    """Return what is said where moto meets what it was not made for."""
    match error:
        case AttributeError(name="get_cfn_attribute"):
            model: Any = error.obj
            asked = f"Fn::GetAtt of {model.logical_resource_id}"
            return f"moto has no attributes of {model.cf_resource_type}: {asked} fails here"
        case KeyError():
            return f"moto cannot make it without {error}"
        case _:
            return f"moto cannot make it: {type(error).__name__}: {error}"
