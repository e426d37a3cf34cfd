# ruff: noqa: INP001 -- a script, found by its path
"""The CDK's own command line against a local Glue: `make cdk-demo` runs this.

Comes in: nothing; it takes the first two examples, the installed gluedsl, and `cdk` from node_modules. Goes out: what
each step said, and exit code 1 at the first that did otherwise than it should. It needs no AWS account and no network,
writes to a folder of its own, and ends every process that it has started.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from gluedsl.local.credentials import environment, session

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
ACCOUNT, REGION = "123456789012", "us-east-1"
COMMAND_LINE = "node_modules/aws-cdk/bin/cdk"
QUIET = {
    "CDK_VALIDATION": "false",  # the CDK's own check of templates takes seconds; gluedsl has looked at more
    "CDK_DISABLE_VERSION_CHECK": "1",
    "CDK_DISABLE_CLI_TELEMETRY": "true",
    "CI": "1",  # what it tells goes to standard output
    "NODE_NO_WARNINGS": "1",
    "JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION": "20",
}
_PASSING = re.compile(
    r"_IN_PROGRESS|(^|: )(start|success): |^\S*\s*$| time: |: (creating|deploying|destroying)|CLEANUP"
)
"""Lines that only say that something is under way."""
_RESOURCE = re.compile(
    r"^\[([-+~])\] (AWS::\S+) (?:\S+ (?!destroy\b|orphan\b|replace\b|may\b|requires\b))?(\S+)", re.MULTILINE
)
"""A line of `cdk diff`: type, path of the construct if the template has one, logical id, and what will become of it."""
_INTERRUPTED = 130
"""What a shell shows for a command that SIGINT ended."""
_STAGE = '\n[tool.gluedsl.stages.demo]\nprefix = ""\n'


class Failure(Exception):  # noqa: N818 -- what ends the demo
    """A step did otherwise than it should."""


class Cdk:
    """The CDK's command line, on an application and a local Glue."""

    def __init__(self, url: str, folder: Path, flows: tuple[Path, ...]) -> None:
        proxies = {"HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"}
        kept = {k: v for k, v in os.environ.items() if not k.startswith("AWS_") and k.upper() not in proxies}
        self.environment = kept | environment(url, REGION) | QUIET
        app = f"{sys.executable} -m cdk_app.app"
        context = ("-c", f"flows={','.join(map(str, flows))}", "-c", "stage=demo")
        self._options = ("--app", app, "--output", str(folder / "cdk.out"), *context)
        self.seconds: list[str] = []

    def run(self, *arguments: str) -> str:
        """Run a command to its end; return what it wrote."""
        begun = time.monotonic()
        command = ["node", COMMAND_LINE, *arguments, *self._options]
        done = subprocess.run(  # noqa: S603 -- the command under show
            command,
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        self.seconds.append(f"{arguments[0]} {time.monotonic() - begun:.1f} s")
        if done.returncode != 0:
            message = f"cdk {' '.join(arguments)} ended with {done.returncode}:\n{done.stdout}"
            raise Failure(message)
        return done.stdout

    def show(self, *arguments: str) -> str:
        """Run a command, and show what it wrote but for what is only passing."""
        written = self.run(*arguments)
        for line in written.splitlines():
            if not _PASSING.search(line):
                say(f"    {line}")
        return written


def say(text: str) -> None:
    """Write a line at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def headline(text: str) -> None:
    """Say what comes next."""
    say(f"\n=== {text}")


@contextmanager
def local_glue(flow: Path, log: Path) -> Iterator[str]:
    """Serve a local Glue with the data of a flow; give its URL."""
    command = [sys.executable, "-m", "gluedsl", "local", str(flow), "--port", "0", "--quiet"]
    with (
        log.open("w", encoding="utf-8") as talk,
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=talk, text=True) as server,  # noqa: S603 -- our own
    ):
        try:
            assert server.stdout is not None  # noqa: S101 -- it is a pipe
            ready = server.stdout.readline().split()
            if ready[:1] != ["ready"]:
                message = f"gluedsl local has not become ready:\n{log.read_text(encoding='utf-8')}"
                raise Failure(message)
            yield ready[1]
        finally:
            _ended(server)


def _ended(server: subprocess.Popen[str]) -> None:
    server.terminate()
    try:
        server.wait(timeout=30)
    except subprocess.TimeoutExpired:
        server.kill()


def require_node() -> None:
    """Raise unless there is a node, and the CDK's command line for it."""
    if shutil.which("node") is None:
        message = "the CDK's command line needs Node.js 20 or newer, and there is no node on the PATH"
        raise Failure(message)
    if not (ROOT / COMMAND_LINE).is_file():
        message = f"there is no {COMMAND_LINE}: npm install --no-package-lock"
        raise Failure(message)


def changed(diff: str) -> list[str]:
    """Return the resources of a `cdk diff` that are added, changed or taken away."""
    plain = re.sub(r"\x1b\[[0-9;]*m", "", diff)
    return [" ".join(found) for found in _RESOURCE.findall(plain)]


def edited(file: Path, old: str, new: str) -> None:
    """Change a text in a file that has it."""
    text = file.read_text(encoding="utf-8")
    if old not in text:
        message = f"{file} has no {old!r}"
        raise Failure(message)
    file.write_text(text.replace(old, new), encoding="utf-8")


def left(url: str) -> list[str]:
    """Return the names of what there is in Glue and in CloudFormation, the CDK's own stack aside."""
    client: Any = session(url, REGION).client
    glue, stacks = client("glue"), client("cloudformation").describe_stacks()["Stacks"]
    names: list[str] = [*glue.list_workflows()["Workflows"], *glue.list_jobs()["JobNames"]]
    names += [*glue.list_triggers()["TriggerNames"], *glue.list_crawlers()["CrawlerNames"]]
    return names + [stack["StackName"] for stack in stacks if stack["StackName"] != "CDKToolkit"]


def demo(folder: Path) -> None:
    """Show it all."""
    sales, steps = (folder / name for name in ("01_nightly_sales", "02_three_steps"))
    for flow, start in ((sales, 'start = "cron(0 2 * * ? *)"\n'), (steps, "")):
        shutil.copytree(ROOT / "examples" / flow.name, flow, ignore=shutil.ignore_patterns("__pycache__", "expected"))
        project = flow / "pyproject.toml"
        project.write_text(project.read_text(encoding="utf-8") + _STAGE + start, encoding="utf-8")
    headline("a local Glue")
    with local_glue(sales, folder / "local.log") as url:
        say(f"    {url}, with the data of the first example in its S3")
        cdk = Cdk(url, folder, (sales, steps))
        headline("cdk bootstrap: the bucket and roles that the CDK deploys with")
        cdk.show("bootstrap", f"aws://{ACCOUNT}/{REGION}")
        headline("cdk deploy --all: two stacks, with the code of their jobs")
        cdk.show("deploy", "--all", "--require-approval", "never")
        headline("gluedsl start nightly-sales --watch: what was deployed runs")
        run(cdk.environment)
        headline("a new schedule for the one workflow, a new script for a job of the other; cdk diff")
        edited(sales / "pyproject.toml", "cron(0 2 * * ? *)", "cron(0 5 * * ? *)")
        edited(steps / "jobs" / "load.py", "loaded {", "moved {")
        expected = ["~ AWS::Glue::Job LoadJob", "~ AWS::Glue::Trigger NightlySalesStartTrigger"]
        require(sorted(changed(cdk.show("diff"))), expected, "cdk diff shows")
        headline("cdk deploy --all: these two, and nothing else")
        written = cdk.show("deploy", "--all", "--require-approval", "never")
        updated = set(re.findall(r"UPDATE_COMPLETE +\| (AWS::Glue::\S+)", written))
        require(sorted(updated), ["AWS::Glue::Job", "AWS::Glue::Trigger"], "cdk deploy has changed")
        trigger = session(url, REGION).client("glue").get_trigger(Name="nightly-sales-start")["Trigger"]
        require(trigger["Schedule"], "cron(0 5 * * ? *)", "the schedule is")
        headline("cdk destroy --all")
        cdk.show("destroy", "--all", "--force")
        require(left(url), [], "what is left is")
        say("    nothing is left")
    say(f"\ncdk: {', '.join(cdk.seconds)}")


def run(env: dict[str, str]) -> None:
    """Run the first workflow to its end, and look at what it has made."""
    command = [sys.executable, "-m", "gluedsl", "start", "nightly-sales", "--watch"]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)  # noqa: S603 -- our own
    for line in done.stdout.splitlines():
        say(f"    {line}")
    if done.returncode != 0:
        message = f"gluedsl start ended with {done.returncode}:\n{done.stderr}"
        raise Failure(message)
    s3: Any = session(env["AWS_ENDPOINT_URL"], REGION).client("s3")
    summary = json.loads(s3.get_object(Bucket="sales-lake", Key="summaries/2014-06.json")["Body"].read())
    say(f"    s3://sales-lake/summaries/2014-06.json: {json.dumps(summary)}")


def require(found: object, expected: object, what: str) -> None:
    """Raise unless something is as it should be."""
    if found != expected:
        message = f"{what} {found}, not {expected}"
        raise Failure(message)


def main() -> int:
    """Show it, and return the exit code."""
    try:
        require_node()
        with TemporaryDirectory(prefix="gluedsl-cdk-") as folder:
            demo(Path(folder))
    except Failure as failure:
        sys.stderr.write(f"cdk-demo: {failure}\n")
        return 1
    except KeyboardInterrupt:
        return _INTERRUPTED
    return 0


if __name__ == "__main__":
    sys.exit(main())
