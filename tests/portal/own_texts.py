"""The texts on their pages: addresses, fields, previews and what the audit holds."""

from typing import Any

import transaction
from plone import api
from webtest import TestResponse

from sp.personcert.foundation import audit, texts
from sp.personcert.foundation.texts import Text
from sp.personcert.foundation.texts import operations as changing
from tests.reading import tree, words

LIST = "/texter"
EDIT = "/texten?namn=new_message&sprak=sv"
MARKUP = "<script>kw(1)</script>"


def edit(name: str, language: str = "sv") -> str:
    """The address of the form of a text."""
    return f"/texten?namn={name}&sprak={language}"


def stored(name: str = "new_message", language: str = "sv") -> tuple[Text, bool]:
    """The text that counts now, and whether it is the site's own."""
    transaction.begin()
    return texts.text_of(name, language), texts.is_changed(name, language)


def changed(
    subject: str = "Nytt ämne", body: str = "Ny text.", link_text: str = "Ny länk", name: str = "new_message"
) -> Text:
    """A text as a colleague changed it."""
    with api.env.adopt_user(username="administrator"):
        changing.change_text(name, "sv", Text(subject, body, link_text))
    transaction.commit()
    return Text(subject, body, link_text)


def written(page: TestResponse, **fields: str) -> Any:
    """The form with something written in it."""
    form = page.forms["text-form"]
    for name, value in fields.items():
        form[name] = value
    return form


def in_fields(page: TestResponse) -> tuple[str, ...]:
    """What stands in the form."""
    form = page.forms["text-form"]
    return tuple(form[name].value for name in ("subject", "body", "link_text"))


def alert(page: TestResponse) -> str:
    """The box of errors."""
    return " ".join(words(box) for box in tree(page).xpath("//*[@role='alert']"))


def shown(page: TestResponse, place: str) -> list[str]:
    """The paragraphs of a preview."""
    return [words(one) for one in tree(page).xpath(f"//*[@id='{place}']/p")]


def entries() -> list[tuple[str, Any]]:
    """What the audit holds about texts."""
    found = audit.entries_for(api.portal.get(), below=False)
    return [(e.action, audit.details_of(e)) for e in found if e.action.startswith("text.")]


def reset_form(page: TestResponse) -> Any:
    """The form that takes a change back."""
    return next(form for form in page.forms.values() if "Återställ" in form.text)


def words_of(text: str) -> str:
    """A paragraph as a page shows it: lines follow each other."""
    return " ".join("".join(text.splitlines()).split())
