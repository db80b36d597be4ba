"""The shape of an answer, and what is said of a file."""

from dataclasses import dataclass

from zope.i18nmessageid import Message

from sp.personcert import _

from ..domain import File

ICONS = {"ok": "kw-ok", "wait": "kw-alert", "stop": "kw-stop", "info": "kw-info", "plain": "kw-none"}


@dataclass(frozen=True)
class Answer:
    """A heading with a text below it, in one of the tones of ``ICONS``."""

    tone: str
    heading: Message
    text: Message

    @property
    def icon(self) -> str:
        """The icon of the tone."""
        return ICONS[self.tone]


_UNCHANGED_YES = Answer(
    "ok",
    _("answer_unchanged_yes", default="Är filen oförändrad? Ja."),
    _("answer_unchanged_yes_text", default="Inget har lagts till eller ändrats sedan den signerades."),
)
_UNCHANGED_NO = _("answer_unchanged_no", default="Är filen oförändrad? Nej.")
_UNCHANGED_UNKNOWN = _("answer_unchanged_unknown", default="Är filen oförändrad? Det går inte att säga.")
_ONLY_OURS = _("answer_unchanged_only_ours", default="Vi kan bara svara för filer som vi har signerat.")

UNCHANGED: dict[File, Answer] = {
    File.GENUINE: _UNCHANGED_YES,
    File.SIGNED: _UNCHANGED_YES,
    File.ALTERED: Answer(
        "stop",
        _UNCHANGED_NO,
        _("answer_altered_text", default="Något har lagts till eller ändrats efter att vi signerade den."),
    ),
    File.BROKEN: Answer(
        "stop",
        _UNCHANGED_UNKNOWN,
        _("answer_broken_text", default="Signaturen håller inte, så den bevisar ingenting om innehållet."),
    ),
    File.STRANGER: Answer("info", _UNCHANGED_UNKNOWN, _ONLY_OURS),
    File.UNSIGNED: Answer("info", _UNCHANGED_UNKNOWN, _ONLY_OURS),
    File.UNKNOWN: Answer(
        "info",
        _UNCHANGED_UNKNOWN,
        _("answer_unread_text", default="Filen gick inte att läsa så som våra certifikat går att läsa."),
    ),
}

_OURS_YES = Answer(
    "ok",
    _("answer_ours_yes", default="Har vi signerat den? Ja."),
    _("answer_ours_yes_text", default="Signaturen är vår."),
)
_OURS_NO = _("answer_ours_no", default="Har vi signerat den? Nej.")

OURS: dict[File, Answer] = {
    File.GENUINE: _OURS_YES,
    File.SIGNED: _OURS_YES,
    File.ALTERED: Answer(
        "wait",
        _("answer_ours_partly", default="Har vi signerat den? Bara den första delen."),
        _("answer_ours_partly_text", default="Vi har signerat en tidigare version av filen."),
    ),
    File.BROKEN: Answer(
        "stop",
        _OURS_NO,
        _(
            "answer_ours_broken_text",
            default="Det finns en signatur i filen, men det går inte att lita på den.",
        ),
    ),
    File.STRANGER: Answer(
        "stop", _OURS_NO, _("answer_ours_stranger_text", default="Filen är signerad av någon annan än oss.")
    ),
    File.UNSIGNED: Answer(
        "stop",
        _OURS_NO,
        _(
            "answer_ours_unsigned_text",
            default="Filen har ingen signatur. Våra certifikat är alltid signerade.",
        ),
    ),
    File.UNKNOWN: Answer(
        "info",
        _("answer_ours_unknown", default="Har vi signerat den? Det går inte att säga."),
        _("answer_ours_unknown_text", default="Vi hittade ingen signatur som vi kunde läsa."),
    ),
}

_GO_BY_REGISTER = _(
    "verdict_go_by_register", default="Det som står i filen kan vara fel. Gå efter vårt register."
)
_ASK_BY_NUMBER = _(
    "verdict_ask_by_number",
    default="Det kan vara en utskrift, en bild eller en kopia. Kontrollera certifikatets nummer i stället.",
)

FILE_VERDICTS: dict[File, Answer] = {
    File.SIGNED: Answer(
        "wait",
        _("verdict_signed", default="Vi har signerat filen, men den finns inte i registret"),
        _("verdict_signed_text", default="Den är inte ett certifikat som gäller. Fråga oss om du är osäker."),
    ),
    File.ALTERED: Answer(
        "stop", _("verdict_altered", default="Filen är ändrad. Lita inte på den."), _GO_BY_REGISTER
    ),
    File.BROKEN: Answer(
        "stop", _("verdict_broken", default="Signaturen stämmer inte. Lita inte på filen."), _GO_BY_REGISTER
    ),
    File.STRANGER: Answer(
        "stop",
        _("verdict_stranger", default="Filen kommer inte från oss. Lita inte på den."),
        _GO_BY_REGISTER,
    ),
    File.UNSIGNED: Answer(
        "stop", _("verdict_unsigned", default="Filen är inte signerad. Lita inte på den."), _ASK_BY_NUMBER
    ),
    File.UNKNOWN: Answer(
        "wait",
        _("verdict_unknown", default="Vi kunde inte kontrollera filen. Lita inte på den."),
        _("verdict_unknown_text", default="Kontrollera certifikatets nummer i stället, eller fråga oss."),
    ),
}
