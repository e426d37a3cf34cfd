"""How the service refuses: with one of Glue's own error codes and the text that Glue gives, where it is known."""

from __future__ import annotations

from enum import StrEnum


class Code(StrEnum):
    """Errors of Glue's API that the service answers with."""

    ALREADY_EXISTS = "AlreadyExistsException"
    CONCURRENT_RUNS_EXCEEDED = "ConcurrentRunsExceededException"
    CRAWLER_NOT_RUNNING = "CrawlerNotRunningException"
    CRAWLER_RUNNING = "CrawlerRunningException"
    CRAWLER_STOPPING = "CrawlerStoppingException"
    ENTITY_NOT_FOUND = "EntityNotFoundException"
    ILLEGAL_WORKFLOW_STATE = "IllegalWorkflowStateException"
    INTERNAL_SERVICE = "InternalServiceException"
    INVALID_INPUT = "InvalidInputException"
    NO_SCHEDULE = "NoScheduleException"
    RESOURCE_NUMBER_LIMIT_EXCEEDED = "ResourceNumberLimitExceededException"
    SCHEDULER_NOT_RUNNING = "SchedulerNotRunningException"
    SCHEDULER_RUNNING = "SchedulerRunningException"
    SERIALIZATION = "SerializationException"


class ServiceError(Exception):
    """An answer that is an error."""

    def __init__(self, code: Code, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def invalid(message: str) -> ServiceError:
    """Return the refusal of a value."""
    return ServiceError(Code.INVALID_INPUT, message)


def already_exists(*, kind: str, name: str) -> ServiceError:
    """Return the refusal of a second definition with one name."""
    return ServiceError(Code.ALREADY_EXISTS, f"{kind} with name {name} already exists")


def not_found(*, kind: str, name: str) -> ServiceError:
    """Return the refusal of a name that nothing has.

    The text is what Glue says of a job (https://github.com/aws/aws-cdk/issues/16767).
    """
    return ServiceError(Code.ENTITY_NOT_FOUND, f"{kind} with name: {name} not found.")
