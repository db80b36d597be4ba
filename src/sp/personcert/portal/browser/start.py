"""The general start page (H15), and the list of the person's certifications (H27–H29, H31)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from zope.i18nmessageid import Message

from sp.personcert import _
from sp.personcert.certificates.domain import Status
from sp.personcert.customers import queries as customers
from sp.personcert.decisions import queries as decisions
from sp.personcert.foundation.access import may
from sp.personcert.foundation.clock import now, today
from sp.personcert.foundation.permissions import Permission

from .. import queries
from ..domain import Step
from ..queries import Standing
from ..words import Badge, badge
from .entry import ForLoggedIn

NEWS_FOR = timedelta(days=30)
WEEKDAYS = {
    "sv": ["måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"],
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
}
TURN = _("status_your_turn", default="Din tur")
NEW = _("status_new", default="Nytt")


@dataclass(frozen=True)
class Task:
    """Something to do now, most urgent first by its rank."""

    rank: int
    title: Message
    url: str
    about: str
    badge: Badge


@dataclass(frozen=True)
class Row:
    """One certification in the list."""

    title: str
    url: str
    badge: Badge
    valid_to: date | None
    number: str


class OwnCertifications(ForLoggedIn):
    """Base of the pages that list what the logged-in person has."""

    @cached_property
    def customer(self) -> Any | None:
        """The person as a customer, or None for staff and unconnected accounts."""
        return customers.of_current_user()

    @cached_property
    def standings(self) -> list[Standing]:
        """One for each certification type."""
        return queries.standings(self.customer) if self.customer is not None else []

    def rows(self) -> list[Row]:
        """The table Mina Certifieringar."""
        return [
            Row(
                found.case.type_title,
                f"{found.case.absolute_url_path()}/@@meddelanden",
                badge(found, today()),
                found.certificate.valid_to if found.certificate else None,
                found.certificate.number if found.certificate else "",
            )
            for found in self.standings
        ]


class Certifications(OwnCertifications):
    """Mina Certifieringar: straight into the only one, else the list."""

    def render(self) -> Any:
        """The list, or a redirect (H28)."""
        if len(self.standings) == 1:
            return self.lead_to(f"{self.standings[0].case.absolute_url_path()}/@@meddelanden")
        return self.index()


class Start(OwnCertifications):
    """What to do now, the account, and the list. Staff go on to their own first page."""

    def render(self) -> Any:
        """The page, or a redirect."""
        if may(Permission.USE_DESK, self.context):
            return self.lead_to(f"{self.site_url}/arenden")
        if may(Permission.MANAGE_TYPES, self.context):
            return self.lead_to(f"{self.site_url}/typer")
        if may(Permission.USE_PLONE_FRAME, self.context):
            return self.lead_to(f"{self.site_url}/sidor")
        return self.index()

    @property
    def moment(self) -> datetime:
        """Now."""
        return now()

    @property
    def shown_day(self) -> str:
        """måndag 23 november 2026."""
        day = today()
        return f"{WEEKDAYS[self.language][day.weekday()]} {self.day(day)}"

    def tasks(self) -> list[Task]:
        """What waits for the person, most urgent first."""
        found = [task for one in self.standings for task in (paper_task(one), news_task(one)) if task]
        return sorted(found, key=lambda task: task.rank)


def paper_task(found: Standing) -> Task | None:
    """To send in papers, or to tell that all of them are sent."""
    if found.progress.step is not Step.PAPERS:
        return None
    address, turn = f"{found.case.absolute_url_path()}/@@ladda-upp-intyg", Badge(TURN, "alert", "wait")
    rank, title = _paper_title(found.progress.open_rows, found.supplement is not None)
    return Task(rank, title, address, found.case.type_title, turn)


def _paper_title(count: int, supplement: bool) -> tuple[int, Message]:
    """What is asked for comes before what was asked from the beginning."""
    rows = {"count": count}
    if supplement and not count:
        return 0, _("task_supplement_message", default="Komplettera din ansökan: läs vad vi behöver")
    if not count:
        return 1, _("task_notify", default="Klicka på MEDDELA OSS när du är klar")
    if supplement and count == 1:
        return 0, _("task_supplement_one", default="Komplettera din ansökan: en rad väntar på svar")
    if supplement:
        return 0, _(
            "task_supplement",
            default="Komplettera din ansökan: ${count} rader väntar på svar",
            mapping=rows,
        )
    if count == 1:
        return 2, _("task_papers_one", default="Skicka in handlingar: en rad väntar på svar")
    return 2, _("task_papers", default="Skicka in handlingar: ${count} rader väntar på svar", mapping=rows)


def news_task(found: Standing) -> Task | None:
    """To read a decision or to fetch a certificate of the last month."""
    made = decisions.decision(found.case)
    if made is None or now() - made.decided_at > NEWS_FOR:
        return None
    address, about = found.case.absolute_url_path(), found.case.type_title
    if not made.granted:
        title = _("task_read_decision", default="Läs beslutet om din ansökan")
        return Task(3, title, f"{address}/@@meddelanden", about, Badge(NEW, "mail", "info"))
    if found.status is Status.VALID:
        title = _(
            "task_fetch_certificate",
            default="Hämta ditt certifikat ${number}",
            mapping={"number": found.certificate.number},
        )
        return Task(4, title, f"{address}/@@arkiv", about, Badge(NEW, "ok", "ok"))
    return None
