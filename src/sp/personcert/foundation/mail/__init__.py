"""E-mail: a notice that something waits on the customer web, never what it is about.

An operation calls ``queue_notice`` in its own transaction; a task on the recipient composes the
mail some minutes later and hands it over. Notices to one person within that time are one mail. The
text says nothing of the case and holds no personnummer (H53, H59): it names the customer web's address,
which comes from the settings and never from a request. Whom mail does not reach, because the customer chose
”Analog” (H42) or the address is bad, gets the same text by post.

A mail goes out at most once. While the mail server is down or not set up the task waits, for
days, and nothing is composed that somebody could read; an address that the server refused for good is
marked by the recipient's adapter; what broke off while it was handed over is uncertain, and can be looked
up at the mail server by its Message-ID, which holds the task's id.

Where mail goes: to the server of Plone's mail control panel; in a demo (``SP_MAIL_DIR``) to that
folder, as ``<task id>.eml``.

For letters of another kind (with a one-use link, say) a task view of the feature uses ``compose``
and ``deliver`` itself.
"""

from .composing import Letter, compose, frame_paragraphs, message_id, notice_letter
from .delivery import EFFECT, AddressRefused, deliver, is_configured
from .interfaces import Channel, IMailRecipient, IPostalChannel
from .queueing import queue_notice

__all__ = [
    "EFFECT",
    "AddressRefused",
    "Channel",
    "IMailRecipient",
    "IPostalChannel",
    "Letter",
    "compose",
    "deliver",
    "frame_paragraphs",
    "is_configured",
    "message_id",
    "notice_letter",
    "queue_notice",
]
