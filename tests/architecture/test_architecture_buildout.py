"""buildout.cfg works offline on top of the virtual environment."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.sources import TOP

BIN = Path(sys.executable).parent
# the address, who has an account, who and what authenticates in the root
SAY = """
from Products.PluggableAuthService.interfaces.plugins import IAuthenticationPlugin
site, users = app.kundwebb, app.acl_users
plugins = users.plugins.listPluginIds(IAuthenticationPlugin)
found = site.portal_registry["sp.personcert.base_url"], list(site.acl_users.source_users.getUserNames())
print(*found, users.getUserNames(), list(plugins))
"""


def run(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command with its output kept."""
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A folder in which buildout has run."""
    folder = tmp_path_factory.mktemp("buildout")
    config = folder / "buildout.cfg"
    config.write_text((TOP / "buildout.cfg").read_text(encoding="utf-8"), encoding="utf-8")
    template = TOP / "docs" / "security" / "wsgi.ini"
    places = [f"buildout:directory={folder}", f"buildout:wsgi-template={template}"]
    done = run([str(BIN / "buildout"), "-c", str(config), *places], folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def test_buildout_makes_an_instance(built):
    assert (built / "bin" / "instance").exists()
    zope_conf = (built / "parts" / "instance" / "etc" / "zope.conf").read_text()
    assert "debug-mode off" in zope_conf


def test_buildout_takes_everything_from_the_environment(built):
    script = (built / "bin" / "instance").read_text()
    assert str(BIN.parent / "lib") in script
    assert not list((built / "eggs").rglob("*.egg"))


def test_instance_listens_on_this_machine_only(built):
    wsgi = (built / "parts" / "instance" / "etc" / "wsgi.ini").read_text()
    assert "127.0.0.1:8081" in wsgi


def test_instance_answers(built):
    done = run([str(built / "bin" / "instance"), "help"], built)
    assert done.returncode == 0, done.stderr
    assert "Documented commands" in done.stdout


def test_one_script_makes_a_real_site_with_nobody_in_zopes_root(built):
    maker, address = TOP / "scripts" / "new_site.py", "https://kundwebb.example.se"
    person = ("web@example.se", "anna", "Anna Demo", "anna@example.se")
    done = run([str(built / "bin" / "instance"), "run", str(maker), address, *person], built)
    assert "/kundwebb is made." in done.stdout, done.stdout + done.stderr
    script = built / "say.py"
    script.write_text(SAY)
    done = run([str(built / "bin" / "instance"), "run", str(script)], built)
    assert f"{address} ['anna'] [] []" in done.stdout, done.stdout + done.stderr
