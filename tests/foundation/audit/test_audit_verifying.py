"""Whoever changes the log is found out."""

from dataclasses import replace

from sp.personcert.foundation.audit import Problem, record, seal, verify
from sp.personcert.foundation.audit.entries import Batch, Details
from sp.personcert.foundation.audit.log import shard_of
from sp.personcert.foundation.audit.verifying import ProblemKind
from tests.foundation.audit.conftest import entries, put


def kinds(site):
    """The kinds of problems, in order."""
    return [problem.kind for problem in verify(site)]


def test_an_untouched_log_verifies(sealed):
    record("probe.noted", sealed)
    assert verify(sealed) == []


def test_a_site_without_a_log_verifies(site):
    assert verify(site) == []


def test_a_missing_entry_is_found(sealed, log):
    gone = entries(log)[4]
    del log.entries[shard_of(gone.key)][gone.key]
    assert verify(sealed) == [Problem(ProblemKind.MISSING, 2, gone.key)]


def test_an_entry_that_went_missing_before_it_was_sealed_is_found(sealed, log):
    record("probe.noted", sealed)
    gone = entries(log)[-1]
    del log.entries[shard_of(gone.key)][gone.key]
    assert seal(sealed) is None
    assert verify(sealed) == [Problem(ProblemKind.MISSING, 0, gone.key)]


def test_an_altered_entry_is_found(sealed, log):
    altered = put(log, entries(log)[0], user_id="somebody-else")
    assert verify(sealed) == [Problem(ProblemKind.ALTERED, 1, altered.key)]


def test_an_inserted_entry_is_found(sealed, log):
    slipped_in = put(log, entries(log)[0], name="0" * 32)
    assert verify(sealed) == [Problem(ProblemKind.INSERTED, 0, slipped_in.key)]


def test_altered_details_are_found(sealed, log):
    entry = entries(log)[5]
    log.details[shard_of(entry.key)][entry.key] = Details.of({"number": "9"})
    assert verify(sealed) == [Problem(ProblemKind.DETAILS_ALTERED, 2, entry.key)]


def test_an_entry_altered_together_with_its_batch_is_found(sealed, log):
    altered = put(log, entries(log)[0], action="nothing.happened")
    batch = log.batches[1]
    members = tuple((k, altered.digest if k == altered.key else digest) for k, digest in batch.members)
    log.batches[1] = replace(batch, members=members)
    assert kinds(sealed) == [ProblemKind.BATCH_ALTERED]


def test_a_batch_that_was_made_anew_breaks_the_chain(sealed, log):
    put(log, entries(log)[0], action="nothing.happened")
    first = log.batches[1]
    members = [log.get(key) for key, _ in first.members]
    log.batches[1] = Batch.of(1, members[0].when, first.previous, members)
    assert kinds(sealed) == [ProblemKind.CHAIN_BROKEN]


def test_a_batch_that_is_gone_breaks_the_chain(sealed, log):
    del log.batches[1]
    assert kinds(sealed) == [ProblemKind.CHAIN_BROKEN] + [ProblemKind.INSERTED] * 3


def test_an_entry_that_the_list_by_time_hides_is_found(sealed, log):
    hidden = entries(log)[2]
    del log.headings[shard_of(hidden.key)][hidden.position]
    assert verify(sealed) == [Problem(ProblemKind.HIDDEN, 0, hidden.key)]


def test_a_list_by_time_that_names_another_person_is_found(sealed, log):
    altered = entries(log)[2]
    row = (altered.path, "somebody-else", altered.actor, altered.action)
    log.headings[shard_of(altered.key)][altered.position] = row
    assert verify(sealed) == [Problem(ProblemKind.HIDDEN, 0, altered.key)]


def test_an_entry_that_only_the_list_by_time_knows_is_found(sealed, log):
    made_up = replace(entries(log)[2], name="f" * 32)
    log.headings[shard_of(made_up.key)][made_up.position] = made_up.heading
    assert verify(sealed) == [Problem(ProblemKind.LISTED, 0, made_up.key)]


def test_an_entry_whose_moment_is_none_is_found(sealed, log):
    entry = entries(log)[0]
    broken = replace(entry, moment="never")
    log.entries[shard_of(entry.key)][entry.key] = broken
    assert verify(sealed) == [Problem(ProblemKind.ALTERED, 1, entry.key)]
