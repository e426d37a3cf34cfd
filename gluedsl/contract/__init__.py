"""What a job's code says about itself: the options it asks for, the run properties it reads and writes.

Comes in: a project, and where its values were written. Goes out: a `Contract` for each job. The code is read from its
syntax tree and never run; where it is too dynamic to tell, the contract says so, and rules that need that part are
silent.
"""

from gluedsl.contract.contract import (
    UNKNOWN,
    Contract,
    Deletion,
    Mention,
    Mistyping,
    Refusal,
    Request,
    Unparsable,
    WholeMapPut,
)
from gluedsl.contract.read import read_contracts

__all__ = [
    "UNKNOWN",
    "Contract",
    "Deletion",
    "Mention",
    "Mistyping",
    "Refusal",
    "Request",
    "Unparsable",
    "WholeMapPut",
    "read_contracts",
]
