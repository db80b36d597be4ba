"""The fixed words of a certificate, in the two languages of the service."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CertificateTexts:
    """Words around the values. ``{...}`` are filled with ``str.format`` from the certificate's own fields."""

    locale: str
    heading: str
    number_label: str
    opening: str
    statement: str
    level: str
    valid_from: str
    valid_to: str
    decided_on: str
    order_number: str
    decided_by: str
    according_to: str
    check_heading: str
    check: str
    conditions: str
    test_mark: str
    title: str
    subject: str
    seal: str
    code: str


SWEDISH = CertificateTexts(
    locale="sv-SE",
    heading="Certifikat",
    number_label="Certifikat nr",
    opening="Härmed intygas att",
    statement="har visat att kraven är uppfyllda och är certifierad som",
    level="Behörighet: {level_title}",
    valid_from="Giltigt från",
    valid_to="Giltigt till och med",
    decided_on="Beslutsdatum",
    order_number="Order nr",
    decided_by="Beslutat av",
    according_to="Enligt",
    check_heading="Kontrollera att certifikatet gäller i dag",
    check=(
        "Läs av koden eller gå till {verify_address} och skriv {number}. "
        "Där kan du också lämna PDF-filen och se om den är oförändrad."
    ),
    conditions=(
        "Certifikatet gäller under förutsättning att årsrapport lämnas. "
        "Det ägs av {body_name} och kan återkallas. "
        "PDF-filen är elektroniskt signerad; en utskrift är en kopia."
    ),
    test_mark="TEST · GÄLLER INTE SOM BEVIS",
    title="Certifikat {number}",
    subject="{certification_title}, {level_title}: {holder_name}",
    seal="Sigill för {body_name}",
    code="QR-kod till kontrollen av certifikatet: {verify_url}",
)

ENGLISH = CertificateTexts(
    locale="en",
    heading="Certificate",
    number_label="Certificate no.",
    opening="This is to certify that",
    statement="has shown that the requirements are met and is certified as",
    level="Authorization: {level_title}",
    valid_from="Valid from",
    valid_to="Valid to and including",
    decided_on="Date of decision",
    order_number="Order no.",
    decided_by="Decided by",
    according_to="According to",
    check_heading="Check that the certificate is valid today",
    check=(
        "Scan the code or go to {verify_address} and enter {number}. "
        "There you can also hand in the PDF file and see if it is unchanged."
    ),
    conditions=(
        "The certificate is valid on condition that annual reports are submitted. "
        "It is the property of {body_name} and may be withdrawn. "
        "The PDF file is electronically signed; a printout is a copy."
    ),
    test_mark="TEST · NOT VALID AS EVIDENCE",
    title="Certificate {number}",
    subject="{certification_title}, {level_title}: {holder_name}",
    seal="Seal of {body_name}",
    code="QR code leading to the check of this certificate: {verify_url}",
)

TEXTS = {"sv": SWEDISH, "en": ENGLISH}
