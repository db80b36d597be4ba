"""What an account is and what holds for it: plain Python."""

from .factors import Enrolment, matching_step, recovery_codes
from .links import LinkKind, OneUseLink
from .passwords import HISTORY, LONGEST, SHORTEST, Rule, broken_rules, normalized
from .sessions import Limits, Login, Session, SessionKind
from .typed import site_path, without_invisible_ends

__all__ = [
    "HISTORY",
    "LONGEST",
    "SHORTEST",
    "Enrolment",
    "Limits",
    "LinkKind",
    "Login",
    "OneUseLink",
    "Rule",
    "Session",
    "SessionKind",
    "broken_rules",
    "matching_step",
    "normalized",
    "recovery_codes",
    "site_path",
    "without_invisible_ends",
]
