"""Cases: one application or renewal of one customer for one certification type.

Type id ``sp.personcert.case``, inside its customer; workflow ``personcert_case``, whose permission
maps are the table in ``domain.py``.
"""
