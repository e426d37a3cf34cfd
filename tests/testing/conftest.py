"""The fixtures under test: an installed gluedsl offers them by itself."""

from __future__ import annotations

from gluedsl.testing.plugin import glue, local_glue, sim

__all__ = ["glue", "local_glue", "sim"]
