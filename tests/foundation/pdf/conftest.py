"""Keys made once for all tests of this folder."""

from pathlib import Path

import pytest

from sp.personcert.foundation.pdf.keys import make_test_key
from sp.personcert.foundation.pdf.trial_authority import TrialAuthority, make_authority
from tests.foundation.pdf.workshop import Workshop, make_workshop


@pytest.fixture(scope="session")
def workshop() -> Workshop:
    """Our own authority with a signed document."""
    return make_workshop(make_authority())


@pytest.fixture(scope="session")
def rogue() -> TrialAuthority:
    """Somebody else's authority with the very same names."""
    return make_authority()


@pytest.fixture(scope="session")
def key_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a test key; not to be changed."""
    folder = tmp_path_factory.mktemp("keys") / "signing"
    make_test_key(folder)
    return folder
