"""The server at its edge: what is not a request, what is not ours, and that it stays up."""

from __future__ import annotations

import http.client
import json
import logging
import socket
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from moto.server import ThreadedMotoServer

from gluedsl.local import LocalGlue
from tests.support.local import client, refusal

if TYPE_CHECKING:
    from tests.support.local import Account


def post(account: Account, operation: str, body: bytes, **headers: str) -> tuple[int, Any]:
    """Send a body as it is; return status and answer."""
    connection = http.client.HTTPConnection(urlsplit(account.local.endpoint_url).netloc, timeout=10)
    try:
        connection.request("POST", "/", body, {"X-Amz-Target": f"AWSGlue.{operation}"} | headers)
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("body", "code", "message"),
    [
        (
            b'{"Name": ',
            "SerializationException",
            "the body is not JSON: Expecting value: line 1 column 10 (char 9)",
        ),
        (
            b"\xff\xfe\xfa",
            "SerializationException",
            "the body is not JSON: 'utf-16-le' codec can't decode byte 0xfa in position 2: truncated data",
        ),
        (
            b"[" * 100_000,
            "SerializationException",
            "the body is not JSON: maximum recursion depth exceeded while decoding a JSON array from a unicode string",
        ),
        (b"[]", "InvalidInputException", "the body of a request is a JSON object"),
        (
            b"",
            "InvalidInputException",
            '1 validation error detected: Missing required parameter in input: "Name"',
        ),
        (
            b'{"Name": 1}',
            "InvalidInputException",
            (
                "1 validation error detected: Invalid type for parameter Name, value: 1, type: <class 'int'>, "
                "valid types: <class 'str'>"
            ),
        ),
        (
            b'{"Name": "\\ud800"}',
            "InvalidInputException",
            (
                "1 validation error detected: Value at 'Name' failed to satisfy constraint: Member must satisfy "
                r"regular expression pattern: [\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*"
            ),
        ),
    ],
)
def test_a_malformed_body_gets_an_error(account: Account, body: bytes, code: str, message: str) -> None:
    """Whatever is sent, the answer says what is wrong with it, and the next request is served."""
    assert post(account, "CreateWorkflow", body) == (400, {"__type": code, "message": message})
    assert account.glue.list_workflows()["Workflows"] == []


@pytest.mark.parametrize(
    ("operation", "body", "message"),
    [
        ("GetTags", b"[]", "the body of a request is a JSON object"),
        (
            "UntagResource",
            b'{"ResourceArn": "a", "TagsToRemove": 5}',
            (
                "1 validation error detected: Invalid type for parameter TagsToRemove, value: 5, type: <class 'int'>, "
                "valid types: <class 'list'>, <class 'tuple'>"
            ),
        ),
    ],
)
def test_malformed_tags_get_an_error_whosever_they_are(
    account: Account, operation: str, body: bytes, message: str
) -> None:
    """A body of which nobody knows what it is about is not handed on."""
    assert post(account, operation, body) == (400, {"__type": "InvalidInputException", "message": message})


def test_a_length_that_is_no_number_gets_an_error(account: Account) -> None:
    """A header out of order is an error, not a fault."""
    raw = b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Amz-Target: AWSGlue.GetJob\r\nContent-Length: many\r\n\r\n"
    address = urlsplit(account.local.endpoint_url)
    with socket.create_connection((str(address.hostname), int(address.port or 0)), timeout=10) as connection:
        connection.sendall(raw)
        answer = connection.makefile("rb").read()

    assert answer.startswith(b"HTTP/1.1 400 ")
    assert answer.endswith(b'{"__type": "SerializationException", "message": "Content-Length \'many\' is no number"}')


def test_a_client_that_goes_away_is_no_matter(account: Account) -> None:
    """A connection that ends in the middle of a request leaves the server as it was."""
    address = urlsplit(account.local.endpoint_url)
    head = b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Amz-Target: AWSGlue.CreateWorkflow\r\nContent-Length: 100\r\n\r\n"
    for _ in range(5):
        with socket.create_connection((str(address.hostname), int(address.port or 0)), timeout=10) as connection:
            connection.sendall(head + b'{"Name"')

    assert account.glue.list_workflows()["Workflows"] == []


def test_a_body_in_chunks_is_read(account: Account) -> None:
    """A client that does not know the length beforehand is understood."""
    connection = http.client.HTTPConnection(urlsplit(account.local.endpoint_url).netloc, timeout=10)
    body = iter([b'{"Name":', b' "flow"}'])
    connection.request("POST", "/", body, {"X-Amz-Target": "AWSGlue.CreateWorkflow"}, encode_chunked=True)
    answer = connection.getresponse()

    assert (answer.status, json.loads(answer.read())) == (200, {"Name": "flow"})
    connection.close()


@pytest.mark.parametrize("headers", [{"Origin": "https://example.com"}, {"Host": "example.com:80"}])
def test_a_web_page_is_not_answered(account: Account, headers: dict[str, str]) -> None:
    """What a browser sends for a page of somebody else creates nothing."""
    connection = http.client.HTTPConnection(urlsplit(account.local.endpoint_url).netloc, timeout=10)
    connection.request("POST", "/", b'{"Name": "flow"}', {"X-Amz-Target": "AWSGlue.CreateWorkflow"} | headers)
    answer = connection.getresponse()

    assert (answer.status, answer.read()) == (403, b"the local Glue answers AWS clients on loopback, not web pages")
    assert account.glue.list_workflows()["Workflows"] == []
    connection.close()


@pytest.mark.parametrize("host", ["localhost", "localhost:1", "lake.localhost:1", "127.0.0.1"])
def test_every_name_of_loopback_is_answered(account: Account, host: str) -> None:
    """Clients may call it localhost, and S3 buckets by names under it."""
    assert post(account, "ListWorkflows", b"{}", Host=host) == (200, {"Workflows": []})


def test_times_are_seconds_with_milliseconds(account: Account) -> None:
    """Timestamps go out as AWS's JSON protocol has them."""
    account.glue.create_workflow(Name="flow")

    status, answer = post(account, "GetWorkflow", b'{"Name": "flow"}')
    created = answer["Workflow"]["CreatedOn"]

    assert status == 200
    assert isinstance(created, float)
    assert round(created, 3) == created


def test_the_catalog_is_motos(account: Account) -> None:
    """Operations that are not ours are answered by moto, on the same endpoint."""
    account.glue.create_database(DatabaseInput={"Name": "db"})

    assert [d["Name"] for d in account.glue.get_databases()["DatabaseList"]] == ["db"]


def test_the_rest_of_aws_is_there(account: Account) -> None:
    """S3, IAM and STS are served beside Glue."""
    account.put("a/b.txt", "text")

    assert account.text("a/b.txt") == "text"
    assert client(account.local, "sts").get_caller_identity()["Account"] == "123456789012"
    assert client(account.local, "iam").list_roles()["Roles"] == []


UNKNOWN = [("Nope.Do", "nope"), ("Nope.Do", None)]


def unknown(url: str) -> list[tuple[int, str | None, bytes]]:
    """Ask for services that nobody has, signed and not; return status, type and beginning of each answer."""
    answers = []
    for target, service in UNKNOWN:
        connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=10)
        scope = f"AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/{service}/aws4_request, SignedHeaders=a, Signature=b"
        signed = {} if service is None else {"Authorization": scope}
        connection.request("POST", "/", b"{}", {"X-Amz-Target": target} | signed)
        answer = connection.getresponse()
        answers.append((answer.status, answer.getheader("Content-Type"), answer.read()[:100]))
        connection.close()
    return answers


@pytest.mark.parametrize("operation", ["GetJobBookmark", "GetCrawlerMetrics", "NoSuchThing", "Reset", "", "Dispatch"])
def test_an_operation_that_nobody_has(account: Account, operation: str, caplog: pytest.LogCaptureFixture) -> None:
    """It is refused in Glue's own shape, which no client tries again, and told in one line."""
    message = f"the local Glue does not have this operation: {operation or '(none)'}"

    answered = post(account, operation, b"{}")

    assert answered == (400, {"__type": "InvalidInputException", "message": message})
    warnings = [record.getMessage() for record in caplog.records if record.levelno == logging.WARNING]
    assert warnings == [f"a request was not answered: {message}"]


def test_a_service_that_nobody_has_is_answered_as_moto_answers_it(caplog: pytest.LogCaptureFixture) -> None:
    """A request to what is no service gets moto's own answer."""
    moto = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    moto.start()
    host, port = moto.get_host_and_port()
    logging.getLogger("werkzeug").setLevel(logging.CRITICAL)
    expected = unknown(f"http://{host}:{port}")
    moto.stop()
    with LocalGlue() as glue:
        caplog.clear()
        assert unknown(glue.endpoint_url) == expected

    assert [status for status, _, _ in expected] == [500, 200]


def test_another_region_is_refused(account: Account) -> None:
    """A request that is signed for another region is told where this Glue is; moto's part goes by the region asked."""
    elsewhere: Any = account.local.session().client("glue", region_name="eu-west-1")

    assert refusal(elsewhere.list_workflows) == (
        "InvalidInputException",
        "this Glue is in us-east-1, and the request is for eu-west-1: start it with the region eu-west-1",
    )
    assert elsewhere.get_databases()["DatabaseList"] == []


def test_a_request_has_an_id(account: Account) -> None:
    """Each answer has the id that clients log, another each time."""
    ids = {account.glue.list_workflows()["ResponseMetadata"]["RequestId"] for _ in range(3)}

    assert len(ids) == 3
    assert {len(each) for each in ids} == {36}


def test_what_is_recorded(account: Account) -> None:
    """CloudTrail has recorded nothing: the CDK's command line asks it about a deployment that failed."""
    assert client(account.local, "cloudtrail").lookup_events()["Events"] == []
