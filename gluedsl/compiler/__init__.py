"""From an author's flow to a checked project: load, lower, check.

Comes in: a path, or workflows in hand. Goes out: a `Compilation`. It reads the author's files and runs the top level
of flow modules; it never calls AWS and never runs a job.
"""

from gluedsl.compiler.load import UnreadableFlowError
from gluedsl.compiler.pipeline import Compilation, compile_path, compile_workflows

__all__ = ["Compilation", "UnreadableFlowError", "compile_path", "compile_workflows"]
