"""From the code of jobs to files in S3.

Comes in: a project whose jobs name scripts, functions and libraries on this machine. Goes out: the same project with
`s3://` URIs in their place, and the files to upload, each under a key that its content tells.
It reads the author's files; it uploads nothing.
"""

from gluedsl.bundle.archive import SHIPPED
from gluedsl.bundle.bundle import Bundle, File, bundle

__all__ = ["SHIPPED", "Bundle", "File", "bundle"]
