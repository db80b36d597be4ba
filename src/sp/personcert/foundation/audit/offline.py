"""Opening the database of a server without starting one: read-only, no ZCML, no tasks."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import transaction
from Acquisition import aq_base
from ZConfig import ConfigurationError
from ZODB.DB import DB
from Zope2.Startup.options import ZopeWSGIOptions

from .log import KEY, AuditLog

ROOT = "Application"


class NotOpened(Exception):
    """The database cannot be read; the text says why."""


@contextmanager
def opened(zope_conf: str) -> Iterator[Any]:
    """Zope's root as the database has it now. A running server is not disturbed.

    :raises NotOpened: when there is no such configuration or database.
    """
    try:
        database = DB(_read_only(_main_storage(zope_conf)).open(), pool_size=1)
    except (ConfigurationError, OSError, ValueError) as error:
        raise NotOpened(str(error)) from error
    manager = transaction.TransactionManager(explicit=True)
    connection = database.open(manager)
    manager.begin().doom()
    try:
        yield connection.root().get(ROOT)
    finally:
        manager.abort()
        connection.close()
        database.close()


def audited_sites(root: Any, site_path: str = "") -> dict[str, AuditLog]:
    """Path → log of the sites directly in the root that have one, or of the one that is named.

    :raises NotOpened: when there is none.
    """
    names = [site_path.strip("/")] if site_path else list(root.objectIds()) if root is not None else []
    found = {f"/{name}": log for name in names if (log := _log_at(root, name)) is not None}
    if not found:
        raise NotOpened(f"There is no audit trail at {site_path or 'any site'}.")
    return found


def _log_at(root: Any, name: str) -> AuditLog | None:
    content = root
    for step in name.split("/"):
        content = content._getOb(step, None) if hasattr(content, "_getOb") else None
    if content is None:
        return None
    content._p_activate()
    return vars(aq_base(content)).get("__annotations__", {}).get(KEY)  # the adapter comes with ZCML


def _main_storage(zope_conf: str) -> Any:
    """The section of the storage that is mounted at the root."""
    options = ZopeWSGIOptions(zope_conf)()
    for database in options.configroot.databases:
        if "/" in database.getVirtualMountPaths():
            return database.config.storage
    raise NotOpened(f"{zope_conf} names no database for the root.")


def _read_only(section: Any) -> Any:
    """The storage without its blobs, which are not read, and without the right to write."""
    while hasattr(section.config, "base"):
        section = section.config.base
    for name, value in {"read_only": True, "create": False, "blob_dir": None}.items():
        if hasattr(section.config, name):
            setattr(section.config, name, value)
    return section
