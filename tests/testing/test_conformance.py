"""The conformance suite, against everything here that calls itself a Glue, and against AWS where somebody asks."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from gluedsl.testing.conformance import ConformanceAccount, GlueConformance, account_on_aws, on_aws
from tests.support.local import client

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gluedsl.local import LocalGlue
    from gluedsl.testing import FakeGlue

BUCKET = "conformance"


class TestInProcess(GlueConformance):
    """The Glue of the fixture `glue`."""

    @pytest.fixture
    def opened(self, glue: FakeGlue) -> ConformanceAccount:
        """Return an account whose jobs end as they are told to, without running."""
        glue.lake.put(f"s3://{BUCKET}/empty", "")
        return ConformanceAccount(
            glue=glue.client("glue"),
            s3=glue.client("s3"),
            role="arn:aws:iam::123456789012:role/GlueRole",
            bucket=BUCKET,
            pause=lambda: glue.clock.advance(minutes=1),
            will_end=glue.outcomes.__setitem__,
        )

    @pytest.fixture
    def account(self, opened: ConformanceAccount, glue: FakeGlue) -> Iterator[ConformanceAccount]:
        """Return the account; what the suite says of jobs goes with them."""
        yield opened
        glue.outcomes.clear()
        opened.clean_up()


@pytest.mark.slow
class TestServer(GlueConformance):
    """The local Glue, over HTTP, with jobs that run."""

    @pytest.fixture
    def opened(self, local_glue: LocalGlue) -> ConformanceAccount:
        """Return an account on loopback."""
        s3 = client(local_glue, "s3")
        s3.create_bucket(Bucket=BUCKET)
        return ConformanceAccount(
            glue=client(local_glue),
            s3=s3,
            role="arn:aws:iam::123456789012:role/GlueRole",
            bucket=BUCKET,
            pause=lambda: time.sleep(0.02),
        )


@on_aws
class TestAws(GlueConformance):
    """An account on AWS."""

    @pytest.fixture(autouse=True)
    def no_account(self) -> None:
        """Leave the way to accounts open, which all other tests find closed."""

    @pytest.fixture
    def opened(self) -> ConformanceAccount:
        """Return the account that the environment names."""
        return account_on_aws()


def test_a_suite_that_names_no_account() -> None:
    """A subclass without an account says what is missing."""
    with pytest.raises(NotImplementedError, match="GlueConformance names no account: give it a fixture `opened`"):
        GlueConformance.opened.__wrapped__(GlueConformance())  # type: ignore[attr-defined]  # the function below it
