"""Certificates: numbered when a case is granted, then rendered, signed, checked, filed and published.

Type id ``sp.personcert.certificate``, inside its customer; workflow ``personcert_certificate``.
"""
