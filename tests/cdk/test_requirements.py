"""What the CDK needs: each thing that is missing is one line, with what to do."""

from __future__ import annotations

import pytest

from gluedsl.cdk.requirements import require_library
from gluedsl.errors import UsageError


def test_without_the_library() -> None:
    """Without the CDK, what to install is named."""
    with pytest.raises(UsageError) as caught:
        require_library(None)
    assert caught.value.message == "gluedsl.cdk needs the CDK, and `aws-cdk-lib` is not installed"
    assert caught.value.hint == 'pip install "gluedsl[cdk]"'


def test_too_old() -> None:
    """A version that is too old is named, with the oldest that will do."""
    with pytest.raises(UsageError) as caught:
        require_library("2.261.0")
    assert caught.value.message == "gluedsl.cdk needs aws-cdk-lib 2.262.1 or newer, and 2.261.0 is installed"
    assert caught.value.hint == 'pip install "gluedsl[cdk]"'
    require_library("2.262.1")
    require_library("2.300.0rc1")
    require_library("3.0.0")
