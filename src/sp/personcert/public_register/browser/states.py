"""What is said of a certificate's state today, and of a whole check."""

from dataclasses import dataclass

from zope.i18nmessageid import Message

from sp.personcert import _
from sp.personcert.certificates.domain import Status

from ..domain import File, Finding
from .answers import FILE_VERDICTS, ICONS, Answer


@dataclass(frozen=True)
class Word:
    """The state of a certificate as one word with a tone."""

    tone: str
    word: Message

    @property
    def icon(self) -> str:
        """The icon of the tone."""
        return ICONS[self.tone]


WORDS: dict[Status, Word] = {
    Status.VALID: Word("ok", _("register_valid", default="Gäller")),
    Status.NOT_YET: Word("wait", _("register_not_yet", default="Gäller inte än")),
    Status.NOT_ISSUED: Word("wait", _("register_not_issued", default="Inte utfärdat än")),
    Status.SUSPENDED: Word("stop", _("register_suspended", default="Tillfälligt indraget")),
    Status.WITHDRAWN: Word("stop", _("register_withdrawn", default="Återkallat")),
    Status.EXPIRED: Word("stop", _("register_expired", default="Giltighetstiden är slut")),
    Status.REPLACED: Word("stop", _("register_replaced", default="Ersatt av ett nyare")),
}

TEXTS: dict[Status, Message] = {
    Status.VALID: _("today_valid", default="Certifikatet gäller."),
    Status.NOT_YET: _("today_not_yet", default="Dess första dag har inte kommit."),
    Status.NOT_ISSUED: _("today_not_issued", default="Certifikatet är beslutat men inte utfärdat."),
    Status.SUSPENDED: _("today_suspended", default="Det är tillfälligt indraget."),
    Status.WITHDRAWN: _("today_withdrawn", default="Det är återkallat."),
    Status.EXPIRED: _("today_expired", default="Giltighetstiden är slut."),
    Status.REPLACED: _("today_replaced", default="Det är ersatt av ett nyare certifikat."),
}

VALID_NOW = _("verdict_valid", default="Certifikatet gäller i dag")
GENUINE_AND_VALID = _("verdict_genuine_valid", default="Certifikatet är äkta och gäller i dag")
NOT_VALID: dict[Status, Message] = {
    Status.NOT_YET: _("verdict_not_yet", default="Certifikatet gäller inte än"),
    Status.NOT_ISSUED: _("verdict_not_issued", default="Certifikatet är inte utfärdat än"),
    Status.SUSPENDED: _("verdict_suspended", default="Certifikatet är tillfälligt indraget"),
    Status.WITHDRAWN: _("verdict_withdrawn", default="Certifikatet är återkallat"),
    Status.EXPIRED: _("verdict_expired", default="Certifikatet gäller inte längre"),
    Status.REPLACED: _("verdict_replaced", default="Certifikatet är ersatt av ett nyare"),
}
GENUINE_BUT: dict[Status, Message] = {
    Status.NOT_YET: _("verdict_genuine_not_yet", default="Filen är äkta, men certifikatet gäller inte än"),
    Status.NOT_ISSUED: _(
        "verdict_genuine_not_issued", default="Filen är äkta, men certifikatet är inte utfärdat än"
    ),
    Status.SUSPENDED: _(
        "verdict_genuine_suspended", default="Filen är äkta, men certifikatet är tillfälligt indraget"
    ),
    Status.WITHDRAWN: _("verdict_genuine_withdrawn", default="Filen är äkta, men certifikatet är återkallat"),
    Status.EXPIRED: _(
        "verdict_genuine_expired", default="Filen är äkta, men certifikatet gäller inte längre"
    ),
    Status.REPLACED: _(
        "verdict_genuine_replaced", default="Filen är äkta, men certifikatet är ersatt av ett nyare"
    ),
}

YES = _("answer_today_yes", default="Gäller certifikatet i dag? Ja.")
NO = _("answer_today_no", default="Gäller certifikatet i dag? Nej.")
YES_BUT = Answer(
    "info",
    _("answer_today_register", default="Gäller certifikatet i dag? Ja, enligt registret."),
    _("answer_today_register_text", default="Men inte med det som står i den här filen."),
)
CANNOT_SAY = Answer(
    "info",
    _("answer_today_unknown", default="Gäller certifikatet i dag? Det kan filen inte visa."),
    _("answer_today_unknown_text", default="Sök på certifikatets nummer, så svarar vi ur registret."),
)


def today_answer(finding: Finding, last_day: str) -> Answer:
    """The third answer: does the certificate hold today?

    :param last_day: the last day of validity in words, "" when the register shows no data.
    """
    if finding.status is None:
        return CANNOT_SAY
    if finding.status is not Status.VALID:
        return Answer("stop", NO, TEXTS[finding.status])
    if finding.file not in (None, File.GENUINE):
        return YES_BUT
    return Answer("ok", YES, _until(last_day) if last_day else TEXTS[Status.VALID])


def verdict(finding: Finding, day: str) -> Answer:
    """The headline of a check.

    :param day: today in words.
    """
    if finding.file in FILE_VERDICTS:
        return FILE_VERDICTS[finding.file]
    by_file = finding.file is File.GENUINE
    number = finding.entry.number if finding.entry else ""
    if finding.status is Status.VALID:
        return Answer("ok", GENUINE_AND_VALID if by_file else VALID_NOW, _checked(number, day))
    headings = GENUINE_BUT if by_file else NOT_VALID
    return Answer("wait", headings[finding.status], _checked(number, day))


def _until(last_day: str) -> Message:
    return _("today_valid_until", default="Det gäller till och med ${day}.", mapping={"day": last_day})


def _checked(number: str, day: str) -> Message:
    if not number:
        return _("text_checked", default="Kontrollerat ${day}", mapping={"day": day})
    return _(
        "text_checked_number",
        default="Certifikat ${number}, kontrollerat ${day}",
        mapping={"number": number, "day": day},
    )
