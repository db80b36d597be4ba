"""Entries of the audit about accounts: they stand at the site and name the user id alone."""

from typing import Any

from plone import api

from sp.personcert.foundation import audit


def note(action: str, user_id: str, **details: Any) -> None:
    """Record ``account.<action>``; never what somebody typed."""
    audit.record(f"account.{action}", api.portal.get(), account=user_id, **details)
