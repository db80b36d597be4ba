"""What stock Plone 6.2.2 lets a member do to the own folder, and that nothing of it happens here.

Each docstring says what the same request did on a stock Classic site, where the member held Reader,
Contributor and Editor on the own folder, as a naive extranet would give.
"""

from typing import Any

import pytest
import transaction
from plone import api
from plone.protect.authenticator import createToken

from sp.personcert.foundation.transitions import state_of
from sp.personcert.messages import queries as messages
from tests.reading import address, words

JSON = {"Accept": "application/json"}
POWERS = (
    *("delete_confirmation", "@@delete_confirmation", "object_delete", "folder_delete", "@@fc-delete"),
    *(
        "@@sharing",
        "@@updateSharingInfo",
        "folder_contents",
        "@@folder_contents",
        "@@fc-paste",
        "@@fc-rename",
    ),
    *("object_rename", "object_cut", "object_copy", "object_paste", "folder_rename_form", "@@fc-workflow"),
    *("content_status_modify", "content_status_history", "@@content_status_modify", "@@fileUpload", "@@edit"),
    *(
        "++add++Link",
        "++add++News Item",
        "++add++File",
        "++add++sp.personcert.document",
        "createObject",
        "edit",
    ),
    *("manage_delObjects", "manage_addFolder", "manage_setLocalRoles", "manage_permission", "invokeFactory"),
    *(
        "manage_pasteObjects",
        "manage_renameObject",
        "setTitle",
        "update_workflow",
        "@@comment",
        "@@tinyUpload",
    ),
)


@pytest.fixture
def fields(acting: Any, drillers: Any) -> dict[str, str]:
    """What the stock forms would be sent, with a real token of plone.protect for the customer."""
    with acting("ceper"):
        token = createToken()
    return {
        "_authenticator": token,
        **{
            "form.buttons.Delete": "1",
            "form.button.Save": "1",
            "form.buttons.save": "1",
            "form.submitted": "1",
        },
        **{"workflow_action": "take", "ids": drillers.objectIds()[0], "id": "x", "type_name": "Link"},
        **{"form.widgets.IDublinCore.title": "x", "form.widgets.remoteUrl": "javascript:alert(1)"},
        **{"entries.id:records": "enkel", "entries.type:records": "user", "entries.role_Reader:records": "1"},
    }


def stored(drillers: Any) -> tuple[Any, ...]:
    """The case and its customer as they stand."""
    transaction.begin()
    record = drillers.__parent__
    entries = [entry.text for row in messages.threads(drillers) for entry in row.message.sorted_entries()]
    inside = sorted(drillers.objectIds()), sorted(record.objectIds()), entries, state_of(drillers)
    return (*inside, drillers.__ac_local_roles__, record.__ac_local_roles__, drillers.title)


@pytest.mark.wall
@pytest.mark.parametrize("user_name", ["ceper", "enkel", "handlaggare", "administrator"])
def test_f9_no_form_of_stock_plone_changes_a_case(
    visitor: Any, portal: Any, drillers: Any, fields: dict[str, str], user_name: str
) -> None:
    """Stock: the member opened ``delete_confirmation`` (200) and sent it: the evidence was gone.
    ``@@sharing``, ``++add++Link`` and ``folder_contents`` of the own folder answered 200.
    """
    person, before = visitor(user_name), stored(drillers)
    last = portal._p_jar.db().storage.lastTransaction()
    for place in (drillers.__parent__, drillers, *drillers.objectValues()[:2]):
        for name in POWERS:
            for answer in (
                person.see(f"{address(place)}/{name}"),
                person.send(f"{address(place)}/{name}", fields),
            ):
                assert answer.status_int == 404, name
    assert stored(drillers) == before
    assert portal._p_jar.db().storage.lastTransaction() == last


@pytest.mark.wall
@pytest.mark.parametrize("user_name", ["ceper", "enkel", "handlaggare", "administrator", ""])
def test_f9_no_method_of_rest_or_webdav_changes_a_case(
    visitor: Any, portal: Any, drillers: Any, user_name: str
) -> None:
    """Stock with REST: POST of a Link with ``javascript:`` 201, DELETE of the evidence 204, ``@sharing`` 204,
    and the other member then read the case (200).
    """
    person, before = visitor(user_name), stored(drillers)
    last = portal._p_jar.db().storage.lastTransaction()
    bodies = ({"@type": "Link", "remoteUrl": "javascript:alert(1)", "title": "x"}, {"title": "x"})
    for place in (drillers.__parent__, drillers, drillers.objectValues()[0], portal.sidor.startsida):
        for method in ("DELETE", "PUT", "MKCOL", "PROPPATCH", "COPY", "MOVE", "LOCK", "UNLOCK"):
            assert person.ask(method, address(place)).status_int in (302, 404), method
        for service in (
            "",
            "/@sharing",
            "/@workflow/take",
            "/@move",
            "/@copy",
            "/@lock",
            "/@comments",
            "/@tus-upload",
        ):
            for body in bodies:
                answer = person.post_json(
                    f"{address(place)}{service}", body, headers=JSON, expect_errors=True
                )
                assert answer.status_int in (401, 404), service
            assert person.ask("DELETE", f"{address(place)}{service}", JSON).status_int in (401, 404)
    assert stored(drillers) == before
    assert portal._p_jar.db().storage.lastTransaction() == last


@pytest.mark.wall
def test_f9_a_customer_holds_no_role_of_plones_own(portal: Any, acting: Any, drillers: Any) -> None:
    """Stock: Contributor and Editor on the folder carry adding, changing, deleting and delegating."""
    powers = (
        "Modify portal content",
        "Add portal content",
        "Delete objects",
        "Change local roles",
        "Sharing page: Delegate roles",
    )
    for name in ("ceper", "handlaggare", "administrator"):
        with acting(name):
            for place in (drillers, drillers.__parent__):
                assert not [one for one in powers if api.user.has_permission(one, obj=place)]
    with acting("ceper"):
        held = set(api.user.get_roles(obj=drillers))
    assert held == {"Authenticated", "Personcert Customer"}


@pytest.mark.wall
@pytest.mark.parametrize("token", [{}, {"creation_id": "0" * 32, "kept": "", "form_token": "0" * 64}])
def test_f12_a_form_without_a_token_stores_nothing_and_does_not_look_like_success(
    ceper: Any, portal: Any, drillers: Any, token: dict[str, str]
) -> None:
    """Stock: POST of an add form without ``_authenticator`` answered 302 to the new object's address, and
    nothing was stored.
    """
    before, last = stored(drillers), portal._p_jar.db().storage.lastTransaction()
    for view in ("nytt-meddelande", "meddela-oss", "ladda-upp?plats=hot_work", "meddelanden"):
        answer = ceper.send(
            address(drillers, view), {"text": "Hej", "message_type": "Notering", "do": "save"} | token
        )
        assert answer.status_int in (200, 403), view
        assert "Location" not in answer.headers and "har skickats" not in words(answer)
    page = ceper.send(address(drillers, "nytt-meddelande"), {"text": "Hej du", "do": "save"} | token)
    assert page.status_int == 403 and "inget är sparat" in words(page)
    assert page.forms["nytt"]["text"].value == "Hej du"
    assert stored(drillers) == before
    assert portal._p_jar.db().storage.lastTransaction() == last
