"""What a client thinks of a checkpoint (section 14, step 1), and what it remembers for ever."""

from __future__ import annotations

from almanac.client.context import Context
from almanac.failures import NotProven
from almanac.statements import Checkpoint, Signed
from almanac.trust import Trust


def judge(checkpoint: Signed[Checkpoint], trust: Trust, context: Context) -> Checkpoint:
    """The checkpoint's statement, if it is signed and contradicts nothing that this device has verified; else `NotProven`."""
    statement = trust.check_checkpoint(checkpoint)
    known = context.highest_checkpoint()
    if known is None:
        return statement
    highest = known.statement
    if statement.epoch < highest.epoch:
        raise NotProven(f"Rollback: epoch {statement.epoch} after {highest.epoch}. Tell the authority's operator")
    if statement.epoch > highest.epoch:
        return statement
    if statement.sequence < highest.sequence:
        raise NotProven(f"Rollback: head r{statement.sequence}, though r{highest.sequence} was verified here before")
    if statement.sequence == highest.sequence and (statement.chain, statement.root) != (highest.chain, highest.root):
        context.keep_evidence(known, checkpoint)
        raise NotProven(f"Equivocation: two different heads r{statement.sequence}. The proof is in {context.evidence_path}")
    return statement


def remember(checkpoint: Signed[Checkpoint], context: Context) -> None:
    """Makes a verified checkpoint the highest one, durably."""
    known = context.highest_checkpoint()
    if known != checkpoint:
        context.remember_checkpoint(checkpoint)
