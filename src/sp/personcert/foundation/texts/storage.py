"""The site's own texts: an annotation of the site holds what was changed, and nothing else."""

from typing import Any

from BTrees.OOBTree import OOBTree
from zope.annotation.interfaces import IAnnotations
from zope.component.hooks import getSite

from .defaults import Text, default_text
from .kinds import kind_of, known_language

ANNOTATION = "sp.personcert.texts"


def text_of(name: str, language: str) -> Text:
    """The text of a kind: the site's own, else the default. Swedish when the language is not ours.

    :raises LookupError: when there is no such kind.
    """
    own = _kept().get(_key(name, language))
    return own if own is not None else default_text(name, language)


def is_changed(name: str, language: str) -> bool:
    """Whether the site has a text of its own.

    :raises LookupError: when there is no such kind.
    """
    return _key(name, language) in _kept()


def keep(name: str, language: str, text: Text) -> None:
    """Store the site's own text."""
    annotations = IAnnotations(getSite())
    if ANNOTATION not in annotations:
        annotations[ANNOTATION] = OOBTree()
    annotations[ANNOTATION][_key(name, language)] = text


def drop(name: str, language: str) -> None:
    """Forget the site's own text, if there is one."""
    if is_changed(name, language):
        del _kept()[_key(name, language)]


def drop_all(site: Any) -> None:
    """Forget all of them: the add-on leaves."""
    IAnnotations(site).pop(ANNOTATION, None)


def _key(name: str, language: str) -> str:
    return f"{kind_of(name).name}.{known_language(language)}"


def _kept() -> Any:
    return IAnnotations(getSite()).get(ANNOTATION, {})
