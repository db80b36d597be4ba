"""How long the log-in lasts: what the script in the page asks, and the dialogs that it opens."""

import json

from sp.personcert.foundation.forms.page import Page
from sp.personcert.foundation.forms.views import CompiledView

from .. import queries
from ..queries import SessionEnds


class SessionDialogs(CompiledView):
    """The skeleton finds the macro ``dialogs`` by name. Without a script they are never seen."""


class SecondsLeft(Page):
    """Seconds until the log-in ends, 0 for whoever is not logged in.

    Asked with the header ``X-Personcert-Background`` it changes nothing; without it, it counts as
    something that the person did.
    """

    def render(self) -> str:
        """As JSON."""
        left = queries.session_ends(self.request) or SessionEnds(0, 0)
        self.request.response.setHeader("Content-Type", "application/json")
        return json.dumps({"idle": left.idle, "longest": left.longest})
