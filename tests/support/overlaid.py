"""Letters on which something lies, or in which something hides or acts: all that the objects of a PDF can say.

What is put in stands as PDF writes it, `{}` for a number that is another each time.
"""

import random
from collections.abc import Callable, Mapping
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream, String

from support.beneath import unseen
from support.tamper import Alteration, any_page, attached, fake_signature

SUBTYPES = (
    "Text", "Link", "FreeText", "Line", "Square", "Circle", "Polygon", "PolyLine", "Highlight", "Underline", "Squiggly",
    "StrikeOut", "Caret", "Stamp", "Ink", "Popup", "FileAttachment", "Sound", "Movie", "Screen", "Widget", "PrinterMark",
    "TrapNet", "Watermark", "3D", "Redact", "Projection", "RichMedia", "Unknown",
)  # fmt: skip
FLAGS = {
    "hidden": 2,
    "for print": 4,
    "for the screen": 32 | 4,
    "locked": 128,
    "toggled": 256 | 32,
    "by no flag": 0,
}
PLACE = "/Rect [60 {} 300 700]"


def written(text: str, rng: random.Random) -> Any:
    return Object.parse(text.replace("{}", str(rng.randint(100, 600))).encode())


def form(file: pikepdf.Pdf, drawing: bytes = b"1 1 1 rg 0 0 240 40 re f", **more: Any) -> Any:
    look = Stream(file, drawing)
    look.stream_dict = Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 240, 40], **more)
    return file.make_indirect(look)


def annotated(text: str, *, looks: bool = True) -> Alteration:
    """A page with one annotation more."""

    def alter(file: pikepdf.Pdf, rng: random.Random) -> None:
        page, note = any_page(file, rng), written(f"<< /Type /Annot {text} >>", rng)
        if looks:
            note["/AP"] = Dictionary(N=form(file))
        page["/Annots"] = Array([*page.get("/Annots", []), file.make_indirect(note)])

    return alter


def put(place: Callable[[pikepdf.Pdf, random.Random], Any], key: str, text: str) -> Alteration:
    """Another value for a key, or a key more."""

    def alter(file: pikepdf.Pdf, rng: random.Random) -> None:
        place(file, rng)[key] = written(text, rng)

    return alter


def root(file: pikepdf.Pdf, _rng: random.Random) -> Any:
    return file.Root


def names(file: pikepdf.Pdf, _rng: random.Random) -> Any:
    return file.Root.Names


def acro_form(file: pikepdf.Pdf, _rng: random.Random) -> Any:
    return file.Root.AcroForm


def field(file: pikepdf.Pdf, _rng: random.Random) -> Any:
    return file.Root.AcroForm.Fields[0]


def signed_field(file: pikepdf.Pdf, _rng: random.Random) -> Any:
    one = file.Root.AcroForm.Fields[0]
    one.V = file.make_indirect(fake_signature())
    return one


def unseen_field(file: pikepdf.Pdf, rng: random.Random) -> Any:
    return unseen(file, rng)


def resources(file: pikepdf.Pdf, rng: random.Random) -> Any:
    return any_page(file, rng)["/Resources"]


def font(file: pikepdf.Pdf, rng: random.Random) -> Any:
    fonts = resources(file, rng)["/Font"]
    return fonts[rng.choice(sorted(fonts.keys()))]


def descendant(file: pikepdf.Pdf, rng: random.Random) -> Any:
    return font(file, rng).DescendantFonts[0]


def description(file: pikepdf.Pdf, rng: random.Random) -> Any:
    return descendant(file, rng).FontDescriptor


def contents(file: pikepdf.Pdf, rng: random.Random) -> Any:
    return any_page(file, rng).Contents


def specification(file: pikepdf.Pdf, _rng: random.Random) -> Any:
    return file.Root.AF[0]


def file_inside(file: pikepdf.Pdf, _rng: random.Random) -> Any:
    return attached(file)


def card(file: pikepdf.Pdf, _rng: random.Random) -> Any:
    return file.docinfo


SCRIPT = "<< /S /JavaScript /JS (app.alert({})) >>"
ANNOTATIONS: Mapping[str, Alteration] = {
    **{f"an annotation, {kind}": annotated(f"/Subtype /{kind} /F 4 {PLACE}") for kind in SUBTYPES},
    **{f"a note {how}": annotated(f"/Subtype /FreeText /F {flags} {PLACE}") for how, flags in FLAGS.items()},
    **{f"a field {how}": annotated(f"/Subtype /Widget /FT /Tx /T (t{{}}) /F {flags} {PLACE}") for how, flags in FLAGS.items()},
    "a note that is drawn from its words": annotated(
        f"/Subtype /FreeText /DA (/Helv 12 Tf 1 0 0 rg) /Contents (12 euro) {PLACE}", looks=False
    ),
    "a note of rich words": annotated(
        f"/Subtype /FreeText /DA (/Helv 9 Tf) /Contents (x) /RC (<body><p>12 euro</p></body>) {PLACE}", looks=False
    ),
    "a border of its own": annotated(f"/Subtype /Square /C [1 1 1] /IC [1 1 1] /BS << /W 90 >> {PLACE}", looks=False),
    "a link with a wide border": annotated(f"/Subtype /Link /C [1 1 1] /Border [0 0 90] {PLACE}", looks=False),
    "a line without a look": annotated(f"/Subtype /Line /L [60 {{}} 500 {{}}] /C [1 0 0] {PLACE}", looks=False),
    "ink without a look": annotated(f"/Subtype /Ink /InkList [[60 {{}} 500 {{}}]] /C [1 1 1] {PLACE}", looks=False),
    "a marker without a look": annotated(
        f"/Subtype /Highlight /QuadPoints [60 700 300 700 60 600 300 600] /C [0 0 0] {PLACE}", looks=False
    ),
    "words struck out without a look": annotated(
        f"/Subtype /StrikeOut /QuadPoints [60 700 300 700 60 600 300 600] /C [1 0 0] {PLACE}", looks=False
    ),
    "a field of choice": annotated(f"/Subtype /Widget /FT /Ch /T (c{{}}) /V (12) /Opt [(12)] /DA (/Helv 9 Tf) {PLACE}", looks=False),
    "a button with a caption": annotated(
        f"/Subtype /Widget /FT /Btn /Ff 65536 /T (b{{}}) /MK << /CA (12 euro) /BG [1 1 1] /BC [1 0 0] >> {PLACE}", looks=False
    ),
    "a field of words": annotated(
        f"/Subtype /Widget /FT /Tx /T (w{{}}) /V (12 euro) /DA (/Helv 12 Tf 0 g) /MK << /BG [1 1 1] >> {PLACE}", looks=False
    ),
    "a field of rich words": annotated(
        f"/Subtype /Widget /FT /Tx /T (r{{}}) /RV (<body>12</body>) /Ff 33554432 /DA (/Helv 12 Tf) {PLACE}", looks=False
    ),
    "a look for the mouse": put(field, "/AP", "<< /N null /R << >> >>"),
    "a state of its look": put(field, "/AS", "/On"),
    "a border of a field": put(field, "/BS", "<< /W 9 /S /S >>"),
    "a border of a field, as of old": put(field, "/Border", "[0 0 9]"),
    "a colour of a field": put(field, "/C", "[1 0 0]"),
    "a field turned": put(field, "/MK", "<< /R 90 >>"),
    "a field with a layer": put(field, "/OC", "<< /Type /OCG /Name (x{}) >>"),
    "a field moved": put(field, "/Rect", "[60 {} 300 700]"),
    "a field hidden": put(field, "/F", "6"),
    "a field of another kind": put(field, "/FT", "/Tx"),
    "a field of another name": put(field, "/T", "(other{})"),
    "a field that is read otherwise": put(field, "/TU", "(12 euro {})"),
    "a field filled with words": put(field, "/V", "(12 euro {})"),
    "a field that begins with words": put(field, "/DV", "(12 euro {})"),
    "a field that acts": put(field, "/AA", "<< /K << /S /JavaScript /JS (app.alert({})) >> >>"),
    "a signed field with a caption": put(signed_field, "/MK", "<< /CA (12 euro {}) >>"),
    "a signed field that reads otherwise": put(signed_field, "/TU", "(12 euro {})"),
    "a signed field with a border": put(signed_field, "/BS", "<< /W {} >>"),
    "an unseen field of another type": put(unseen_field, "/Type", "/Other{}"),
    "an unseen field with a border": put(unseen_field, "/BS", "<< /W {} >>"),
    "an unseen field with a layer": put(unseen_field, "/OC", "<< /Type /OCG /Name (x{}) >>"),
    "an unseen field with kids": put(unseen_field, "/Kids", "[<< /T (x{}) >>]"),
    "an unseen field that acts": put(unseen_field, "/AA", "<< /E << /S /JavaScript /JS (x{}) >> >>"),
    "an unseen field in no rectangle": put(unseen_field, "/Rect", "[0 0 {}]"),
    "an unseen field with a page of its own": put(unseen_field, "/P", "<< /Type /Page /X (12 euro {}) >>"),
    "an unseen field with a load for a date": put(unseen_field, "/M", "<< /X (12 euro {}) >>"),
    "an unseen field with a load for a lock": put(unseen_field, "/Lock", "<< /X (12 euro {}) >>"),
    "an unseen field with a load for a seed": put(unseen_field, "/SV", "<< /X (12 euro {}) >>"),
}  # fmt: skip

PAGE: Mapping[str, Alteration] = {
    **{f"a page with another {box}": put(any_page, f"/{box}", "[0 {} 595 842]") for box in ("MediaBox", "CropBox")},
    **{f"a page with a {box}": put(any_page, f"/{box}", "[9 {} 595 842]") for box in ("TrimBox", "BleedBox", "ArtBox")},
    "a page upside down": put(any_page, "/Rotate", "180"),
    "a page turned once and once more": put(any_page, "/Rotate", "450"),
    "a page turned back": put(any_page, "/Rotate", "-90"),
    "a page turned by a fraction": put(any_page, "/Rotate", "90.5"),
    "a page in another unit": put(any_page, "/UserUnit", "7.5"),
    "a page with a thumbnail": put(any_page, "/Thumb", "<< /X {} >>"),
    "a page that goes on by itself": put(any_page, "/Dur", "{}"),
    "a page with a transition": put(any_page, "/Trans", "<< /S /Dissolve /D {} >>"),
    "a page that acts": put(any_page, "/AA", f"<< /O {SCRIPT} >>"),
    "a page with pieces": put(any_page, "/PieceInfo", "<< /X (12 euro {}) >>"),
    "a page in a group": put(any_page, "/Group", "<< /S /Transparency /CS /DeviceCMYK /K true >>"),
    "a page with beads": put(any_page, "/B", "[{}]"),
    "a page with viewports": put(any_page, "/VP", "[<< /BBox [0 0 {} 9] >>]"),
    "a page with a number of the tree": put(any_page, "/StructParents", "{}"),
    "a page with tabs": put(any_page, "/Tabs", "/C"),
    "a page with templates": put(any_page, "/TemplateInstantiated", "/X{}"),
    "a page with layers": put(any_page, "/OC", "<< /Type /OCG /Name (x{}) >>"),
    "a page with files": put(any_page, "/AF", "[<< /Type /Filespec /F (x{}) >>]"),
    "a page with a description": put(any_page, "/Metadata", "<< /X {} >>"),
    "a page with an output intent": put(any_page, "/OutputIntents", "[<< /S /GTS_PDFX /OutputConditionIdentifier (x{}) >>]"),
    "a state drawn with": put(resources, "/ExtGState", "<< /a1.0 << /ca 0.1 /X {} >> >>"),
    "a picture of ours replaced": put(resources, "/XObject", "<< /Im0 << /X {} >> >>"),
    "a pattern drawn with": put(resources, "/Pattern", "<< /P0 << /PatternType 2 /X {} >> >>"),
    "a colour redefined": put(resources, "/ColorSpace", "<< /DefaultRGB [/CalRGB << /WhitePoint [1 1 1] /Gamma [9 9 {}] >>] >>"),
    "a grey redefined": put(resources, "/ColorSpace", "<< /DefaultGray [/CalGray << /WhitePoint [1 1 1] /Gamma {} >>] >>"),
    "a shading drawn with": put(resources, "/Shading", "<< /S0 << /ShadingType 2 /X {} >> >>"),
    "properties drawn with": put(resources, "/Properties", "<< /P0 << /Type /OCG /Name (x{}) >> >>"),
    "procedures of old": put(resources, "/ProcSet", "[/PDF /X{}]"),
    "contents from elsewhere": put(contents, "/F", "(other{}.bin)"),
    "contents with filters of elsewhere": put(contents, "/FFilter", "/FlateDecode"),
    "contents of another length": put(contents, "/DL", "{}"),
    "contents of a type": put(contents, "/Type", "/X{}"),
}  # fmt: skip

FONTS: Mapping[str, Alteration] = {
    "a font for glyphs of another width": put(descendant, "/W", "[0 [{} 500 500]]"),
    "a font of another common width": put(descendant, "/DW", "{}"),
    "a font set upright": put(descendant, "/DW2", "[880 {}]"),
    "a font of other places": put(descendant, "/CIDToGIDMap", "/Identity{}"),
    "a font of another order": put(descendant, "/CIDSystemInfo", "<< /Registry (Adobe) /Ordering (Japan1) /Supplement {} >>"),
    "a font of another kind": put(descendant, "/Subtype", "/CIDFontType{}"),
    "a font of another name": put(descendant, "/BaseFont", "/Helvetica{}"),
    "a font of another encoding": put(font, "/Encoding", "/Identity-V"),
    "a font that says nothing of its letters": put(font, "/ToUnicode", "/Identity-H"),
    "a font of type three": put(font, "/Subtype", "/Type3"),
    "a font of one width": put(description, "/FontBBox", "[0 0 {} 0]"),
    "a font that slants": put(description, "/ItalicAngle", "{}"),
    "a font with other flags": put(description, "/Flags", "{}"),
    "a font of another family": put(description, "/FontFamily", "(Wingdings{})"),
    "a font of another weight": put(description, "/StemV", "{}"),
    "a font with another set": put(description, "/CIDSet", "<< /X {} >>"),
    "a font with a second file": put(description, "/FontFile", "<< /X {} >>"),
    "a font in another language": put(description, "/Lang", "/x{}"),
}  # fmt: skip


def point_at_another_font(file: pikepdf.Pdf, rng: random.Random) -> None:
    """Two fonts of a page exchange their names."""
    fonts = resources(file, rng)["/Font"]
    one, other = sorted(fonts.keys())[:2]
    fonts[one], fonts[other] = fonts[other], fonts[one]


def point_at_another_font_in_the_tree(file: pikepdf.Pdf, rng: random.Random) -> None:
    """The font that a page inherits is another than that which stands on the page."""
    page = any_page(file, rng)
    file.Root.Pages["/Resources"] = Dictionary(
        Font=Dictionary(F0=font(file, rng), X=Name(f"/X{rng.random()}"))
    )
    page["/Resources"]["/Font"]["/F9"] = font(file, rng)


def two_names_for_the_data(file: pikepdf.Pdf, rng: random.Random) -> None:
    """A name tree with a second file of the data's name."""
    tree = file.Root.Names.EmbeddedFiles
    other = Stream(file, b'{"format": 1, "x": %d}' % rng.randint(1, 99))
    spec = Dictionary(
        Type=Name.Filespec, F=String("accord.json"), UF=String("accord.json"), EF=Dictionary(F=other)
    )
    tree.Names = Array([*tree.Names, String("accord.json"), file.make_indirect(spec)])


def another_name_in_another_tongue(file: pikepdf.Pdf, rng: random.Random) -> None:
    """The data under /F, another file under /UF, of which readers take one or the other."""
    spec = file.Root.AF[0]
    spec.EF["/UF"] = Stream(file, b"%d" % rng.randint(1, 99))


def data_for_one_system(file: pikepdf.Pdf, rng: random.Random) -> None:
    key = rng.choice(["/DOS", "/Mac", "/Unix"])
    file.Root.AF[0].EF[key] = Stream(file, b"%d" % rng.randint(1, 99))


def a_tree_of_names_with_kids(file: pikepdf.Pdf, rng: random.Random) -> None:
    """Kids beside names: one reader looks into these, another into those."""
    tree = file.Root.Names.EmbeddedFiles
    spec = Dictionary(
        Type=Name.Filespec, UF=String("x"), EF=Dictionary(F=Stream(file, b"%d" % rng.randint(1, 99)))
    )
    tree["/Kids"] = Array([file.make_indirect(Dictionary(Limits=["a", "z"], Names=[String("b"), spec]))])


def limits_of_names(file: pikepdf.Pdf, rng: random.Random) -> None:
    file.Root.Names.EmbeddedFiles["/Limits"] = Array([String("x"), String(f"y{rng.random()}")])


FILES: Mapping[str, Alteration] = {
    "two fonts exchanged": point_at_another_font,
    "a font inherited and another given": point_at_another_font_in_the_tree,
    "two names for the data": two_names_for_the_data,
    "other data in another tongue": another_name_in_another_tongue,
    "other data for one system": data_for_one_system,
    "names beside kids": a_tree_of_names_with_kids,
    "limits of the names": limits_of_names,
    "the data of another type": put(file_inside, "/Subtype", "/text#2fhtml"),
    "the data of another kinship": put(specification, "/AFRelationship", "/Unspecified"),
    "the data described otherwise": put(specification, "/Desc", "(12 euro {})"),
    "the data from the network": put(specification, "/FS", "/URL"),
    "the data with a thumbnail": put(specification, "/Thumb", "<< /X {} >>"),
    "the data that vary": put(specification, "/V", "true"),
    "the data in a portfolio": put(specification, "/CI", "<< /Type /CollectionItem /X {} >>"),
}  # fmt: skip

CATALOGUE: Mapping[str, Alteration] = {
    "a script on opening": put(root, "/OpenAction", SCRIPT),
    "a leap on opening": put(root, "/OpenAction", "[1 /Fit {}]"),
    "a web page on opening": put(root, "/OpenAction", "<< /S /URI /URI (https://example.com/{}) >>"),
    "a form sent on opening": put(root, "/OpenAction", "<< /S /SubmitForm /F (https://example.com/{}) >>"),
    "fields hidden on opening": put(root, "/OpenAction", "<< /S /Hide /T (x{}) >>"),
    "layers switched on opening": put(root, "/OpenAction", "<< /S /SetOCGState /State [/ON {}] >>"),
    "a command on opening": put(root, "/OpenAction", "<< /S /Named /N /Print{} >>"),
    **{f"a script {when}": put(root, "/AA", f"<< /{key} {SCRIPT} >>") for when, key in
       {"on closing": "WC", "before saving": "WS", "after printing": "DP"}.items()},
    "a script by name": put(names, "/JavaScript", f"<< /Names [(a) {SCRIPT}] >>"),
    "pages by name": put(names, "/Pages", "<< /Names [(a) {}] >>"),
    "templates by name": put(names, "/Templates", "<< /Names [(a) {}] >>"),
    "looks by name": put(names, "/AP", "<< /Names [(a) {}] >>"),
    "addresses by name": put(names, "/URLS", "<< /Names [(a) {}] >>"),
    "other ways to show a file": put(names, "/AlternatePresentations", "<< /Names [(a) {}] >>"),
    "layers": put(root, "/OCProperties", "<< /OCGs [] /D << /Name (x{}) >> >>"),
    "page labels": put(root, "/PageLabels", "<< /Nums [0 << /S /r /St {} >>] >>"),
    "page labels in words": put(root, "/PageLabels", "<< /Nums [0 << /P (Annexe {}) >>] >>"),
    "a portfolio": put(root, "/Collection", "<< /Type /Collection /D (x{}) >>"),
    "a language of its own": put(root, "/Lang", "(x{})"),
    "an address of its own": put(root, "/URI", "<< /Base (https://example.com/{}) >>"),
    "threads": put(root, "/Threads", "[{}]"),
    "requirements": put(root, "/Requirements", "[<< /S /EnableJavaScripts /X {} >>]"),
    "a legal attestation": put(root, "/Legal", "<< /Attestation (x{}) >>"),
    "pieces": put(root, "/PieceInfo", "<< /X (12 euro {}) >>"),
    "a colour of the printer": put(root, "/OutputIntents", "[<< /S /GTS_PDFX /OutputConditionIdentifier (x{}) >>]"),
    "a wish to be rendered anew": put(root, "/NeedsRendering", "true"),
    "a web of old": put(root, "/SpiderInfo", "<< /V 1.0 /X {} >>"),
    "parts of a document": put(root, "/DPartRoot", "<< /X {} >>"),
    "places of old": put(root, "/Dests", "<< /x [1 /Fit {}] >>"),
    "a whole screen": put(root, "/PageMode", "/FullScreen"),
    "panels of nobody": put(root, "/PageMode", "/UseX{}"),
    "panels by a text": put(root, "/PageMode", "(/UseNone)"),
    "pages side by side": put(root, "/PageLayout", "/TwoColumnLeft"),
    **{f"a wish, {key}": put(root, "/ViewerPreferences", f"<< /{key} {value} /DisplayDocTitle true >>") for key, value in
       {"HideToolbar": "true", "HideMenubar": "true", "HideWindowUI": "true", "Direction": "/R2L", "ViewArea": "/ArtBox",
        "PrintScaling": "/None", "NumCopies": "9", "PrintPageRange": "[1 1]", "Duplex": "/Simplex", "Enforce": "[/PrintScaling]"}.items()},
    "marks that are suspect": put(root, "/MarkInfo", "<< /Marked true /Suspects true >>"),
    "no marks": put(root, "/MarkInfo", "<< /Marked false >>"),
    "a form of the maker's": put(acro_form, "/XFA", "({})"),
    "a form without looks": put(acro_form, "/NeedAppearances", "true"),
    "a form in an order": put(acro_form, "/CO", "[{}]"),
    "a form with resources": put(acro_form, "/DR", "<< /Font << /Helv << /X {} >> >> >>"),
    "a form aligned": put(acro_form, "/Q", "1"),
    "a form that is signed by no number": put(acro_form, "/SigFlags", "(x{})"),
    "a form that is signed by a fraction": put(acro_form, "/SigFlags", "2.5"),
    "a form with a load for a look": put(acro_form, "/DA", "<< /X (12 euro {}) >>"),
    "a load for a version": put(root, "/Version", "/1.7x{}"),
    "a version by a text": put(root, "/Version", "(/1.7)"),
    "a version of nobody": put(root, "/Version", "/9.{}"),
    "certificates with a load": put(root, "/DSS", "<< /Certs << /X (12 euro {}) >> >>"),
    "checks with a load": put(root, "/DSS", "<< /VRI << /X (12 euro {}) >> >>"),
    "a card that says more": put(card, "/Keywords", "(12 euro {})"),
    "a card of a company": put(card, "/Company", "(x{})"),
    "a card with a long maker": put(card, "/Producer", f"({'12 euro ' * 60}{{}})"),
    "a card with a maker of parts": put(card, "/Producer", "<< /X (12 euro {}) >>"),
    "a card with a long day": put(card, "/ModDate", f"(D:2026{'12 euro ' * 60}{{}})"),
    "a card with a day of parts": put(card, "/ModDate", "[(12 euro {})]"),
}  # fmt: skip

OVERLAID: Mapping[str, Alteration] = {**ANNOTATIONS, **PAGE, **FONTS, **FILES, **CATALOGUE}
