"""Writing entries, in the transaction of the deed."""

import secrets
from typing import Any

from zope.component.hooks import getSite

from ..clock import now
from ..identity import current_user_id
from ..taskqueue.actors import current_actor
from .entries import Details, Entry, utc_text
from .log import AuditLog, ensure_log, inside, of_object, path_in

ERASED = "audit.details_erased"


def record(action: str, content: Any, /, **details: str) -> None:
    """Note that the person in charge did something.

    :param action: a code, ``feature.verb`` in the past tense, such as ``documents.opened``.
    :param content: what it was done to.
    :param details: particulars as codes, ids and numbers; they can be erased later.
    """
    site = getSite()
    _insert(ensure_log(site), action, path_in(site, content), details)


def erase_details(path_prefix: str) -> int:
    """Drop the particulars of an object and all inside it; the entries themselves stay.

    :param path_prefix: the path from the site on, such as ``/kunder/1f0c...``.
    :returns: how many entries lost their particulars.
    """
    log = ensure_log(getSite())
    path = "/" + path_prefix.strip("/")
    erased = log.drop_details(*of_object(path)) + log.drop_details(*inside(path))
    _insert(log, ERASED, path, {})
    return erased


def _insert(log: AuditLog, action: str, path: str, values: dict[str, str]) -> None:
    details = Details.of({name: str(value) for name, value in values.items()}) if values else None
    entry = Entry(
        name=secrets.token_hex(16),
        moment=utc_text(now()),
        user_id=current_user_id(),
        actor=current_actor(),
        action=action,
        path=path,
        details_digest=details.digest if details else "",
    )
    log.insert(entry, details)
