"""Documents: the archive of a customer, and the one way in and out of it.

Type id ``sp.personcert.document``, inside its case, or inside the customer when it is shared by
all certificates (H77); workflow ``personcert_document``.
"""
