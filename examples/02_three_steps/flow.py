"""A chain of three scripts: the least that a workflow is.

The scripts are ordinary Glue scripts: they know nothing of gluedsl, and pass a number on through run properties.
"""

from gluedsl import PythonShellJob, Workflow

steps = Workflow("three-steps", properties={"bucket": "three-steps-lake"})

extract = steps.add(PythonShellJob("extract", script="jobs/extract.py"))
transform = steps.add(PythonShellJob("transform", script="jobs/transform.py"), after=extract)
load = steps.add(PythonShellJob("load", script="jobs/load.py", arguments={"--table": "words"}), after=transform)
