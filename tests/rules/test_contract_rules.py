"""Rules about what the code of jobs says: AR012 to AR015, RP002 to RP006, RP008, TL005, TL006, TL011, WF014, AC014."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gluedsl.compiler import compile_path
from gluedsl.diagnostics.render import full
from gluedsl.source.snippet import Sources
from tests.support.code_findings import says, told

if TYPE_CHECKING:
    from pathlib import Path

ASK = "import sys\nfrom awsglue.utils import getResolvedOptions\nargs = getResolvedOptions(sys.argv, [{}])\n"
PROPS = """\
import boto3
glue, run = boto3.client("glue"), {"Name": name, "RunId": run_id}
props = glue.get_workflow_run_properties(**run)["RunProperties"]
"""
PUT_ALL = PROPS + 'props["a"] = "1"\nglue.put_workflow_run_properties(**run, RunProperties=props)\n'
FLOW = 'flow = Workflow("sales", role="GlueJobRole")\n'


def asking(*options: str) -> str:
    """Return a script that asks for options."""
    return ASK.format(", ".join(f'"{option}"' for option in options))


def writing(key: str) -> str:
    """Return a script that writes a run property."""
    return PROPS + f'glue.put_workflow_run_properties(**run, RunProperties={{"{key}": "1"}})\n'


def reading(key: str) -> str:
    """Return a script that reads a run property."""
    return PROPS + f'print(props["{key}"])\n'


def spark(arguments: str = "{}") -> str:
    """Return a flow of one Spark job, `load`."""
    return f'{FLOW}load = flow.add(SparkJob("load", script="load.py", arguments={arguments}))\n'


def scripts(*nodes: str) -> str:
    """Return a flow of Python shell jobs: `load`, or `report(after=load)`."""
    lines = (node.partition("(") for node in nodes)
    return FLOW + "".join(
        f'{name} = flow.add(PythonShellJob("{name}", script="{name}.py"){", " + rest if rest else ")"}\n'
        for name, _, rest in lines
    )


def test_option_that_nothing_passes_is_an_error(tmp_path: Path) -> None:
    """At the place that asks for it; what Glue passes itself, and what it makes optional, is there."""
    code = asking("JOB_NAME", "WORKFLOW_NAME", "WORKFLOW_RUN_ID", "TempDir", "table")

    assert told(tmp_path, spark('{"--tables": "o"}'), load=code) == says("""
        AR012 error at load:3 "table"
          job `load` asks for argument `table`, which nothing passes
          related flow:3 SparkJob("load", script="load.py", arguments={"--tables": "o"}): job `load` is defined here
          help: did you mean `tables`?
          help: give the job a default argument `--table`
    """)


def test_option_of_another_spelling_is_an_error(tmp_path: Path) -> None:
    """A dash is no underscore, and dashes in front are not part of the name."""
    code = asking("table_name", "--mode")

    assert told(tmp_path, spark('{"--table-name": "a"}'), load=code) == says("""
        AR012 error at load:3 "table_name"
          job `load` asks for argument `table_name`, which nothing passes
          related flow:3 SparkJob("load", script="load.py", arguments={"--table-name": "a"}): job `load` is defined here
          help: `--table-name` is passed, and a dash is no underscore: give both one name
        AR012 error at load:3 "--mode"
          job `load` asks for argument `--mode`, which nothing passes
          related flow:3 SparkJob("load", script="load.py", arguments={"--table-name": "a"}): job `load` is defined here
          help: name it without dashes: `getResolvedOptions` adds them
    """)


def test_trigger_that_passes_less_is_an_error(tmp_path: Path) -> None:
    """At the trigger: the other one passes it."""
    flow = f"""{FLOW}
load = flow.add(PythonShellJob("load", script="load.py", max_concurrent_runs=2))
first = ExistingJob("first")
second = ExistingJob("second")
flow.add(Trigger("sales-start", when=on_demand(), start=[first, second]))
flow.add(Trigger("sales-full", when=first, start=load.with_arguments({{"--scope": "full"}})))
flow.add(Trigger("sales-some", when=first.failed, start=load))
"""

    assert told(tmp_path, flow, load=asking("scope")) == says("""
        AR012 error at flow:9 load
          trigger `sales-some` starts job `load` without argument `scope`, which its code asks for
          related load:3 "scope": asked for here
          help: pass it in this trigger, too, or give the job a default argument `--scope`
    """)


def test_argument_of_a_function_job(tmp_path: Path) -> None:
    """Looked up is asked for."""
    flow = f"{FLOW}\n@flow.python_shell_job\ndef load(run):\n    print(run.arguments['scope'])\n"

    assert told(tmp_path, flow) == says("""
        AR012 error at flow:6 'scope'
          job `sales-load` asks for argument `scope`, which nothing passes
          related flow:4 flow.python_shell_job: job `sales-load` is defined here
          help: give the job a default argument `--scope`
    """)


PASSED = {
    "by default": (spark('{"--table": "x"}'), asking("table")),
    "always": (spark('{}, non_overridable_arguments={"--table": "x"}'), asking("table")),
    "in some runs": (spark(), asking().replace("[]", '["table"] if "--table" in sys.argv else []')),
    "by somebody out of sight": (spark(), asking().replace("[]", "names()")),
    "the run's id to a Spark job": (spark(), asking("JOB_NAME") + 'args["JOB_RUN_ID"]'),
    "to a job that nothing starts": (
        f'{FLOW}other = flow.add(ExistingJob("other"))\nload = SparkJob("load", script="load.py", allow=["GR006"])\n',
        asking("table"),
    ),
}


@pytest.mark.parametrize(("flow", "code"), PASSED.values(), ids=PASSED)
def test_option_that_is_passed(flow: str, code: str, tmp_path: Path) -> None:
    """Or may be."""
    assert [line for line in told(tmp_path, flow, load=code).splitlines() if line.startswith("A")] == []


def test_argument_without_dashes_is_told_once(tmp_path: Path) -> None:
    """That the script does not get it follows."""
    found = told(tmp_path, spark('{"table": "orders"}'), load=asking("table"))

    assert [line.split()[0] for line in found.splitlines() if not line.startswith(" ")] == ["AC005"]


def test_run_property_is_no_argument(tmp_path: Path) -> None:
    """A default of the workflow, or what a job writes: told once, as that."""
    flow = """
        flow = Workflow("sales", properties={"env": "prod"}, role="GlueJobRole")
        load = flow.add(PythonShellJob("load", script="load.py"))
        report = flow.add(PythonShellJob("report", script="report.py", writes=["rows"]), after=load)
    """

    assert told(tmp_path, flow, load=asking("env", "rows"), report=writing("rows")) == says("""
        AR015 warning at load:3 "env"
          job `load` asks for argument `env`, which is a run property and no argument
          related flow:3 PythonShellJob("load", script="load.py"): job `load` is defined here
          help: read it from `run.properties`, or in a script with `get_workflow_run_properties`
        AR015 warning at load:3 "rows"
          job `load` asks for argument `rows`, which is a run property and no argument
          related flow:3 PythonShellJob("load", script="load.py"): job `load` is defined here
          help: read it from `run.properties`, or in a script with `get_workflow_run_properties`
    """)


def test_beginning_of_an_option_is_doubtful(tmp_path: Path) -> None:
    """It is taken for the option, or could be any of several; so is what Glue passes itself."""
    flow = spark('{"--conf": "a", "--config": "b", "--t": "c", "--table": "d", "--to": "e", "--JOB_NAME_TAG": "f"}')

    assert told(tmp_path, flow, load=asking("config", "table", "to", "JOB_NAME_TAG")) == says("""
        AR013 warning at flow:3 "--conf"
          argument `--conf` of job `load` is taken for option `config`, of which it is the beginning
          related load:3 "config": asked for here
          help: give the argument another name, or ask for it as well
        AR013 warning at flow:3 "--t"
          argument `--t` of job `load` can be any of options `table` and `to`, of which it is the beginning
          related load:3 "table": asked for here
          help: give the argument another name, or ask for it as well
        AR013 warning at load:3 "JOB_NAME_TAG"
          argument `--JOB_NAME` of job `load` is taken for option `JOB_NAME_TAG`, of which it is the beginning
          help: give the argument another name, or ask for it as well
    """)


def test_options_of_whole_names_alone(tmp_path: Path) -> None:
    """Glue 6.0 takes no abbreviation for an option."""
    flow = spark('{"--conf": "a", "--config": "b"}, glue_version="6.0"')

    assert "AR013" not in told(tmp_path, flow, load=asking("config"))


def test_dashes_are_doubtful(tmp_path: Path) -> None:
    """In a look-up, and as all that two options differ in."""
    flow = spark('{"--a-b": "1", "--a_b": "2", "--c-d": "3"}')

    assert told(tmp_path, flow, load=asking("a-b", "a_b", "c-d") + 'args["c-d"]') == says("""
        AR013 warning at load:3 "a_b"
          options `a-b` and `a_b` differ in dashes alone, and `getResolvedOptions` returns one of them for both
          related load:3 "a-b": the other one
          help: give one of them another name
        AR013 warning at load:4 "c-d"
          option `c-d` is looked up with dashes, and `getResolvedOptions` returns it as `c_d`
          help: look up `c_d`
    """)


def test_look_up_of_what_nobody_asked_for_is_doubtful(tmp_path: Path) -> None:
    """Where it is nearly the name of an option, so that it is misspelt."""
    flow = spark('{"--bucket": "a", "--min-rows": "1"}')

    assert told(tmp_path, flow, load=asking("bucket", "min-rows") + 'args["buckt"]\nargs["min_row"]') == says("""
        AR013 warning at load:4 "buckt"
          option `buckt` is looked up, and `getResolvedOptions` is not asked for it
          help: did you mean `bucket`?
        AR013 warning at load:5 "min_row"
          option `min_row` is looked up, and `getResolvedOptions` is not asked for it
          help: did you mean `min_rows`?
    """)


@pytest.mark.parametrize(
    "code",
    [
        'args["bucket"]; args["min_rows"]',
        'args["TempDir"]; args["job_bookmark_option"]',
        'args.get("buckt")',
        'if "buckt" in args:\n    args["buckt"]',
        'args["buckt"] = "b"\nargs["buckt"]',
        'args.update(buckt="b")\nargs["buckt"]',
        'args.update(load())\nargs["buckt"]',
        'args.setdefault("buckt", "b")\nargs["buckt"]',
        'for name in names():\n    args[name] = "b"\nargs["buckt"]',
        'args = args | {"buckt": "b"}\nargs["buckt"]',
        'args = {**args, "buckt": "b"}\nargs["buckt"]',
        'args = dict(args, buckt="b")\nargs["buckt"]',
        'try:\n    args["buckt"]\nexcept KeyError:\n    pass',
    ],
)
def test_look_ups_that_are_not_doubtful(tmp_path: Path, code: str) -> None:
    """What is asked for, what Glue knows by itself, what the code puts there, and what it can do without."""
    flow = spark('{"--bucket": "a", "--min-rows": "1"}')

    assert told(tmp_path, flow, load=asking("bucket", "min-rows") + code) == ""


def test_python_shell_job_learns_no_run_id(tmp_path: Path) -> None:
    """Asked for, or looked up: told once. One that is given such an argument has it."""
    flow = scripts("load", "report(after=load)") + (
        'third = flow.add(PythonShellJob("third", script="load.py", arguments={"--JOB_RUN_ID": "7"}), after=report)\n'
    )

    assert told(
        tmp_path, flow, load=asking("JOB_RUN_ID") + 'args["JOB_RUN_ID"]', report=asking() + 'args["JOB_RUN_ID"]'
    ) == says("""
        AR014 warning at load:3 "JOB_RUN_ID"
          Python shell job `load` asks for `JOB_RUN_ID`, which Glue passes to Spark jobs alone
          related flow:3 PythonShellJob("load", script="load.py"): job `load` is defined here
          help: use the id of the workflow's run, `WORKFLOW_RUN_ID`, or make it a Spark job
        AR014 warning at report:4 "JOB_RUN_ID"
          Python shell job `report` asks for `JOB_RUN_ID`, which Glue passes to Spark jobs alone
          related flow:4 PythonShellJob("report", script="report.py"): job `report` is defined here
          help: use the id of the workflow's run, `WORKFLOW_RUN_ID`, or make it a Spark job
    """)


def test_code_that_reads_what_nothing_writes_is_doubtful(tmp_path: Path) -> None:
    """At the read; a name that is written and nearly the same is suggested, and not told again."""
    found = told(tmp_path, scripts("load", "report(after=load)"), load=writing("rosw"), report=reading("rows"))

    assert found == says("""
        RP003 warning at report:4 "rows"
          job `report` reads run property `rows`, which nothing before it in workflow `sales` writes
          related flow:4 PythonShellJob("report", script="report.py"): job `report` is defined here
          help: did you mean `rosw`?
          help: give it a default, or let the job wait for one that writes it
    """)


def test_code_that_is_not_waited_for_writes_too_late(tmp_path: Path) -> None:
    """Both places are shown."""
    found = told(tmp_path, scripts("load", "report"), load=writing("rows"), report=reading("rows"))

    assert found == says("""
        RP003 warning at report:4 "rows"
          job `report` reads run property `rows`, which nothing before it in workflow `sales` writes
          related flow:4 PythonShellJob("report", script="report.py"): job `report` is defined here
          related load:4 "rows": job `load` writes it, on another branch or later
          help: give it a default, or let the job wait for one that writes it
    """)


def test_declared_read_is_told_where_it_is_declared(tmp_path: Path) -> None:
    """With the place in the code."""
    flow = f"{FLOW}\n@flow.python_shell_job(reads=['rows'])\ndef load(run):\n    print(run.properties['rows'])\n"

    assert told(tmp_path, flow) == says("""
        RP003 warning at flow:4 'rows'
          job `sales-load` reads run property `rows`, which nothing before it in workflow `sales` writes
          related flow:6 'rows': read here
          help: give it a default, or let the job wait for one that writes it
    """)


def function_flow(load: str, report: str, *, reads: str = "[]") -> str:
    """Return a flow of two function jobs, the second after the first."""
    return (
        f"{FLOW}\n@flow.python_shell_job\ndef load(run):\n    {load}\n\n"
        f"@flow.python_shell_job(after=load, reads={reads})\ndef report(run):\n    {report}\n"
    )


READ = {
    "written by the code of a job before": function_flow("run.properties['a'] = '1'", "run.properties['a']"),
    "perhaps written before": function_flow("if run: run.properties['a'] = '1'", "run.properties['a']"),
    "read if it is there": function_flow("print()", "run.properties.get('a') or run.properties['b']"),
    "declared, and read if it is there": function_flow("print()", "run.properties.get('a')", reads="['a']"),
    "written by itself before": function_flow("print()", "run.properties['a'] = '1'; run.properties['a']"),
    "written by nobody knows whom": function_flow("helper(run)", "run.properties['a']"),
    "written by a job of somebody else": (
        f'{FLOW}other = flow.add(ExistingJob("other"))\n\n'
        "@flow.python_shell_job(after=other)\ndef load(run):\n    run.properties['a']\n"
    ),
}


@pytest.mark.parametrize("flow", READ.values(), ids=READ)
def test_what_is_there_when_it_is_read(flow: str, tmp_path: Path) -> None:
    """Or may be."""
    assert "RP003" not in told(tmp_path, flow)


def test_two_writers_at_once_are_doubtful(tmp_path: Path) -> None:
    """All who can write it at once with the first, each at its place; the one after them cannot."""
    flow = """
        flow = Workflow("sales", properties={"rows": "0"}, role="GlueJobRole")


        @flow.python_shell_job
        def orders(run):
            run.properties["rows"] = "1"


        @flow.python_shell_job
        def customers(run):
            run.properties["rows"] = "2"


        prices = flow.add(PythonShellJob("prices", script="s3://scripts/prices.py", writes=["rows"]))


        @flow.python_shell_job(after=[orders, customers, prices])
        def report(run):
            run.properties["rows"] = "3"
    """

    assert told(tmp_path, flow) == says("""
        RP004 warning at flow:15 "rows"
          job `sales-orders`, job `sales-customers` and job `prices` write run property `rows`, \
and a run of workflow `sales` can have them under way at once
          related flow:7 "rows": job `sales-orders` writes it here
          related flow:12 "rows": job `sales-customers` writes it here
          note: the last to write wins
          help: give each job a property of its own, or let one wait for the other
    """)


def overlapping(*nodes: str) -> str:
    """Return a flow of function jobs, each with what it waits for, that all write one property."""
    return (
        'flow = Workflow("sales", properties={"a": "0"}, role="GlueJobRole")\nroot = flow.add(ExistingJob("root"))\n'
        + "".join(
            f"\n@flow.python_shell_job(after={after})\ndef {name}(run):\n    run.properties['a'] = '1'\n"
            for name, _, after in (node.partition(" after ") for node in nodes)
        )
    )


ORDERED = {
    "one after the other": overlapping("one after root", "two after one"),
    "one after the failure of the other": overlapping("one after root", "two after one.failed"),
    "one whatever becomes of the other": overlapping("one after root", "two after one.finished"),
    "one long after the other": overlapping("one after root", "two after one", "three after two"),
    "either of them": overlapping("one after root", "two after root.failed"),
    "either of them, later": overlapping("one after root.failed", "two after [root]"),
}
AT_ONCE = {
    "both at once": overlapping("one after root", "two after root"),
    "one that waits for the other or for root": overlapping("one after root", "two after any_of(one, root.succeeded)"),
    "one that waits for the start of both": overlapping("one after root", "two after any_of(root, root.failed)"),
}


@pytest.mark.parametrize("flow", ORDERED.values(), ids=ORDERED)
def test_writers_in_order(flow: str, tmp_path: Path) -> None:
    """One must have ended when the other starts, or never starts in the same run."""
    assert "RP004" not in told(tmp_path, flow)


@pytest.mark.parametrize("flow", AT_ONCE.values(), ids=AT_ONCE)
def test_writers_at_once(flow: str, tmp_path: Path) -> None:
    """Neither must have ended when the other starts."""
    assert told(tmp_path, flow).startswith("RP004 warning")


def test_one_function_for_several_jobs(tmp_path: Path) -> None:
    """The place is the same, so the jobs are shown."""
    flow = f"""{FLOW}
def done(run):
    run.properties["done"] = "yes"

@flow.python_shell_job(writes=["done"])
def one(run):
    done(run)

@flow.python_shell_job(writes=["done"])
def two(run):
    done(run)
"""

    assert told(tmp_path, flow) == says("""
        RP004 warning at flow:5 "done"
          job `sales-one` and job `sales-two` write run property `done`, \
and a run of workflow `sales` can have them under way at once
          related flow:7 flow.python_shell_job(writes=["done"]): job `sales-one` is defined here
          related flow:11 flow.python_shell_job(writes=["done"]): job `sales-two` is defined here
          note: the last to write wins
          help: give each job a property of its own, or let one wait for the other
    """)


def test_put_of_all_properties_beside_a_writer_is_doubtful(tmp_path: Path) -> None:
    """At the put, with what it can take back."""
    flow = """
        flow = Workflow("sales", properties={"a": "0", "b": "0"}, role="GlueJobRole")
        load = flow.add(PythonShellJob("load", script="load.py"))
        other = flow.add(PythonShellJob("other", script="other.py"))
    """

    assert told(tmp_path, flow, load=PUT_ALL, other=writing("b")) == says("""
        RP005 warning at load:5 props
          job `load` puts back all run properties, and can take back `b`, which job `other` writes at the same time
          related other:4 "b": job `other` writes `b` here
          related flow:3 PythonShellJob("load", script="load.py"): job `load` is defined here
          help: put only what the job changes: `a`
    """)


SAFE_PUTS = {
    "nobody else writes": (scripts("load", "other"), PUT_ALL, reading("a").replace('["a"]', '.get("a")')),
    "the other comes later": (scripts("load", "other(after=load)"), PUT_ALL, writing("b")),
    "only what was changed": (scripts("load", "other"), writing("a"), writing("b")),
    "both write the same": (scripts("load", "other"), PUT_ALL, writing("a")),
}


@pytest.mark.parametrize(("flow", "load", "other"), SAFE_PUTS.values(), ids=SAFE_PUTS)
def test_puts_that_take_nothing_back(flow: str, load: str, other: str, tmp_path: Path) -> None:
    """Nothing is written meanwhile, or not all is put; two who write one property are RP004's."""
    assert "RP005" not in told(tmp_path, flow, load=load, other=other)


def test_value_that_is_no_string_is_doubtful(tmp_path: Path) -> None:
    """Of a plain property; typed ones encode it."""
    flow = """
        class Sales(RunProperties):
            rows: int = 0


        flow = Workflow("sales", properties=Sales, role="GlueJobRole")
        plain = Workflow("plain", properties={"rows": "0"}, role="GlueJobRole")


        @flow.python_shell_job
        def load(run):
            run.properties.rows = 42


        @plain.python_shell_job
        def count(run):
            run.properties["rows"] = 42
    """

    assert told(tmp_path, flow) == says("""
        RP002 warning at flow:17 "rows"
          job `plain-count` writes to run property `rows` what is no string
          related flow:15 plain.python_shell_job: job `plain-count` is defined here
          help: give it `str(...)` or `json.dumps(...)` of the value, and decode it where it is read
    """)


def test_deletion_is_told(tmp_path: Path) -> None:
    """Where it fails, it is doubtful; where nothing happens, it is good to know."""
    flow = """
        flow = Workflow("sales", properties={"a": "0"}, role="GlueJobRole")
        load = flow.add(PythonShellJob("load", script="load.py"))


        @flow.python_shell_job(after=load)
        def tidy(run):
            del run.properties["a"]
            run.properties.clear()
    """
    code = PROPS + 'del props["a"]\nglue.put_workflow_run_properties(**run, RunProperties=props)\n'

    assert told(tmp_path, flow, load=code) == says("""
        RP006 warning at flow:8 "a"
          job `sales-tidy` deletes run property `a`, which fails
          related flow:6 flow.python_shell_job(after=load): job `sales-tidy` is defined here
          note: Glue has no operation that deletes a run property
          help: write a value that says that there is none, such as an empty string
        RP006 warning at flow:9 run.properties.clear()
          job `sales-tidy` deletes run properties, which fails
          related flow:6 flow.python_shell_job(after=load): job `sales-tidy` is defined here
          note: Glue has no operation that deletes a run property
          help: write a value that says that there is none, such as an empty string
        RP006 info at load:4 "a"
          job `load` deletes run property `a`, and it stays
          related flow:3 PythonShellJob("load", script="load.py"): job `load` is defined here
          note: Glue has no operation that deletes a run property
          help: write a value that says that there is none, such as an empty string
    """)


def test_names_of_glue_are_doubtful(tmp_path: Path) -> None:
    """A default, what a job declares, and what its code writes, at the place in the code."""
    flow = """
        flow = Workflow("sales", properties={"aws:a": "0"}, role="GlueJobRole")
        load = flow.add(PythonShellJob("load", script="s3://scripts/load.py", writes=["aws:b"]))


        @flow.python_shell_job(after=load, writes=["aws:c"])
        def report(run):
            run.properties["aws:c"] = "1"
    """

    assert told(tmp_path, flow) == says("""
        RP008 warning at flow:2 "aws:a"
          workflow `sales` has run property `aws:a`, and names that begin with `aws:` are Glue's own
          help: give it another name
        RP008 warning at flow:3 "aws:b"
          job `load` writes run property `aws:b`, and names that begin with `aws:` are Glue's own
          help: give it another name
        RP008 warning at flow:8 "aws:c"
          job `sales-report` writes run property `aws:c`, and names that begin with `aws:` are Glue's own
          help: give it another name
    """)


def test_property_that_nothing_reads_is_told(tmp_path: Path) -> None:
    """At its first write."""
    found = told(tmp_path, scripts("load", "report(after=load)"), load=writing("rows"), report="print('done')\n")

    assert found == says("""
        TL006 info at load:4 "rows"
          job `load` writes run property `rows`, which no job of workflow `sales` reads
          related flow:3 PythonShellJob("load", script="load.py"): job `load` is defined here
          help: name it in `writes=` of the job if it is a result of the run, or leave it out
    """)


READ_BY_SOMEBODY = {
    "read": reading("rows"),
    "read if it is there": PROPS + 'props.get("rows")\n',
    "all are read": PROPS + "print(props)\n",
    "handed on": PROPS + "somewhere.go(props)\n",
    "nobody knows": "import acme_etl\nacme_etl.main()\n",
}


@pytest.mark.parametrize("report", READ_BY_SOMEBODY.values(), ids=READ_BY_SOMEBODY)
def test_property_that_somebody_may_read(report: str, tmp_path: Path) -> None:
    """Then nothing is told."""
    assert told(tmp_path, scripts("load", "report(after=load)"), load=writing("rows"), report=report) == ""


def test_result_of_a_run_is_declared(tmp_path: Path) -> None:
    """By the workflow or by the job."""
    flow = """
        flow = Workflow("sales", properties={"a": "0"}, role="GlueJobRole")


        @flow.python_shell_job(writes=["b"])
        def load(run):
            run.properties["a"] = "1"
            run.properties["b"] = "1"
    """

    assert told(tmp_path, flow) == ""


def test_declaration_that_code_does_not_keep_is_doubtful(tmp_path: Path) -> None:
    """A write more than a read; what waits for that write has no finding of its own."""
    flow = """
        flow = Workflow("sales", role="GlueJobRole")


        @flow.python_shell_job(reads=["b"], writes=["rows"])
        def load(run):
            run.properties["rwos"] = "1"


        @flow.python_shell_job(after=load)
        def report(run):
            print(run.properties["rows"])
    """

    assert told(tmp_path, flow) == says("""
        TL011 info at flow:5 "b"
          job `sales-load` declares that it reads run property `b`, and its code never does
          help: read it, or take it out of `reads=`
        TL011 warning at flow:5 "rows"
          job `sales-load` declares that it writes run property `rows`, and its code never does
          help: did you mean `rwos`?
          help: write it, or take it out of `writes=`
    """)


@pytest.mark.parametrize("body", ["...", "helper(run)", "run.properties.update(more())"])
def test_declaration_that_code_may_keep(body: str, tmp_path: Path) -> None:
    """Not written yet, or not seen."""
    flow = f"{FLOW}\n@flow.python_shell_job(writes=['a'])\ndef load(run):\n    {body}\n"

    assert told(tmp_path, flow) == ""


def test_code_that_is_no_python_is_an_error(tmp_path: Path) -> None:
    """Once for each file, in the version of the job."""
    flow = """
        flow = Workflow("sales", role="GlueJobRole")
        load = flow.add(PythonShellJob("load", script="load.py"))
        again = flow.add(PythonShellJob("again", script="load.py"))
        newer = flow.add(SparkJob("newer", script="newer.py"))
        older = flow.add(PythonShellJob("older", script="newer.py"))
    """

    assert told(tmp_path, flow, load="rows = [1,\n", newer="match 1:\n    case 1:\n        pass\n") == says("""
        TL005 error at load:1 rows = [1,
          code of job `load` is not Python 3.9: '[' was never closed
          related flow:3 PythonShellJob("load", script="load.py"): job `load` is defined here
        TL005 error at newer:1 match
          code of job `older` is not Python 3.9: Pattern matching is only supported in Python 3.10 and greater
          related flow:6 PythonShellJob("older", script="newer.py"): job `older` is defined here
    """)


SECRETS = """
    flow = Workflow("sales", properties={
        "db_password": "hunter2", "dsn": "postgresql://app:hunter2@db/sales", "api_token": "",
        "db_secret_name": "sales/db", "token_count": "3", "secret": "arn:aws:secretsmanager:eu-west-1:1:secret:db",
    }, role="GlueJobRole")
    load = flow.add(PythonShellJob("load", script="s3://scripts/load.py", arguments={
        "--api-key": "hunter2", "--token-ttl": "30", "--auth": "true", "--password": "{{resolve:ssm:db}}",
    }))
    other = ExistingJob("other")
    flow.add(other.with_arguments({"--apiToken": "hunter2"}), after=load)
"""


def test_secrets_are_doubtful(tmp_path: Path) -> None:
    """By name or value; their names, places, sizes and switches are none."""
    assert told(tmp_path, SECRETS) == says("""
        WF014 warning at flow:3 "db_password"
          run property `db_password` of workflow `sales` looks like a secret
          help: keep it in AWS Secrets Manager, and let the jobs fetch it by its name
        WF014 warning at flow:3 "dsn"
          run property `dsn` of workflow `sales` looks like a secret
          help: keep it in AWS Secrets Manager, and let the jobs fetch it by its name
        AC014 warning at flow:7 "--api-key"
          argument `--api-key` of job `load` looks like a secret
          help: keep it in AWS Secrets Manager, and let the job fetch it by its name
        AC014 warning at flow:10 "--apiToken"
          argument `--apiToken` of job `other` in trigger `sales-after-load` looks like a secret
          help: keep it in AWS Secrets Manager, and let the job fetch it by its name
    """)


def test_secrets_that_jobs_write_are_doubtful(tmp_path: Path) -> None:
    """By the name, in their code or in `writes=`; once where the workflow has a default as well."""
    flow = """
    flow = Workflow("sales", properties={"db_password": "hunter2"}, role="GlueJobRole")
    flow.add(ExistingJob("known"))
    flow.add(PythonShellJob("asks", script="s3://scripts/asks.py", writes=["session_token", "token_count"]))

    @flow.python_shell_job
    def load(run):
        run.properties["db_password"] = run.properties["api_key_name"] = "x"
        run.properties["api_key"] = "ghp_1234"
    """

    assert [line for line in told(tmp_path, flow).splitlines() if line.startswith(("WF014", "  run property"))] == [
        'WF014 warning at flow:2 "db_password"',
        "  run property `db_password` of workflow `sales` looks like a secret",
        'WF014 warning at flow:4 "session_token"',
        "  run property `session_token`, which job `asks` writes, looks like a secret",
        'WF014 warning at flow:9 "api_key"',
        "  run property `api_key`, which job `sales-load` writes, looks like a secret",
    ]


def test_secrets_are_not_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Their line of the source is not printed: the place is."""
    told(tmp_path, SECRETS)
    monkeypatch.chdir(tmp_path)
    report = compile_path("flow.py").report

    shown = full.render(report, Sources()).plain

    assert "hunter2" not in shown
    assert "--> flow.py:3:5\n" in shown


def test_finding_in_a_script_is_allowed_by_its_job(tmp_path: Path) -> None:
    """As one in the flow is."""
    flow = f'{FLOW}load = flow.add(PythonShellJob("load", script="load.py", allow=["TL006"]))\n'

    assert told(tmp_path, flow, load=writing("rows")) == ""
