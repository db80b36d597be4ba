"""The information pages that a new site begins with: stock Documents in ``/sidor`` (H177)."""

from importlib.resources import files

from plone import api
from plone.app.textfield.value import RichTextValue

FOLDER = "sidor"  # no page may be called as a catalogue column, such as "start": the catalogue would call it
TEXTS = files(__package__) / "pages"
PAGES = {
    "startsida": ("Kundwebben", "Ansök, skicka in handlingar, följ ditt ärende och hämta ditt certifikat."),
    "personcertifiering": ("Personcertifiering", "För dig som söker eller har ett personcertifikat."),
    "ansokan": ("Ansökan", "Så ansöker du om certifiering eller förnyelse."),
    "fragor-och-svar": ("Frågor och svar om inloggningen", "Det som andra har undrat över."),
    "personuppgifter": ("Personuppgifter", "Så behandlar vi dina personuppgifter."),
    "tillganglighet": ("Tillgänglighet", "Tillgänglighetsredogörelse för Kundwebben."),
}


def make_pages(editors: str) -> None:
    """Make the folder and the pages that do not exist yet, published.

    :param editors: the group that edits, adds and publishes pages there, and nowhere else.
    """
    portal = api.portal.get()
    if FOLDER not in portal.objectIds():
        _publish(api.content.create(portal, "Folder", FOLDER, title="Sidor", exclude_from_nav=True))
    folder = portal[FOLDER]
    api.group.grant_roles(groupname=editors, roles=["Editor", "Contributor", "Reviewer"], obj=folder)
    for name, (title, description) in PAGES.items():
        if name not in folder.objectIds():
            text = RichTextValue((TEXTS / f"{name}.html").read_text("utf-8"), "text/html", "text/x-html-safe")
            _publish(
                api.content.create(folder, "Document", name, title=title, description=description, text=text)
            )


def _publish(content: object) -> None:
    api.content.transition(content, "publish")
