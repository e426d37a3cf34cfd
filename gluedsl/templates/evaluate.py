"""What a template's functions come to, as far as that is known.

Comes in: a node. Goes out: a node without a function around it, or `Unknown`, or None where CloudFormation would see
nothing (`AWS::NoValue`). A text of which parts are not known is a text with stand-ins. Nothing is asked of AWS.
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING

from gluedsl.model.faults import MalformedTemplate
from gluedsl.templates.conditions import MOST_STEPS, Conditions, own_text
from gluedsl.templates.functions import FUNCTIONS, REF, call_of
from gluedsl.templates.node import Mapping, Node, Scalar, Sequence, span_of
from gluedsl.templates.stack import TYPE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from gluedsl.templates.stack import Resource, Stack
    from gluedsl.templates.world import StandIns, World

NOTHING = "AWS::NoValue"
_PSEUDO_PARAMETERS = frozenset(
    f"AWS::{name}"
    for name in ("AccountId", "NotificationARNs", "Partition", "Region", "StackId", "StackName", "URLSuffix")
)
_SHARED = frozenset({"AWS::AccountId", "AWS::Partition", "AWS::Region", "AWS::URLSuffix"})
"""Those that are the same for stacks that name each other."""
_LOOKED_UP = ("AWS::SSM::Parameter::Value<", "AWS::SSM::Parameter::Name")
"""Types of parameters whose default is the name of the value, not the value."""
_PLACEHOLDER = re.compile(r"\$\{([^}]*)\}")
_DYNAMIC = re.compile(r"\{\{resolve:[^}]*\}\}")
_LONGEST_TEXT = 20_000
"""Characters of a text that is put together. References to references can double one with every line."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """A value that nothing in the template tells."""

    key: str
    """The same for the same value."""
    shown: str
    node: Node


Value = Node | Unknown | None


@dataclass(slots=True, eq=False)
class Evaluator:
    """Computes values of one stack in one world."""

    stack: Stack
    world: World
    stand_ins: StandIns
    name_of: Callable[[Stack, Resource], str | None]
    """What a reference to a resource is: its name, if it is one of Glue's."""
    exported: Callable[[str], tuple[Evaluator, Node] | None]
    """What some stack exports by a name."""
    given: Callable[[Stack, str], tuple[Evaluator, Node] | None]
    """What the stack that makes this one gives a parameter of it."""
    output: Callable[[Stack, str, str], tuple[Evaluator, Node] | None]
    """What a stack that this one makes puts out."""
    faults: dict[MalformedTemplate, None]
    """What CloudFormation refuses in what was computed."""
    conditions: Conditions = field(init=False)
    steps: int = 0
    """Functions and references that are being computed, one inside another."""

    def __post_init__(self) -> None:
        self.conditions = Conditions(self)

    def value(self, node: Node) -> Value:
        """Return what a node comes to."""
        call = call_of(node)
        if call is None:
            return self._literal(node) if isinstance(node, Scalar) and isinstance(node.value, str) else node
        if self.steps >= MOST_STEPS:
            return self._unknown(node)
        self.steps += 1
        try:
            return self._call(node, *call)
        finally:
            self.steps -= 1

    def text(self, node: Node) -> str | None:
        """Return what a node comes to as a text, with stand-ins; None where it is none."""
        value = self.value(node)
        match value:
            case Scalar(value=None) | None | Mapping() | Sequence():
                return None
            case Scalar():
                return value.text
            case Unknown():
                return self.stand_ins.of(value.key, f"${{{value.shown}}}")

    def fault(self, problem: str, node: Node, help_: str = "") -> None:
        """Note something that CloudFormation refuses."""
        self.faults[MalformedTemplate(problem=problem, span=span_of(node), help=help_)] = None

    def _unknown(self, node: Node, key: str = "", shown: str = "") -> Unknown:
        if key and shown:
            return Unknown(key, shown, node)
        own = own_text(node)
        return Unknown(key or f"{self.stack.key}:{own}", shown or _shortened(own), node)

    def _literal(self, node: Scalar) -> Scalar:
        if "{{resolve:" not in node.text:
            return node
        return self._made(_DYNAMIC.sub(lambda found: self.stand_ins.of(found[0], found[0]), node.text), node)

    def _made(self, text: str, at: Node) -> Scalar:
        return Scalar(text, text, at.start, at.end, at.source)

    def _call(self, node: Node, function: str, argument: Node) -> Value:  # noqa: PLR0911 -- one for each function
        match function:
            case "Ref":
                return self._reference(node, argument)
            case "Fn::GetAtt":
                return self._attribute(node, argument)
            case "Fn::Sub":
                return self._substituted(node, argument)
            case "Fn::Join":
                return self._joined(node, argument)
            case "Fn::If":
                return self._chosen(node, argument)
            case "Fn::FindInMap":
                return self._found(node, argument)
            case "Fn::Select":
                return self._selected(node, argument)
            case "Fn::Split":
                return self._split(node, argument)
            case "Fn::ImportValue":
                return self._imported(node, argument)
            case _:
                if function not in FUNCTIONS and not function.startswith("Fn::ForEach::"):
                    near = get_close_matches(function, sorted(FUNCTIONS), n=1)
                    help_ = f"did you mean `{near[0]}`?" if near else ""
                    self.fault(f"`{function}` is no function of CloudFormation", node, help_)
                return self._unknown(node)

    def _items(self, argument: Node) -> list[Node]:
        return argument.items if isinstance(argument, Sequence) else []

    def _reference(self, node: Node, argument: Node) -> Value:
        if not isinstance(argument, Scalar):
            self.fault(f"`{REF}` names nothing", node)
            return self._unknown(node)
        if argument.text == NOTHING:
            return None
        return self._named(node, argument.text)

    def _named(self, node: Node, name: str) -> Value:
        """Return what a reference to a name is: of a parameter, of a resource, or one of CloudFormation's own."""
        stack = self.stack
        if name in _PSEUDO_PARAMETERS:
            return self._unknown(node, name if name in _SHARED else f"{stack.key}:{name}", name)
        if name in stack.parameters:
            return self._parameter(node, name)
        if name in stack.resources:
            given = self.name_of(stack, stack.resources[name])
            if given is not None:
                return self._made(given, node)
        else:
            self._missing(node, name)
        return self._unknown(node, f"{stack.key}:{name}", name)

    def _missing(self, node: Node, name: str) -> None:
        if self.stack.is_transformed:
            return
        known = [*self.stack.parameters, *self.stack.resources]
        near = get_close_matches(name, known, n=1)
        help_ = f"did you mean `{near[0]}`?" if near else ""
        self.fault(f"there is no parameter and no resource `{name}` in the template", node, help_)

    def _parameter(self, node: Node, name: str) -> Value:
        stack = self.stack
        given = self.given(stack, name)
        if given is not None:
            return self._elsewhere(*given, node)
        parameter = stack.parameters[name]
        type_, default = parameter.get(TYPE), parameter.get("Default")
        kind = type_.text if isinstance(type_, Scalar) else "String"
        if not isinstance(default, Scalar) or kind.startswith(_LOOKED_UP):
            return self._unknown(node, f"{stack.key}:{name}", name)
        if kind == "CommaDelimitedList" or kind.startswith("List<"):
            parts = (part.strip() for part in default.text.split(","))
            return Sequence([self._made(part, node) for part in parts], node.start, node.end, node.source)
        return self._made(default.text, node)

    def _at(self, value: Value, node: Node) -> Value:
        """Return a value that is written elsewhere, at the place of the function that leads to it."""
        match value:
            case Scalar():
                return Scalar(value.value, value.text, node.start, node.end, node.source)
            case Unknown():
                return Unknown(value.key, value.shown, node)
            case _:
                return value

    def _attribute(self, node: Node, argument: Node) -> Value:
        parts = argument.text.split(".", 1) if isinstance(argument, Scalar) else []
        parts = parts or [item.text if isinstance(item, Scalar) else "" for item in self._items(argument)]
        if len(parts) != 2:  # noqa: PLR2004 -- a resource and an attribute
            self.fault("`Fn::GetAtt` takes a resource and one of its attributes", node)
            return self._unknown(node)
        return self._attribute_of(node, *parts)

    def _attribute_of(self, node: Node, resource: str, attribute: str) -> Value:
        if resource not in self.stack.resources:
            if not self.stack.is_transformed:
                near = get_close_matches(resource, self.stack.resources, n=1)
                help_ = f"did you mean `{near[0]}`?" if near else ""
                self.fault(f"there is no resource `{resource}` in the template", node, help_)
        elif attribute.startswith("Outputs.") and (
            found := self.output(self.stack, resource, attribute.removeprefix("Outputs."))
        ):
            evaluator, output = found
            return self._elsewhere(evaluator, output, node)
        return self._unknown(node, f"{self.stack.key}:{resource}.{attribute}", f"{resource}.{attribute}")

    def _imported(self, node: Node, argument: Node) -> Value:
        name = self.text(argument)
        found = self.exported(name) if name is not None else None
        if found is not None:
            return self._elsewhere(*found, node)
        return self._unknown(node, f"export:{name}" if name else "", self.stand_ins.show(name or "Fn::ImportValue"))

    def _elsewhere(self, evaluator: Evaluator, output: Node, node: Node) -> Value:
        """Compute a value in another stack; what the world decides there counts as decided here."""
        if evaluator.steps >= MOST_STEPS:
            return self._unknown(node)
        before, evaluator.steps = evaluator.steps, self.steps + 1
        try:
            return self._at(evaluator.value(output), node)
        finally:
            evaluator.steps = before

    def _substituted(self, node: Node, argument: Node) -> Value:
        items = self._items(argument)
        template, names = (items[0], items[1]) if len(items) == 2 else (argument, None)  # noqa: PLR2004 -- text, map
        if not isinstance(template, Scalar) or not isinstance(names, Mapping | None):
            self.fault("`Fn::Sub` takes a text, or a text and a map", node)
            return self._unknown(node)
        pieces: list[str] = []
        at = 0
        for found in _PLACEHOLDER.finditer(self._literal(template).text):
            pieces.append(found.string[at : found.start()])
            pieces.append(self._placeholder(node, found[1], names))
            at = found.end()
        pieces.append(self._literal(template).text[at:])
        return self._bounded(pieces, node)

    def _placeholder(self, node: Node, name: str, names: Mapping | None) -> str:
        if name.startswith("!"):
            return f"${{{name[1:]}}}"
        name = name.strip()
        own = names.get(name) if names is not None else None
        if own is not None:
            text = self.text(own)
            return text if text is not None else self.stand_ins.of(f"{self.stack.key}:{name}", f"${{{name}}}")
        resource, dot, attribute = name.partition(".")
        value = self._attribute_of(node, resource, attribute) if dot else self._named(node, name)
        match value:
            case Scalar():
                return value.text
            case Unknown():
                return self.stand_ins.of(value.key, f"${{{value.shown}}}")
            case _:
                return self.stand_ins.of(f"{self.stack.key}:{name}", f"${{{name}}}")

    def _joined(self, node: Node, argument: Node) -> Value:
        match self._items(argument):
            case [Scalar(text=between), list_]:
                whole = self.value(list_)
                if isinstance(whole, Sequence):
                    values = ((item, self.value(item)) for item in whole.items)
                    texts = [self.text(item) for item, value in values if value is not None]
                    if all(text is not None for text in texts):
                        return self._bounded([between.join(text or "" for text in texts)], node)
                return self._unknown(node)
            case _:
                self.fault("`Fn::Join` takes a text and a list", node)
                return self._unknown(node)

    def _bounded(self, pieces: Iterable[str], node: Node) -> Value:
        text = "".join(pieces)
        return self._made(text, node) if len(text) <= _LONGEST_TEXT else self._unknown(node)

    def _split(self, node: Node, argument: Node) -> Value:
        match self._items(argument):
            case [Scalar(text=between), whole] if between:
                text = self.text(whole)
                if text is None or self.stand_ins.within(text):
                    return self._unknown(node)
                return Sequence(
                    [self._made(part, node) for part in text.split(between)], node.start, node.end, node.source
                )
            case _:
                self.fault("`Fn::Split` takes a text to split at, and a text", node)
                return self._unknown(node)

    def _selected(self, node: Node, argument: Node) -> Value:
        match self._items(argument):
            case [which, list_]:
                index, whole = self.text(which), self.value(list_)
                if index is None or not isinstance(whole, Sequence) or not re.fullmatch("[0-9]{1,4}", index):
                    return self._unknown(node)
                if int(index) >= len(whole.items):
                    self.fault(f"the list has no item {index}: it has {len(whole.items)}, from 0", node)
                    return self._unknown(node)
                return self._at(self.value(whole.items[int(index)]), node)
            case _:
                self.fault("`Fn::Select` takes a number and a list", node)
                return self._unknown(node)

    def _found(self, node: Node, argument: Node) -> Value:
        items = self._items(argument)
        keys = [self.text(item) for item in items[:3]]
        if len(keys) < 3 or any(key is None or self.stand_ins.within(key) for key in keys):  # noqa: PLR2004
            return self._unknown(node)
        found: Node | None = self.stack.mappings
        for key in keys:
            found = found.get(key or "") if isinstance(found, Mapping) else None
        if found is None:
            if len(items) == 3 and not self.stack.is_transformed:  # noqa: PLR2004 -- a fourth is the default
                self.fault(f"there is no `{'`, `'.join(key or '' for key in keys)}` in the mappings", node)
            return self._unknown(node)
        return self._at(found, node)

    def _chosen(self, node: Node, argument: Node) -> Value:
        match self._items(argument):
            case [Scalar(text=name), if_true, if_false]:
                return self.value(if_true if self.conditions.holds(name, node) else if_false)
            case _:
                self.fault("`Fn::If` takes the name of a condition and two values", node)
                return self._unknown(node)


def _shortened(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}..."  # noqa: PLR2004 -- as much as reads well in a message
