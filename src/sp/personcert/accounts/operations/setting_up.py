"""What installing and uninstalling does to the site's user folder."""

from .. import storage
from ..plugins import installing


def set_up() -> None:
    """Our plug-ins, no stock way in, and the user folder of Zope's root closed to the web. May run again."""
    storage.ensure_accounts()
    installing.install_plugins()
    installing.close_root()


def take_down() -> None:
    """Plone's own ways in again; what is kept of accounts stays."""
    kept = storage.accounts()
    installing.remove_plugins(frozenset(key for key, account in kept.items() if account.is_disabled))
    installing.open_root()
