"""The command that checks the audit trail of a database, as an administrator runs it."""

import io
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
import transaction
from BTrees.OOBTree import OOBTree
from OFS.Application import Application
from OFS.Folder import Folder
from scripts.instance import Instance
from ZODB.DB import DB
from ZODB.FileStorage import FileStorage

from sp.personcert.foundation.audit.command import main
from sp.personcert.foundation.audit.entries import Batch
from sp.personcert.foundation.audit.log import KEY, AuditLog, shard_of
from tests.architecture.sources import TOP
from tests.foundation.audit.conftest import entries, fill, put

MODULE = "sp.personcert.foundation.audit.command"
SITE = "kundwebb"


@pytest.fixture
def instance(tmp_path):
    """A server's folder, whose site has an audit trail of two batches and one entry more."""
    made = Instance(tmp_path / "server")
    made.write()
    with database(made) as root:
        root["Application"] = app = Application()
        site = Folder(SITE)
        site.__annotations__ = OOBTree({KEY: AuditLog()})
        app._setObject(SITE, site)
        log = log_in(root)
        for _ in range(2):
            fill(log, 30)
            chain(log)
        fill(log, 1)
    return made


@contextmanager
def database(instance: Instance) -> Iterator[Any]:
    """The root of the database, as the server holds it; commits at the end."""
    opened = DB(FileStorage(str(instance.database)))
    connection = opened.open()
    try:
        yield connection.root()
        transaction.commit()
    finally:
        transaction.abort()
        connection.close()
        opened.close()


def log_in(root: Any) -> AuditLog:
    """The site's log."""
    return root["Application"][SITE].__annotations__[KEY]


def chain(log: AuditLog) -> Batch:
    """Seal what waits."""
    waiting = [log.get(key) for shard in log.unsealed for key in shard]
    batch = Batch.of(len(log.batches) + 1, datetime(2026, 2, 1, tzinfo=UTC), log.last_hash(), waiting)
    log.mark_sealed(waiting)
    log.append(batch)
    return batch


def check(instance: Instance, *options: str) -> tuple[int, str]:
    """Run the command as a program: exit status and what it said."""
    wake_ups = instance.var / "wake-ups.sqlite"
    server = {"SP_TASKQUEUE_EMBEDDED": "1", "SP_TASKQUEUE_URL": f"sqlite:///{wake_ups}"}
    command = [sys.executable, "-m", MODULE, str(instance.conf), *options]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, env=os.environ | server)
    assert "Traceback" not in done.stderr
    assert not wake_ups.exists()
    return done.returncode, done.stdout + done.stderr


def check_here(instance: Instance, *options: str) -> tuple[int, str]:
    """The same in this process, which is quicker."""
    said = io.StringIO()
    with redirect_stdout(said), redirect_stderr(said):
        status = main([str(instance.conf), *options])
    return status, said.getvalue()


def kept(instance: Instance, batches: list[Batch], site: str = f"/{SITE}") -> str:
    """A log of the server that tells of some batches."""
    path = instance.var / "kept.log"
    said = [
        f"Audit batch {one.number} of {site} with {len(one.members)} entries: {one.hash}" for one in batches
    ]
    path.write_text("".join(f"2026-02-01 12:00:00,000 INFO [sealing] {line}\n" for line in ["x", *said]))
    return str(path)


@pytest.mark.handbook("H178")
def test_an_untouched_trail_is_whole_and_the_database_stays_as_it_is(instance):
    before = instance.database.read_bytes()
    status, said = check(instance)
    assert status == 0, said
    assert "2 batches with 60 entries, 1 entries not sealed yet" in said
    assert "The audit trail is whole." in said
    assert instance.database.read_bytes() == before


def test_a_running_server_is_not_disturbed(instance):
    with database(instance) as root:
        fill(log_in(root), 5)
        assert check(instance)[0] == 0
        transaction.commit()
        assert "6 entries not sealed yet" in check(instance)[1]


def altered(log: AuditLog) -> None:
    """Somebody else did it."""
    put(log, entries(log)[0], user_id="somebody-else")


def removed(log: AuditLog) -> None:
    """It was never done."""
    gone = entries(log)[3]
    del log.entries[shard_of(gone.key)][gone.key]


def slipped_in(log: AuditLog) -> None:
    """It was done as well."""
    put(log, entries(log)[0], name="0" * 32)


@pytest.mark.handbook("H178")
@pytest.mark.parametrize(
    ("deed", "sentence"),
    [
        (altered, "An entry was altered, in batch 1, at /kunder/"),
        (removed, "An entry is missing, in batch 1, at /kunder/"),
        (slipped_in, "An entry was slipped in, at /kunder/"),
    ],
)
def test_what_was_done_to_the_trail_is_said_and_fails_the_command(instance, deed, sentence):
    with database(instance) as root:
        deed(log_in(root))
    status, said = check(instance, SITE)
    assert status == 1
    assert sentence in said and "is whole" not in said


def test_a_batch_that_was_cut_out_is_told(instance):
    with database(instance) as root:
        del log_in(root).batches[1]
    status, said = check_here(instance)
    assert status == 1
    assert "The chain is broken: a batch is gone or was made anew, in batch 2." in said


def test_a_kept_log_that_agrees_leaves_the_trail_whole(instance):
    with database(instance) as root:
        path = kept(instance, list(log_in(root).batches.values()))
    assert check_here(instance, "--log", path)[0] == 0


def test_a_chain_that_was_made_anew_from_its_beginning_is_told_by_a_kept_log(instance):
    with database(instance) as root:
        log = log_in(root)
        path = kept(instance, list(log.batches.values()))
        put(log, entries(log)[0], user_id="somebody-else")
        members = [[log.get(key) for key, _ in batch.members] for batch in log.batches.values()]
        log.batches.clear()
        for number, found in enumerate(members, start=1):
            log.append(Batch.of(number, datetime(2026, 2, 1, tzinfo=UTC), log.last_hash(), found))
    assert check_here(instance)[0] == 0
    status, said = check_here(instance, "--log", path)
    assert status == 1
    assert "Batch 1 has another hash" in said and "Batch 2 has another hash" in said


def test_a_batch_that_only_the_kept_log_knows_is_missing(instance):
    with database(instance) as root:
        last = log_in(root).batches[2]
    status, said = check_here(instance, "--log", kept(instance, [replace(last, number=3)]))
    assert (status, "Batch 3 is not there" in said) == (1, True)


def test_a_kept_log_of_another_site_proves_nothing(instance):
    with database(instance) as root:
        path = kept(instance, list(log_in(root).batches.values()), site="/other")
    status, said = check_here(instance, "--log", path)
    assert (status, "names no batch of this site" in said) == (1, True)


@pytest.mark.parametrize("options", [("nowhere",), ("--log", "/nowhere/kept.log")])
def test_what_is_not_there_is_said_and_fails_the_command(instance, options):
    status, said = check_here(instance, *options)
    assert (status, said.startswith("Nothing was checked: ")) == (1, True)


def test_without_configuration_or_database_nothing_is_checked_and_nothing_is_made(instance):
    instance.database.unlink()
    assert check_here(instance)[0] == 1
    assert not instance.database.exists()
    instance.conf.unlink()
    assert "Nothing was checked: " in check_here(instance)[1]


def test_the_command_is_installed_under_its_name():
    text = (TOP / "setup.py").read_text("utf-8")
    assert f"personcert-verify-audit = {MODULE}:main" in text
