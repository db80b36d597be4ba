"""What follows when mail can be tried again."""

from zope.component import adapter

from sp.personcert.customers.events import AddressUsable

from . import operations


@adapter(AddressUsable)
def try_mail_again(event: AddressUsable) -> None:
    """Letters that were held back become e-mail after all."""
    operations.send_by_mail_instead(event.customer)
