"""Log records that are masked, whoever writes them and wherever they go."""

import logging
from typing import Any

from .masking import masked

_PLAIN = logging.Formatter()
_CONTROLS = {*range(32), *range(127, 160), 0x2028, 0x2029} - {ord("\t")}
_SIGNS = {code: f"\\x{code:02x}" for code in _CONTROLS} | {ord("\n"): "\n    "}


class MaskingFormatter(logging.Formatter):
    """For a server's logging configuration: masks whole lines, from the first one of the start on.

    A line break or control sign that somebody sent begins no line that looks like one of ours (ASVS 5.0
    V16.4.1): what follows the first line is indented.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The line or lines, tracebacks included."""
        return masked(super().format(record)).translate(_SIGNS)


class MaskedRecord(logging.LogRecord):
    """A record that holds no secret from its birth: every handler gets it so, also one that comes later."""

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        try:
            self.msg = masked(self.getMessage())
        except Exception:  # logging would print template and arguments as they are
            self.msg = masked(f"{self.msg!r} {self.args!r}")
        self.args = ()
        if self.exc_info:
            self.exc_text = masked(_PLAIN.formatException(self.exc_info))
            self.exc_info = None
        if self.stack_info:
            self.stack_info = masked(self.stack_info)


def mask_every_record() -> None:
    """From now on every record of this process is masked."""
    logging.setLogRecordFactory(MaskedRecord)
