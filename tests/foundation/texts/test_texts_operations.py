"""An administrator's own texts: what is kept, what is refused, and what the trail says."""

import hashlib

import pytest
from zope.annotation.interfaces import IAnnotations

from sp.personcert.foundation import audit
from sp.personcert.foundation.errors import NotAllowed, Refused
from sp.personcert.foundation.mail import compose, notice_letter
from sp.personcert.foundation.texts import Text, default_text, is_changed, storage, text_of
from sp.personcert.foundation.texts.operations import change_text, reset_text

OWN = Text("Nytt till dig", "Något nytt.\n\nLäs det på {site_address}.", "Hit")


@pytest.fixture
def administrator(acting):
    """An administrator is at work."""
    with acting("administrator"):
        yield


def change(**parts):
    """Change the Swedish text of the notice of a message."""
    change_text("new_message", "sv", Text(**{**vars(OWN), **parts}))


def last_entry(portal):
    """The action and the particulars of what was done last to the site."""
    entry = next(iter(audit.entries_for(portal)))
    return entry.action, audit.details_of(entry)


def test_a_text_of_the_sites_own_counts_in_its_language_alone(portal, administrator):
    change()
    assert text_of("new_message", "sv") == text_of("new_message", "de") == OWN
    assert (is_changed("new_message", "sv"), is_changed("new_message", "en")) == (True, False)
    assert text_of("new_message", "en") == default_text("new_message", "en")


def test_a_mail_says_the_changed_text(portal, administrator):
    change()
    message = compose("person.test@example.se", "sv", notice_letter(["new_message"], "sv"), "0b0c")
    text = message.get_body(("plain",)).get_content()
    assert message["Subject"] == "Nytt till dig"
    assert "\n\nNågot nytt.\n\nLäs det på https://kundwebb.example.se/plone.\n\nHit:\n" in text


def test_resetting_brings_the_default_back(portal, administrator):
    change()
    reset_text("new_message", "sv")
    assert not is_changed("new_message", "sv")
    assert text_of("new_message", "sv") == default_text("new_message", "sv")
    reset_text("new_message", "sv")


def test_the_defaults_own_words_are_no_change(portal, administrator):
    change()
    default = default_text("new_message", "sv")
    change(**{**vars(default), "body": f"  {default.body}\r\n"})
    assert not is_changed("new_message", "sv")


def test_the_trail_names_the_text_and_not_its_words(portal, administrator):
    change()
    digests = {"former": default_text("new_message", "sv").digest, "now": OWN.digest}
    assert last_entry(portal) == ("text.change", {"text": "new_message", "language": "sv", **digests})
    reset_text("new_message", "sv")
    assert last_entry(portal) == ("text.reset", {"text": "new_message", "language": "sv"})


def test_what_stands_already_is_no_change(portal, administrator):
    change()
    count = len(list(audit.entries_for(portal)))
    portal._p_jar.savepoint()
    change(body=f" {OWN.body.replace(chr(10), chr(13) + chr(10))}\n")
    default = default_text("new_message", "en")
    change_text("new_message", "en", default)
    assert len(list(audit.entries_for(portal))) == count
    assert not IAnnotations(portal)[storage.ANNOTATION]._p_changed
    change(body="Något annat.")
    assert len(list(audit.entries_for(portal))) == count + 1


def test_a_digest_proves_the_parts_of_a_text():
    made = hashlib.sha256("Nytt till dig\0Något nytt.\n\nLäs det på {site_address}.\0Hit".encode())
    assert OWN.digest == made.hexdigest()[:16]
    assert Text("ab", "c", "").digest != Text("a", "bc", "").digest


def test_line_breaks_and_control_characters_become_what_a_letter_can_hold(portal, administrator):
    change(subject=" Nytt\x00 till\tdig ", body="Ett.\r\n\r\nTvå.\x07\rTre.")
    assert text_of("new_message", "sv") == Text("Nytt  till dig", "Ett.\n\nTvå. \nTre.", "Hit")


@pytest.mark.parametrize("field", ["subject", "link_text"])
@pytest.mark.parametrize("between", ["\n", "\r\n", "\r", "\x0b", "\x85", "\u2028"])
def test_a_subject_of_two_lines_is_refused(portal, administrator, field, between):
    with pytest.raises(Refused) as refused:
        change(**{field: f"Nytt{between}Bcc: other@example.se"})
    assert (refused.value.field, refused.value.message) == (field, "refused_text_lines")
    assert not is_changed("new_message", "sv")


@pytest.mark.parametrize("field", ["subject", "body", "link_text"])
@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("", "refused_text_empty"),
        (" \x00 ", "refused_text_empty"),
        ("x" * 5001, "refused_text_long"),
        ("Hej {content}", "refused_text_unknown"),
        ("Hej {User_Name}", "refused_text_unknown"),
    ],
)
def test_what_cannot_be_sent_is_refused_at_its_field(portal, administrator, field, value, reason):
    with pytest.raises(Refused) as refused:
        change(**{field: value})
    assert (refused.value.field, refused.value.message) == (field, reason)
    assert not is_changed("new_message", "sv")


def test_an_unknown_name_is_named(portal, administrator):
    with pytest.raises(Refused) as refused:
        change(body="{support_email} {personnummer} {other}")
    assert refused.value.message.mapping == {"name": "personnummer"}


def test_the_frame_cannot_lose_what_stands_in_it(portal, administrator):
    with pytest.raises(Refused) as refused:
        change_text("mail_frame", "sv", Text("", "Hej!", ""))
    assert (refused.value.field, refused.value.message) == ("body", "refused_text_missing")
    change_text("mail_frame", "sv", Text("no subject", "Hej! {content} Hälsningar", "no link"))
    assert text_of("mail_frame", "sv") == Text("", "Hej! {content} Hälsningar", "")


def test_a_kind_or_language_that_does_not_exist_is_no_key(portal, administrator):
    for name, language in (("joke", "sv"), ("new_message", "de")):
        with pytest.raises(LookupError):
            change_text(name, language, OWN)
        with pytest.raises(LookupError):
            reset_text(name, language)
    assert storage.ANNOTATION not in IAnnotations(portal)


@pytest.mark.wall
@pytest.mark.parametrize("user_name", ["ceper", "handlaggare", "beslutsfattare"])
def test_nobody_but_an_administrator_changes_what_all_will_read(portal, acting, user_name):
    storage.keep("supplement_requested", "sv", OWN)
    with acting(user_name):
        with pytest.raises(NotAllowed):
            change()
        with pytest.raises(NotAllowed):
            reset_text("supplement_requested", "sv")
    assert (is_changed("new_message", "sv"), is_changed("supplement_requested", "sv")) == (False, True)
