"""What a stack tells: its outputs, and the exports that other stacks import.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-exports.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from moto.cloudformation.models import cloudformation_backends
from moto.cloudformation.parsing import Export, OutputMap, clean_json

from gluedsl.local.cloudformation.failure import ResourceError, reason
from gluedsl.local.cloudformation.ledger import ledger
from gluedsl.local.cloudformation.template import active

if TYPE_CHECKING:
    from collections.abc import Iterator


def backend_of(stack: Any) -> Any:
    """Return moto's backend that has a stack."""
    return cloudformation_backends[stack.account_id][stack.region_name]


def publish(stack: Any, resource_map: Any) -> None:
    """Work out what a stack tells, and let others know; or raise, with nothing changed."""
    try:
        outputs = list(_outputs(resource_map))
        imports = frozenset(_imports(resource_map))
    except Exception as error:  # moto's resolution of functions raises whatever comes to it
        raise ResourceError(reason(error)) from error
    backend = backend_of(stack)
    exports = {each["ExportName"]: each["OutputValue"] for each in outputs if each.get("ExportName")}
    for name in exports:
        other = backend.exports.get(name)
        if other is not None and other.exporting_stack_id != stack.stack_id:
            message = f"Export with name {name} is already exported by stack {_name(other.exporting_stack_id)}"
            raise ResourceError(message)
    _require_unused(stack, backend, exports)
    withdraw(stack)
    backend.exports.update({name: Export(stack.stack_id, name, value) for name, value in exports.items()})
    book = ledger(stack)
    book.outputs, book.imports = outputs, imports
    stack.output_map = OutputMap(resource_map, resource_map._template, stack.stack_id)  # noqa: SLF001 -- moto has no other way


def withdraw(stack: Any) -> None:
    """Take a stack's exports away."""
    exports = backend_of(stack).exports
    for name in [name for name, export in exports.items() if export.exporting_stack_id == stack.stack_id]:
        del exports[name]


def require_unused(stack: Any) -> None:
    """Refuse to delete what other stacks import."""
    _require_unused(stack, backend_of(stack), None)


def _require_unused(stack: Any, backend: Any, after: dict[str, Any] | None) -> None:
    for name, export in backend.exports.items():
        if export.exporting_stack_id != stack.stack_id or (after is not None and after.get(name) == export.value):
            continue
        users = sorted(each.name for each in backend.stacks.values() if name in ledger(each).imports)
        if users:
            # https://github.com/serverless/serverless/issues/3589
            verb = "deleted" if after is None or name not in after else "updated"
            message = f"Export {name} cannot be {verb} as it is in use by {', '.join(users)}"
            raise ResourceError(message)


def _outputs(resource_map: Any) -> Iterator[dict[str, Any]]:
    template, conditions = resource_map._template, resource_map.lazy_condition_map  # noqa: SLF001 -- as above
    for key, output in (template.get("Outputs") or {}).items():
        if "Condition" in output and not conditions.get(output["Condition"]):
            continue
        told = {"OutputKey": key, "OutputValue": str(clean_json(output.get("Value"), resource_map))}
        if output.get("Description") is not None:
            told["Description"] = output["Description"]
        if "Export" in output:
            told["ExportName"] = clean_json(output["Export"]["Name"], resource_map)
        yield told


def _imports(resource_map: Any) -> Iterator[str]:
    outputs = resource_map._template.get("Outputs")  # noqa: SLF001 -- as above
    waiting: list[Any] = [*active(resource_map).values(), outputs]
    while waiting:
        match waiting.pop():
            case {"Fn::ImportValue": name}:
                yield str(clean_json(name, resource_map))
            case dict() as inner:
                waiting += inner.values()
            case list() as inner:
                waiting += inner
            case _:
                continue


def _name(stack_id: str) -> str:
    return stack_id.split("/")[1]
