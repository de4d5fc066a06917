"""Whom a client believes: the pinned root, and those to whom the root has delegated (sections 2 and 8)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from almanac.errors import BadSignature
from almanac.failures import NotProven
from almanac.receipts import Receipt, ReceiptSheet
from almanac.statements import Checkpoint, DelegationChain, Signed


@dataclass(frozen=True, slots=True)
class Trust:
    """A delegation chain that was checked against the pin."""

    chain: DelegationChain

    @property
    def dataset(self) -> UUID:
        """The dataset for which the root has delegated."""
        return self.chain.certificate_authority.statement.dataset

    @property
    def certificate_authority(self) -> bytes:
        """The certificate (DER) that alone vouches for servers."""
        return self.chain.certificate_authority.statement.subject

    @property
    def checkpoint_key(self) -> bytes:
        """The key that signs checkpoints."""
        return self.chain.checkpoint_key.statement.subject

    @property
    def checkpoint_number(self) -> int:
        """The number of that key's delegation."""
        return self.chain.checkpoint_key.statement.number

    def is_valid(self, now: int) -> bool:
        """Whether both delegations are valid at a time, in milliseconds since 1970."""
        both = (self.chain.certificate_authority.statement, self.chain.checkpoint_key.statement)
        return all(delegation.starts <= now <= delegation.ends for delegation in both)

    def check_checkpoint(self, checkpoint: Signed[Checkpoint]) -> Checkpoint:
        """The checkpoint's statement, if the delegated key has signed it for this dataset; else `NotProven`."""
        self._check_origin("A checkpoint", checkpoint)
        return checkpoint.statement

    def check_receipts(self, sheet: Signed[ReceiptSheet], operations: Sequence[bytes]) -> tuple[Receipt, ...]:
        """One receipt for each of the operations, in their order, signed like a checkpoint; else `NotProven`."""
        self._check_origin("A sheet of receipts", sheet)
        receipts = sheet.statement.receipts
        if len(receipts) != len(operations):
            raise NotProven(f"{len(receipts)} receipts for {len(operations)} operations")
        for receipt, operation in zip(receipts, operations):
            if not receipt.answers(operation):
                raise NotProven(f"A receipt of another operation than was sent: {receipt.operation}")
        return receipts

    def _check_origin(self, what: str, signed: Signed[Checkpoint] | Signed[ReceiptSheet]) -> None:
        """Of this dataset, under the newest delegation that is known, signed by its key."""
        statement = signed.statement
        if statement.dataset != self.dataset:
            raise NotProven(f"{what} of another dataset: {statement.dataset} instead of {self.dataset}")
        if statement.delegation != self.checkpoint_number:
            raise NotProven(f"{what} under delegation {statement.delegation}; the newest is {self.checkpoint_number}")
        try:
            signed.verify(self.checkpoint_key)
        except BadSignature:
            raise NotProven(f"{what} whose signature does not verify") from None


def pin_of(root_key: bytes) -> bytes:
    """What an invitation says of a root."""
    return hashlib.sha256(root_key).digest()


def check_signatures(chain: DelegationChain, pin: bytes) -> None:
    """Refuses a chain that does not begin at the pinned root, or whose delegations the root has not signed for one dataset."""
    if pin_of(chain.root_key) != pin:
        raise NotProven(f"The root is SHA256:{pin_of(chain.root_key).hex()}; the invitation pins SHA256:{pin.hex()}")
    for signed in (chain.certificate_authority, chain.checkpoint_key):
        try:
            signed.verify(chain.root_key)
        except BadSignature:
            raise NotProven("A delegation that the root has not signed") from None
    if chain.certificate_authority.statement.dataset != chain.checkpoint_key.statement.dataset:
        raise NotProven("The delegations are of two datasets")


def check_chain(chain: DelegationChain, pin: bytes, now: int, known: Trust | None = None) -> Trust:
    """The trust that a chain deserves: well signed from the pinned root on, valid by the clock, not older than what is known."""
    check_signatures(chain, pin)
    for delegation in (chain.certificate_authority.statement, chain.checkpoint_key.statement):
        if not delegation.starts <= now <= delegation.ends:
            raise NotProven(f"Delegation {delegation.number} is not valid now, by this machine's clock")
    if known is not None:
        _check_newer(chain, known)
    return Trust(chain)


def _check_newer(chain: DelegationChain, known: Trust) -> None:
    for new, old in (
        (chain.certificate_authority, known.chain.certificate_authority),
        (chain.checkpoint_key, known.chain.checkpoint_key),
    ):
        if new.statement.dataset != old.statement.dataset:
            raise NotProven("The delegations are of another dataset")
        if new.statement.number < old.statement.number:
            raise NotProven(f"Delegation {new.statement.number} is older than {old.statement.number}, which is known")
        if new.statement.number == old.statement.number and new.statement != old.statement:
            raise NotProven(f"Two delegations of number {new.statement.number}")
