"""Mail, handed to the hall's SMTP server."""

import re
import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from server.channels.message import Message, NotDelivered
from server.settings import Outside

#: Plain addresses only: nothing that could be read as a second recipient or another header.
ADDRESS = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


@dataclass(frozen=True)
class Mail:
    """Sends with the encryption that the settings ask for: none, starttls or tls."""

    outside: Outside

    def takes(self, address: str) -> bool:
        return ADDRESS.fullmatch(address) is not None

    def send(self, message: Message) -> None:
        if not self.takes(message.address):
            raise NotDelivered("not a mail address", for_good=True)
        try:
            with self._connected() as server:
                server.send_message(self._letter(message))
        except smtplib.SMTPRecipientsRefused as refused:
            code, words = refused.recipients[message.address]
            raise _answer(code, words) from None
        except smtplib.SMTPResponseException as refused:
            raise _answer(refused.smtp_code, refused.smtp_error) from None

    def _connected(self) -> smtplib.SMTP:
        to = self.outside
        own = self._domain  # asking the network for our own name can take as long as sending
        if to.smtp_encryption == "tls":
            secure = ssl.create_default_context()
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                to.smtp_host, to.smtp_port, own, timeout=to.timeout, context=secure
            )
        else:
            server = smtplib.SMTP(to.smtp_host, to.smtp_port, own, timeout=to.timeout)
        try:
            if to.smtp_encryption == "starttls":
                server.starttls(context=ssl.create_default_context())
            if to.smtp_user:
                server.login(to.smtp_user, to.smtp_password)
        except BaseException:
            server.close()
            raise
        return server

    @property
    def _domain(self) -> str:
        return self.outside.mail_from.rpartition("@")[2]

    def _letter(self, message: Message) -> EmailMessage:
        letter = EmailMessage(policy=SMTP)
        letter["From"] = self.outside.mail_from
        letter["To"] = message.address
        letter["Subject"] = " ".join(message.subject.split())  # one line, whatever is in a name
        letter["Date"] = format_datetime(message.at)
        letter["Message-ID"] = f"<{message.key}@{self._domain}>"
        letter["Auto-Submitted"] = "auto-generated"
        letter.set_content(message.text)
        return letter


def _answer(code: int, words: bytes | str) -> NotDelivered:
    """What the server answered; a 5xx about a recipient stays so, but a log-in may be mended."""
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return NotDelivered(f"{code} {text}", for_good=code in (550, 551, 553))
