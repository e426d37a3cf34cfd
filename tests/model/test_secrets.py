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
        ("cache", "redis://:hunter2@cache.example.com:6379", "***"),
        ("source", "jdbc:oracle:thin:sales/hunter2@//db.example.com:1521/sales", "***"),
        ("source", "jdbc:oracle:thin:@//db.example.com:1521/sales", "jdbc:oracle:thin:@//db.example.com:1521/sales"),
        ("pem", "-----BEGIN RSA PRIVATE KEY-----\nMIIE", "***"),
    ],
)
def test_shown(key: str, value: str, expected: str) -> None:
    """A value is masked for its key's sake or for its own, and the mask says nothing of its length."""
    assert shown(key, value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("spark.x.password=hunter2", "spark.x.password=***"),
        (
            "spark.a=1 --conf spark.x.password=hunter2 --conf spark.b=2",
            "spark.a=1 --conf spark.x.password=*** --conf spark.b=2",
        ),
        ("spark.hadoop.fs.s3a.secret.key = hunter2", "spark.hadoop.fs.s3a.secret.key = ***"),
        ("--db-pwd=hunter2 -DtrustStorePassword=hunter3", "--db-pwd=*** -DtrustStorePassword=***"),
        (
            "jdbc:postgresql://db.example.com/sales?user=etl&password=hunter2&ssl=true",
            "jdbc:postgresql://db.example.com/sales?user=etl&password=***&ssl=true",
        ),
        (
            "jdbc:sqlserver://db.example.com;user=etl;password=hun;ter&2,;encrypt=true",
            "jdbc:sqlserver://db.example.com;user=etl;password=***;encrypt=true",
        ),
        ('username="etl" password="hunter 2" retries=3', 'username="etl" password=*** retries=3'),
        ("token='hunter 2', n=3", "token=***, n=3"),
        ('{"user": "etl", "password": "hun\\"ter2", "n": 1}', '{"user": "etl", "password": ***, "n": 1}'),
        ("{'apiKey': 12345, 'n': [1]}", "{'apiKey': ***, 'n': [1]}"),
        ("Authorization=Bearer hunter2 x=y", "Authorization=*** x=y"),
        ("--conf=spark.x.password=hunter2", "--conf=spark.x.password=***"),
        ('url="jdbc:x:y;password=hunter2;a=b"', 'url="jdbc:x:y;password=***;a=b"'),
        (r'{"n": "{\"password\": \"hunter2\", \"m\": 1}"}', r'{"n": "{\"password\": ***, \"m\": 1}"}'),
        ("password=", "password="),
    ],
)
def test_secrets_inside_values(value: str, expected: str) -> None:
    """What a value gives under a secret's name is masked, and the rest of the value is shown."""
    assert shown("--conf", value) == expected
    assert shown("--conf", expected) == expected


@pytest.mark.parametrize(
    "value",
    [
        "spark.sql.shuffle.partitions=4 --conf spark.author=me",
        "s3://lake/token=5/day=2026-01-01/",
        "The password is kept in Secrets Manager: see the token there.",
        "Reads tokens; a=b",
        '{"primary_key": "id", "columns": ["password"]}',
        "SELECT password FROM users WHERE id = 5",
        "compass=north",
    ],
)
def test_innocent_values(value: str) -> None:
    """Text that only speaks of secrets, and paths of partitions, are shown."""
    assert shown("--conf", value) == value
