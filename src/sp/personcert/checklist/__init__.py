"""The checklist of a case: what is asked for, what was answered, and how each answer was judged.

The slots come from the rule that the case began with; answers lie on the case. The verdict belongs
to the answer, never to the document, which may be shared by several cases.
"""
