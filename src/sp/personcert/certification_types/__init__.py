"""Certification types: what the body certifies for, and what each asks of a person.

Type ids ``sp.personcert.certification_types`` (``/certifieringstyper``) and
``sp.personcert.certification_type``; workflow ``personcert_certification_type``. A rule is a frozen
value with a version: a case keeps the one that it began with.
"""
