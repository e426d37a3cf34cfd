"""Findings about a workflow: values here, text in `render`."""

from gluedsl.diagnostics.diagnostic import Diagnostic, Related, Severity
from gluedsl.diagnostics.report import Report

__all__ = ["Diagnostic", "Related", "Report", "Severity"]
