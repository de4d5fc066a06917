"""A context: an authority at which this device is enrolled, and the folder with all that belongs to it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from uuid import UUID

from almanac.errors import WireError
from almanac.failures import Failure, NotAllowed
from almanac.files import check_private, read_private, write_private
from almanac.reader import whole
from almanac.statements import Checkpoint, Signed, read_chain, read_signed_checkpoint, write_chain, write_signed
from almanac.trust import Trust
from almanac.writer import Writer, written


@dataclass(frozen=True, slots=True)
class Settings:
    """What is known of the authority and of this device's place there."""

    host: str
    port: int
    pin: str
    dataset: str
    name: str
    person: str
    device: str
    streams: tuple[str, ...] = ("*",)


@dataclass(frozen=True, slots=True)
class Context:
    """The files of a context. All of them are 0600."""

    folder: Path

    @property
    def settings_path(self) -> Path:
        """Written last when this device enrols: a folder without it is no context yet."""
        return self.folder / "context.json"

    @property
    def key_path(self) -> Path:
        """This device's key."""
        return self.folder / "device.key"

    @property
    def certificates_path(self) -> Path:
        """This device's certificate, and its issuers'."""
        return self.folder / "device.crt"

    @property
    def replica_path(self) -> Path:
        """The local copy, a SQLite file."""
        return self.folder / "replica.sqlite"

    @property
    def spool_path(self) -> Path:
        """What was received of a pull that is not complete."""
        return self.folder / "spool"

    @property
    def lock_path(self) -> Path:
        """Locked by the process that syncs."""
        return self.folder / "lock"

    @property
    def evidence_path(self) -> Path:
        """Two checkpoints that contradict each other."""
        return self.folder / "evidence"

    @property
    def _delegations_path(self) -> Path:
        return self.folder / "delegations"

    @property
    def _checkpoint_path(self) -> Path:
        return self.folder / "checkpoint"

    @property
    def is_enrolled(self) -> bool:
        """Whether there is a context."""
        return self.settings_path.exists()

    def settings(self) -> Settings:
        """What `context.json` says."""
        if not self.is_enrolled:
            raise NotAllowed(f"Not enrolled: {self.folder} is no context. Ask for an invitation, then: almanac enrol LINK")
        try:
            content = json.loads(read_private(self.settings_path))
            return Settings(**(content | {"streams": tuple(content["streams"])}))
        except (ValueError, TypeError, KeyError):
            raise Failure(f"{self.settings_path} is damaged. Enrol again with a new invitation") from None

    def write_settings(self, settings: Settings) -> None:
        """Makes the settings durable."""
        write_private(self.settings_path, json.dumps(asdict(settings), indent=2).encode() + b"\n")

    def subscribe(self, streams: tuple[str, ...]) -> None:
        """Other streams from the next sync on."""
        self.write_settings(replace(self.settings(), streams=streams))

    def trust(self) -> Trust:
        """The newest delegations that are known; they were checked when they came."""
        try:
            return Trust(whole(read_private(self._delegations_path), read_chain))
        except WireError:
            raise Failure(f"{self._delegations_path} is damaged. Enrol again with a new invitation") from None

    def write_trust(self, trust: Trust) -> None:
        """Makes the delegations durable."""
        write_private(self._delegations_path, written(lambda writer: write_chain(writer, trust.chain)))

    def highest_checkpoint(self) -> Signed[Checkpoint] | None:
        """The highest checkpoint that this device has ever verified."""
        if not self._checkpoint_path.exists():
            return None
        try:
            return whole(read_private(self._checkpoint_path), read_signed_checkpoint)
        except WireError:
            raise Failure(f"{self._checkpoint_path} is damaged. Enrol again with a new invitation") from None

    def remember_checkpoint(self, checkpoint: Signed[Checkpoint]) -> None:
        """Makes it durable that this checkpoint was verified."""
        write_private(self._checkpoint_path, written(lambda writer: write_signed(writer, checkpoint)))

    def keep_evidence(self, *checkpoints: Signed[Checkpoint]) -> None:
        """Two checkpoints that contradict each other, one behind the other."""
        writer = Writer()
        for checkpoint in checkpoints:
            write_signed(writer, checkpoint)
        write_private(self.evidence_path, writer.data)

    def check_files(self) -> None:
        """Refuses files that others may read."""
        for path in (self.settings_path, self.key_path, self.certificates_path, self._delegations_path, self.replica_path):
            if path.exists():
                check_private(path)

    def dataset(self) -> UUID:
        """The dataset of which this is a copy."""
        return UUID(self.settings().dataset)
