"""The mail server proves who it is before it is told anything."""

import ssl

import pytest
from aiosmtpd.controller import Controller
from plone import api

from sp.personcert.foundation.mail import mailer, queue_notice
from sp.personcert.foundation.taskqueue.records import TaskState
from sp.personcert.testing.tasks import record_of, run_due
from tests.deployment.certificate import write_certificate
from tests.foundation.mail.conftest import Inbox, use_mail_host

HOST = "localhost"


@pytest.fixture
def tls_server(person, monkeypatch, tmp_path, free_port):
    """A mail server with STARTTLS, whose certificate is signed by itself; it is taken for a distant one."""
    write_certificate(tmp_path, HOST)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "fullchain.pem", tmp_path / "privkey.pem")
    monkeypatch.delenv("SP_MAIL_DIR", raising=False)
    monkeypatch.setattr(mailer, "is_this_machine", lambda host: False)
    use_mail_host(person, free_port)
    api.portal.set_registry_record("plone.smtp_host", HOST)
    inbox = Inbox()
    controller = Controller(
        inbox, hostname="127.0.0.1", port=free_port, tls_context=context, require_starttls=True
    )
    controller.start()
    yield inbox
    controller.stop()


@pytest.fixture
def trusted(tmp_path, monkeypatch):
    """The operating system knows the server's authority."""
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "fullchain.pem"))


def send(person):
    """Queue a notice, run it, return its fate."""
    task_id = queue_notice(person, "new_message")
    run_due()
    return record_of(task_id).state, record_of(task_id).reason


def test_a_server_with_a_certificate_of_a_known_authority_gets_the_mail(person, tls_server, trusted):
    assert send(person) == (TaskState.DONE, "")
    assert len(tls_server.letters) == 1


@pytest.mark.wall
def test_a_server_that_cannot_prove_who_it_is_gets_nothing(person, tls_server, caplog):
    assert send(person) == (TaskState.QUEUED, "RetryLater: mail server: SSLCertVerificationError")
    assert tls_server.letters == [] and "ALARM" in caplog.text


@pytest.mark.wall
def test_a_certificate_for_another_name_proves_nothing(person, tls_server, trusted):
    api.portal.set_registry_record("plone.smtp_host", "127.0.0.1")
    assert send(person) == (TaskState.QUEUED, "RetryLater: mail server: SSLCertVerificationError")
    assert tls_server.letters == []


@pytest.mark.wall
def test_where_tls_is_required_nothing_is_said_without(person, mail_server, caplog):
    person["MailHost"].force_tls = True
    assert send(person) == (TaskState.QUEUED, "RetryLater: mail server: RuntimeError")
    assert mail_server.letters == [] and "ALARM" in caplog.text


@pytest.mark.parametrize(("implicit", "expected"), [(False, mailer.CheckedSMTP), (True, mailer.CheckedSMTPS)])
def test_a_distant_server_is_spoken_to_carefully(person, mail_server, implicit, expected):
    api.portal.set_registry_record("plone.smtp_host", "mail.example.se")
    person["MailHost"].implicit_tls = implicit
    made = mailer.make_mailer()
    assert (made.hostname, made.smtp) == ("mail.example.se", expected)


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("localhost", True),
        ("127.0.0.1", True),
        ("::1", True),
        ("127.0.0.1.example.se", False),
        ("192.0.2.1", False),
        ("mail.example.se", False),
    ],
)
def test_this_machine_needs_no_certificate(host, expected):
    assert mailer.is_this_machine(host) is expected
