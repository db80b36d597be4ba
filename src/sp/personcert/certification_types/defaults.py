"""The eleven certification types that a new site begins with (H32), for administrators to edit.

Only Brunnsborrare's slots are the handbook's own (H115); the others are examples. Existing types
are left alone, so the profile may be applied again.
"""

from datetime import date
from functools import cache
from importlib.resources import files

from . import operations, queries
from .domain import DocumentType, Level, Rule, Slot, Template

TEMPLATES = files(__package__) / "templates"

SIGNED = (
    "Dokumentet ska vara undertecknat och ha namnförtydligande samt kontaktuppgifter till den som utfärdat "
    "det."
)
SCHOOL = "Avgångsbetyg eller examensbevis från din utbildning. Alla sidor ska vara med."
EMPLOYMENT = (
    "Intyget ska visa vad du har arbetat med och hur länge, vara undertecknat av utfärdande chef och ha "
    "kontaktuppgifter till densamme. Ett anställningsbevis är inte tillräckligt."
)
PROJECTS = (
    "En lista över de uppdrag som visar din erfarenhet: när, var, åt vem och vad du själv gjorde. "
    "Använd gärna mallen."
)
LAW = f"Intyg över genomgångna kurser i juridik för brunnsborrare och praktisk hydrogeologi. {SIGNED}"
WELDING = (
    "Svetsprov med lägst betyg 3. Är du licensierad svetsare, eller finns en sådan i företaget, meddela det "
    f"i stället. {SIGNED}"
)
SUITABILITY = f"Intyg från någon som känner dig i arbetet om att du är lämplig för uppdraget. {SIGNED}"
HOT_WORK = "Giltigt certifikat för heta arbeten."
ROAD_SAFETY = "Intyg från kursen Säkerhet på väg (tidigare Arbete på väg)."
SGU = "Rapporter om borrade brunnar som du har lämnat till SGU:s brunnsarkiv."
INSURANCE = "Företagets bevis om ansvars- och miljöförsäkring."

ATTACHMENT = DocumentType.ATTACHMENT
NORMAL_AND_COMPLEX = (
    Level("n", "N", "Uppdrag av normal art."),
    Level("k", "K", "Uppdrag av komplicerad art."),
)


@cache
def project_list() -> Template:
    """The form for a list of projects or assignments (H118)."""
    return Template("Projektlista.docx", (TEMPLATES / "Projektlista.docx").read_bytes())


def _school() -> Slot:
    return Slot("school", "Avgångsbetyg/Examen", "Avgångsbetyg", shared=True, help_text=SCHOOL)


def _employment() -> Slot:
    return Slot("employment", "Tjänstgöringsintyg", "Tjänstgöringsintyg", shared=True, help_text=EMPLOYMENT)


def _projects() -> Slot:
    return Slot(
        "projects",
        "Projektlista/Uppdragslista",
        "Projektlista",
        help_text=PROJECTS,
        template=project_list(),
    )


def well_driller() -> Rule:
    """Brunnsborrare: the nine slots of H115, in their order."""
    return Rule(
        levels=(
            Level("b", "Brunnsborrare B", "Får borra energi- och vattenbrunnar i jord och berg."),
            Level(
                "ab", "Ansvarig AB", "Får ansvara för borrning av energi- och vattenbrunnar i jord och berg."
            ),
        ),
        slots=(
            _school(),
            Slot("law", "Juridik och Hydrogeologi", "Juridik och Hydrogeologi", help_text=LAW),
            Slot("welding", "Svetsprov", "Intyg Svetsprov", help_text=WELDING),
            Slot("hot_work", "Heta arbeten", "Heta arbeten", help_text=HOT_WORK),
            Slot("road_safety", "Säkerhet på väg", "Säkerhet på väg", help_text=ROAD_SAFETY),
            _employment(),
            _projects(),
            Slot("sgu", "SGU rapport", "SGU rapport", help_text=SGU),
            Slot("insurance", "Försäkringsbevis", "Försäkringsbevis", ATTACHMENT, help_text=INSURANCE),
        ),
        reference="Certifieringsregel för brunnsborrare, kravspecifikation 2005-03-14",
        reference_date=date(2005, 3, 14),
    )


def general(levels: tuple[Level, ...] = (), reference: str = "") -> Rule:
    """What most types ask for: education, experience, assignments and suitability."""
    return Rule(
        levels=levels,
        slots=(
            _school(),
            _employment(),
            _projects(),
            Slot(
                "suitability",
                "Lämplighetsintyg",
                "Lämplighetsintyg",
                help_text=SUITABILITY,
            ),
        ),
        reference=reference,
    )


def rules() -> tuple[tuple[str, str, Rule], ...]:
    """Id, title and rule of each type, in the order of H32."""
    return (
        ("brunnsborrare", "Brunnsborrare", well_driller()),
        ("grundlaggare-safe", "Grundläggare SAFE", general()),
        ("overlatelsebesiktningsman", "Överlåtelsebesiktningsman", general()),
        ("brandskydd", "Sakkunnig inom brandskydd", general(NORMAL_AND_COMPLEX, "SAK 3")),
        (
            "energiexpert",
            "Energiexpert",
            general(NORMAL_AND_COMPLEX, "BFS 2007:5 CEX 1 med ändringar till CEX 5"),
        ),
        (
            "kontrollansvarig",
            "Kontrollansvarig",
            general(NORMAL_AND_COMPLEX, "BFS 2011:14 KA 4 med ändringar"),
        ),
        ("entreprenadbesiktningsman", "Entreprenadbesiktningsman", general()),
        ("trahusbyggare", "Trähusbyggare", general()),
        ("utemiljo", "Besiktningsman Utemiljö", general(reference="BEUM kravspecifikation 2018-02-27")),
        (
            "funktionskontrollant",
            "Sakkunnig Funktionskontrollant",
            general(NORMAL_AND_COMPLEX, "BFS 2011:16 OVK 1 med ändringar"),
        ),
        ("byggarbetsmiljo", "Byggarbetsmiljösamordnare", general(NORMAL_AND_COMPLEX)),
    )


def make_types() -> None:
    """Make the types that do not exist yet."""
    for type_id, title, rule in rules():
        if type_id not in queries.folder().objectIds():
            operations.make_type(type_id, title, rule)
