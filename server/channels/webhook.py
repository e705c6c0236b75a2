"""A POST of JSON to another system (a message platform of the government, say), signed.

Only to the origins that the settings allow, over a connection of our own: nothing is followed
elsewhere.
"""

import hashlib
import hmac
import http.client
import json
from dataclasses import dataclass
from urllib.parse import urlsplit

from server.channels.message import Message, NotDelivered
from server.settings import Outside

CONNECTIONS = {"https": http.client.HTTPSConnection, "http": http.client.HTTPConnection}


def signature(secret: str, body: bytes) -> str:
    """What the receiver computes over the body as it came, and compares."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


@dataclass(frozen=True)
class Webhook:
    """Delivered when the other side answers 2xx; a redirect is a refusal."""

    outside: Outside

    def takes(self, address: str) -> bool:
        try:
            parts = urlsplit(address)
        except ValueError:
            return False
        plain = address.isascii() and address.isprintable() and " " not in address
        allowed = f"{parts.scheme}://{parts.netloc}" in self.outside.webhook_origins
        return plain and allowed and parts.scheme in CONNECTIONS

    def send(self, message: Message) -> None:
        if not self.takes(message.address):
            raise NotDelivered("not an allowed address", for_good=True)
        parts = urlsplit(message.address)
        body = self._body(message)
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "X-Lianban-Id": message.key,
            "X-Lianban-Signature": signature(self.outside.webhook_secret, body),
        }
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection = CONNECTIONS[parts.scheme](parts.netloc, timeout=self.outside.timeout)
        try:
            connection.request("POST", path, body, headers)
            with connection.getresponse() as answer:  # what it says besides is not read
                status, words = answer.status, answer.reason
        except http.client.HTTPException as broken:
            raise NotDelivered(f"{type(broken).__name__} {broken}") from None
        finally:
            connection.close()
        if not 200 <= status < 300:
            raise NotDelivered(f"{status} {words}")

    def _body(self, message: Message) -> bytes:
        data = {
            "id": message.key,
            "at": message.at.isoformat(),
            "light": message.light,
            "subject": message.subject,
            "text": message.text,
        }
        return json.dumps(data, ensure_ascii=False).encode()
