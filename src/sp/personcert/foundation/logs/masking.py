"""Taking out of a text what no log may hold (ASVS 5.0 V16.2.5; GDPR art. 5.1 c).

Texts come from strangers: no pattern here takes more than a bounded time for each character.
"""

import re

MASK = "***"

_MONTH_AND_DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01])"  # or day + 60
_SIGN = r"(?: ?(?:[-+\u2010-\u2015\u2212]|%2[BD]|%E2%80%9[0-5]) ?| |%20)?"
_DIGEST = r"(?P<digest>[0-9a-f]{20,})"
_NUMBER = re.compile(
    rf"{_DIGEST}|(?<!\d)(?:1[6-9]|20)?\d\d{_MONTH_AND_DAY}{_SIGN}\d{{4}}(?!\d)", re.IGNORECASE
)

_QUOTED = r"""[bu]?"(?:[^"\\\r\n]|\\.)*"|[bu]?'(?:[^'\\\r\n]|\\.)*'"""
_VALUE = rf"""(?:{_QUOTED}|["'][^\r\n]*|\[[^\]\r\n]*|\([^)\r\n]*|[^\s&;,"'<>(){{}}\[\]]+)"""
_EQUALS = r"""["']?[ \t]*(?:[=:]|%3D)[ \t]*"""
_NAMED_SO = r"(?:password|passwd|passphrase|lösenord|losenord|token|secret|hemlig|authenticator)[\w.-]{0,40}"
_CALLED = (
    r"(?<![\w.-])(?:kod|code|otp|pwd|current|new|repeated|again|__ac\w{0,40}|(?:__\w{1,10}-)?kw-\w{1,40})"
)
_SECRETS = (
    rf"(?P<name>(?:cookie|authorization){_EQUALS})(?:{_QUOTED}|[^\r\n]+)",
    rf"(?P<name>{_NAMED_SO}{_EQUALS}){_VALUE}",
    rf"""(?P<name>{_CALLED}(?:=|%3D|["'][ \t]*:[ \t]*)){_VALUE}""",
    r"(?P<name>\b(?:basic|bearer)[ \t]+)[\w+/=.~-]{16,}",
)
_PATTERNS = tuple(re.compile(pattern, re.IGNORECASE) for pattern in _SECRETS)


def masked(text: str) -> str:
    """The text with a mask for whatever looks like a personnummer, and for the values of secrets.

    The name of a secret stays, so that one sees what was there. Digests stay: the audit's are compared.
    """
    for pattern in _PATTERNS:
        text = pattern.sub(rf"\g<name>{MASK}", text)
    return _NUMBER.sub(lambda found: found["digest"] or MASK, text)
