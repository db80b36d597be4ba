"""Content that writes itself and nothing else."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import transaction
from plone import api
from Products.CMFCore.indexing import processQueue
from Testing.makerequest import makerequest
from transaction import TransactionManager
from ZODB.POSException import ConflictError
from zope.annotation.interfaces import IAnnotations
from zope.component.hooks import setSite

from sp.personcert.documents.content import Document
from sp.personcert.foundation.content import add, new_id
from sp.personcert.messages.content import Message


@pytest.fixture
def elsewhere(portal: Any) -> Iterator[Callable[[], Any]]:
    """The site as another connection sees it, each with a transaction of its own."""
    opened = []
    transaction.commit()

    def connect() -> Any:
        manager = TransactionManager()
        connection = portal._p_jar.db().open(manager)
        opened.append((manager, connection))
        manager.begin()
        site = makerequest(connection.root()["Application"]).plone
        return manager, site

    yield connect
    for manager, connection in opened:
        manager.abort()
        connection.close()
    setSite(portal)


@contextmanager
def inside(site: Any) -> Iterator[None]:
    """Let the site be the current one."""
    setSite(site)
    yield


def written(content: Any) -> list[str]:
    """The classes of what the present transaction changes, apart from the new object."""
    return sorted(type(one).__name__ for one in content._p_jar._registered_objects)


def test_adding_a_child_writes_the_container_s_tree_and_its_length_only(case: Any, portal: Any) -> None:
    found = case("ceper", "brunnsborrare")
    transaction.commit()
    add(found, Message())
    assert written(found) == ["Length", "OOBTree"]


def test_two_children_added_at_once_do_not_meet(case: Any, elsewhere: Any) -> None:
    path = "/".join(case("enkel", "brunnsborrare").getPhysicalPath())
    (first, one), (second, two) = elsewhere(), elsewhere()
    for site in (one, two):
        with inside(site):
            add(site.unrestrictedTraverse(path), Message(), new_id())
    first.commit()
    second.commit()
    _manager, later = elsewhere()
    assert len(later.unrestrictedTraverse(path).objectIds()) == 2


def test_a_child_and_a_change_of_state_at_once_do_not_meet(case: Any, elsewhere: Any) -> None:
    path = "/".join(case("enkel", "brunnsborrare").getPhysicalPath())
    (first, one), (second, two) = elsewhere(), elsewhere()
    with inside(one):
        add(one.unrestrictedTraverse(path), Document())
    with inside(two), api.env.adopt_user(username="handlaggare"):
        two.unrestrictedTraverse(path).exams = ("changed",)
    first.commit()
    second.commit()


def test_the_same_id_twice_at_once_is_a_conflict_and_never_two_objects(case: Any, elsewhere: Any) -> None:
    path, content_id = "/".join(case("enkel", "brunnsborrare").getPhysicalPath()), new_id()
    (first, one), (second, two) = elsewhere(), elsewhere()
    for site in (one, two):
        with inside(site):
            add(site.unrestrictedTraverse(path), Message(), content_id)
    first.commit()
    with pytest.raises(ConflictError):
        second.commit()


def test_nobody_becomes_owner_and_no_role_is_ever_stored(case: Any, acting: Any) -> None:
    with acting("ceper"):
        message = add(case("ceper", "brunnsborrare"), Message())
    message.manage_setLocalRoles("somebody", ["Manager"])
    assert dict(message.__ac_local_roles__) == {}
    assert "__ac_local_roles__" not in vars(message.aq_base)


def test_nothing_of_ours_is_in_the_catalogue_not_even_after_a_rebuild(portal: Any) -> None:
    catalog = api.portal.get_tool("portal_catalog")
    catalog.clearFindAndRebuild()
    processQueue()
    found = {brain.portal_type for brain in catalog.getAllBrains()}
    assert found and not any(name.startswith("sp.personcert") for name in found)


def test_ids_say_nothing(customer: Any) -> None:
    ceper = customer("ceper")
    ids = [
        ceper.getId(),
        *ceper.objectIds(),
        *(child for case in ceper.objectValues() for child in _ids(case)),
    ]
    assert len(ids) > 20
    for content_id in ids:
        assert len(content_id) == 32 and int(content_id, 16)
        assert not any(told in content_id for told in ("129289", "ceper", "8112189876"))


def _ids(content: Any) -> list[str]:
    return list(content.objectIds()) if hasattr(content.aq_base, "objectIds") else []


def test_rename_and_copy_are_refused(case: Any) -> None:
    found = case("ceper", "brunnsborrare")
    assert not found.cb_isCopyable()
    assert not found.cb_isMoveable()


def test_annotations_lie_on_the_object_and_not_on_its_class(case: Any, portal: Any) -> None:
    """A class with type hints has an attribute ``__annotations__`` of its own."""
    one, two = case("ceper", "brunnsborrare"), case("enkel", "brunnsborrare")
    IAnnotations(one)["test"] = "mine"
    assert "test" not in IAnnotations(two)
    assert "test" not in type(one.aq_base).__annotations__
    transaction.abort()
    assert "test" not in IAnnotations(one)
