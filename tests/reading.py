"""What a person reads on a page, and where things lie."""

from typing import Any

from lxml import html
from webtest import TestResponse


def address(content: Any, view: str = "") -> str:
    """The path of a view on content."""
    path = "/".join(content.getPhysicalPath())
    return f"{path}/@@{view}" if view else path


def tree(page: TestResponse) -> html.HtmlElement:
    """The page as elements."""
    return html.document_fromstring(page.body, parser=html.HTMLParser(encoding="utf-8"))


def words(page: TestResponse | html.HtmlElement) -> str:
    """The text of a page or an element, with single spaces."""
    element = tree(page) if isinstance(page, TestResponse) else page
    return " ".join(element.text_content().split())


def column(page: TestResponse, label: str) -> list[str]:
    """The cells of a table's column, from top to bottom."""
    return [words(cell) for cell in tree(page).xpath(f"//tbody//td[@data-label='{label}']")]
