"""The task view that writes to the owner of an account."""

from urllib.parse import urlencode

from plone import api
from Products.Five.browser import BrowserView
from zope.interface import implementer

from sp.personcert.customers import queries as customers
from sp.personcert.foundation import mail
from sp.personcert.foundation.settings import setting
from sp.personcert.foundation.taskqueue import GiveUp, is_done
from sp.personcert.foundation.taskqueue.interfaces import ENVIRON_ID
from sp.personcert.foundation.texts import filled, paragraphs, text_of
from sp.personcert.interfaces import IOwnView

from .domain import LinkKind
from .letters import LetterKind, text_name
from .operations import links
from .queries import AccountRow, account_of

LINKS = {LetterKind.PASSWORD_CHANGED: "/glomt-losenord", LetterKind.FACTOR_CHANGED: "/inloggningar"}


@implementer(IOwnView)
class SendAccountLetter(BrowserView):
    """Sends the letter ``kind`` to the account's owner. Nobody there: nothing is sent, and nothing is wrong.

    They hold a one-use link or are about the account's safety, and only e-mail proves the way in: so they go
    by e-mail also to customers who are otherwise reached by post, and to protected identities.
    """

    def __call__(self) -> str:
        row = account_of(self.request.form["account"])
        if row is None or row.is_disabled:
            return "nobody there"
        if is_done(self.request, mail.EFFECT):
            return "sent before"
        kind = LetterKind(self.request.form["kind"])
        if kind in (LetterKind.RESET, LetterKind.HELP) and not row.is_activated:
            kind = LetterKind.ACTIVATION  # what a stranger asks for does not shorten the first link's life
        recipient, language = _recipient(row)
        is_customer = recipient is not None
        address = recipient.mail_address if recipient else row.email
        if kind is LetterKind.ADDRESS_CHANGED:
            address, recipient = row.former_email, None
        if not address:
            raise GiveUp("no address")
        letter = _letter(row, kind, language)
        message = mail.compose(address, language, letter, self.request.environ[ENVIRON_ID])
        try:
            return "sent" if mail.deliver(self.request, message) else "sent before"
        except mail.AddressRefused as refusal:
            if not is_customer:
                raise
            if recipient is not None:
                recipient.refused(refusal.code)  # officers see it at the customer
            return "refused"  # by a former address, which often is left because it does not work


def _recipient(row: AccountRow) -> tuple[mail.IMailRecipient | None, str]:
    """The customer whose account it is, if it is a customer's, and the language to write in."""
    customer = customers.of_user(row.user_id)
    if customer is None:
        return None, str(api.portal.get_default_language())
    recipient = mail.IMailRecipient(customer)
    return recipient, recipient.mail_language


def _letter(row: AccountRow, kind: LetterKind, language: str) -> mail.Letter:
    fields = {
        "user_name": row.user_name,
        "days": str(setting("activation_days")),
        "minutes": str(setting("reset_minutes")),
    }
    link = LINKS.get(kind, "/start")
    if kind in set(LinkKind):
        link = f"/valj-losenord?{urlencode({'kod': links.make_link(row.user_id, LinkKind(kind))})}"
    text = filled(text_of(text_name(kind), language), fields)
    return mail.Letter(text.subject, paragraphs(text.body), link, text.link_text)
