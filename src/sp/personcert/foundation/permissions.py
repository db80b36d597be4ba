"""The vocabulary of the walls: one permission per verb, and the roles. Plain values."""

from enum import StrEnum


class Permission(StrEnum):
    """Zope's permission titles. ``permissions.zcml`` declares those that are ours."""

    VIEW = "View"
    UPLOAD = "sp.personcert: Upload"
    WRITE_MESSAGE = "sp.personcert: Write message"
    TAKE = "sp.personcert: Take case"
    REVIEW = "sp.personcert: Review case"
    PROPOSE = "sp.personcert: Propose decision"
    DECIDE = "sp.personcert: Decide"
    USE_DESK = "sp.personcert: Use officer pages"
    OPEN_CUSTOMER = "sp.personcert: Open customer"
    OPEN_IDENTITY_NUMBER = "sp.personcert: Open personal identity number"
    PROTECT_IDENTITY = "sp.personcert: Protect identity"
    MANAGE_ACCOUNTS = "sp.personcert: Manage accounts"
    READ_AUDIT = "sp.personcert: Read audit trail"
    MANAGE_TASKS = "sp.personcert: Manage tasks"
    MANAGE_TEXTS = "sp.personcert: Manage texts"
    POST_LETTERS = "sp.personcert: Post letters"
    MANAGE_TYPES = "sp.personcert: Manage certification types"
    USE_PLONE_FRAME = "sp.personcert: Use Plone's frame"
    FIRE_TRANSITION = "sp.personcert: Fire transition"


class Role(StrEnum):
    """The roles. CUSTOMER is local to the person's own folder, ENGINE is held by nobody."""

    CUSTOMER = "Personcert Customer"
    OFFICER = "Personcert Officer"
    DECISION_MAKER = "Personcert Decision Maker"
    ADMINISTRATOR = "Personcert Administrator"
    SYSTEM = "Personcert System"
    INTEGRATION = "Personcert Integration"
    ENGINE = "Personcert Engine"
