"""What the handbook's pictures show, as the tests look for it."""

TYPES = [  # H32
    "Brunnsborrare",
    "Grundläggare SAFE",
    "Överlåtelsebesiktningsman",
    "Sakkunnig inom brandskydd",
    "Energiexpert",
    "Kontrollansvarig",
    "Entreprenadbesiktningsman",
    "Trähusbyggare",
    "Besiktningsman Utemiljö",
    "Sakkunnig Funktionskontrollant",
    "Byggarbetsmiljösamordnare",
]
WELL_DRILLERS_SLOTS = [  # H115
    "Avgångsbetyg/Examen",
    "Juridik och Hydrogeologi",
    "Svetsprov",
    "Heta arbeten",
    "Säkerhet på väg",
    "Tjänstgöringsintyg",
    "Projektlista/Uppdragslista",
    "SGU rapport",
    "Försäkringsbevis",
]
