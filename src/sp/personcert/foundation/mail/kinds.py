"""The notices that everybody sends, and the frame around every mail.

A notice says that something waits, and has nothing of its own to fill in: there is no room for what
a case holds (H53, H59).
"""

from sp.personcert import _

from ..texts import Placeholder, TextGroup, TextKind

NEW_MESSAGE = TextKind(
    "new_message", _("text_new_message", default="Avisering: nytt meddelande"), TextGroup.NOTICE
)
SUPPLEMENT_REQUESTED = TextKind(
    "supplement_requested",
    _("text_supplement_requested", default="Avisering: ärendet behöver kompletteras"),
    TextGroup.NOTICE,
)
CERTIFICATE_READY = TextKind(
    "certificate_ready",
    _("text_certificate_ready", default="Avisering: certifikatet är klart"),
    TextGroup.NOTICE,
)
SEVERAL_NOTICES = TextKind(
    "several_notices",
    _("text_several_notices", default="Inledning när flera aviseringar samlas i ett brev"),
    TextGroup.NOTICE,
)
MAIL_FRAME = TextKind(
    "mail_frame",
    _("text_mail_frame", default="Ramen runt all e-post: hälsning, vart man svarar, avslutning"),
    TextGroup.FRAME,
    placeholders=(
        Placeholder(
            "content",
            _("placeholder_content", default="Det som brevet säger, och länken"),
            "Det finns ett nytt meddelande till dig på Kundwebben.",
        ),
    ),
    required=frozenset({"content"}),
    has_subject=False,
    has_link=False,
)
