"""gluedsl's rules for cfn-lint: `cfn-lint --append-rules gluedsl.cfnlint template.yaml`.

cfn-lint imports this package and makes a rule of every class of its own kind that it finds here: one for each rule of
gluedsl, under an id in the range that cfn-lint keeps for others (`gluedsl.cfnlint.ids`). Nothing else imports it, so
that cfn-lint has to be installed only where it is used.
"""

from gluedsl.cfnlint.pack import rule_classes

globals().update({one.__name__: one for one in rule_classes()})
