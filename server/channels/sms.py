"""Text messages, through a folder: one JSON file a message, taken away by a gateway.

A gateway of the operator replaces this file; the demonstration leaves the messages lying there.
"""

import json
import os
import re
from dataclasses import dataclass
from pathlib import Path

from server.channels.message import Message, NotDelivered

#: A single message holds 70 characters; each part of a longer one says where it belongs.
WHOLE, PART = 70, 67
MOBILE = re.compile(r"1[3-9][0-9]{9}")


def parts_of(text: str) -> list[str]:
    """The text as the network carries it."""
    if len(text) <= WHOLE:
        return [text]
    return [text[start : start + PART] for start in range(0, len(text), PART)]


@dataclass(frozen=True)
class SmsFolder:
    """A file appears complete or not at all; sent again, it has the same name."""

    folder: Path

    def takes(self, address: str) -> bool:
        return MOBILE.fullmatch(address) is not None

    def send(self, message: Message) -> None:
        if not self.takes(message.address):
            raise NotDelivered("not a mobile number", for_good=True)
        text = " ".join(message.text.split())
        data = {
            "id": message.key,
            "to": message.address,
            "at": message.at.isoformat(),
            "parts": parts_of(text),
        }
        self.folder.mkdir(parents=True, exist_ok=True)
        unfinished = self.folder / f".{message.key}.{os.getpid()}"
        with unfinished.open("w", encoding="utf-8") as file:
            json.dump(data, file, ensure_ascii=False)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(self.folder / f"{message.key}.json")
