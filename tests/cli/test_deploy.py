"""`plan`, `deploy` and `destroy` as processes: interrupted, refused, asked, at once, and in stages."""

from __future__ import annotations

import os
import pty
import re
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from gluedsl.local import LocalGlue
from gluedsl.local.service.failure import ServiceError
from tests.support.cli import ENVIRONMENT, EXAMPLES, Commands, Ended, commands, digested

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

pytestmark = pytest.mark.slow

Hook = "Callable[[str], None]"


class Site:
    """A copy of the second example, and an account to deploy it to, in which calls can be met by what a test likes."""

    def __init__(self, glue: LocalGlue, folder: Path, here: Commands) -> None:
        self.folder = folder
        self._here = here
        self._glue = glue
        self.aws: Any = glue.session().client("glue")
        shutil.copytree(EXAMPLES / "02_three_steps", folder, dirs_exist_ok=True)

    def call(self, *arguments: str) -> Ended:
        """Run a command to its end, in this process: what is not interrupted or asked needs none of its own."""
        return self._here.call(*arguments)

    def begin(self, *arguments: str, stdin: int = subprocess.DEVNULL) -> subprocess.Popen[str]:
        """Begin a command."""
        return subprocess.Popen(
            [sys.executable, "-m", "gluedsl", *arguments],
            cwd=self.folder,
            env=ENVIRONMENT | self._glue.environment(),
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )

    @contextmanager
    def meeting(self, hook: Callable[[str, Any], None]) -> Iterator[None]:
        """Tell a function of each operation of Glue's before it is answered."""
        service: Any = self._glue.service
        handle = service.handle

        def hooked(operation: str, parameters: Any) -> Any:
            hook(operation, parameters)
            return handle(operation, parameters)

        service.handle = hooked
        try:
            yield
        finally:
            del service.handle

    def remove_bucket(self) -> None:
        """Remove the script bucket: it is the one thing that stays."""
        s3 = self._glue.session().client("s3")
        for bucket in s3.list_buckets()["Buckets"]:
            answer: Any = s3.list_object_versions(Bucket=bucket["Name"])
            for one in (*answer.get("Versions", []), *answer.get("DeleteMarkers", [])):
                s3.delete_object(Bucket=bucket["Name"], Key=one["Key"], VersionId=one["VersionId"])
            s3.delete_bucket(Bucket=bucket["Name"])

    def triggers(self) -> dict[str, str]:
        """Return the state of each trigger."""
        return {one["Name"]: one["State"] for one in self.aws.get_triggers()["Triggers"]}


@pytest.fixture(scope="module")
def glue() -> Iterator[LocalGlue]:
    """A local Glue for all tests of this file."""
    with LocalGlue() as local:
        yield local


@pytest.fixture
def site(glue: LocalGlue, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Site]:
    """Return an account, and leave nothing in it."""
    for here in commands(tmp_path, glue.environment(), capsys):
        its = Site(glue, tmp_path, here)
        yield its
        if its.aws.list_workflows()["Workflows"]:
            its.call("destroy", "--yes")
        assert its.aws.list_workflows()["Workflows"] == its.aws.list_jobs()["JobNames"] == []
        its.remove_bucket()


EVERYTHING = "12 unchanged."


def test_ctrl_c(site: Site) -> None:
    """What was under way is finished, the rest told as not done, exit code 130; the next deployment does it."""
    processes: list[subprocess.Popen[str]] = []

    def press(operation: str, _: Any) -> None:
        if operation == "CreateJob" and processes:
            processes.pop().send_signal(signal.SIGINT)
            time.sleep(0.5)

    with site.meeting(press):
        process = site.begin("deploy", "--yes")
        processes.append(process)
        _, told = process.communicate(timeout=60)
    lines = told.splitlines()
    assert process.returncode == 130
    assert "  stopping: what is under way is finished first; press Ctrl-C again not to wait for it" in lines
    assert [line for line in lines if re.fullmatch(r"done, [789] of 12 steps:", line)]
    assert "not done:" in lines
    assert lines[-5:] == [
        "  create trigger `three-steps-after-extract`",
        "  create trigger `three-steps-after-transform`",
        "  create trigger `three-steps-start`",
        "error: interrupted",
        "  hint: repeat the command to go on from there",
    ]
    assert site.triggers() == {}
    assert site.call("deploy", "--yes").code == 0
    assert site.call("plan").out.endswith(EVERYTHING + "\n")


def test_killed(site: Site) -> None:
    """After `kill -9` the lock that is left is no matter: the next deployment finishes the work at once."""
    processes: list[subprocess.Popen[str]] = []

    def kill(operation: str, _: Any) -> None:
        if operation == "CreateTrigger" and processes:
            its = processes.pop()
            its.kill()
            its.wait()

    with site.meeting(kill):
        process = site.begin("deploy", "--yes")
        processes.append(process)
        process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL
    began = time.monotonic()
    assert site.call("deploy", "--yes").code == 0
    assert time.monotonic() - began < 15
    assert site.call("plan").out.endswith(EVERYTHING + "\n")


def test_a_permission_that_lacks(site: Site) -> None:
    """One line with a hint, exit code 3, and what was done so far."""

    def deny(operation: str, _: Any) -> None:
        if operation == "CreateTrigger":
            code: Any = "AccessDeniedException"
            raise ServiceError(code, "User: ci is not authorized to perform: glue:CreateTrigger")

    with site.meeting(deny):
        ended = site.call("deploy", "--yes")
    assert ended.code == 3
    lines = digested(ended.err).splitlines()
    assert lines[lines.index("not done:") :] == [
        "not done:",
        (
            "  create trigger `three-steps-after-extract` (failed: AccessDeniedException: "
            "User: ci is not authorized to perform: glue:CreateTrigger)"
        ),
        "  create trigger `three-steps-after-transform`",
        "  create trigger `three-steps-start`",
        (
            "error: could not create trigger `three-steps-after-extract`: AccessDeniedException: "
            "User: ci is not authorized to perform: glue:CreateTrigger"
        ),
        "  hint: allow these credentials `glue:CreateTrigger`; repeat the command to go on from there",
    ]
    assert "done, 9 of 12 steps:" in lines


def test_credentials_that_expire_on_the_way(site: Site) -> None:
    """The same, with what to do about it."""

    def expire(operation: str, _: Any) -> None:
        if operation == "CreateWorkflow":
            code: Any = "ExpiredTokenException"
            raise ServiceError(code, "The security token included in the request is expired")

    with site.meeting(expire):
        ended = site.call("deploy", "--yes")
    assert ended.code == 3
    assert ended.err.splitlines()[-2:] == [
        (
            "error: could not create workflow `three-steps`: ExpiredTokenException: "
            "The security token included in the request is expired"
        ),
        (
            "  hint: the credentials are refused: renew them, for example with `aws sso login`, or choose others with "
            "AWS_PROFILE; repeat the command to go on from there"
        ),
    ]
    assert "done, 1 of 12 steps:" in ended.err


NO = "not confirmed; nothing was changed\n"
END_OF_INPUT = "\x04"


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("n\n", NO),
        ("\n", NO),
        (END_OF_INPUT, f"\n{NO}"),
        ("perhaps\nno\n", f"answer y or n\ndeploy? [y/N]: {NO}"),
    ],
)
def test_asked_and_not_confirmed(answer: str, told: str, site: Site) -> None:
    """Whoever does not say yes has changed nothing, which one line on standard error says."""
    ended = answered(site, answer)

    assert (ended.code, ended.err) == (1, told)
    assert ended.out.endswith("\nPlan: 3 to upload, 9 to create, 0 to update, 0 to delete, 0 unchanged.\n")
    assert site.triggers() == {}


def test_asked_and_confirmed(site: Site) -> None:
    """Somebody at a terminal is asked, before something is made and before it is taken away."""
    deployed = answered(site, "y\n")
    assert (deployed.code, deployed.err.splitlines()[-1]) == (0, "done")
    refused = answered(site, "n\n", "destroy")
    assert (refused.code, refused.err) == (1, NO)
    destroyed = answered(site, "Yes\n", "destroy")
    assert (destroyed.code, destroyed.err.splitlines()[-1]) == (0, "done")
    assert site.triggers() == {}


def test_a_plan_that_went_stale_while_it_was_read(site: Site) -> None:
    """What changed in the meantime makes it another plan: that one is shown, and nothing is done."""
    assert site.call("deploy", "--yes").code == 0
    flow = site.folder / "flow.py"
    flow.write_text(flow.read_text().replace('"--table": "words"', '"--table": "letters"'))
    before = site.aws.get_job(JobName="load")["Job"]
    ended = answered(site, "y\n", meanwhile=lambda: site.aws.stop_trigger(Name="three-steps-after-extract"))
    assert ended.code == 1
    assert ended.err.splitlines()[-2:] == [
        "error: the account has changed since this plan was made; nothing of the project was changed",
        "  hint: look at the plan as it is now, and repeat the command",
    ]
    change = '~ update job load\n    default_arguments.--table: "words" -> "letters"\n'
    assert ended.out == (
        f"{change}Plan: 0 to create, 1 to update, 0 to delete, 11 unchanged.\n"
        f"{change}~ activate trigger three-steps-after-extract (to be active, and is not)\n"
        "Plan: 0 to create, 1 to update, 0 to delete, 1 to activate, 10 unchanged.\n"
    )
    assert site.aws.get_job(JobName="load")["Job"] == before


def test_two_at_once(site: Site) -> None:
    """One wins; the other says so, and who has won."""
    assert site.call("deploy", "--yes").code == 0
    other = site.folder.parent / f"{site.folder.name}-other"
    shutil.copytree(site.folder, other)
    for folder, table in ((site.folder, "letters"), (other, "lines")):
        flow = folder / "flow.py"
        flow.write_text(flow.read_text().replace('"words"', f'"{table}"'))

    def slow(operation: str, _: Any) -> None:
        if operation == "UpdateJob":
            time.sleep(3)

    with site.meeting(slow):
        one = site.begin("deploy", "--yes")
        mine, site.folder = site.folder, other
        two = site.begin("deploy", "--yes")
        site.folder = mine
        ends = [(*process.communicate(timeout=60), process.returncode) for process in (one, two)]
    codes = [code for _, _, code in ends]
    assert min(codes) == 0
    loser = ends[1 - codes.index(0)]
    assert loser[2] in {1, 3}
    told = loser[1].splitlines()[-2]
    assert (
        re.fullmatch(
            r"error: another deployment of project `three-steps` is under way, by .+ on .+ since .+ UTC; "
            "nothing of the project was changed",
            told,
        )
        or told == "error: the account has changed since this plan was made; nothing of the project was changed"
    )
    table = site.aws.get_job(JobName="load")["Job"]["DefaultArguments"]["--table"]
    assert table == ("letters" if codes[0] == 0 else "lines")


def test_stages(site: Site) -> None:
    """The same flow twice in one account, each under its own names, and each taken away alone."""
    with (site.folder / "pyproject.toml").open("a", encoding="utf-8") as settings:
        settings.write('\n[tool.gluedsl.stages.prod]\nprefix = ""\n')  # beside `dev`, which the example has
    for stage in ("dev", "prod"):
        assert site.call("deploy", "--yes", "--stage", stage).code == 0
    assert set(site.aws.list_workflows()["Workflows"]) == {"dev-three-steps", "three-steps"}
    assert site.call("plan", "--stage", "dev").out.endswith(EVERYTHING + "\n")
    refused = site.call("plan")
    assert refused.code == 1
    assert "error: workflow `three-steps` belongs to this project in stage `prod`" in refused.out
    assert site.call("destroy", "--yes", "--stage", "dev").code == 0
    assert site.aws.list_workflows()["Workflows"] == ["three-steps"]
    assert site.call("destroy", "--yes", "--stage", "prod").code == 0
    assert site.aws.list_workflows()["Workflows"] == []


def test_a_workflow_that_was_renamed(site: Site) -> None:
    """The old one goes, with a word on its history; a second flow file beside it is left alone."""
    beside = site.folder / "beside.py"
    beside.write_text(
        'from gluedsl import PythonShellJob, Workflow\n\nbeside = Workflow("beside")\n'
        'only = beside.add(PythonShellJob("only", script="jobs/extract.py"))\n'
    )
    assert site.call("deploy", ".", "--yes").code == 0
    flow = site.folder / "flow.py"
    flow.write_text(flow.read_text().replace('"three-steps",', '"four-steps",'))
    planned = site.call("plan", "flow.py")
    assert (
        "- delete workflow three-steps (no flow names it any more; the history of its runs goes with it)\n"
        in planned.out
    )
    assert "beside" not in planned.out
    assert site.call("deploy", "flow.py", "--yes").code == 0
    assert set(site.aws.list_workflows()["Workflows"]) == {"four-steps", "beside"}
    beside.unlink()
    assert "- delete workflow beside" in site.call("plan", ".").out
    assert site.call("deploy", ".", "--yes").code == 0
    assert site.aws.list_workflows()["Workflows"] == ["four-steps"]


def answered(
    site: Site, answer: str, command: str = "deploy", *, meanwhile: Callable[[], object] = lambda: None
) -> Ended:
    """Run a command at a terminal, and answer its question; standard error is what follows that."""
    terminal, its_side = pty.openpty()
    process = site.begin(command, stdin=its_side)
    os.close(its_side)
    assert process.stderr is not None
    asked = ""
    while not asked.endswith("[y/N]: "):
        letter = process.stderr.read(1)
        assert letter, asked
        asked += letter
    meanwhile()
    os.write(terminal, answer.encode())
    out, err = process.communicate(timeout=60)
    os.close(terminal)
    return Ended(process.returncode, out, err)
