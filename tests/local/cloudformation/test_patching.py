"""Replacing parts of moto: checked before, undone after, and only where CloudFormation is asked for."""

from __future__ import annotations

import subprocess
import sys
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from gluedsl.errors import UsageError
from gluedsl.local import InProcessGlue
from gluedsl.local.cloudformation.patching import Patch, patched
from tests.support.cloudformation import Stacks, nightly


class Owner:
    """What is patched."""

    def method(self, name: str) -> str:
        """Return something."""
        return f"moto's {name}"


@pytest.fixture
def owner(monkeypatch: pytest.MonkeyPatch) -> type[Owner]:
    """Return a class that patches find in a module."""
    module = ModuleType("owners")
    module.Owner = Owner  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "owners", module)
    return Owner


def patch(**changed: Any) -> Patch:
    """Return a patch of the method."""

    def ours(_: Owner, name: str) -> str:
        return f"our {name}"

    given: dict[str, Any] = {
        "owner": "owners:Owner",
        "name": "method",
        "takes": "self name",
        "by": ours,
        "why": "for this test",
    }
    return Patch(**given | changed)


def test_for_as_long_as_it_lasts(owner: type[Owner]) -> None:
    """A patch holds inside of the `with`, and what was there is there again after it."""
    added = patch(name="further", takes=None, new=True, by=lambda _: "new")

    with patched((patch(), added)):
        assert owner().method("a") == "our a"
        assert owner().further() == "new"  # type: ignore[attr-defined]

    assert owner().method("a") == "moto's a"
    assert not hasattr(owner, "further")


@pytest.mark.parametrize(
    ("changed", "what"),
    [
        ({"takes": "self name more"}, "owners:Owner.method"),
        ({"name": "gone"}, "owners:Owner.gone"),
        ({"new": True}, "owners:Owner.method"),
        ({"owner": "owners:Other"}, "owners:Other.method"),
    ],
)
def test_a_changed_moto(owner: type[Owner], changed: dict[str, Any], what: str) -> None:
    """What does not look as it did is refused, and nothing is patched."""
    with pytest.raises(UsageError) as caught, patched((patch(), patch(**changed))):
        pass

    assert caught.value.message.startswith(f"{what} of moto ")
    assert caught.value.message.endswith(" is not as it was in moto 5.2.5")
    assert caught.value.hint == 'CloudFormation on the local Glue needs: pip install "moto==5.2.5"'
    assert owner().method("a") == "moto's a"


def test_nothing_is_loaded_before_it_is_asked_for() -> None:
    """A local Glue that nobody asks for CloudFormation does not load it: it takes seconds."""
    program = """
import sys
from gluedsl.local import LocalGlue
with LocalGlue() as glue:
    glue.session().client("glue").create_workflow(Name="w")
    print("moto.cloudformation" in sys.modules, "moto.cloudformation.parsing" in sys.modules)
"""
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert run.stdout == "False False\n"


def test_in_the_process() -> None:
    """The in-process Glue has the same CloudFormation, and moto's own is back when it ends."""
    import boto3  # noqa: PLC0415 -- as code under test would
    from moto.cloudformation import parsing  # noqa: PLC0415 -- as above

    before = parsing.resource_class_from_type
    with InProcessGlue() as glue:
        session = boto3.Session(region_name=glue.region)
        local: Any = SimpleNamespace(session=lambda: session)
        stacks = Stacks(local)
        assert stacks.create(nightly()) == "CREATE_COMPLETE"
        assert parsing.resource_class_from_type is not before
        assert stacks.names()["jobs"] == ["load"]
        assert stacks.delete() == "DELETE_COMPLETE"

    assert parsing.resource_class_from_type is before
