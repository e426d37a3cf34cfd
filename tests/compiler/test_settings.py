"""The table `[tool.gluedsl]` of an author's `pyproject.toml`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gluedsl.compiler.settings import LocalSettings, Settings, SimulateSettings, read_settings
from gluedsl.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path


def settings(folder: Path, text: str) -> Settings:
    """Return the settings that a `pyproject.toml` holds."""
    (folder / "pyproject.toml").write_text(text, encoding="utf-8")
    return read_settings(folder / "flow.py")


def test_without_a_file(tmp_path: Path) -> None:
    """Everything has a default; the project is called as its folder."""
    (tmp_path / "nightly").mkdir()

    assert read_settings(tmp_path / "nightly" / "flow.py") == Settings(root=tmp_path / "nightly", project="nightly")
    assert read_settings(tmp_path / "nightly") == Settings(root=tmp_path / "nightly", project="nightly")


def test_all_settings(tmp_path: Path) -> None:
    """Each by its name, with hyphens or underscores."""
    found = settings(
        tmp_path,
        """
        [tool.gluedsl]
        project = "sales"
        role = "GlueJobRole"
        region = "eu-west-1"
        script-bucket = "scripts"
        [tool.gluedsl.local]
        data = { "s3://lake/raw/" = "data", "s3://lake/one.csv" = "one.csv" }
        buckets = ["out", "tmp"]
        parallel-actions = 4
        [tool.gluedsl.simulate]
        durations = { load = "90s" }
        outcomes = { load = "FAILED,SUCCEEDED" }
        """,
    )

    assert found == Settings(
        root=tmp_path,
        project="sales",
        role="GlueJobRole",
        region="eu-west-1",
        script_bucket="scripts",
        local=LocalSettings(
            data={"s3://lake/raw/": "data", "s3://lake/one.csv": "one.csv"},
            buckets=("out", "tmp"),
            parallel_actions=4,
        ),
        simulate=SimulateSettings(durations={"load": "90s"}, outcomes={"load": "FAILED,SUCCEEDED"}),
    )
    assert settings(tmp_path, '[tool.gluedsl]\nscript_bucket = "our-scripts"\n').script_bucket == "our-scripts"


@pytest.mark.parametrize(
    ("text", "project"),
    [
        ('[project]\nname = "published"\n[tool.gluedsl]\nproject = "own"\n', "own"),
        ('[project]\nname = "published"\n', "published"),
        ('[project]\nname = "published"\n[tool.gluedsl]\nproject = ""\n', "published"),
        ("[project]\nname = 5\n", "folder"),
        ("project = 5\n", "folder"),
        ("tool = 5\n", "folder"),
        ("[tool.other]\nrole = 5\n", "folder"),
        ("", "folder"),
    ],
)
def test_names_of_projects(tmp_path: Path, text: str, project: str) -> None:
    """Its own setting, else the published name, else the folder's; what is not gluedsl's is for others to judge."""
    (tmp_path / "folder").mkdir()

    assert settings(tmp_path / "folder", text).project == project


def test_the_nearest_file_holds(tmp_path: Path) -> None:
    """It is looked for at the flow and above; one without the table is still the project's."""
    inner = tmp_path / "team" / "flows"
    inner.mkdir(parents=True)
    (tmp_path / "pyproject.toml").write_text('[tool.gluedsl]\nrole = "outer"\n', encoding="utf-8")

    assert read_settings(inner / "flow.py") == Settings(root=tmp_path, project=tmp_path.name, role="outer")
    (tmp_path / "team" / "pyproject.toml").write_text("", encoding="utf-8")
    assert read_settings(inner) == Settings(root=tmp_path / "team", project="team")


PARALLEL = "`parallel_actions` in [tool.gluedsl.local] is not a number from 1 on"
PARALLEL_HINT = "how many jobs and crawlers run at once: parallel-actions = 4"
NAMES = "it takes `project`, `role`, `region`, `script_bucket`, `local`, `simulate`, `rules`, `stages`"


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("[tool.gluedsl\n", "is not TOML: Expected ']' at the end of a table declaration (at line 1, column 14)", ""),
        ("[tool]\ngluedsl = 5\n", "[tool.gluedsl] is not a table", ""),
        ("[tool.gluedsl]\nlocal = 5\n", "[tool.gluedsl.local] is not a table", ""),
        ('[tool.gluedsl]\nrol = "r"\n', "[tool.gluedsl] has no setting `rol`", "did you mean `role`?"),
        (
            '[tool.gluedsl]\nscript-buckt = "b"\n',
            "[tool.gluedsl] has no setting `script-buckt`",
            "did you mean `script_bucket`?",
        ),
        ('[tool.gluedsl]\nroot = "/"\n', "[tool.gluedsl] has no setting `root`", NAMES),
        ("[tool.gluedsl]\nverbose = true\n", "[tool.gluedsl] has no setting `verbose`", NAMES),
        (
            '[tool.gluedsl]\nscript-bucket = "a"\nscript_bucket = "b"\n',
            "[tool.gluedsl] has `script_bucket` twice, once with a hyphen",
            "",
        ),
        ("[tool.gluedsl]\nrole = 5\n", "`role` in [tool.gluedsl] is not a string", ""),
        ("[tool.gluedsl]\nproject = ['a']\n", "`project` in [tool.gluedsl] is not a string", ""),
        (
            "[tool.gluedsl.local]\nbuckts = []\n",
            "[tool.gluedsl.local] has no setting `buckts`",
            "did you mean `buckets`?",
        ),
        ("[tool.gluedsl]\nrules = 5\n", "[tool.gluedsl.rules] is not a table", 'for example: GR004 = "info"'),
        (
            "[tool.gluedsl.local]\nport = 5\n",
            "[tool.gluedsl.local] has no setting `port`",
            "it takes `data`, `buckets`, `parallel_actions`",
        ),
        ('[tool.gluedsl.local]\nbuckets = "a"\n', "`buckets` in [tool.gluedsl.local] is not a list of names", ""),
        ("[tool.gluedsl.local]\nbuckets = [5]\n", "`buckets` in [tool.gluedsl.local] is not a list of names", ""),
        ("[tool.gluedsl.local]\nparallel-actions = 0\n", PARALLEL, PARALLEL_HINT),
        ("[tool.gluedsl.local]\nparallel-actions = true\n", PARALLEL, PARALLEL_HINT),
        ('[tool.gluedsl.local]\nparallel_actions = "4"\n', PARALLEL, PARALLEL_HINT),
        ("[tool.gluedsl]\nsimulate = 5\n", "[tool.gluedsl.simulate] is not a table", ""),
        (
            "[tool.gluedsl.simulate]\nduration = '5m'\n",
            "[tool.gluedsl.simulate] has no setting `duration`",
            "did you mean `durations`?",
        ),
        (
            "[tool.gluedsl.simulate]\ndurations = '5m'\n",
            "`durations` in [tool.gluedsl.simulate] does not give a text for each job or crawler",
            'for example: durations = { load_orders = "90s" }',
        ),
        (
            "[tool.gluedsl.simulate]\noutcomes = { load = ['FAILED'] }\n",
            "`outcomes` in [tool.gluedsl.simulate] does not give a text for each job or crawler",
            'for example: outcomes = { load_orders = "FAILED" }',
        ),
        (
            '[tool.gluedsl.local]\ndata = ["data"]\n',
            "`data` in [tool.gluedsl.local] does not give a folder for each s3:// URI",
            'for example: data = { "s3://lake/raw/" = "data" }',
        ),
        (
            '[tool.gluedsl.local]\ndata = { "lake/raw" = "data" }\n',
            "`data` in [tool.gluedsl.local] does not give a folder for each s3:// URI",
            'for example: data = { "s3://lake/raw/" = "data" }',
        ),
        (
            '[tool.gluedsl.local]\ndata = { "s3://lake/" = 5 }\n',
            "`data` in [tool.gluedsl.local] does not give a folder for each s3:// URI",
            'for example: data = { "s3://lake/raw/" = "data" }',
        ),
    ],
)
def test_refusals(tmp_path: Path, text: str, message: str, hint: str) -> None:
    """Each names the file, and what in it."""
    with pytest.raises(UsageError) as raised:
        settings(tmp_path, text)

    file = str(tmp_path / "pyproject.toml")
    said = raised.value.message
    assert (said.removeprefix(f"{file} ").removeprefix(f"{file}: "), raised.value.hint) == (message, hint)
    assert said.startswith(file)


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    """TOML is UTF-8."""
    file = tmp_path / "pyproject.toml"
    file.write_bytes(b"\xff")

    with pytest.raises(UsageError) as raised:
        read_settings(tmp_path)

    reason = "'utf-8' codec can't decode byte 0xff in position 0: invalid start byte"
    assert raised.value.message == f"{file} is not TOML: {reason}"


@pytest.mark.parametrize("name", ["Bad Bucket", "ab", "-scripts", "a" * 64])
def test_a_script_bucket_that_cannot_be_one(tmp_path: Path, name: str) -> None:
    """What S3 takes as no name is refused before anything is uploaded."""
    with pytest.raises(UsageError) as raised:
        settings(tmp_path, f'[tool.gluedsl]\nscript-bucket = "{name}"\n')

    assert (raised.value.message, raised.value.hint) == (
        f"{tmp_path / 'pyproject.toml'}: `script_bucket` in [tool.gluedsl] cannot be the name of a bucket: {name}",
        "3 to 63 lower-case letters, digits, dots and hyphens",
    )
