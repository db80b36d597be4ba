"""What a wheel holds: everything that the package needs at run time."""

import shutil
import subprocess
import sys
import zipfile

import pytest

from tests.architecture.sources import ROOT, SRC, TOP

SHIPPED = {".py", ".zcml", ".pt", ".xml", ".css", ".js", ".svg", ".ttf", ".woff2", ".po", ".png", ".txt"}
COPIED = ("setup.py", "pyproject.toml", "MANIFEST.in", "README.md", "CHANGELOG.md")


@pytest.fixture(scope="module")
def wheel_names(tmp_path_factory):
    """The names in a wheel built from a copy of the sources."""
    folder = tmp_path_factory.mktemp("wheel")
    for name in COPIED:
        if (TOP / name).exists():
            shutil.copy(TOP / name, folder)
    ignored = shutil.ignore_patterns("__pycache__", "*.egg-info", "*.mo")
    shutil.copytree(TOP / "profiles", folder / "profiles")
    shutil.copytree(SRC, folder / "src", symlinks=True, ignore=ignored)
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "."]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    (wheel,) = folder.glob("*.whl")
    return set(zipfile.ZipFile(wheel).namelist())


def test_profiles_are_a_link_to_the_real_folder():
    link = ROOT / "profiles"
    assert link.is_symlink() and link.resolve() == TOP / "profiles"
    assert not link.readlink().is_absolute()


def test_the_wheel_holds_every_file_of_the_package(wheel_names):
    here = {
        str(path.relative_to(SRC))
        for top in (ROOT, ROOT / "profiles")
        for path in top.rglob("*")
        if path.is_file() and path.suffix in SHIPPED and "__pycache__" not in path.parts
    }
    missing = sorted(here - wheel_names)
    assert not missing, f"Not in the wheel: {missing}"


def test_the_wheel_does_not_own_the_namespace(wheel_names):
    assert "sp/__init__.py" not in wheel_names
