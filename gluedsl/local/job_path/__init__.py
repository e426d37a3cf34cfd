"""What stands on the path of jobs that run here, and nowhere else: modules that Glue has and this machine may lack.

The folder of this file is put on the path of a job's process. So what is beside this file is a package of its own
there: it imports nothing of gluedsl, needs the standard library alone, and runs on Python 3.9.
"""

from __future__ import annotations

from pathlib import Path

JOB_PATH = str(Path(__file__).parent)
"""To be put on the path of a job, after what the job brings along."""
