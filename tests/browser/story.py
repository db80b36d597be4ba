"""What one chapter of the journey hands on to the next."""

from dataclasses import dataclass, field


@dataclass
class Story:
    """The case of the story so far."""

    case_url: str = ""
    sent: dict[str, bytes] = field(default_factory=dict)  # name in the archive → content
    certificate_number: str = ""
    certificate: bytes = b""
