"""`gluedsl check` of a template and of a cloud assembly."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.templates import SALES, assembly, changed, resources

if TYPE_CHECKING:
    from tests.support.cli import Commands

RUNNING = changed(("            State: SUCCEEDED", "            State: RUNNING"))
SHOWN = """\
error[CN004]: trigger `after-load` waits for job `load` to be `RUNNING`, which no trigger can wait
  for
  --> template.yaml:57:20
   |
57 |             State: RUNNING
   |                    ^^^^^^^
   |
   = help: wait for `SUCCEEDED`, `FAILED`, `TIMEOUT` or `STOPPED`
   = see: https://docs.aws.amazon.com/glue/latest/webapi/API_Condition.html
   = explain: gluedsl explain CN004

1 error
"""


def test_a_clean_template(cli: Commands) -> None:
    """One line, and exit code 0."""
    (cli.folder / "sales.yml").write_text(SALES, encoding="utf-8")

    ended = cli.call("check", "sales.yml")

    assert (ended.code, ended.out, ended.err) == (0, "", "sales.yml, 7 resources of Glue: nothing wrong\n")


def test_one_resource(cli: Commands) -> None:
    """Of one resource there is one."""
    job = {
        "Role": "GlueJobRole",
        "MaxCapacity": 0.0625,
        "Command": {"Name": "pythonshell", "PythonVersion": "3.9", "ScriptLocation": "s3://scripts/load.py"},
    }
    text = resources(Load={"Type": "AWS::Glue::Job", "Properties": job}, Bucket={"Type": "AWS::S3::Bucket"})
    (cli.folder / "sales.template").write_text(text, encoding="utf-8")

    ended = cli.call("check", "sales.template")

    assert (ended.code, ended.err) == (0, "sales.template, 1 resource of Glue: nothing wrong\n")


def test_a_template_with_a_mark_of_its_encoding(cli: Commands) -> None:
    """The mark that some editors put before a text is no part of it."""
    (cli.folder / "sales.yaml").write_bytes(b"\xef\xbb\xbf" + RUNNING.encode())
    (cli.folder / "sales.json").write_bytes(b'\xef\xbb\xbf{"Resources": {}}')

    found, clean = cli.call("check", "sales.yaml", "--format", "concise"), cli.call("check", "sales.json")

    assert found.out.startswith("sales.yaml:57:20: error[CN004] ")
    assert (clean.code, clean.err) == (0, "sales.json, 0 resources of Glue: nothing wrong\n")


def test_a_finding(cli: Commands) -> None:
    """Shown in the text of the template, with exit code 1."""
    (cli.folder / "template.yaml").write_text(RUNNING, encoding="utf-8")

    ended = cli.call("check", "template.yaml")

    assert (ended.code, ended.out, ended.err) == (1, SHOWN, "")


BUCKET = 'Type: "AWS::S3::Bucket"'
B_AND_C = f"  B: {{{BUCKET}, DependsOn: C}}\n  C: {{{BUCKET}, Properties: {{X: !Join [a, [!Ref A]]}}}}\n"
CONDITIONS = """\
Conditions:
  IsProd: !Not [!Condition IsTest]
  IsTest: !Or [!Condition IsProd, !Equals [a, b]]
"""
MALFORMED = {
    "a key that stands twice": (
        f"Resources:\n  A: {{{BUCKET}}}\n  A: {{{BUCKET}}}\n",
        "3:3: error[TL004] key `A` stands twice in one map, which CloudFormation refuses",
    ),
    "a resource that is null": (
        "Resources:\n  Sales:\n",
        "2:9: error[TL004] resource `Sales` is null, and CloudFormation takes a map there",
    ),
    "a resource that is a list": (
        "Resources:\n  Sales: [1]\n",
        "2:10: error[TL004] resource `Sales` is a list, and CloudFormation takes a map there",
    ),
    "a resource without a type": (
        "Resources:\n  Sales: {Properties: {}}\n",
        "2:3: error[TL004] resource `Sales` has no type",
    ),
    "a type that is a map": (
        "Resources:\n  Sales: {Type: {Ref: Kind}}\n",
        "2:17: error[TL004] the type of `Sales` is a map, not a text",
    ),
    "properties that are a list": (
        "Resources:\n  Sales: {Type: AWS::Glue::Job, Properties: [1]}\n",
        "2:45: error[TL004] `Properties` of `Sales` is a list, and CloudFormation takes a map there",
    ),
    "null properties": (
        "Resources:\n  Sales:\n    Type: AWS::Glue::Job\n    Properties:\n",
        "4:16: error[TL004] `Properties` of `Sales` is null, and CloudFormation takes a map there",
    ),
    "a list of parameters": (
        f"Parameters: [Stage]\nResources:\n  A: {{{BUCKET}}}\n",
        "1:13: error[TL004] `Parameters` is a list, and CloudFormation takes a map there",
    ),
    "a parameter that is a text": (
        f"Parameters: {{Stage: String}}\nResources:\n  A: {{{BUCKET}}}\n",
        "1:21: error[TL004] `Stage` in `Parameters` is a text, and CloudFormation takes a map there",
    ),
    "a map in the place of a condition's name": (
        f"Resources:\n  A: {{{BUCKET}, Condition: {{a: b}}}}\n",
        "2:43: error[TL004] `Condition` of `A` is a map, not the name of a condition",
    ),
    "a reference to itself": (
        f"Resources:\n  A: {{{BUCKET}, Properties: {{BucketName: !Ref A}}}}\n",
        "2:57: error[TL004] resource `A` refers to itself",
    ),
    "an attribute of itself": (
        f"Resources:\n  A: {{{BUCKET}, Properties: {{BucketName: !GetAtt A.Arn}}}}\n",
        "2:57: error[TL004] resource `A` refers to itself",
    ),
    "a text with itself": (
        f"Resources:\n  A: {{{BUCKET}, Properties: {{BucketName: !Sub 'x-${{A}}'}}}}\n",
        "2:57: error[TL004] resource `A` refers to itself",
    ),
    "after itself": (
        f"Resources:\n  A: {{{BUCKET}, DependsOn: [A]}}\n",
        "2:44: error[TL004] resource `A` refers to itself",
    ),
    "three in a circle": (
        f"Resources:\n  A: {{{BUCKET}, Properties: {{X: !Sub ['${{B.Arn}}${{C}}', {{C: 1}}]}}}}\n{B_AND_C}",
        "2:48: error[TL004] resources refer to each other in a circle: A → B → C → A",
    ),
    "a condition on itself": (
        f"Conditions:\n  IsProd: !Not [!Condition IsProd]\nResources:\n  A: {{{BUCKET}}}\n",
        "2:17: error[TL004] condition `IsProd` refers to itself",
    ),
    "conditions in a circle": (
        f"{CONDITIONS}Resources:\n  A: {{{BUCKET}}}\n",
        "2:17: error[TL004] conditions refer to each other in a circle: IsProd → IsTest → IsProd",
    ),
}


@pytest.mark.parametrize(("text", "said"), MALFORMED.values(), ids=MALFORMED)
def test_malformed_templates(text: str, said: str, cli: Commands) -> None:
    """One message at its place, and exit code 2: nobody knows what is defined."""
    (cli.folder / "template.yaml").write_text(text, encoding="utf-8")

    ended = cli.call("check", "template.yaml", "--format", "concise")

    assert (ended.code, ended.out, ended.err) == (2, f"template.yaml:{said}\n", "")


def test_the_places_of_a_circle(cli: Commands) -> None:
    """Each reference of it is shown."""
    (cli.folder / "template.yaml").write_text(MALFORMED["three in a circle"][0], encoding="utf-8")

    [finding] = cli.call("check", "template.yaml", "--format", "json").json()["diagnostics"]

    assert [(one["line"], one["column"], one["message"]) for one in finding["related"]] == [
        (3, 43, "`B` refers to `C`"),
        (4, 59, "`C` refers to `A`"),
    ]


NO_CIRCLES = {
    "only in a branch": f"  A: {{{BUCKET}, Properties: {{X: !If [IsProd, !Ref A, none]}}}}\n",
    "only on a condition": f"  A: {{{BUCKET}, Condition: IsProd, DependsOn: A}}\n",
    "a name of its own": f"  A: {{{BUCKET}, Properties: {{X: !Sub ['${{A}}', {{A: 1}}]}}}}\n",
    "a text that only looks like it": f"  A: {{{BUCKET}, Properties: {{X: !Sub '${{!A}}'}}}}\n",
    "no reference at all": f"  A: {{{BUCKET}, Properties: {{Ref: A, Y: 1}}}}\n",
}


@pytest.mark.parametrize("resource", NO_CIRCLES.values(), ids=NO_CIRCLES)
def test_what_is_no_circle(resource: str, cli: Commands) -> None:
    """Nothing is said of what may be none."""
    text = f"Parameters: {{P: {{Type: String}}}}\nConditions: {{IsProd: !Equals [!Ref P, a]}}\nResources:\n{resource}"
    (cli.folder / "template.yaml").write_text(text, encoding="utf-8")

    assert cli.call("check", "template.yaml").code == 0


def test_a_key_twice_in_json(cli: Commands) -> None:
    """Both places are shown."""
    (cli.folder / "template.json").write_text('{"Resources": {}, "Resources": {}}', encoding="utf-8")

    [finding] = cli.call("check", "template.json", "--format", "json").json()["diagnostics"]

    assert (finding["code"], finding["column"], finding["end_column"]) == ("TL004", 19, 30)
    assert finding["message"] == "key `Resources` stands twice in one map, which CloudFormation refuses"
    assert [(one["column"], one["message"]) for one in finding["related"]] == [(2, "it stands here first")]


def test_many_circles(cli: Commands) -> None:
    """As many are told as somebody mends at once, however many there are."""
    pairs = "".join(
        f"  A{n}: {{{BUCKET}, DependsOn: B{n}}}\n  B{n}: {{{BUCKET}, DependsOn: A{n}}}\n" for n in range(500)
    )
    (cli.folder / "template.yaml").write_text(f"Resources:\n{pairs}", encoding="utf-8")

    ended = cli.call("check", "template.yaml", "--format", "json")

    assert (ended.code, len(ended.json()["diagnostics"])) == (2, 10)


def test_a_cloud_assembly(cli: Commands) -> None:
    """All templates of it, by the names of their files."""
    assembly(cli.folder / "cdk.out", "sales.yaml", "stock.yaml", files={"sales.yaml": SALES, "stock.yaml": RUNNING})

    clean = cli.call("check", "cdk.out", "--format", "concise")

    assert (clean.code, clean.err) == (1, "")
    assert clean.out == (
        "cdk.out/stock.yaml:57:20: error[CN004] "
        "trigger `after-load` waits for job `load` to be `RUNNING`, which no trigger can wait for\n"
    )


def test_levels(cli: Commands) -> None:
    """Levels are those of the nearest settings."""
    lod = changed(("        - JobName: !Ref Load\n", "        - JobName: lod\n"))
    (cli.folder / "template.yaml").write_text(lod, encoding="utf-8")

    before = cli.call("check", "template.yaml", "--format", "concise")
    (cli.folder / "pyproject.toml").write_text('[tool.gluedsl.rules]\nAC002 = "off"\n', encoding="utf-8")
    after = cli.call("check", "template.yaml", "--format", "concise")

    assert (before.code, after.code) == (1, 0)
    assert "[AC002]" in before.out
    assert after.out == ""
