"""A Zope instance in one folder: its paths, its generated configuration, its environment."""

import os
import secrets
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

SITE_ID = "kundwebb"
MEGABYTE = 1024 * 1024
REQUEST_LIMIT_MB = 64

ZOPE_CONF = """\
%define VAR {var}
instancehome {home}
clienthome $VAR/instance
debug-mode off
debug-exceptions off
default-zpublisher-encoding utf-8
enable-ms-public-header off
# two people at once in one case: try again rather than show an error
max-conflict-retries 10
# waitress threads, the task consumer, the start-up and one to spare
<zodb_db main>
    mount-point /
    cache-size 30000
    pool-size {pool_size}
    <blobstorage>
        blob-dir $VAR/blobstorage
        <filestorage>
            path $VAR/filestorage/Data.fs
        </filestorage>
    </blobstorage>
</zodb_db>
<environment>
    CHAMELEON_CACHE {cache}
</environment>
<dos_protection>
    form-memory-limit 256KB
    form-disk-limit {request_limit_mb}MB
    form-memfile-limit 64KB
</dos_protection>
"""

ZOPE_INI = """\
[app:zope]
use = egg:Zope#main
zope_conf = {conf}

[server:main]
use = egg:waitress#main
host = 127.0.0.1
port = {port}
threads = {threads}
# nothing in an answer says what serves it
ident =
server_name = localhost
max_request_header_size = 32768
max_request_body_size = {request_limit}
connection_limit = 200
channel_timeout = 60
cleanup_interval = 10
expose_tracebacks = off
clear_untrusted_proxy_headers = on
{trusted_proxy}

[pipeline:main]
pipeline =
    egg:Zope#httpexceptions
    zope

[loggers]
keys = root

[handlers]
keys = console, file

[formatters]
keys = line

[logger_root]
level = INFO
handlers = console, file

[handler_console]
class = StreamHandler
args = (sys.stderr,)
level = ERROR
formatter = line

[handler_file]
class = FileHandler
args = ({log!r}, "a", "utf-8")
level = INFO
formatter = line

[formatter_line]
class = sp.personcert.foundation.logs.records.MaskingFormatter
format = %(asctime)s %(levelname)s [%(name)s] %(message)s
"""

# the client's address is the peer's, or what this one peer says
TRUSTED_PROXY = """\
trusted_proxy = {address}
trusted_proxy_count = 1
trusted_proxy_headers = x-forwarded-for
log_untrusted_proxy_headers = on
"""

SITE_ZCML = """\
<configure
    xmlns="http://namespaces.zope.org/zope"
    xmlns:five="http://namespaces.zope.org/five"
    >
  <include package="Zope2.App" />
  <five:loadProducts file="meta.zcml" />
  <five:loadProducts />
  <five:loadProductsOverrides />
</configure>
"""


@dataclass(frozen=True)
class Instance:
    """One server's folder. ``var`` holds everything that it writes."""

    var: Path
    port: int = 8080
    threads: int = 4

    @property
    def home(self) -> Path:
        """Generated configuration; may be deleted at any time."""
        return self.var / "instance"

    @property
    def conf(self) -> Path:
        """zope.conf."""
        return self.home / "etc" / "zope.conf"

    @property
    def ini(self) -> Path:
        """The WSGI configuration."""
        return self.home / "etc" / "zope.ini"

    @property
    def database(self) -> Path:
        """The file that exists exactly when the site exists."""
        return self.var / "filestorage" / "Data.fs"

    @property
    def log(self) -> Path:
        """What the server says beyond errors."""
        return self.var / "log" / "server.log"

    @property
    def admin_password(self) -> Path:
        """The password of ``admin`` in Zope's root, readable for its owner only."""
        return self.var / "admin-password"

    @property
    def accounts(self) -> Path:
        """The demo accounts, written by the demo."""
        return self.var / "demo" / "accounts.json"

    @property
    def clock(self) -> Path:
        """The latest day that this site was used on."""
        return self.var / "demo" / "clock.json"

    def environment(self, embedded_tasks: bool) -> dict[str, str]:
        """What a process of this instance needs in its environment before Zope is imported."""
        values = {
            "SP_DEMO": "1",
            "SP_BASE_URL": f"http://127.0.0.1:{self.port}/{SITE_ID}",
            "SP_DEMO_DIR": str(self.var / "demo"),
            "SP_TASKQUEUE_URL": f"sqlite:///{self.var / 'taskqueue.sqlite'}",
            "SP_MAIL_DIR": str(self.var / "mail"),
            "SP_SIGNING_DIR": str(self.var / "signing"),
            "zope_i18n_compile_mo_files": "true",
        }
        if embedded_tasks:
            values["SP_TASKQUEUE_EMBEDDED"] = "1"
        return values

    def write(self) -> None:
        """Make the folders and write the configuration anew; data is never touched."""
        for name in ("filestorage", "blobstorage", "log", "mail", "signing", "demo", "cache"):
            (self.var / name).mkdir(parents=True, exist_ok=True)
        for private in ("blobstorage", "signing", "demo", "mail"):
            (self.var / private).chmod(0o700)
        self.conf.parent.mkdir(parents=True, exist_ok=True)
        self.conf.write_text(
            ZOPE_CONF.format(
                var=self.var,
                home=self.home,
                cache=self.var / "cache",
                pool_size=self.threads + 3,
                request_limit_mb=REQUEST_LIMIT_MB,
            )
        )
        self.ini.write_text(
            ZOPE_INI.format(
                conf=self.conf,
                port=self.port,
                threads=self.threads,
                request_limit=REQUEST_LIMIT_MB * MEGABYTE,
                log=str(self.log),
                trusted_proxy=trusted_proxy(),
            )
        )
        (self.conf.parent / "site.zcml").write_text(SITE_ZCML)

    def write_admin(self) -> None:
        """Choose the root administrator's password; Zope reads ``inituser`` at its first start."""
        from AccessControl.AuthEncoding import pw_encrypt

        password = secrets.token_urlsafe(18)
        write_private(self.admin_password, password + "\n")
        hashed = pw_encrypt(password, "BCRYPT").decode()
        write_private(self.home / "inituser", f"admin:{hashed}\n")


def trusted_proxy() -> str:
    """Lines for the server when ``SP_TRUSTED_PROXY`` names the one proxy before it.

    :raises ValueError: when that is not an address.
    """
    given = os.environ.get("SP_TRUSTED_PROXY", "")
    return TRUSTED_PROXY.format(address=ip_address(given)) if given else ""


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner may read, from its first byte on."""
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
