"""One text in one language: changing it, looking at it before, and going back to the default."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from zExceptions import NotFound
from zope.i18nmessageid import Message

from sp.personcert import _
from sp.personcert.foundation import texts
from sp.personcert.foundation.forms.form import Form
from sp.personcert.foundation.forms.token import FormToken
from sp.personcert.foundation.texts import Text, TextGroup, TextKind, operations

from .texts_list import LANGUAGE_WORDS, edit_url
from .texts_preview import Preview, examples, preview

SAVE, LOOK, RESET = "spara", "granska", "aterstall"
RECEIPTS: Mapping[str, Message] = {
    SAVE: _("status_text_saved", default="Texten är sparad och gäller från och med nu."),
    RESET: _("status_text_reset", default="Grundtexten gäller igen."),
}
MEANWHILE = _(
    "refused_text_meanwhile",
    default="Någon annan har ändrat texten sedan du öppnade sidan, så inget är sparat. Det du skrev står "
    "kvar: jämför med texten som gäller nu, och spara igen om din ska gälla.",
)
UNKNOWN = _("refused_text_deed", default="Välj om texten ska sparas, förhandsgranskas eller återställas.")


@dataclass(frozen=True)
class FilledIn:
    """A placeholder as the page lists it."""

    name: str
    description: Message
    example: str
    is_required: bool


class EditText(Form):
    """``/texten?namn=&sprak=``."""

    name = "text"
    token: FormToken | None = None
    preview: Preview | None = None

    def __call__(self) -> Any:
        if self.kind is None or self.code not in texts.LANGUAGES:
            raise NotFound
        return super().__call__()

    @cached_property
    def kind(self) -> TextKind | None:
        """The kind that is asked for."""
        asked = self.typed("namn")
        return next((kind for kind in texts.kinds() if kind.name == asked), None)

    @property
    def code(self) -> str:
        """The language of the text, which is not always that of the page."""
        return self.typed("sprak")

    @property
    def form_id(self) -> str:
        """A token for one text is of no use for another."""
        return f"{super().form_id}?{self.typed('namn')}.{self.code}"

    def kept(self) -> str:
        """What the text was when the person began. After a refusal for that, what it is now."""
        if self.token is None or "" in self.errors:
            return self.stored.digest
        return self.token.kept

    def problems(self) -> dict[str, Message]:
        """A colleague's change is not written over unseen."""
        if self.deed == LOOK:
            return {}
        if self.deed not in RECEIPTS:
            return {"": UNKNOWN}
        is_stale = self.token is None or self.token.kept != self.stored.digest
        would_change = self.deed == RESET or self.shown != self.stored
        return {"": MEANWHILE} if is_stale and would_change else {}

    def handle(self, creation_id: str) -> str:
        """Save, take back, or only look."""
        name = self.typed("namn")
        if self.deed == SAVE:
            operations.change_text(name, self.code, self.shown)
        elif self.deed == RESET:
            operations.reset_text(name, self.code)
        return f"{self.page_url}&klart={self.deed}"

    def done(self, target: str) -> Any:
        """To look changes nothing: the page again, with the preview."""
        if self.deed != LOOK or self.kind is None:
            return super().done(target)
        self.preview = preview(self.kind, self.code, self.shown)
        return self.show()

    @property
    def deed(self) -> str:
        """What is to be done."""
        return self.typed("gor")

    @property
    def stored(self) -> Text:
        """The text that counts now."""
        return texts.text_of(self.typed("namn"), self.code)

    @property
    def default(self) -> Text:
        """The text before anybody changed it."""
        return texts.default_text(self.typed("namn"), self.code)

    @property
    def is_changed(self) -> bool:
        """Whether the site has a text of its own."""
        return texts.is_changed(self.typed("namn"), self.code)

    @property
    def shown(self) -> Text:
        """What stands in the fields: what was typed, else what is stored."""
        if self.request["REQUEST_METHOD"] != "POST" or self.deed == RESET:
            return self.stored
        return Text(*(texts.cleaned(self.typed(part)) for part in ("subject", "body", "link_text")))

    @property
    def compares(self) -> bool:
        """Whether the text that counts now is shown beside what was typed."""
        return "" in self.errors and self.shown != self.stored

    @property
    def page_url(self) -> str:
        """The address of the form."""
        return edit_url(self.site_url, self.typed("namn"), self.code)

    @property
    def language_word(self) -> Message:
        """Svenska or Engelska."""
        return LANGUAGE_WORDS[self.code]

    @property
    def others(self) -> list[tuple[str, Message]]:
        """The same text in the other languages."""
        codes = [code for code in texts.LANGUAGES if code != self.code]
        return [(edit_url(self.site_url, self.typed("namn"), code), LANGUAGE_WORDS[code]) for code in codes]

    @property
    def longest(self) -> Mapping[str, int]:
        """How long the parts may be."""
        return operations.LONGEST

    @property
    def is_mail(self) -> bool:
        """Whether it is sent as e-mail, and not shown in a case."""
        return self.kind is not None and self.kind.group != TextGroup.MESSAGE

    @property
    def receipt(self) -> Message | None:
        """What was done just now."""
        return None if self.errors or self.preview else RECEIPTS.get(self.typed("klart"))

    @property
    def placeholders(self) -> list[FilledIn]:
        """What may stand in the text, the kind's own first, with what it becomes."""
        if self.kind is None:
            return []
        fields = examples(self.kind)
        return [
            FilledIn(
                one.name,
                one.description,
                texts.filled(Text("", f"{{{one.name}}}", ""), fields).body,
                one.name in self.kind.required,
            )
            for one in (*self.kind.placeholders, *texts.COMMON)
        ]

    def paragraphs(self, text: Text) -> list[list[str]]:
        """A body as paragraphs of lines."""
        return [paragraph.splitlines() for paragraph in texts.paragraphs(text.body)]
