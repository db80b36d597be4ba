"""What stands before the site is tested without it."""

import pytest


@pytest.fixture(scope="session", autouse=True)
def _keep_functional_session() -> None:
    """No layer is needed here."""
