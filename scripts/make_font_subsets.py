"""Make the font files of the certificate and of the web pages; run by hand when a font is renewed.

Needs ``fonttools`` and ``brotli``, and the Debian packages
``fonts-sil-charis`` and ``fonts-inter``:

    python scripts/make_font_subsets.py <folder with the originals> <folder for .ttf> <folder for .woff2>

Why it is more than a call of ``pyftsubset``:

- reportlab embeds TrueType outlines only, and Debian's Inter has cubic (CFF) outlines; they are
  approximated by quadratic ones.
- Charis SIL is under the SIL Open Font License with the Reserved Font Names "Charis" and "SIL": a subset is
  a Modified Version (section 3) and must not carry them. The subset is named "Spruce Serif". Inter reserves
  no name and keeps its own.
"""

import sys
from pathlib import Path

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, newTable

#: Basic Latin, Latin-1, Latin Extended-A, the Romanian letters, punctuation, euro, trade mark, minus.
WEB = [*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x218, 0x21C), *range(0x2010, 0x2028), 0x202F, 0x2030]
WEB += [0x2032, 0x2033, 0x2039, 0x203A, 0x2044, 0x20AC, 0x2122, 0x2212]
#: On paper a name must never lack a letter: Latin Extended-B and Additional (Vietnamese and others) as well.
PRINT = [*WEB, *range(0x180, 0x250), *range(0x1E00, 0x1F00)]

PRINT_FONTS = {
    "spruce-serif-regular.ttf": "CharisSIL-Regular.ttf",
    "spruce-serif-bold.ttf": "CharisSIL-Bold.ttf",
    "spruce-serif-italic.ttf": "CharisSIL-Italic.ttf",
    "inter-regular.ttf": "Inter-Regular.otf",
    "inter-semibold.ttf": "Inter-SemiBold.otf",
}
WEB_FONTS = {
    "inter-400.woff2": "Inter-Regular.otf",
    "inter-600.woff2": "Inter-SemiBold.otf",
    "inter-700.woff2": "Inter-Bold.otf",
    "charis-700.woff2": "CharisSIL-Bold.ttf",
}
WEB_FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "tnum"]


def subset(font: TTFont, characters: list[int], features: list[str]) -> None:
    """Keep the glyphs of the characters and the layout features named; drop hinting."""
    options = Options()
    options.layout_features = features
    options.hinting = False
    options.desubroutinize = True
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 8, 9, 11, 13, 14, 16, 17]
    options.drop_tables += ["Silf", "Sill", "Glat", "Gloc", "Feat", "DSIG"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)


def to_truetype(font: TTFont) -> None:
    """Replace cubic outlines by quadratic ones, at most one unit of the em off."""
    glyphs = font.getGlyphSet()
    drawn = {}
    for name in font.getGlyphOrder():
        pen = TTGlyphPen(glyphs)
        glyphs[name].draw(Cu2QuPen(pen, max_err=1.0, reverse_direction=True))
        drawn[name] = pen.glyph()
    font["loca"] = newTable("loca")
    font["glyf"] = glyf = newTable("glyf")
    glyf.glyphOrder = font.getGlyphOrder()
    glyf.glyphs = drawn
    del font["CFF "]
    maxp = font["maxp"]
    maxp.tableVersion = 0x00010000
    for field in ("maxZones", "maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs"):
        setattr(maxp, field, 1 if field == "maxZones" else 0)
    for field in (
        "maxStackElements",
        "maxSizeOfInstructions",
        "maxComponentElements",
        "maxPoints",
        "maxContours",
    ):
        setattr(maxp, field, 0)
    maxp.maxCompositePoints = maxp.maxCompositeContours = maxp.maxComponentDepth = 0
    font["post"].formatType = 3.0
    font.sfntVersion = "\x00\x01\x00\x00"


def rename(font: TTFont) -> None:
    """Take the Reserved Font Names out of every name a user could be shown; the copyright notice stays."""
    style = font["name"].getDebugName(2) or "Regular"
    names = {1: "Spruce Serif", 3: f"Spruce Serif {style}", 4: f"Spruce Serif {style}"}
    names[6] = f"SpruceSerif-{style.replace(' ', '')}"
    for record in list(font["name"].names):
        if record.nameID in names:
            record.string = names[record.nameID]
        elif record.nameID in (16, 17):
            font["name"].names.remove(record)


def make(source: Path, target: Path, *, web: bool) -> None:
    """Write one subset: TrueType for paper, woff2 for the web."""
    font = TTFont(source)
    subset(font, WEB if web else PRINT, WEB_FEATURES if web else [])
    if "CFF " in font and not web:
        to_truetype(font)
    if "Charis" in source.name:
        rename(font)
    font.flavor = "woff2" if web else None
    font.save(target)


def main(originals: Path, print_folder: Path, web_folder: Path) -> None:
    """Make all files of both folders from the original fonts found anywhere under the first."""
    found = {path.name: path for path in originals.rglob("*.?tf")}
    for target, source in PRINT_FONTS.items():
        make(found[source], print_folder / target, web=False)
    for target, source in WEB_FONTS.items():
        make(found[source], web_folder / target, web=True)


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:4]))
