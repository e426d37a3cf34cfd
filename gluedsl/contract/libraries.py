"""Calls of what is not the author's: builtins, the standard library, what Glue provides, and modules nobody knows."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from gluedsl.contract import typed
from gluedsl.contract.elements import copied, elements, merge_into
from gluedsl.contract.operations import resolve_options
from gluedsl.contract.values import (
    LIBRARY,
    NOT_TEXT,
    OPAQUE,
    Library,
    Properties,
    Record,
    Sequence,
    Super,
    alternatives,
    either,
    texts,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from gluedsl.contract.given import Given
    from gluedsl.contract.values import Value
    from gluedsl.contract.walk import Walk

_PROVIDED = frozenset(
    """
    attrs avro awscli awsglue awswrangler boto3 botocore chardet dateutil delta deltalake duckdb fsspec gluedsl
    great_expectations hudi jinja2 jmespath jsonschema matplotlib mypy_boto3_glue mypy_boto3_s3 numpy openpyxl
    pandas polars psycopg psycopg2 py4j pyarrow pyathena pydantic pydeequ pyiceberg pymongo pymysql pyodbc pyorc
    pyspark pytest pytz ray redshift_connector requests s3fs s3transfer scipy six sklearn snowflake sqlalchemy
    statsmodels structlog tenacity typing_extensions tqdm urllib3 yaml
    """.split()  # noqa: SIM905 -- a list of sixty strings says no more
)
"""Packages that Glue's workers have (https://docs.aws.amazon.com/glue/latest/dg/add-job-python.html,
https://docs.aws.amazon.com/glue/latest/dg/aws-glue-programming-python-libraries.html), or that jobs often install:
none of them touches run properties on its own."""
_LOOKS = frozenset(
    """
    all any ascii bool bytes dir enumerate float format frozenset hash id int isinstance issubclass iter len list
    max min next print repr reversed set sorted str sum tuple type vars zip
    """.split()  # noqa: SIM905 -- as above
)
"""Builtins that only read what they are given."""
_NUMBERS = frozenset({"len", "int", "float", "bool", "isinstance", "issubclass", "hash", "id"})


def is_known(module: str) -> bool:
    """Whether a module is one that does not touch run properties on its own."""
    top = module.partition(".")[0]
    return top in sys.stdlib_module_names or top in _PROVIDED


def call_library(walk: Walk, library: Library, given: Given) -> Value:
    """Follow a call of something that is not the author's."""
    if library.path == "awsglue.utils.getResolvedOptions":
        return resolve_options(walk, given)
    if library.is_foreign:
        walk.notes.lose_properties()
        walk.escape_all(given.values)
        return Library("", is_foreign=True)
    handler = _SPECIAL.get(library.path)
    if handler is not None:
        return handler(walk, given)
    where, _, name = library.path.rpartition(".")
    if where == "builtins" and name in _LOOKS:
        for value in given.values:
            walk.look(value)
        return NOT_TEXT if name in _NUMBERS else OPAQUE
    for value in given.values:
        walk.hand(value)
    return LIBRARY


def _sequence(walk: Walk, given: Given) -> Value:
    if not given.positional:
        return Sequence()
    walk.look(given.positional[0])
    entries, has_all = elements(given.positional[0])
    return Sequence(entries, is_open=not has_all)


def _dict(walk: Walk, given: Given) -> Value:
    made = Record()
    for value in given.positional:
        merge_into(walk, made, value)
    made.entries |= given.entries()
    made.is_open |= not given.has_all_named
    return made


def _copy(walk: Walk, given: Given) -> Value:
    value = given.argument(0, "x")
    if isinstance(value, Record):
        return copied(value)
    for one in given.values:
        walk.hand(one)
    return LIBRARY


def _get_attribute(walk: Walk, given: Given) -> Value:
    base, name, default = given.argument(0), given.key(1, ""), given.argument(2)
    for single in alternatives(base or OPAQUE):
        if isinstance(single, Properties) and name is not None:
            typed.read(walk, name, is_needed=default is None)
        else:
            walk.escape(single)
    return OPAQUE


def _has_attribute(walk: Walk, given: Given) -> Value:
    base, name = given.argument(0), given.argument(1)
    if isinstance(base, Properties) and name is not None:
        walk.notes.attributes_asked_for.update(text.text for text in texts(name)[0])
    for value in given.values:
        walk.look(value)
    return NOT_TEXT


def _set_attribute(walk: Walk, given: Given) -> Value:
    base, name, value = given.argument(0), given.key(1, ""), given.argument(2)
    for single in alternatives(base or OPAQUE):
        if isinstance(single, Properties) and name is not None:
            typed.write(walk, name)
        else:
            walk.escape(single)
    walk.escape(value or OPAQUE)
    return NOT_TEXT


def _super(walk: Walk, _: Given) -> Value:
    frame = walk.frame
    if frame.owner is None or frame.of_class is None:
        return LIBRARY
    return Super(frame.owner, frame.of_class)


def _either(walk: Walk, given: Given) -> Value:
    """Follow `cast(T, value)` and what else returns what it is given."""
    for value in given.values[:-1]:
        walk.hand(value)
    return either(*given.values[-1:])


_SPECIAL: Mapping[str, Callable[[Walk, Given], Value]] = {
    "builtins.list": _sequence,
    "builtins.tuple": _sequence,
    "builtins.set": _sequence,
    "builtins.frozenset": _sequence,
    "builtins.sorted": _sequence,
    "builtins.dict": _dict,
    "builtins.getattr": _get_attribute,
    "builtins.hasattr": _has_attribute,
    "builtins.setattr": _set_attribute,
    "builtins.super": _super,
    "copy.copy": _copy,
    "copy.deepcopy": _copy,
    "typing.cast": _either,
}
