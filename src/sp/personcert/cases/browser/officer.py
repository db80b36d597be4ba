"""Taking a case and giving it back (H159)."""

from zope.i18nmessageid import Message

from sp.personcert import _
from sp.personcert.foundation.forms.form import Form
from sp.personcert.foundation.identity import current_user_id

from .. import operations

MEANWHILE = _(
    "refused_officer_changed",
    default="Ärendet har bytt handläggare sedan du öppnade sidan. Läs vem som har det och välj igen.",
)


class OfficerForm(Form):
    """A question with one button. It remembers who had the case when it was shown."""

    title: Message = _("heading_take_case", default="Ta ärendet")
    button: Message = _("button_take_case", default="Ta ärendet")

    @property
    def officer(self) -> str:
        """The name of who has the case now."""
        return self.context.officer_name

    @property
    def back(self) -> str:
        """The case as officers see it."""
        return f"{self.url}/@@handlaggning"

    def kept(self) -> str:
        """Who has the case now."""
        return str(self.context.officer_id)

    def problems(self) -> dict[str, Message]:
        """A colleague's case is taken or given back only by who has seen whose it is."""
        seen = self.token.kept if self.token else ""
        return {} if self.context.officer_id in (seen, self._after()) else {"": MEANWHILE}

    def _after(self) -> str:
        """The officer when the form has been carried out already."""
        raise NotImplementedError


class Take(OfficerForm):
    """Become the officer of a case."""

    name = "take"
    explanation = _(
        "text_take_case",
        default="Du blir handläggare, och kunden ser ditt namn. "
        "Den som har handlagt ett ärende får inte besluta i det.",
    )

    def handle(self, creation_id: str) -> str:
        """To the case."""
        operations.take(self.context)
        return self.back

    def _after(self) -> str:
        return current_user_id()


class Release(OfficerForm):
    """Put a case back among those that wait."""

    name = "release"
    title = _("heading_release_case", default="Lämna tillbaka ärendet")
    button = _("button_release_case", default="Lämna tillbaka")
    explanation = _(
        "text_release_case",
        default="Ärendet väntar på handläggare igen. Det som är bedömt står kvar.",
    )

    def handle(self, creation_id: str) -> str:
        """To the work lists. What is given back already stays so."""
        if self.context.officer_id:
            operations.release(self.context)
        return f"{self.site_url}/arenden"

    def _after(self) -> str:
        return ""
