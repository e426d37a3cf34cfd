"""A Glue on this machine: moto stores, gluedsl behaves.

Comes in: calls of any AWS client, over HTTP on loopback. Goes out: Glue's answers; jobs run as processes,
crawlers read what is there, triggers fire. It never listens anywhere but on loopback, and never reaches AWS.

`LocalGlue` is the server; `service.glue.GlueService` is Glue's API without a transport; `driver` joins the pure engine
with `executor`, which runs things; `http` tells the service's operations from moto's.
"""

from gluedsl.local.logs import LogLine
from gluedsl.local.server import LocalGlue, require_extra

__all__ = ["LocalGlue", "LogLine", "require_extra"]
