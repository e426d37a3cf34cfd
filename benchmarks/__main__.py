"""`python -m benchmarks [PART ...]`: all parts, or those that are named."""

from __future__ import annotations

import argparse
import sys
from itertools import chain
from typing import TYPE_CHECKING

from benchmarks import cdk, compiling, deploy, engine, local, processes, running, serving, shapes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

PARTS: dict[str, Callable[[], Iterable[str]]] = {
    "compile": lambda: chain(compiling.report(), shapes.report()),
    "start": processes.report,
    "engine": lambda: chain(running.report(), engine.report()),
    "local": lambda: chain(serving.report(), local.report()),
    "deploy": deploy.report,
    "cdk": cdk.report,
}


def main() -> None:
    """Measure, and write a table for each part as soon as it is done."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="How long gluedsl takes, as ratios.")
    parser.add_argument("part", nargs="*", choices=[[], *PARTS], help=f"of {', '.join(PARTS)}; all, if none is named")
    for part in parser.parse_args().part or PARTS:
        for text in PARTS[part]():
            sys.stdout.write(f"{text}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
