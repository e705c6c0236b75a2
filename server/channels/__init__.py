"""The ways out of the system; only those that the settings name exist, and by default none.

The desk is not one of them: what it shows, it reads from the notices themselves.
"""

from server.channels.mail import Mail
from server.channels.message import Channel
from server.channels.sms import SmsFolder
from server.channels.webhook import Webhook
from server.settings import Outside

#: Every channel there can be, in the order in which pages show them.
NAMES = ("mail", "sms", "webhook")


def channels_of(outside: Outside) -> dict[str, Channel]:
    """The channels that are configured, by name."""
    found: dict[str, Channel] = {}
    if outside.smtp_host:
        found["mail"] = Mail(outside)
    if outside.sms_folder is not None:
        found["sms"] = SmsFolder(outside.sms_folder)
    if outside.webhook_origins:
        found["webhook"] = Webhook(outside)
    return found
