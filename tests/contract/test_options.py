"""What scripts ask of `getResolvedOptions`, and function jobs of `run.arguments`."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from tests.support.contracts import function, script, shown

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "import sys\nfrom awsglue.utils import getResolvedOptions\n"
JOB = "from gluedsl import Workflow\n\nflow = Workflow('flow')\n\n\n@flow.python_shell_job\ndef load(run):\n"

NAMES = {
    "a list": ('getResolvedOptions(sys.argv, ["a", "b"])', 'option a 3 "a"\noption b 3 "b"'),
    "a constant of the module": ('NAMES = ["a"]\nargs = getResolvedOptions(sys.argv, NAMES)', 'option a 3 "a"'),
    "a tuple and a star": ('getResolvedOptions(sys.argv, [*("a",), "b"])', 'option a 3 "a"\noption b 3 "b"'),
    "a sum": (
        'COMMON = ["a"]\ngetResolvedOptions(sys.argv, COMMON + ["b"] + list({"c": 1}))',
        'option a 3 "a"\noption b 4 "b"\noption c 4 "c"',
    ),
    "constants of constants": (
        'TABLE = "table"\ngetResolvedOptions(sys.argv, [TABLE, TABLE + "_name", f"{TABLE}_id"])',
        'option table 3 "table"\noption table_name 4 TABLE + "_name"\noption table_id 4 f"{TABLE}_id"',
    ),
    "keywords": ('getResolvedOptions(args=sys.argv, options=["a"])', 'option a 3 "a"'),
    "names that are added": (
        'names = ["a"]\nnames.append("b")\nnames += ["c"]\nnames.extend(("d",))\ngetResolvedOptions(sys.argv, names)',
        'option a 3 "a"\noption b 4 "b"\noption c 5 "c"\noption d 6 "d"',
    ),
    "names that are added in some runs": (
        'names = ["a"]\nif "--b" in sys.argv:\n    names.append("b")\ngetResolvedOptions(sys.argv, names)',
        'option a 3 "a"\noption b 5 "b" perhaps',
    ),
    "one of two lists": (
        'getResolvedOptions(sys.argv, ["a", "b"] if "--b" in sys.argv else ["a"])',
        'option a 3 "a"\noption b 3 "b" perhaps',
    ),
    "a choice of names": (
        'getResolvedOptions(sys.argv, [n for n in ("a", "b") if f"--{n}" in sys.argv])',
        'option a 3 "a" perhaps\noption b 3 "b" perhaps\nmore options',
    ),
    "names that nobody knows": (
        'names = open("names").read().split()\ngetResolvedOptions(sys.argv, ["a", *names])',
        'option a 4 "a"\nmore options',
    ),
    "more arguments than the job has": ('getResolvedOptions(sys.argv + ["--a", "1"], ["a"])', 'option a 3 "a" perhaps'),
    "an attribute of a class": (
        """\
        class Settings:
            NAMES = ("a", "b")

            def __init__(self):
                self.args = getResolvedOptions(sys.argv, list(self.NAMES))

            @property
            def table(self):
                return self.args["a"]

        print(Settings().table)
        """,
        'option a 4 "a"\noption b 4 "b"\nlookup a 11 "a"',
    ),
    "an inherited one": (
        """\
        class Base:
            def __init__(self, names):
                self.args = getResolvedOptions(sys.argv, names)

        class Load(Base):
            def __init__(self):
                super().__init__(["a"])

        Load()
        """,
        'option a 9 "a"',
    ),
}

CERTAINTY = {
    "in a branch": ('if len(sys.argv) > 3:\n    getResolvedOptions(sys.argv, ["a"])', 'option a 4 "a" perhaps'),
    "where a failure is caught": (
        'try:\n    getResolvedOptions(sys.argv, ["a"])\nexcept Exception:\n    pass',
        'option a 4 "a" perhaps',
    ),
    "where a failure is raised again": (
        'try:\n    getResolvedOptions(sys.argv, ["a"])\nexcept Exception as error:\n    print(error)\n    raise',
        'option a 4 "a"',
    ),
    "where a failure ends the job": (
        'try:\n    getResolvedOptions(sys.argv, ["a"])\nexcept Exception:\n    sys.exit(1)',
        'option a 4 "a"',
    ),
    "where a failure ends the job well": (
        'try:\n    getResolvedOptions(sys.argv, ["a"])\nexcept Exception:\n    sys.exit(0)',
        'option a 4 "a" perhaps',
    ),
    "with a clean-up": (
        'try:\n    getResolvedOptions(sys.argv, ["a"])\nfinally:\n    print("done")',
        'option a 4 "a"',
    ),
    "after a return in some runs": (
        (
            'def main():\n    if not sys.argv:\n        return\n    getResolvedOptions(sys.argv, ["a"])\n\nmain()\n'
            'getResolvedOptions(sys.argv, ["b"])'
        ),
        'option a 6 "a" perhaps\noption b 9 "b"',
    ),
    "after the end of some runs": (
        'if not sys.argv:\n    sys.exit()\ngetResolvedOptions(sys.argv, ["a"])',
        'option a 5 "a" perhaps',
    ),
    "after the failure of some runs": (
        'if not sys.argv:\n    sys.exit("no arguments")\ngetResolvedOptions(sys.argv, ["a"])',
        'option a 5 "a"',
    ),
    "in a loop": ('for _ in open("x"):\n    getResolvedOptions(sys.argv, ["a"])', 'option a 4 "a" perhaps'),
    "in a loop over what is there": ('for _ in (1, 2):\n    getResolvedOptions(sys.argv, ["a"])', 'option a 4 "a"'),
    "after the loop was left": (
        (
            'for n in (1, 2):\n    if n:\n        break\n    getResolvedOptions(sys.argv, ["a"])\n'
            'getResolvedOptions(sys.argv, ["b"])'
        ),
        'option a 6 "a" perhaps\noption b 7 "b"',
    ),
    "in a block": ('with open("x") as f:\n    getResolvedOptions(sys.argv, ["a"])', 'option a 4 "a"'),
    "in a function that nobody calls": ('def main():\n    getResolvedOptions(sys.argv, ["a"])', ""),
    "in a function that somebody else may call": (
        'import atexit\n\ndef main():\n    getResolvedOptions(sys.argv, ["a"])\n\natexit.register(main)',
        'option a 6 "a" perhaps',
    ),
    "in the main function": (
        'def main():\n    getResolvedOptions(sys.argv, ["a"])\n\nif __name__ == "__main__":\n    main()',
        'option a 4 "a"',
    ),
    "where the script is imported": (
        'if __name__ != "__main__":\n    getResolvedOptions(sys.argv, ["a"])',
        'option a 4 "a" perhaps',
    ),
    "with or without": ('"--a" in sys.argv and getResolvedOptions(sys.argv, ["a"])', 'option a 3 "a" perhaps'),
    "in a match": (
        'match len(sys.argv):\n    case 3:\n        getResolvedOptions(sys.argv, ["a"])',
        'option a 5 "a" perhaps',
    ),
}

IMPORTS = {
    "the module": "import sys\nimport awsglue.utils\nawsglue.utils.getResolvedOptions(sys.argv, ['a'])",
    "the module by another name": "import sys as s\nimport awsglue.utils as u\nu.getResolvedOptions(s.argv, ['a'])",
    "from the package": "from sys import argv\nfrom awsglue import utils\nutils.getResolvedOptions(argv, ['a'])",
    "the function by another name": (
        "from sys import argv as given\nfrom awsglue.utils import getResolvedOptions as ask\nask(given, ['a'])"
    ),
    "everything": "import sys\nfrom awsglue.utils import *\ngetResolvedOptions(sys.argv, ['a'])",
    "in a variable": "import sys\nfrom awsglue import utils\nask = utils.getResolvedOptions\nask(sys.argv, ['a'])",
}


@pytest.mark.parametrize(("code", "expected"), NAMES.values(), ids=NAMES)
def test_names_of_options(code: str, expected: str, tmp_path: Path) -> None:
    """However the list is put together, each at the place that says it."""
    assert expected == shown(script(tmp_path, HEAD + dedent(code)), tmp_path)


@pytest.mark.parametrize(("code", "expected"), CERTAINTY.values(), ids=CERTAINTY)
def test_whether_every_run_asks(code: str, expected: str, tmp_path: Path) -> None:
    """What every run comes by that does not fail before is sure."""
    assert expected == shown(script(tmp_path, HEAD + code, kind="glueetl", glue_version="5.0"), tmp_path)


@pytest.mark.parametrize("code", IMPORTS.values(), ids=IMPORTS)
def test_ways_to_import(code: str, tmp_path: Path) -> None:
    """The function is known by where it is from, not by its name."""
    last = len(code.splitlines())

    assert f"option a {last} 'a'" == shown(script(tmp_path, code), tmp_path)


def test_own_function_of_that_name_is_followed(tmp_path: Path) -> None:
    """Where the import may fail, both are."""
    code = """
        import sys

        try:
            from awsglue.utils import getResolvedOptions
        except ImportError:

            def getResolvedOptions(argv, names):
                return dict(zip(argv[1::2], argv[2::2]))


        args = getResolvedOptions(sys.argv, ["a"])
    """

    assert shown(script(tmp_path, code), tmp_path) == 'option a 11 "a"'


def test_one_call_for_several_lists(tmp_path: Path) -> None:
    """A function that is handed the names asks for all that it is handed."""
    code = HEAD + dedent("""
        def ask(names):
            return getResolvedOptions(sys.argv, ["common", *names])

        first = ask(["a"])
        if "--b" in sys.argv:
            second = ask(["b"])
    """)

    expected = 'option common 5 "common"\noption a 7 "a"\noption b 9 "b" perhaps'
    assert expected == shown(script(tmp_path, code), tmp_path)


def test_lookups(tmp_path: Path) -> None:
    """Names that are looked up in what was returned, whether or not they were asked for."""
    code = HEAD + 'args = getResolvedOptions(sys.argv, ["a-b"])\nargs["a-b"]\nargs.get("c-d")\nx = args["e"]'

    expected = 'option a-b 3 "a-b"\nlookup a-b 4 "a-b"\nlookup c-d 5 "c-d" optional\nlookup e 6 "e"'
    assert expected == shown(script(tmp_path, code), tmp_path)


def test_lookups_of_what_the_code_adds(tmp_path: Path) -> None:
    """What the code puts there itself is there from then on, and after a name that is not known nothing is missing."""
    code = (
        HEAD + 'args = getResolvedOptions(sys.argv, [])\nargs["a"]\nargs["a"] = args["b"] = 1\nargs["a"]\nargs["b"]\n'
    )

    expected = 'lookup a 4 "a"'
    assert expected == shown(script(tmp_path, code), tmp_path)
    assert expected == shown(script(tmp_path, code + 'args[sys.argv[1]] = 2\nargs["c"]\n'), tmp_path)


def test_modules_beside_the_script_are_followed(tmp_path: Path) -> None:
    """What they do when they are imported, and what is called of them; a library is found where it is."""
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "settings.py").write_text('OPTIONS = ["table"]\n')
    (tmp_path / "asking.py").write_text(
        "import sys\nfrom awsglue.utils import getResolvedOptions\nfrom settings import OPTIONS\n\n\n"
        "def ask():\n    return getResolvedOptions(sys.argv, OPTIONS)\n\n\n"
        'getResolvedOptions(sys.argv, ["early"])\n'
    )
    libraries = (str(tmp_path / "shared" / "settings.py"),)

    found = script(tmp_path, "import asking\n\nargs = asking.ask()\n", libraries=libraries)

    expected = 'option table shared/settings.py:1 "table"\noption early asking.py:10 "early"'
    assert expected == shown(found, tmp_path)


def test_arguments_of_function_jobs(tmp_path: Path) -> None:
    """What is looked up is needed; what is looked for is not."""
    body = (
        '    run.arguments["a"]\n    run.arguments.get("b", "x")\n'
        '    if "c" in run.arguments:\n        print(run.arguments["c"])\n'
    )

    expected = 'argument a 8 "a"\nargument b 9 "b" optional\nargument c 11 "c" perhaps'
    assert expected == shown(function(tmp_path, JOB + body), tmp_path)


def test_dashes_of_arguments(tmp_path: Path) -> None:
    """`run.arguments` finds a name with its dashes as well; what `getResolvedOptions` returns does not."""
    flow = (
        'import gluedsl\nflow = gluedsl.Workflow("flow", role="r")\n@flow.python_shell_job\ndef load(run):\n'
        '    run.arguments["--a"]\n    run.arguments.get("--b", "x")\n'
    )

    assert shown(function(tmp_path, flow), tmp_path) == 'argument a 5 "--a"\nargument b 6 "--b" optional'
