"""The restrictions of Glue, and the lints: one file a rule.

Comes in: a `Context` (the model, its origins, what lowering could not hold). Goes out: diagnostics.
A rule reads; it does no I/O, keeps no clock, changes nothing and depends on no other rule's turn.
"""
