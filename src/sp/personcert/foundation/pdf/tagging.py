"""A reportlab canvas for one tagged page: what is drawn says what it is, for screen readers and extraction.

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
    role: str
    alternative: str
    actual: str


class TaggedCanvas(Canvas):
    """One A4 page. Draw inside ``tagged`` or ``artifact``, then ``finish``, instead of showPage and save."""

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
        self._elements: list[_Element] = []

    @contextmanager
    def tagged(self, role: str, *, alternative: str = "", actual: str = "") -> Iterator[None]:
        """Mark what is drawn as one element: H1, P, Figure ...

        ``alternative`` describes a picture; ``actual`` is the text as it is to be read, where letters are
        drawn apart or in capitals.
        """
        self._code.append(f"/{role} <</MCID {len(self._elements)}>> BDC")
        self._elements.append(_Element(role, alternative, actual))
        yield
        self._code.append("EMC")

    @contextmanager
    def artifact(self) -> Iterator[None]:
        """Mark what is drawn as decoration, to be left out when reading aloud."""
        self._code.append("/Artifact BMC")
        yield
        self._code.append("EMC")

    def finish(self) -> None:
        """End the page, add the structure tree, write the document."""
        self.showPage()
        self._add_structure()
        self.save()

    def _add_structure(self) -> None:
        document = self._doc
        page = document.Pages.pages[0]
        page_reference = document.Reference(page)
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
        children = [
            document.Reference(
                self._entry(number, element, whole_reference, page_reference), f"StructElement{number}"
            )
            for number, element in enumerate(self._elements)
        ]
        whole["K"] = PDFArray(children)
        root["K"] = whole_reference
        # The way back, from a page's marked content to its elements (14.7.4.4).
        root["ParentTree"] = document.Reference(
            PDFDictionary({"Nums": PDFArray([0, PDFArray(children)])}), "StructParentTree"
        )
        root["ParentTreeNextKey"] = 1
        document.Catalog.StructTreeRoot = root_reference
        document.Catalog.MarkInfo = PDFDictionary({"Marked": "true"})
        # reportlab writes only the page entries that it lists.
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents = 0
        page.Tabs = PDFName("S")

    @staticmethod
    def _entry(
        number: int, element: _Element, parent: PDFObjectReference, page: PDFObjectReference
    ) -> PDFDictionary:
        entry = PDFDictionary(
            {"Type": PDFName("StructElem"), "S": PDFName(element.role), "P": parent, "Pg": page, "K": number}
        )
        if element.alternative:
            entry["Alt"] = PDFString(element.alternative)
        if element.actual:
            entry["ActualText"] = PDFString(element.actual)
        return entry
