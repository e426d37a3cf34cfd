"""Glue's API without a transport: `glue.GlueService` takes an operation and its parameters, and answers or refuses.

Definitions of workflows, triggers, jobs and crawlers are kept as the API's own payloads; what a run does is the
driver's (`gluedsl.local.driver`). Everything else of Glue, the Data Catalog first, is moto's.
AWS's own spelling belongs here: this package speaks its API.
"""
