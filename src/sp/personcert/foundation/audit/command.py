"""``personcert-verify-audit``: check the audit trail of a database without a server.

Opens the database read-only, beside a running server too. Exit status 1 says that something is wrong.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from .kept import KeptHash, differing, kept_hashes
from .log import AuditLog
from .offline import NotOpened, audited_sites, opened
from .verifying import Problem, ProblemKind, problems

SENTENCES = {
    ProblemKind.MISSING: "An entry is missing",
    ProblemKind.ALTERED: "An entry was altered",
    ProblemKind.INSERTED: "An entry was slipped in",
    ProblemKind.DETAILS_ALTERED: "The details of an entry were altered",
    ProblemKind.BATCH_ALTERED: "A batch was altered",
    ProblemKind.CHAIN_BROKEN: "The chain is broken: a batch is gone or was made anew",
    ProblemKind.HIDDEN: "An entry is hidden from readers: the list by time lacks it or says something else",
    ProblemKind.LISTED: "The list by time names an entry that there is not",
}


def main(argv: list[str] | None = None) -> int:
    """Check, print sentences, give the exit status."""
    parser = argparse.ArgumentParser(prog="personcert-verify-audit", description=__doc__)
    parser.add_argument("zope_conf", help="the server's zope.conf")
    parser.add_argument("site", nargs="?", default="", help="path of the site; without it all sites")
    parser.add_argument(
        "--log", action="append", default=[], type=Path, help="a kept log of the server; may be repeated"
    )
    given = parser.parse_args(argv)
    try:
        lines = [line for path in given.log for line in path.read_text("utf-8", "replace").splitlines()]
        with opened(given.zope_conf) as root:
            checked = [
                _report(path, log, lines if given.log else None)
                for path, log in audited_sites(root, given.site).items()
            ]
    except (NotOpened, OSError) as error:
        print(f"Nothing was checked: {error}", file=sys.stderr)
        return 1
    return 0 if all(checked) else 1


def _report(site_path: str, log: AuditLog, lines: list[str] | None) -> bool:
    """Print what is found at one site; whether all is well."""
    waiting = sum(len(shard) for shard in log.unsealed)
    sealed = sum(len(batch.members) for batch in log.batches.values())
    print(f"{site_path}: {len(log.batches)} batches with {sealed} entries, {waiting} entries not sealed yet.")
    found = [*map(_sentence, problems(log))]
    if lines is not None:
        found += _compared(log, list(kept_hashes(lines, site_path)))
    for sentence in found:
        print(f"{site_path}: {sentence}")
    print(f"{site_path}: {len(found)} problems." if found else f"{site_path}: The audit trail is whole.")
    return not found


def _sentence(problem: Problem) -> str:
    place = f", in batch {problem.batch}" if problem.batch else ""
    path, _, name = problem.key.partition("\x00")
    return f"{SENTENCES[problem.kind]}{place}{f', at {path} ({name})' if name else ''}."


def _compared(log: AuditLog, kept: list[KeptHash]) -> Iterator[str]:
    if not kept and log.batches:
        yield "The kept log names no batch of this site."
    for one in differing(log, kept):
        there = "has another hash" if one.number in log.batches else "is not there"
        yield f"Batch {one.number} {there}: the kept log says {one.hash}."


if __name__ == "__main__":
    sys.exit(main())
