"""Annotations of our content, kept where a class's type hints cannot be taken for them.

zope.annotation keeps them in the attribute ``__annotations__``. Python gives a class with type
hints an attribute of that name, so stock code would write into a dict of the class: in memory
only, and one for everybody.
"""

from typing import Any

from Acquisition import aq_base
from BTrees.OOBTree import OOBTree
from zope.annotation.attribute import AttributeAnnotations
from zope.annotation.interfaces import IAnnotations
from zope.component import adapter
from zope.interface import implementer

from sp.personcert.interfaces import IOwnContent

ATTRIBUTE = "_own_annotations"


class _Kept:
    """Stands for the content towards ``AttributeAnnotations``."""

    def __init__(self, content: Any) -> None:
        self.content = aq_base(content)

    @property
    def __annotations__(self) -> OOBTree:
        return getattr(self.content, ATTRIBUTE)

    @__annotations__.setter
    def __annotations__(self, value: OOBTree) -> None:
        setattr(self.content, ATTRIBUTE, value)


@implementer(IAnnotations)
@adapter(IOwnContent)
class OwnAnnotations(AttributeAnnotations):
    """Annotations in an attribute of the instance."""

    def __init__(self, content: Any) -> None:
        super().__init__(_Kept(content))
