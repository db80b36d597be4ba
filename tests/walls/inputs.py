"""Input that nobody thinks of, for hypothesis, and the forms of the site that take any."""

from typing import Any
from urllib.parse import urlsplit

from hypothesis import strategies as st
from webtest import Checkbox, TestResponse, Upload

MARK = "\"'><script>kw(1)</script>"
NASTY = (
    *(
        "",
        " ",
        "\0",
        "\x1b[31m",
        "\u202e",
        "\u200b",
        "\ufeff",
        "å" * 10_000,
        "x" * 10_000,
        MARK,
        "&lt;" + MARK,
    ),
    *(
        "../../..",
        "..\\..",
        "javascript:alert(1)",
        "//evil.example",
        "/kunder",
        "' OR 1=1 --",
        "${1/0}",
        "%00",
        "%ff",
    ),
    *(
        "2026-13-45",
        "-1",
        "0",
        "1e309",
        "NaN",
        "٣",
        "9" * 400,
        "true",
        "None",
        "[]",
        "{}",
        "<tal:x/>",
        "a\r\nX: y",
    ),
)
CONVERTERS = (
    ":int",
    ":float",
    ":list",
    ":record",
    ":records",
    ":date",
    ":tokens",
    ":lines",
    ":method",
    ":action",
)

words = st.sampled_from(NASTY) | st.text(max_size=60)
names = st.tuples(st.text("abc_-.", max_size=8) | st.just("q"), st.sampled_from(("", "", *CONVERTERS))).map(
    "".join
)
files = st.tuples(
    st.sampled_from(
        ("a.pdf", "a.docx", "a.exe", "", "../a.pdf", "å\u202e.pdf", "a" * 300 + ".pdf", MARK + ".pdf")
    ),
    st.binary(max_size=200) | st.just(b"%PDF-1.7\n%%EOF") | st.just(b"PK\x03\x04"),
)


def last_step(address: str) -> str:
    """The view that an address names."""
    return urlsplit(address).path.rstrip("/").rpartition("/")[2].removeprefix("@@")


def form_on(page: TestResponse, step: str) -> Any:
    """The form of a page that is sent to a view; None on a page that has none."""
    if page.status_int != 200:
        return None
    return next((form for form in page.forms.values() if last_step(form.action) == step), None)


def fill(data: Any, form: Any) -> list[tuple[str, Any]]:
    """The form's fields with drawn values; the token stays as it is, most of the time."""
    fields: list[tuple[str, Any]] = []
    for name, field in form.field_order:
        if not name or (isinstance(field, Checkbox) and not data.draw(st.booleans())):
            continue
        if name in ("form_token", "creation_id", "kept") and data.draw(st.integers(0, 9)):
            fields.append((name, field.value or ""))
        elif field.attrs.get("type") == "file":
            fields.append((name, Upload(*data.draw(files))))
        else:
            fields += [
                (name, word)
                for word in data.draw(st.lists(words, max_size=2) | words.map(lambda word: [word]))
            ]
    return fields + [(name, data.draw(words)) for name in data.draw(st.lists(names, max_size=2))]


def unescaped(answer: TestResponse) -> bool:
    """Whether something that was typed came back as markup."""
    return answer.content_type == "text/html" and "<script>kw(" in answer.text
