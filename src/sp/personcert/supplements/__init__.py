"""Supplements: what an officer asks a customer to complete, the answer, and the reminder (H62, H135–H137).

A request lies on the case. While it waits the case has the state ``supplement_requested``; when an
officer gives the case back it waits among the others, and the request stays open.
"""
