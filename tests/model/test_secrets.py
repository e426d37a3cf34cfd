"""Which values are masked."""

from __future__ import annotations

import pytest

from gluedsl.model.secrets import looks_secret, shown


@pytest.mark.parametrize(
    "key",
    [
        "password",
        "DB_PASSWORD",
        "dbPassword",
        "--jdbc-passwd",
        "pwd",
        "db.pwd",
        "client_secret",
        "apiKey",
        "API-KEY",
        "api key",
        "x-api-key",
        "aws_secret_access_key",
        "AccessKeyId",
        "auth",
        "oauthToken",
        "GITHUB_TOKEN",
        "credentials",
        "privateKey",
        "passphrase",
        "connection_string",
    ],
)
def test_keys_that_look_secret(key: str) -> None:
    """A key is secret however its words are joined or written."""
    assert looks_secret(key)


@pytest.mark.parametrize(
    "key", ["env", "orders_rows", "key", "primary_key", "author", "bypass", "passenger", "", "日本"]
)
def test_keys_that_do_not(key: str) -> None:
    """Words that merely contain a short secret word are shown."""
    assert not looks_secret(key)


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("env", "prod", "prod"),
        ("password", "", "***"),
        ("password", "hunter2", "***"),
        ("note", "AKIAIOSFODNN7EXAMPLE", "***"),
        ("source", "jdbc:postgresql://sales:hunter2@db.example.com/sales", "***"),
        ("source", "https://db.example.com:8080/sales", "https://db.example.com:8080/sales"),
        ("pem", "-----BEGIN RSA PRIVATE KEY-----\nMIIE", "***"),
    ],
)
def test_shown(key: str, value: str, expected: str) -> None:
    """A value is masked for its key's sake or for its own, and the mask says nothing of its length."""
    assert shown(key, value) == expected
