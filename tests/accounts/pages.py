"""Pages of accounts: their forms, who they are about, and the mail that follows."""

import os
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import transaction
from plone import api
from webtest import TestResponse

from sp.personcert.accounts.queries import AccountRow, account_of
from sp.personcert.testing.tasks import run_due
from tests.reading import tree, words


def form_at(page: TestResponse, name: str) -> Any:
    """The first form that is sent to a view of the site."""
    return next(form for form in page.forms.values() if form.action.endswith(f"/{name}"))


def id_of(user_name: str) -> str:
    """The user id of somebody."""
    return str(api.user.get(username=user_name).getId())


def row_of(user_name: str) -> AccountRow | None:
    """What is stored of an account, None when there is none."""
    transaction.begin()
    user = api.user.get(username=user_name)
    return account_of(user.getId()) if user else None


def alert(page: TestResponse) -> str:
    """The box of errors."""
    return " ".join(words(box) for box in tree(page).xpath("//*[@role='alert']"))


def receipt(page: TestResponse) -> str:
    """What the page says was done."""
    return " ".join(words(box) for box in tree(page).xpath("//*[@role='status']"))


def letters() -> list[EmailMessage]:
    """The letters that leave now; the folder is empty afterwards."""
    run_due()
    paths = sorted(Path(os.environ["SP_MAIL_DIR"]).glob("*.eml"))
    found = [message_from_bytes(path.read_bytes(), policy=default) for path in paths]
    for path in paths:
        path.unlink()
    return found


def body(letter: EmailMessage) -> str:
    """The text of a letter."""
    return str(letter.get_body(("plain",)).get_content())
