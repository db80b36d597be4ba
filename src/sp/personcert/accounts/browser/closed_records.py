"""The records that are closed to a member of the staff: the own one, and those of people close by."""

from zope.i18nmessageid import Message

from sp.personcert import _
from sp.personcert.customers import operations as customers

from .account import AccountForm, Records

MOST_RELATIVES = 50
TOO_MANY = _("refused_too_many_relatives", default="Skriv högst 50 nummer, ett på varje rad.")


class CloseRecords(AccountForm):
    """Customer numbers, saved as a whole: a number that is taken away opens the record again."""

    name = "close-records"

    @property
    def records(self) -> Records:
        """What was typed."""
        lines = [line.strip() for line in self.typed("relatives").splitlines()]
        return Records(self.typed("own_record").strip(), tuple(line for line in lines if line))

    def problems(self) -> dict[str, Message]:
        """A bound, so that a mistake is answered soon; a colleague's change is not written over unseen."""
        if self.is_stale(self.records, self.stored_records):
            return {"": self.meanwhile}
        return {"relatives": TOO_MANY} if len(self.records.relatives) > MOST_RELATIVES else {}

    def handle(self, creation_id: str) -> str:
        """Save."""
        records = self.records
        customers.close_records_by_number(self.account.user_id, records.own, records.relatives)
        return self.go_on("kundpost")
