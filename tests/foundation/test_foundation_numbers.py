"""Number series."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import transaction
from zope.component.hooks import setSite

from sp.personcert.foundation import numbers


def test_numbers_follow_each_other(portal: Any) -> None:
    first = numbers.allocate("case")
    assert numbers.allocate("case") == first + 1


def test_a_number_of_an_earlier_system_is_not_given_again(portal: Any) -> None:
    ahead = numbers.allocate("certificate") + 50
    numbers.reserve("certificate", ahead)
    numbers.reserve("certificate", 7)
    assert numbers.allocate("certificate") == ahead + 1


def test_a_number_is_not_given_again_when_its_taker_gives_up(portal: Any) -> None:
    given = numbers.allocate("order")
    transaction.abort()
    assert numbers.allocate("order") == given + 1


def test_many_at_once_get_different_numbers(portal: Any) -> None:
    transaction.commit()
    db, path = portal._p_jar.db(), portal.getId()

    def take(_turn: int) -> list[int]:
        connection = db.open(transaction.TransactionManager())
        setSite(connection.root()["Application"][path])
        try:
            return [numbers.allocate("customer") for _ in range(5)]
        finally:
            setSite(None)
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        given = [number for taken in pool.map(take, range(8)) for number in taken]
    assert len(set(given)) == len(given) == 40


def test_an_unknown_series_is_an_error(portal: Any) -> None:
    with pytest.raises(KeyError):
        numbers.allocate("nonsense")
