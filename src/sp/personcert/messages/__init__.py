"""Messages between the customer and the body, in threads.

Type id ``sp.personcert.message``, inside its case; workflow ``personcert_message``. A thread keeps
its entries and drafts as records: one permission check answers for all of them.
"""
