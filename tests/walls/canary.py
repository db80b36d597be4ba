"""A customer whose personnummer is a canary, followed through everything that the site does."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import transaction
from personnummer import personnummer
from plone import api
from webtest import TestResponse, Upload

from sp.personcert.accounts.operations import opening
from sp.personcert.cases import operations as cases
from sp.personcert.certification_types import queries as types
from sp.personcert.checklist import operations as checklist
from sp.personcert.checklist import queries as answers
from sp.personcert.customers import operations as customers
from sp.personcert.customers.domain import PersonDetails
from sp.personcert.demo.people import PASSWORD
from sp.personcert.foundation.content import new_id
from sp.personcert.testing.tasks import run_due
from sp.personcert.testing.visitor import Visitor
from tests.documents.samples import pdf
from tests.reading import address
from tests.sending import form_to, forms_to, reread

OWN_VIEWS = Path(__file__).with_name("own_views.txt")
NAME, USER_NAME, TYPE = "Kanariefågel", "kanariefagel", "brunnsborrare"
BORN, SERIAL = "19770329", "461"
NOTICES = 3600.0  # seconds; notices are gathered for some minutes
STAFF = ("handlaggare", "handlaggare2", "beslutsfattare", "administrator")


def canary() -> str:
    """Twelve digits with a right check digit; nobody of the demonstration has them."""
    tries = (f"{BORN}{SERIAL}{digit}" for digit in range(10))
    return next(number for number in tries if personnummer.valid(number))


def written(number: str) -> tuple[str, ...]:
    """The ways to write it; those of twelve digits hold those of ten."""
    day, end = number[2:8], number[8:]
    return tuple(f"{day}{sign}{end}" for sign in ("", "-", "+", " ", "%2D", "%2B", "%20", "−", "&#45;"))


def sung(text: str | bytes) -> bool:
    """Whether the canary's number stands in a text."""
    if isinstance(text, bytes):
        text = text.decode("utf-8", "replace") + text.decode("utf-16-le", "replace")
    return any(way in text for way in written(canary()))


@dataclass(frozen=True)
class Seen:
    """One answer: who asked for what, and all that came back."""

    who: str
    asked: str
    answer: TestResponse

    @property
    def place(self) -> str:
        """The last step of the address, for a report."""
        return f"{self.who}: {self.asked.partition('?')[0].rpartition('/')[2]} {self.answer.status_int}"

    @property
    def told(self) -> str:
        """Status, headers and body."""
        return f"{self.answer.status} {self.answer.headers} {self.answer.body.decode('utf-8', 'replace')}"


class Recorder(logging.Handler):
    """Every record of every logger, with its traceback, as nobody masks it."""

    def __init__(self) -> None:
        super().__init__(0)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep it."""
        self.lines.append(f"{record.name} {logging.Formatter().format(record)} {record.args!r}")


@contextmanager
def recorded() -> Iterator[Recorder]:
    """What is logged meanwhile, from the lowest level on."""
    root, recorder = logging.getLogger(), Recorder()
    level = root.level
    root.addHandler(recorder)
    root.setLevel(0)
    try:
        yield recorder
    finally:
        root.removeHandler(recorder)
        root.setLevel(level)


class Journey:
    """From an opened customer to a certificate in the register, with every answer kept."""

    def __init__(self, visitor: Callable[[str], Visitor], acting: Callable[[str], Any]) -> None:
        self.visitor, self.acting = visitor, acting
        self.seen: list[Seen] = []
        self.opened: Seen | None = None
        self.people: dict[str, Visitor] = {}

    def travel(self) -> None:
        """All of it."""
        self.open()
        self.people = {who: self.visitor(who) for who in (USER_NAME, "enkel", *STAFF, "")}
        self.apply()
        self.handle()
        self.decide()
        self.crawl()
        self.check()
        self.open_number()
        run_due(after=NOTICES)

    def see(self, who: str, asked: str) -> TestResponse:
        """Somebody asks for an address."""
        return self._keep(who, asked, self.people[who].see(asked))

    def submit(self, who: str, form: Any, **fields: Any) -> TestResponse:
        """Somebody fills in a form and sends it, and follows where it leads."""
        for name, value in fields.items():
            form[name] = value
        answer = self._keep(who, form.action, self.people[who].submit(form))
        if answer.status_int in (302, 303):
            self.see(who, answer.location)
        return answer

    def _keep(self, who: str, asked: str, answer: TestResponse) -> TestResponse:
        self.seen.append(Seen(who, asked, answer))
        return answer

    def open(self) -> None:
        """Customer, account and case; the same number once more is refused."""
        with self.acting("handlaggare"):
            person = PersonDetails(first_name="Kaj", last_name=NAME, email=f"{USER_NAME}@example.se")
            self.customer = customers.open_customer(person, canary())
            customers.connect_account(self.customer, opening.open_account(USER_NAME, PASSWORD), USER_NAME)
            self.case = cases.open_case(self.customer, types.by_id(TYPE), level_key="ab")

    def apply(self) -> None:
        """The customer reads, uploads, tells why a paper is missing, writes, and presses MEDDELA OSS."""
        dialog = self.see(USER_NAME, address(self.case, "ladda-upp?plats=welding"))
        form = next(form for form in dialog.forms.values() if "what" in form.fields)
        self.submit(USER_NAME, form, file=Upload(f"{NAME}.pdf", pdf()), note="Svetsprov")
        reread()
        with self.acting(USER_NAME):
            for row in answers.rows(self.case):
                if row.answer is None:
                    checklist.answer_with_reason(self.case, row.slot.key, "Finns hos er.", new_id())
        transaction.commit()
        self.write(USER_NAME)
        tab = self.see(USER_NAME, address(self.case, "ladda-upp-intyg"))
        self.submit(USER_NAME, form_to(tab, "meddela-oss"))

    def write(self, who: str) -> None:
        """A new message."""
        page = self.see(who, address(self.case, "meddelanden") + "?nytt=1")
        form = form_to(page, "nytt-meddelande")
        form["message_type"], form["text"] = "Notering", "Hej!"
        self._keep(who, form.action, self.people[who].submit(form, "do", "save"))

    def handle(self) -> None:
        """An officer takes the case, judges, records the exam, writes and proposes."""
        desk = self.see("handlaggare", "/arenden?lista=waiting")
        self.submit("handlaggare", form_to(desk, "ta-arendet", self.case.getId()))
        for row in self.case.rule.slots:
            page = self.see("handlaggare", address(self.case, f"handlaggning?slot={row.key}"))
            for form in forms_to(page, "bedom")[:1]:
                self.submit("handlaggare", form, verdict="approved")
        exam = form_to(self.see("handlaggare", address(self.case, "tentamen")), "tentamen")
        self.submit("handlaggare", exam, marked_on="2026-01-20", result="passed")
        self.write("handlaggare")
        page = self.see("handlaggare", address(self.case, "beslut"))
        proposal = form_to(page, "foresla")
        self.submit("handlaggare", proposal)
        run_due(after=NOTICES)

    def decide(self) -> None:
        """A decision maker grants it; tasks sign, file, publish, mail and seal."""
        page = self.see("beslutsfattare", address(self.case, "beslut"))
        self.submit("beslutsfattare", form_to(page, "bevilja"))
        run_due()
        run_due(after=NOTICES)
        reread()

    def crawl(self) -> None:
        """Every page of ours on everything that is there, as everybody."""
        rows = [line.split(" | ") for line in OWN_VIEWS.read_text("utf-8").splitlines() if " | " in line]
        places = {"IPloneSiteRoot": [""], "INavigationRoot": [""]}
        for content in (self.customer, *self.customer.objectValues(), *self.case.objectValues()):
            kind = f"I{content.portal_type.rpartition('.')[2].capitalize()}"
            places.setdefault(kind, []).append(address(content))
        for name, context, layer, _permission in rows:
            for place in places.get(context, ()) if layer == "IPersonCertLayer" else ():
                for who in self.people if name != "logout" else ():
                    self.see(who, f"{place}/@@{name}")

    def check(self) -> None:
        """The public looks the person up; somebody asks for what is not there, and for a new password."""
        certificate = next(one for one in self.customer.objectValues() if hasattr(one, "releases"))
        self.see("", f"/register?namn={NAME.lower()}")
        self.see("", f"/kontrollera?nr={certificate.number}")
        bare = address(self.case, "nytt-meddelande")
        for who in self.people:
            self.see(who, f"{address(self.case)}/made-up")
            self._keep(who, bare, self.people[who].send(bare))
        forgotten = self.people[""].see("/glomt-losenord").forms["forgotten"]
        self.submit("", forgotten, user_name=USER_NAME)

    def log_in_with_the_number(self) -> None:
        """Somebody takes it for a user name, and for a password; the answer repeats what was typed."""
        for user_name, password in ((canary(), PASSWORD), (USER_NAME, canary())):
            self.people[""].log_in(user_name, password)

    def open_number(self) -> None:
        """An officer opens it."""
        asked = address(self.customer, "personnummer")
        form = form_to(self.see("handlaggare", asked), "personnummer")
        self.log_in_with_the_number()
        self.opened = Seen("handlaggare", asked, self.people["handlaggare"].submit(form))
        self.see("handlaggare", asked)
        api.portal.get_tool("portal_catalog").clearFindAndRebuild()
