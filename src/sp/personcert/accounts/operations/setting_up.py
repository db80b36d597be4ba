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
    installing.remove_plugins()
    installing.open_root()
