"""Who did what, when, to which object: entries that cannot be changed without being found out.

``record`` is called by operations and inserts one entry in their own transaction: no entry without
the deed, no deed without the entry. Entries lie in 64 trees under random names, so that two
operations at the same time do not meet. A task seals what is new into batches, each hashed
together with the one before it; ``verify`` finds an entry that is missing, altered or slipped in.
The hash of each batch also goes to the server's log: a copy of that log outside the server shows
when the whole chain was made anew.

The particulars of an entry (``**details``) lie apart, with a random salt; the entry holds only
their salted hash. ``erase_details`` drops them when a customer's data go (law: GDPR art. 17), and
the chain still checks. Even so, put codes there rather than names, and never a personnummer.
"""

from .entries import Entry
from .reading import details_of, entries_for
from .recording import erase_details, record
from .sealing import seal
from .verifying import Problem, verify

__all__ = ["Entry", "Problem", "details_of", "entries_for", "erase_details", "record", "seal", "verify"]
