"""Who can get e-mail."""

from zope.interface import Attribute, Interface


class IMailRecipient(Interface):
    """An adapter of content that stands for a person; the feature that owns the content gives it."""

    mail_address = Attribute('The address, "" when there is none.')
    mail_language = Attribute("``sv`` or ``en``.")
    wants_mail = Attribute("False for customers who are reached by post (H42).")
