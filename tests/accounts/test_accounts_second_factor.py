"""The second step: an app's codes, recovery codes, and nothing in between."""

import time

import pyotp
import pytest
import transaction
from plone import api

from sp.personcert.accounts import sealed, storage
from sp.personcert.accounts.domain import matching_step, recovery_codes
from sp.personcert.accounts.operations import administration, logging_in, second_factor
from sp.personcert.accounts.operations.logging_in import PENDING, Outcome
from sp.personcert.accounts.queries import users
from sp.personcert.demo.people import PASSWORD
from sp.personcert.foundation import audit
from sp.personcert.foundation.clock import later

SESSION = "__Host-kw-session"


@pytest.fixture
def request_(portal):
    """A request that keeps the cookies it is given."""
    return portal.REQUEST


@pytest.fixture
def account(portal):
    """The officer's account, which needs a second factor."""
    transaction.begin()
    kept = storage.account(api.user.get(username="handlaggare").getId())
    kept.needs_second_factor = True
    transaction.commit()
    return kept


def code_now(secret: str, steps: int = 0) -> str:
    """What the app shows, so many steps from now."""
    return pyotp.TOTP(secret).at(int(time.time()) + 30 * steps)


def first_step(request):
    """The right password."""
    return logging_in.log_in(request, "handlaggare", PASSWORD, False)


@pytest.fixture
def enrolled(request_, account):
    """The officer with an app: secret and recovery codes."""
    assert first_step(request_) is Outcome.ENROLMENT
    secret = second_factor.begin_enrolment(request_).secret
    outcome, codes = second_factor.finish_enrolment(request_, code_now(secret, -1))
    assert outcome is Outcome.LOGGED_IN
    logging_in.log_out(request_)
    return secret, codes


def is_in(request) -> bool:
    """Whether the request's cookies log somebody in."""
    return bool(request.cookies.get(SESSION))


@pytest.mark.wall
def test_no_session_before_the_app_is_enrolled(request_, account):
    assert first_step(request_) is Outcome.ENROLMENT
    assert not is_in(request_) and not account.sessions
    assert logging_in.confirm(request_, "000000") is Outcome.TOO_LATE
    assert second_factor.finish_enrolment(request_, "000000")[0] is Outcome.WRONG
    assert not is_in(request_) and not account.factor_secret


def test_the_secret_is_the_same_at_each_look(request_, account):
    first_step(request_)
    first = second_factor.begin_enrolment(request_)
    assert second_factor.begin_enrolment(request_) == first
    assert first.uri.startswith("otpauth://totp/") and "handlaggare" in first.uri
    assert len(first.secret) == 32


@pytest.mark.wall
def test_the_password_alone_opens_nothing_and_the_code_opens_once(request_, enrolled):
    secret, _ = enrolled
    assert first_step(request_) is Outcome.SECOND_STEP
    assert not is_in(request_)
    pending = request_.cookies[f"__Host-{PENDING}"]
    code = code_now(secret)
    assert logging_in.confirm(request_, code) is Outcome.LOGGED_IN
    assert is_in(request_)
    logging_in.log_out(request_)
    request_.cookies[f"__Host-{PENDING}"] = pending
    assert logging_in.confirm(request_, code) is Outcome.WRONG
    assert not is_in(request_)


@pytest.mark.wall
def test_eight_guesses_close_the_step_for_the_right_code_too(request_, enrolled):
    secret, _ = enrolled
    first_step(request_)
    del request_.cookies["__Host-kw-device"]
    outcomes = [logging_in.confirm(request_, f"{number:06}") for number in range(8)]
    assert outcomes[0] is Outcome.WRONG and outcomes[-1] is Outcome.THROTTLED
    assert logging_in.confirm(request_, code_now(secret)) is Outcome.THROTTLED
    assert not is_in(request_)


def test_a_recovery_code_counts_once_however_it_is_typed(request_, enrolled):
    _, codes = enrolled
    first_step(request_)
    assert logging_in.confirm(request_, f" {codes[0].upper().replace('-', ' ')} ") is Outcome.LOGGED_IN
    logging_in.log_out(request_)
    first_step(request_)
    assert logging_in.confirm(request_, codes[0]) is Outcome.WRONG
    assert logging_in.confirm(request_, codes[1]) is Outcome.LOGGED_IN


@pytest.mark.wall
@pytest.mark.parametrize("cookie", ["", "x", "gAAAAA", "å", "device"])
def test_another_seal_is_no_first_step(request_, enrolled, cookie):
    value = request_.cookies["__Host-kw-device"] if cookie == "device" else cookie
    request_.cookies[f"__Host-{PENDING}"] = value
    assert logging_in.confirm(request_, code_now(enrolled[0])) is Outcome.TOO_LATE


@pytest.mark.wall
def test_the_first_step_counts_for_five_minutes(request_, enrolled):
    first_step(request_)
    with later(301):
        assert logging_in.confirm(request_, code_now(enrolled[0])) is Outcome.TOO_LATE


@pytest.mark.wall
def test_an_old_enrolment_does_not_replace_the_app(request_, account, enrolled):
    secret, _ = enrolled
    pending = logging_in.Pending(
        api.user.get(username="handlaggare").getId(), "password", False, account.generation, "A" * 32
    )
    sealed.put(request_, PENDING, pending.__dict__, 1200)
    assert second_factor.begin_enrolment(request_) is None
    assert second_factor.finish_enrolment(request_, code_now("A" * 32))[0] is Outcome.TOO_LATE
    assert account.factor_secret == secret


@pytest.mark.wall
@pytest.mark.parametrize("meanwhile", ["password", "disabled", "reset"])
def test_a_first_step_is_worthless_once_the_account_was_shut(request_, enrolled, account, acting, meanwhile):
    """A thief with the old password waits at the second step."""
    secret, _ = enrolled
    first_step(request_)
    user_id = api.user.get(username="handlaggare").getId()
    with acting("administrator"):
        if meanwhile == "password":
            users().doChangeUser(user_id, "Nio-grusiga-brunnar-1")
        elif meanwhile == "disabled":
            administration.disable(user_id)
            administration.enable(user_id)
        else:
            administration.reset_second_factor(user_id)
    assert logging_in.confirm(request_, code_now(secret)) is Outcome.TOO_LATE
    assert second_factor.begin_enrolment(request_) is None
    assert not account.sessions


@pytest.mark.wall
def test_nobody_enrols_an_app_with_a_password_of_before(request_, account):
    first_step(request_)
    secret = second_factor.begin_enrolment(request_).secret
    users().doChangeUser(api.user.get(username="handlaggare").getId(), "Nio-grusiga-brunnar-1")
    assert second_factor.finish_enrolment(request_, code_now(secret))[0] is Outcome.TOO_LATE
    assert not account.factor_secret and not account.sessions


@pytest.mark.wall
def test_the_setting_asks_all_of_the_staff_and_no_customer(portal, request_):
    api.portal.set_registry_record("sp.personcert.second_factor_for_staff", True)
    assert first_step(request_) is Outcome.ENROLMENT
    assert logging_in.log_in(request_, "ceper", PASSWORD, False) is Outcome.LOGGED_IN


def test_a_code_that_is_refused_leaves_an_entry_and_spends_nothing(request_, enrolled, account, acting):
    _, codes = enrolled
    with acting("handlaggare"), pytest.raises(second_factor.RefusedAndNoted):
        second_factor.new_recovery_codes(request_, codes[0])
    assert len(account.recovery_hashes) == 10
    assert "account.code_failed" in [entry.action for entry in audit.entries_for(api.portal.get())]


@pytest.mark.wall
def test_an_administrator_resets_a_lost_app_and_nobody_else(enrolled, account, acting):
    user_id = api.user.get(username="handlaggare").getId()
    for stranger in ("handlaggare2", "ceper"):
        with acting(stranger), pytest.raises(administration.NotAllowed):
            administration.reset_second_factor(user_id)
    assert account.factor_secret
    with acting("administrator"):
        administration.reset_second_factor(user_id)
    assert not account.factor_secret and account.needs_second_factor and not account.sessions


def test_recovery_codes_are_renewed_against_a_code_of_the_app(request_, enrolled, account, acting):
    secret, old = enrolled
    with acting("handlaggare"):
        with pytest.raises(second_factor.RefusedAndNoted):
            second_factor.new_recovery_codes(request_, "000000")
        new = second_factor.new_recovery_codes(request_, code_now(secret))
    assert len(new) == len(account.recovery_hashes) == 10 and not set(new) & set(old)


def test_only_hashes_of_recovery_codes_are_stored(enrolled, account):
    _, codes = enrolled
    assert all(stored.startswith(b"{ARGON2ID}") for stored in account.recovery_hashes)
    assert not any(code.replace("-", "").encode() in account.recovery_hashes[0] for code in codes)
    assert len(set(recovery_codes())) == 10


def test_a_step_that_was_used_or_is_far_off_does_not_match():
    secret = pyotp.random_base32()
    code = pyotp.TOTP(secret).at(3000)
    assert matching_step(secret, code, 3000, 0) == 100
    assert matching_step(secret, code, 3029, 99) == matching_step(secret, code, 3031, 0) == 100
    assert matching_step(secret, code, 3000, 100) is None
    assert matching_step(secret, code, 3060, 0) is None
