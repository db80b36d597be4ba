"""One answer for what is missing, not yours or not allowed.

Four parts: the gate (nobody logged in goes below ``/kunder``), the guard (what lies on the way must
be visible), the marker ``IOwnView`` (on our content nothing of stock Plone is published) and the
error views (the answer itself).
"""
