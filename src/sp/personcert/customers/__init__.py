"""Customers: the persons who apply for or hold certificates, in ``/kunder``.

Type ids ``sp.personcert.customers`` and ``sp.personcert.customer``; workflow ``personcert_customer``.
"""
