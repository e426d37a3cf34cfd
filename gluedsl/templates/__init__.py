"""Other people's workflows: CloudFormation templates and CDK's cloud assemblies, judged by the same rules.

Comes in: the path of a template, or of a `cdk.out` folder. Goes out: the model of what it defines, with the place of
every value in its text; and a report. It asks nothing of AWS, runs nothing that it reads, and never imports the
language that authors write.
"""

from gluedsl.templates.template import Template, is_template, read

__all__ = ["Template", "is_template", "read"]
