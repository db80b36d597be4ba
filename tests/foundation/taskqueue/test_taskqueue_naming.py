"""No two consumers that run share a name, and a name returns when its holder is dead."""

import subprocess
import sys

import pytest
from App.config import getConfiguration

from sp.personcert.foundation.taskqueue import naming
from sp.personcert.foundation.taskqueue.naming import NameTaken, consumer_name, hold_name, release_name

HOLDER = """
import sys
from App.config import getConfiguration
getConfiguration().clienthome = sys.argv[1]
from sp.personcert.foundation.taskqueue.naming import hold_name
print(hold_name(sys.argv[2]), flush=True)
sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """A client home of the test's own, and no name at the end."""
    monkeypatch.setattr(getConfiguration(), "clienthome", str(tmp_path))
    yield tmp_path
    release_name()


@pytest.fixture
def holder(home):
    """Other processes that hold names."""
    started = []

    def hold(name=""):
        command = [sys.executable, "-c", HOLDER, str(home), name]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        started.append(process)
        return process, process.stdout.readline().strip()

    yield hold
    for process in started:
        process.kill()
        process.communicate()


def test_the_first_free_number_of_the_instance(holder, home):
    names = [holder()[1], holder()[1], hold_name()]
    assert [name.rpartition(":")[2] for name in names] == ["1", "2", "3"]
    assert all(str(home) in name for name in names)
    assert consumer_name() == names[2]


def test_a_number_comes_back_only_when_its_holder_is_dead(holder):
    first, name = holder()
    holder()
    assert hold_name().endswith(":3")
    release_name()
    first.kill()
    first.wait()
    assert hold_name() == name


def test_a_given_name_is_taken_once(holder):
    process, name = holder("worker-a")
    assert name == "worker-a"
    with pytest.raises(NameTaken, match="worker-a"):
        hold_name("worker-a")
    process.kill()
    process.wait()
    assert hold_name("worker-a") == "worker-a"


def test_the_given_name_goes_before_the_environments(monkeypatch):
    monkeypatch.setenv("SP_CONSUMER_NAME", "of/the environment")
    assert hold_name() == consumer_name() == "of/the environment"
    release_name()
    assert hold_name("given") == consumer_name() == "given"


def test_the_files_say_whose_they_are(home):
    name = hold_name()
    (file,) = (home / naming.FOLDER).iterdir()
    assert file.read_text().splitlines()[0] == name
