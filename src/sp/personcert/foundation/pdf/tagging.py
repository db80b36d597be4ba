"""A reportlab canvas for tagged pages: what is drawn says what it is, for screen readers and extraction.

Tagged PDF is ISO 32000-1, 14.8; reportlab has no support of its own. Marked content (BDC ... EMC) in the
page's stream is numbered, and a structure tree gives each number a role: heading, paragraph, figure with an
alternative text. Everything else is an artifact. No conformance with PDF/UA is claimed: the signature's
invisible field, for one, is not tagged.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFObjectReference, PDFString
from reportlab.pdfgen.canvas import Canvas

#: ETSI.CAdES.detached came after PDF 1.7; 1.7 is what readers expect around it.
PDF_VERSION = (1, 7)


@dataclass(frozen=True)
class _Element:
    page: int
    number: int
    role: str
    alternative: str
    actual: str
    language: str


class TaggedCanvas(Canvas):
    """A4 pages. Draw inside ``tagged`` or ``artifact``, then ``next_page`` or ``finish``, instead of showPage
    and save."""

    def __init__(self, target: BinaryIO, *, language: str, font: str, created: date) -> None:
        # invariant: the same content gives the same bytes, without the time of day or a random id.
        super().__init__(
            target,
            pagesize=A4,
            lang=language,
            initialFontName=font,
            pageCompression=1,
            invariant=True,
            pdfVersion=PDF_VERSION,
        )
        # Without this an invariant document says that it was made in the year 2000.
        self.setDateFormatter(lambda *_moment: f"D:{created:%Y%m%d}")
        self._language = language
        self._pages: list[list[_Element]] = [[]]

    @contextmanager
    def tagged(
        self, role: str, *, alternative: str = "", actual: str = "", language: str = ""
    ) -> Iterator[None]:
        """Mark what is drawn as one element: H1, P, Figure ...

        ``alternative`` describes a picture; ``actual`` is the text as it is to be read, where letters are
        drawn apart or in capitals; ``language`` is said where it is not the document's.
        """
        here = self._pages[-1]
        self._code.append(f"/{role} <</MCID {len(here)}>> BDC")
        here.append(_Element(len(self._pages) - 1, len(here), role, alternative, actual, language))
        yield
        self._code.append("EMC")

    @contextmanager
    def artifact(self) -> Iterator[None]:
        """Mark what is drawn as decoration, to be left out when reading aloud."""
        self._code.append("/Artifact BMC")
        yield
        self._code.append("EMC")

    def next_page(self) -> None:
        """End the page and begin another."""
        self.showPage()
        self._pages.append([])

    def finish(self) -> None:
        """End the page, add the structure tree, write the document."""
        self.showPage()
        self._add_structure()
        self.save()

    def _add_structure(self) -> None:
        document = self._doc
        root = PDFDictionary({"Type": PDFName("StructTreeRoot")})
        root_reference = document.Reference(root, "StructTreeRoot")
        whole = PDFDictionary(
            {
                "Type": PDFName("StructElem"),
                "S": PDFName("Document"),
                "P": root_reference,
                "Lang": PDFString(self._language),
            }
        )
        whole_reference = document.Reference(whole, "StructDocument")
        entries = [self._entries(elements, whole_reference) for elements in self._pages]
        whole["K"] = PDFArray([entry for on_page in entries for entry in on_page])
        root["K"] = whole_reference
        # The way back, from a page's marked content to its elements (14.7.4.4).
        ways = [part for number, on_page in enumerate(entries) for part in (number, PDFArray(on_page))]
        root["ParentTree"] = document.Reference(PDFDictionary({"Nums": PDFArray(ways)}), "StructParentTree")
        root["ParentTreeNextKey"] = len(entries)
        document.Catalog.StructTreeRoot = root_reference
        document.Catalog.MarkInfo = PDFDictionary({"Marked": "true"})
        for number, page in enumerate(document.Pages.pages):
            # reportlab writes only the page entries that it lists.
            page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
            page.StructParents = number
            page.Tabs = PDFName("S")

    def _entries(self, elements: list[_Element], parent: PDFObjectReference) -> list[PDFObjectReference]:
        document = self._doc
        return [
            document.Reference(
                self._entry(element, parent, document.Reference(document.Pages.pages[element.page])),
                f"StructElement{element.page}-{element.number}",
            )
            for element in elements
        ]

    @staticmethod
    def _entry(element: _Element, parent: PDFObjectReference, page: PDFObjectReference) -> PDFDictionary:
        entry = PDFDictionary(
            {
                "Type": PDFName("StructElem"),
                "S": PDFName(element.role),
                "P": parent,
                "Pg": page,
                "K": element.number,
            }
        )
        for name, text in (
            ("Alt", element.alternative),
            ("ActualText", element.actual),
            ("Lang", element.language),
        ):
            if text:
                entry[name] = PDFString(text)
        return entry
