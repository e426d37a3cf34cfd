"""CloudFormation on the local Glue: moto's, with Glue's resource types and with stacks that behave as on AWS.

Comes in: calls of any AWS client to CloudFormation. Goes out: stacks, change sets and events as CloudFormation gives
them, and what a stack makes: workflows, triggers, jobs and crawlers in the service, all else in moto. It never reaches
AWS, and leaves moto as it was when the local Glue ends.

moto reads requests, stores stacks, resolves functions of templates and models other services. How a stack changes is
ours: `deployment` and what it uses. `patches` lists what of moto's is replaced, and why.

`attach.attached` is the one thing that the rest of the local Glue calls; the other modules load moto's CloudFormation,
which takes two seconds, when the first request for it comes.
"""

from gluedsl.local.cloudformation.attach import attached

__all__ = ["attached"]
