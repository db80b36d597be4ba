"""What an operation says when it will not do something."""

from zope.i18nmessageid import Message

from sp.personcert import _


class PersonCertError(Exception):
    """Base of the errors that the package raises on purpose."""


class Refused(PersonCertError):
    """The operation was not carried out and nothing was stored.

    :param message: a sentence for the person, as a message id with a default.
    :param field: the name of the form field that the sentence belongs to, or "".
    """

    def __init__(self, message: Message, field: str = "") -> None:
        super().__init__(str(message))
        self.message = message
        self.field = field


class RefusedAndNoted(Refused):
    """Refused, but what was written on the way stays: a failed attempt leaves its entry."""


class NotAllowed(Refused):
    """The person's role, or the state of the content, does not admit it."""

    def __init__(self, message: Message | None = None, field: str = "") -> None:
        super().__init__(message or _("refused_state", default="Det går inte att göra just nu."), field)
