"""What follows when mail comes back, and when it can be tried again."""

from zope.component import adapter

from sp.personcert.customers import queries as customers
from sp.personcert.customers.events import AddressFoundBad, AddressUsable

from . import operations

NEWS = "new_message"


@adapter(AddressFoundBad)
def hold_a_letter(event: AddressFoundBad) -> None:
    """What came back may have been news: one letter says so, when letters may go."""
    customer = event.customer
    if not customers.is_reached_by_post(customer):
        bad = customer.bad_address
        key = f"found bad:{bad.since.isoformat()}:{bad.address.casefold()}"
        day = customers.letters_from(customer)
        operations.put(customer, [NEWS], customer.customer_language, day, key)


@adapter(AddressUsable)
def try_mail_again(event: AddressUsable) -> None:
    """Letters that were held back become e-mail after all."""
    operations.send_by_mail_instead(event.customer)
