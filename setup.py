"""Packaging of sp.personcert; the only list of exact versions is constraints.txt."""

from pathlib import Path

from setuptools import find_namespace_packages, setup

HERE = Path(__file__).parent

RUN = [
    "Plone>=6.2,<6.3",
    "collective.monkeypatcher",
    "argon2-cffi",
    "cryptography",
    "endesive",
    "huey>=3.5,<3.6",
    "limits",
    "olefile",
    "personnummer",
    # 7.0 pre-releases stop Zope at start-up
    "plone.app.layout<7",
    "plone.restapi",
    "pyHanko",
    "pyotp",
    # endesive cannot sign with 7
    "pypdf>=5.9,<7",
    # when SP_THROTTLE_URL or SP_TASKQUEUE_URL names a server
    "redis",
    "reportlab",
    "segno",
    "zxcvbn",
]

BUILDOUT = [
    "plone.recipe.zope2instance",
    "zc.buildout",
]

# tasks in processes of their own
ZEO = ["ZEO"]

# scripts that make font subsets anew
FONTS = [
    "brotli",
    "fonttools",
]

TEST = [
    *BUILDOUT,
    *FONTS,
    *ZEO,
    "aiosmtpd",
    "axe-playwright-python",
    "hypothesis",
    "import-linter",
    "playwright",
    "plone.app.testing",
    # zope.pytestlayer does not know 10
    "pytest<10",
    "pytest-plone",
    "pytest-xdist",
    "ruff",
    "towncrier",
    "zpretty",
]


def read(name: str) -> str:
    """Return the text of a file beside this one, "" while it does not exist."""
    path = HERE / name
    return path.read_text(encoding="utf-8") if path.exists() else ""


setup(
    name="sp.personcert",
    version="1.0.0.dev0",
    description="Customer web for the certification of persons, a Plone add-on",
    long_description=read("README.md") + "\n\n" + read("CHANGELOG.md"),
    long_description_content_type="text/markdown",
    classifiers=[
        "Development Status :: 3 - Alpha",
        "Environment :: Web Environment",
        "Framework :: Plone",
        "Framework :: Plone :: 6.2",
        "Framework :: Plone :: Addon",
        "Natural Language :: Swedish",
        "Programming Language :: Python :: 3",
        "Programming Language :: Python :: 3.11",
    ],
    packages=find_namespace_packages("src", include=["sp", "sp.*"]),
    package_dir={"": "src"},
    include_package_data=True,
    zip_safe=False,
    python_requires=">=3.11",
    install_requires=RUN,
    extras_require={"buildout": BUILDOUT, "fonts": FONTS, "test": TEST, "zeo": ZEO},
    entry_points={
        "console_scripts": [
            "personcert-verify-audit = sp.personcert.foundation.audit.command:main",
            "personcert-worker = sp.personcert.foundation.taskqueue.worker:main",
        ],
        "z3c.autoinclude.plugin": ["target = plone"],
    },
)
