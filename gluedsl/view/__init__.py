"""A workflow and its runs, seen: one scene behind every picture of them.

Comes in: a workflow, or the snapshot of a run. `gluedsl.view.scene` decides all there is to decide; `text`, `mermaid`
and `dot` draw, `live` draws while a run goes on, `json` is for programs.
Views never reach for a clock, the network or a file, and hold no secret and no command to a terminal.
"""
