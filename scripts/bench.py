"""CPU per request of our pages, as a ratio to the stock view of a Document: ``make bench``.

The server's own CPU time is read from ``/proc``; the cases take turns in rounds on keep-alive connections
of one server with one thread, so the ratio does not depend on how fast or busy the machine is.
"""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import quote

import make_site
from instance import SITE_ID, Instance
from serve import Stop, check_port, wait_until_served
from visitor import Visitor, read_accounts

TOP = Path(__file__).resolve().parent.parent
PORT = 8099
ROUNDS = 7
WARM_UP = 20
STOCK = "stock"
MEMBER = "bench-reader"
THEMED_HOST = "extranat.example.se"
# Share of the stock view that a page of ours may cost.
LIMIT = 0.2
# Share of a case page that gate, guard, session and headers may cost together.
WALLS_LIMIT = 0.1
WALLS_REQUESTS = 300
# A request that queues a task may cost so many times the same request without.
ADD_LIMIT = 2.0
# Share of bare huey's tasks per second of CPU that ours must reach: each is a publication with two commits.
HUEY_SHARE = 0.01
# Selecting due reminders: of 100,000 subjects (many) against a catalog, and against 1,000 subjects (few).
REMINDER_RATIOS = (
    ("many cold", "catalog cold", 0.2),
    ("many warm", "catalog warm", 0.02),
    ("many cold", "few cold", 1.5),
    ("many warm", "few warm", 1.5),
)
MESSAGES = 20
PARAGRAPH = "<p>" + "Ett stycke med vanlig text om hur en ansökan handläggs. " * 6 + "</p>"
CASE_VIEWS = ("@@meddelanden", "@@arkiv", "@@ladda-upp-intyg", "@@din-adress")
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Case:
    """One page as one visitor; ``limit`` is its ratio to the first case, 0 for none."""

    name: str
    path: str
    visitor: Visitor
    requests: int
    limit: float = 0.0


def make_stock_site(site: Any) -> None:
    """Beside our site, make a stock one with a private Document, and note what the visitors need."""
    from plone.distribution.api.site import create
    from zope.component.hooks import setSite

    root = site.aq_parent
    stock = create(root, "classic", {**make_site.ANSWERS, "site_id": STOCK, "title": "Stock"})
    setSite(stock)
    cookie = make_private_document(stock)
    setSite(site)
    fill_case(site)
    notes = {"member_cookie": cookie, "cases": case_paths(site)}
    (Path(os.environ["SP_DEMO_DIR"]) / "bench.json").write_text(json.dumps(notes))


def make_private_document(stock: Any) -> str:
    """Make /mapp/sida, private, and a member who may only read it. Returns the member's session cookie."""
    from plone import api
    from plone.app.textfield.value import RichTextValue

    api.portal.set_registry_record("plone.app.theming.interfaces.IThemeSettings.hostnameBlacklist", [])
    folder = api.content.create(stock, "Folder", "mapp", title="Mapp")
    text = RichTextValue(PARAGRAPH * 10, "text/html", "text/x-html-safe")
    api.content.create(folder, "Document", "sida", title="Sida", text=text)
    stock.acl_users.source_users.addUser(MEMBER, MEMBER, os.urandom(18).hex())
    stock.acl_users.portal_role_manager.assignRoleToPrincipal("Member", MEMBER)
    folder.manage_setLocalRoles(MEMBER, ["Reader"])
    folder.reindexObjectSecurity()
    session = stock.acl_users.session
    session._setupSession(MEMBER, stock.REQUEST.response)
    ticket = stock.REQUEST.response.cookies["__ac"]["value"]
    return quote(ticket if isinstance(ticket, str) else ticket.decode())


def fill_case(site: Any) -> None:
    """Bring the handbook's case to twenty messages."""
    from plone import api

    from sp.personcert.foundation.content import new_id
    from sp.personcert.messages import operations, queries

    case = site.unrestrictedTraverse(case_paths(site)[0])
    with api.env.adopt_user(username="ceper"):
        for number in range(MESSAGES - len(queries.threads(case))):
            text = f"Meddelande {number}: intyget kommer i veckan, hälsar jag från kursen i Karlskrona."
            operations.start(case, "Notering", text, new_id())


def case_paths(site: Any) -> list[str]:
    """Site paths of the demo's cases, the ones with most messages first."""
    found = []
    for customer in site["kunder"].objectValues() if "kunder" in site else ():
        for case in customer.objectValues():
            if case.portal_type == "sp.personcert.case":
                found.append((len(case.objectIds()), "/".join(case.getPhysicalPath())))
    return [path for _, path in sorted(found, reverse=True)]


def customer_visit(instance: Instance, paths: list[str]) -> tuple[Visitor, str]:
    """A logged-in customer of the demo and a case that is theirs."""
    for account in read_accounts(instance.accounts):
        visitor = Visitor(instance.port)
        if not account.is_customer or not visitor.log_in(f"/{SITE_ID}", account):
            continue
        for path in paths:
            if visitor.get(f"{path}/{CASE_VIEWS[0]}")[0] == 200:
                return visitor, path
    raise Stop("No customer of the demo could log in and see a case.")


def cases(instance: Instance) -> list[Case]:
    """The pages to measure; the first is what the others are compared with."""
    notes = json.loads((instance.var / "demo" / "bench.json").read_text())
    member = Visitor(instance.port, THEMED_HOST, {"__ac": notes["member_cookie"]})
    anonymous = Visitor(instance.port, THEMED_HOST)
    found = [
        Case("stock Document, member with Reader", f"/{STOCK}/mapp/sida", member, 20),
        Case("stock front page, anonymous", f"/{STOCK}", anonymous, 20),
    ]
    customer, path = customer_visit(instance, notes["cases"])
    found += [Case(f"case {view}, customer", f"{path}/{view}", customer, 100, LIMIT) for view in CASE_VIEWS]
    return [*found, Case("register, anonymous", f"/{SITE_ID}/register", anonymous, 100, LIMIT)]


def cpu_seconds(pid: int) -> float:
    """User and system time that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def ask(case: Case, times: int) -> None:
    """Ask for a page several times; anything but 200 ends the run."""
    for _ in range(times):
        status, _ = case.visitor.get(case.path)
        if status != 200:
            raise Stop(f"{case.name}: {case.path} answered {status}.")


def measure(pid: int, measured: list[Case]) -> list[tuple[Case, list[float]]]:
    """CPU milliseconds per request of every case, one value per round."""
    for case in measured:
        ask(case, WARM_UP)
    found: dict[str, list[float]] = {case.name: [] for case in measured}
    for _ in range(ROUNDS):
        for case in measured:
            before = cpu_seconds(pid)
            ask(case, case.requests)
            found[case.name].append((cpu_seconds(pid) - before) * 1000 / case.requests)
    return [(case, found[case.name]) for case in measured]


def report(results: list[tuple[Case, list[float]]]) -> bool:
    """Print the table; True when every page keeps its limit."""
    stock = median(results[0][1])
    print(f"\n{'page':42} {'CPU ms per request':>24} {'ratio':>7} {'limit':>6}")
    kept = True
    for case, values in results:
        ratio = median(values) / stock
        limit = f"{case.limit:.2f}" if case.limit else ""
        spread = f"{median(values):.1f} [{min(values):.1f}-{max(values):.1f}]"
        broken = bool(case.limit) and ratio > case.limit
        kept = kept and not broken
        print(f"{case.name:42} {spread:>24} {ratio:7.3f} {limit:>6}{'  TOO SLOW' if broken else ''}")
    return kept


def measured_inside(instance: Instance, script: str, *arguments: str) -> Any:
    """What a script beside this one measures in a process of its own, on the data of the instance."""
    command = [sys.executable, str(Path(__file__).with_name(script)), str(instance.conf), *arguments]
    environment = {**os.environ, **instance.environment(embedded_tasks=False)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise Stop(f"{script} could not measure: {done.stderr[-500:]}")
    return json.loads(done.stdout.splitlines()[-1])


def report_walls(instance: Instance, path: str, cookies: dict[str, str]) -> bool:
    """The walls' share of a case page, counted in a process of its own; True when it is small enough."""
    asked = json.dumps({"path": path, "cookies": cookies, "requests": WALLS_REQUESTS})
    found = measured_inside(instance, "bench_walls.py", asked)
    share = sum(found["walls"].values()) / found["total"]
    print(f"\nOf a case page's {found['total']:.2f} ms, measured inside:")
    for name, cost in found["walls"].items():
        print(f"  {name:30} {cost:6.3f} ms")
    verdict = "  TOO SLOW" if share > WALLS_LIMIT else ""
    print(f"  share of the walls {share:.3f}, limit {WALLS_LIMIT:.2f}{verdict}")
    return share <= WALLS_LIMIT


def report_queue(instance: Instance) -> bool:
    """What queueing costs a request, and a task against bare huey's; True when both keep their limits."""
    found = measured_inside(instance, "bench_queue.py")
    write, add = median(found["write"]), median(found["add"])
    (ours, ours_cpu), (bare, bare_cpu) = (
        map(median, zip(*found[name], strict=True)) for name in ("ours", "bare")
    )
    is_cheap, is_fast = add / write <= ADD_LIMIT, ours_cpu / bare_cpu >= HUEY_SHARE
    print("\nThe task queue, measured inside:")
    print(f"  POST that writes one object {write:.2f} ms CPU, with add() {add:.2f} ms")
    print(f"  ratio {add / write:.2f}, limit {ADD_LIMIT:.2f}{'' if is_cheap else '  TOO SLOW'}")
    print(f"  tasks per second {ours:.0f}, of bare huey {bare:.0f}, ratio {ours / bare:.3f}")
    share = f"{ours_cpu / bare_cpu:.3f}, at least {HUEY_SHARE:.2f}"
    print(f"  the same per second of CPU {share}{'' if is_fast else '  TOO SLOW'}")
    return is_cheap and is_fast


def report_reminders(instance: Instance) -> bool:
    """Selecting 200 due reminders of 100,000 against a catalog; True when all ratios keep their limits."""
    found = {name: median(values) for name, values in measured_inside(instance, "bench_reminders.py").items()}
    kept = True
    print("\nSelecting 200 due reminders, CPU ms, measured inside:")
    for name, base, limit in REMINDER_RATIOS:
        ratio = found[name] / found[base]
        kept = kept and ratio <= limit
        verdict = "" if ratio <= limit else "  TOO SLOW"
        print(
            f"  {name} {found[name]:.3f} / {base} {found[base]:.3f}: {ratio:.3f}, limit {limit:.2f}{verdict}"
        )
    return kept


def run(instance: Instance) -> bool:
    """Serve the instance, measure, stop the server, and measure walls, queue and reminders without one."""
    environment = {**os.environ, **instance.environment(embedded_tasks=False)}
    runwsgi = Path(sys.executable).with_name("runwsgi")
    server = subprocess.Popen([str(runwsgi), "-q", str(instance.ini)], env=environment)
    try:
        if not wait_until_served(f"http://127.0.0.1:{instance.port}/{STOCK}"):
            raise Stop(f"The server does not answer; see {instance.log}.")
        measured = cases(instance)
        kept = report(measure(server.pid, measured))
    finally:
        server.terminate()
        server.wait(30)
    page = next(case for case in measured if case.limit)
    kept = report_walls(instance, page.path, page.visitor.cookies) and kept
    kept = report_queue(instance) and kept
    return report_reminders(instance) and kept


def main(argv: list[str]) -> int:
    """Make the throw-away instance and measure it."""
    instance = Instance(TOP / "var" / "bench", PORT, threads=1)
    if argv == ["--make"]:
        make_site.make(instance, demo=True, extra=make_stock_site)
        return 0
    try:
        check_port(PORT)
        shutil.rmtree(instance.var, ignore_errors=True)
        print("Making an instance to measure:", flush=True)
        subprocess.run([sys.executable, __file__, "--make"], check=True)
        return 0 if run(instance) else 1
    except (Stop, subprocess.CalledProcessError) as reason:
        print(f"make bench: {reason}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
