"""A Glue on this machine: moto stores, gluedsl behaves.

Comes in: calls of any AWS client, over HTTP on loopback. Goes out: Glue's answers; jobs run as processes,
crawlers read what is there, triggers fire. It never listens anywhere but on loopback, and never reaches AWS.

`LocalGlue` is the server, `InProcessGlue` the same inside moto's `mock_aws`, for tests. `service.glue.GlueService` is
Glue's API without a transport; `driver` joins the pure engine with `executor`, which runs things; `protocol` tells the
service's operations from moto's.
"""

from gluedsl.local.extra import require_extra
from gluedsl.local.in_process import InProcessGlue
from gluedsl.local.logs import LogLines
from gluedsl.local.server import LocalGlue

__all__ = ["InProcessGlue", "LocalGlue", "LogLines", "require_extra"]
