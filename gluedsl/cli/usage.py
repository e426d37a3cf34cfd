"""Wrong usage of a command line in gluedsl's own words.

Comes in: what typer refuses, and the command that it was given to. Goes out: an error as all others are, one line with
a hint in the next. What typer says differs from version to version, so that none of its texts is read.
"""

from __future__ import annotations

import inspect
from enum import Enum
from typing import TYPE_CHECKING, Any, Union, get_args, get_origin

import typer

from gluedsl.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

REFUSED: type[Exception] = typer.BadParameter.__mro__[1]
"""Of all errors of usage; typer has no name for it that stays."""


def no_such_command(name: str, known: Sequence[str]) -> UsageError:
    """Return the error about a name that no command has."""
    from gluedsl.rules.wording import did_you_mean  # noqa: PLC0415 -- only for whoever is wrong

    hint = "".join(did_you_mean(name, known)) or "`gluedsl --help` lists what there is"
    return UsageError(f"there is no command `{name}`", hint=hint)


def usage_error(refused: Any, command: Any, ctx: Any, given: Sequence[str]) -> UsageError:
    """Return the error about what was given to a command after its name."""
    from gluedsl.rules.wording import did_you_mean, listed  # noqa: PLC0415 -- only for whoever is wrong

    options = {name: each for each in command.params for name in (*each.opts, *each.secondary_opts)}
    option: str | None = getattr(refused, "option_name", None)
    if option is not None and option in options:
        return _lonely(option, options[option])
    more = f"`{ctx.command_path} --help`"
    if option is not None:
        known = [name for name in (*options, *ctx.help_option_names) if name.startswith("--")]
        hint = "".join(did_you_mean(option, known)) or f"{more} lists what there is"
        return UsageError(f"there is no option `{option}`", hint=hint)
    values, rest, _ = command.make_parser(ctx).parse_args(args=[*given])
    parameter = getattr(refused, "param", None)
    if parameter is not None and parameter.name in values:
        return _wrong(parameter.opts[0], str(values[parameter.name]), *_kind(command, parameter.name))
    if rest:
        message = f"{listed([f'`{word}`' for word in rest])} {'is' if len(rest) == 1 else 'are'} more than it takes"
        return UsageError(message, hint=f"{more} tells what that is")
    return UsageError(" ".join(refused.format_message().split()), hint=f"{more} tells what it takes")


def _lonely(option: str, parameter: Any) -> UsageError:
    """Return the error about an option that has no value and needs one, or has one and takes none."""
    if parameter.is_flag:
        return UsageError(f"{option} takes no value", hint=f"write `{option}` alone")
    return UsageError(f"{option} lacks its value", hint=f"write `{option} {parameter.metavar or 'VALUE'}`")


def _kind(command: Any, name: str) -> tuple[object, Any]:
    """Return the type of a parameter's values, and what else its function says of them."""
    annotation = inspect.signature(inspect.unwrap(command.callback), eval_str=True).parameters[name].annotation
    type_, info = get_args(annotation)[:2]
    parts = get_args(type_) if get_origin(type_) is Union or isinstance(type_, type(int | str)) else (type_,)
    return next((one for one in parts if one is not type(None)), type_), info


def _wrong(option: str, value: str, type_: object, info: Any) -> UsageError:
    from gluedsl.rules.wording import choices, did_you_mean  # noqa: PLC0415 -- only for whoever is wrong

    if isinstance(type_, type) and issubclass(type_, Enum):
        known = [str(one.value) for one in type_]
        hint = "".join(did_you_mean(value, known)) or f"it takes {choices(known)}"
        return UsageError(f"{option} {value}: there is no such {option.strip('-')}", hint=hint)
    least, most = info.min, info.max
    hint = f"it takes {least or 0} to {most}" if most is not None else f"it takes {least or 0} or more"
    try:
        number = int(value)
    except ValueError:
        return UsageError(f"{option} {value}: not a whole number", hint=hint)
    size = "small" if least is not None and number < least else "large"
    return UsageError(f"{option} {value}: too {size}", hint=hint)
