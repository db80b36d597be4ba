"""A mail server that takes its time, so that whoever sends may be killed meanwhile."""

import asyncio
from email import message_from_bytes
from typing import Any

from aiosmtpd.controller import Controller

from tests.programs import free_port


class Sink:
    """``accepted`` are the Message-IDs that it took, in a thread of its own.

    From then on it is the server that has the letter, whether or not the sender lives to hear it. When the
    sender's connection ends ``before``, it takes nothing.
    """

    def __init__(self, before: float = 0.0, after: float = 0.0) -> None:
        self.accepted: list[str] = []
        self.port = free_port()
        self._before, self._after = before, after
        self._controller: Controller | None = None

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Take a letter, slowly."""
        await asyncio.sleep(self._before)
        self.accepted.append(message_from_bytes(envelope.content)["Message-ID"])
        await asyncio.sleep(self._after)
        return "250 OK"

    @property
    def tasks(self) -> list[str]:
        """The ids of the tasks whose letters it took: a Message-ID begins with them."""
        return [message_id.strip("<>").partition("@")[0] for message_id in self.accepted]

    def open(self) -> None:
        """Begin to answer."""
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()

    def close(self) -> None:
        """Answer no more."""
        if self._controller is not None:
            self._controller.stop()
            self._controller = None
