"""What a channel is given, and how it says that it could not deliver."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True)
class Message:
    """One message for one recipient.  The same ``key`` twice is the same message sent again."""

    key: str
    address: str
    subject: str
    text: str
    light: str
    at: datetime


class NotDelivered(Exception):
    """The other side did not take it; ``for_good`` when another attempt could not change that."""

    def __init__(self, reason: str, for_good: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.for_good = for_good


class Channel(Protocol):
    """One way out.  ``send`` returns once the other side has taken the message.

    Raises NotDelivered, or an OSError when the other side cannot be reached or does not answer.
    """

    def send(self, message: Message) -> None: ...

    def takes(self, address: str) -> bool:
        """Whether an address has the shape that this channel needs."""
        ...
