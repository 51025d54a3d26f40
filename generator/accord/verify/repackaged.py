"""A letter that a service repackaged: its form made part of the pages, perhaps something added.

Services that collect signatures write a letter anew before anybody signs it.
That nobody changed what it shows is held here by its objects, not by what a
viewer makes of them: what such a service takes out is taken out of the letter
as it should be too, what it adds is taken off, and then the two must be the same,
object by object.  So each page draws what ours draws, letter by letter and in
every viewer, and after it nothing but forms and pictures that end within the
field of a signature.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pikepdf

from accord.verify import embedded_data, object_diff, signature_fields, structure, viewer
from accord.verify.streams import PACKING

Matrix = tuple[float, ...]

MOST_WORDS = 2000  # of what is drawn after a letter's own; a picture in a field takes twenty
MOST_TAGS = 50_000
MOST_STATES = 8  # saved before a page's own drawing
RIM = 0.5  # points by which a picture may stand over the edge of its field
IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)
NUMBER = re.compile(rb"-?(?:\d+\.?\d*|\.\d+)")
NAME = re.compile(rb"/[-+.0-9A-Za-z_]+")
# Without what another viewer may show instead: ISO 32000-1, table 89.
OF_PICTURES = {
    "/Type", "/Subtype", "/Width", "/Height", "/ColorSpace", "/BitsPerComponent", "/Decode", "/Interpolate",
    "/SMask", "/Mask", "/Intent", "/Name", *PACKING,
}  # fmt: skip
OF_ADDED_PAGES = {
    "/Type", "/Parent", "/MediaBox", "/CropBox", "/TrimBox", "/BleedBox", "/ArtBox", "/Resources", "/Contents",
    "/Rotate", "/Group", "/StructParents", "/Tabs", "/Annots",
}  # fmt: skip
OF_READING = {"/StructTreeRoot", "/MarkInfo"}
DISPENSABLE = {"/Outlines", "/ViewerPreferences", "/Metadata"}  # in which nothing is that a page shows


@dataclass(frozen=True)
class Repackaging:
    """What became of a letter of which every page shows what it should.

    `fields` are the signature fields that were lost, `keys` the parts of the
    catalogue; `tags` says whether the tags of those fields are gone too;
    `pages` counts those added behind the letter's, `drawn` names the fields in
    which something stands that no signature in that field vouches for.
    """

    fields: tuple[str, ...]
    keys: frozenset[str]
    tags: bool
    pages: int
    drawn: tuple[str, ...]

    @property
    def has_additions(self) -> bool:
        """Whether there is something to read that the letter does not say."""
        return bool(self.pages or self.drawn)


def of(expected: bytes, content: bytes) -> Repackaging | None:
    """How the letter `expected` was repackaged as the file `content`; None if that is another in any other way."""
    ours, theirs = embedded_data.open_pdf(expected), embedded_data.open_pdf(content)
    try:
        found = _compared(ours, theirs)
        if found is None or any(object_diff.differences(ours, theirs)):
            return None
    except Exception:  # noqa: BLE001 - qpdf and Python name a dozen errors for objects that make no sense
        return None
    return found if structure.is_sound(content, embedded_data.open_pdf(content)) else None


def _compared(ours: pikepdf.Pdf, theirs: pikepdf.Pdf) -> Repackaging | None:
    """What differs in the way of services, which is taken out of both files; None if a page draws anything else."""
    wanted = len(ours.pages)
    added = list(theirs.pages)[wanted:]
    if len(theirs.pages) < wanted or not all(_is_plain(page.obj) for page in added):
        return None
    del theirs.pages[wanted:]
    boxes = fields_by_page(ours)
    drawn: list[str] = []
    taken: dict[str, Any] = {}
    for number, (one, other) in enumerate(zip(ours.pages, theirs.pages, strict=True)):
        names = _take_drawings_off(one.obj, other.obj, boxes[number], taken)
        if names is None:
            return None
        drawn += names
        other.obj["/Contents"] = theirs.copy_foreign(one.obj["/Contents"])
    for page in theirs.pages:  # which may share their resources
        pictures = _pictures(page.obj)
        for name in [name for name, each in pictures.items() if taken.get(name) == each.objgen]:
            del pictures[name]
    lost = _take_fields_out(ours, theirs)
    tags = _take_tags_out(ours, theirs, lost)
    keys = {key for key in (*OF_READING, *DISPENSABLE) if key in ours.Root and key not in theirs.Root}
    for key in keys:
        del ours.Root[key]
    fields = tuple(str(field["/T"]) for field in lost)
    return Repackaging(fields, frozenset(keys), tags, len(added), tuple(dict.fromkeys(drawn)))


def _is_plain(page: Any) -> bool:
    """Whether a page added does nothing, and nothing lies on it: what it shows is for its reader."""
    return not (set(page.keys()) - OF_ADDED_PAGES or len(page.get("/Annots", [])))


def is_but_signed(then: bytes, now: bytes) -> bool:
    """Whether nothing came to the file `then` but signatures that draw nothing, and what proves them."""
    before, after = embedded_data.open_pdf(then), embedded_data.open_pdf(now)
    try:
        for pdf in (before, after):
            _take_unseen_out(pdf)
        same = len(before.pages) == len(after.pages) and not any(object_diff.differences(before, after))
    except Exception:  # noqa: BLE001 - as above
        return False
    return same and structure.is_sound(then, embedded_data.open_pdf(then))


def _take_unseen_out(pdf: pikepdf.Pdf) -> None:
    """Leave on the pages and in the form only what draws something or could."""
    if "/AcroForm" not in pdf.Root:
        return
    for holder, key in ((pdf.Root["/AcroForm"], "/Fields"), *((page.obj, "/Annots") for page in pdf.pages)):
        if key in holder:
            holder[key] = pikepdf.Array(
                [each for each in holder[key] if not signature_fields.is_unseen(each)]
            )


# --- What the pages draw ------------------------------------------------------------


def fields_by_page(pdf: pikepdf.Pdf) -> list[dict[str, viewer.Box]]:
    """The rectangle of each signature field, by the pages on which they are."""
    fields = {field.objgen: str(field["/T"]) for field in signature_fields.fields(pdf)}
    return [
        {
            fields[each.objgen]: _box_of(each["/Rect"])
            for each in page.obj.get("/Annots", [])
            if each.objgen in fields
        }
        for page in pdf.pages
    ]


def _box_of(rectangle: Any) -> viewer.Box:
    """The rectangle that has any two of its corners."""
    x, y, other_x, other_y = map(float, rectangle)
    return min(x, other_x), min(y, other_y), max(x, other_x), max(y, other_y)


def _take_drawings_off(
    ours: Any, theirs: Any, boxes: dict[str, viewer.Box], taken: dict[str, Any]
) -> list[str] | None:
    """The fields in which something is drawn after what our page draws; None if it draws anything else.

    The forms and pictures that it draws more go into `taken`, by name.
    """
    own, drawn = object_diff.words_drawn(ours), object_diff.words_drawn(theirs)
    if not own or not object_diff.is_drawn_plainly(theirs):
        return None
    if own == drawn:
        return []
    more = _after(own, drawn) if drawn else _after_whole(own, object_diff.parts_drawn(theirs) or [])
    if more is None:
        return None
    resources, known = _pictures(theirs), _pictures(ours)
    fields = []
    for name, matrix in _drawings(more):
        picture = resources[name]
        if name in known or taken.setdefault(name, picture.objgen) != picture.objgen:
            return None
        if not _is_nothing(picture):
            if not drawn:
                return None
            fields.append(_field_around(picture, matrix, boxes))
    return fields


def _after(own: list[bytes], drawn: list[bytes]) -> list[bytes] | None:
    """What is drawn after a page's own words, once the states are restored that were saved before them; None if anything else is."""
    states = next((place for place, word in enumerate(drawn) if word != b"q"), 0)
    end = states + len(own)
    closing = drawn[end : end + states]
    if drawn[states:end] != own or closing != [b"Q"] * states or not 0 < states <= MOST_STATES:
        return None
    return drawn[end + states :]


def _after_whole(own: list[bytes], parts: Sequence[bytes]) -> list[bytes] | None:
    """The same where no space stands behind the page's own stream, as pdf-lib and MuPDF leave it.

    Some readers make one word of the last restoring of a state and the next, and heed neither: what follows may
    be anywhere, and must draw nothing.
    """
    words = [object_diff.words_of(part) for part in parts]
    seams = [(one, other) for one, other in pairwise(parts) if not object_diff.are_parted(one, other)]
    if own not in words or any((one[-1:], other[:1]) != (b"Q", b"Q") for one, other in seams):
        return None
    return _after(own, [word for part in words for word in part])


def _pictures(page: Any) -> Any:
    """The forms and pictures that a page may draw, by name."""
    resources = object_diff.inherited(page, "/Resources")
    return resources.get("/XObject", pikepdf.Dictionary())


def _drawings(words: Sequence[bytes]) -> Iterator[tuple[str, Matrix]]:
    """The forms and pictures that are drawn, each with where; `ValueError` for anything else, or a state left open."""
    if len(words) > MOST_WORDS:
        raise ValueError
    states: list[Matrix] = []
    matrix, operands = IDENTITY, list[bytes]()
    for word in words:
        if NUMBER.fullmatch(word) or NAME.fullmatch(word):
            operands.append(word)
            continue
        match word, len(operands):
            case b"q", 0:
                states.append(matrix)
            case b"Q", 0:
                matrix = states.pop()
            case b"cm", 6:
                matrix = _times(tuple(map(float, operands)), matrix)
            case b"Do", 1:
                yield operands[0].decode(), matrix
            case _:
                raise ValueError
        operands = []
    if states or operands:
        raise ValueError


def _times(one: Matrix, other: Matrix) -> Matrix:
    """The transformation by one matrix, then by another: ISO 32000-1, 8.3.4."""
    a, b, c, d, e, f = one
    m, n, o, p, x, y = other
    return (
        a * m + b * o, a * n + b * p, c * m + d * o, c * n + d * p, e * m + f * o + x, e * n + f * p + y,
    )  # fmt: skip


def _is_nothing(form: Any) -> bool:
    """Whether this is a form without operators, as the fields that nobody signed have."""
    return form.get("/Subtype") == pikepdf.Name.Form and signature_fields.is_blank(pikepdf.Dictionary(N=form))


def _field_around(picture: Any, matrix: Matrix, boxes: dict[str, viewer.Box]) -> str:
    """The field within which a form or a picture is drawn; `ValueError` if it may reach out of each."""
    if picture.get("/Subtype") == pikepdf.Name.Form:
        if not signature_fields.is_stamp(pikepdf.Dictionary(N=picture)):
            raise ValueError
        left, bottom, right, top = _box_of(picture["/BBox"])
        matrix = _times(tuple(map(float, picture.get("/Matrix", IDENTITY))), matrix)
    else:
        left, bottom, right, top = 0, 0, 1, 1
        if picture["/Subtype"] != pikepdf.Name.Image or set(picture.keys()) - OF_PICTURES:
            raise ValueError
    corners = [_times((1, 0, 0, 1, x, y), matrix)[4:] for x in (left, right) for y in (bottom, top)]
    for name, (west, south, east, north) in boxes.items():
        if all(west - RIM <= x <= east + RIM and south - RIM <= y <= north + RIM for x, y in corners):
            return name
    raise ValueError


# --- Fields and their tags ----------------------------------------------------------


def _take_fields_out(ours: pikepdf.Pdf, theirs: pikepdf.Pdf) -> list[Any]:
    """Our fields that are no longer among theirs, which are taken out of our form and our pages.

    Out of their form go the places of fields that are gone, and signatures that are on no page and draw nothing;
    none of them has the name of a field of ours, and could be taken for the signature of a party.
    """
    own = {str(field["/T"]) for field in signature_fields.fields(ours)}
    _take_unplaced_out(theirs, own)
    left = {str(field.get("/T")) for field in signature_fields.fields(theirs)}
    lost = [field for field in signature_fields.fields(ours) if str(field["/T"]) not in left]
    places = {field.objgen for field in lost}
    if not lost:
        return lost
    for page in ours.pages:
        if "/Annots" in page.obj:
            page.obj["/Annots"] = pikepdf.Array(
                [each for each in page.obj["/Annots"] if each.objgen not in places]
            )
    form = ours.Root["/AcroForm"]
    form["/Fields"] = pikepdf.Array([each for each in form["/Fields"] if each.objgen not in places])
    if "/AcroForm" not in theirs.Root and not len(form["/Fields"]):
        del ours.Root["/AcroForm"]
    return lost


def _take_unplaced_out(pdf: pikepdf.Pdf, own: Collection[str]) -> None:
    """Leave in a form only what is there and is on a page, may be seen, or has one of these names."""
    if "/AcroForm" not in pdf.Root:
        return
    form, shown = pdf.Root["/AcroForm"], set(object_diff.widgets(pdf))
    form["/Fields"] = pikepdf.Array(
        [
            each
            for each in form["/Fields"]
            if each is not None
            and (each.objgen in shown or str(each.get("/T")) in own or not signature_fields.is_unseen(each))
        ]
    )


def _take_tags_out(ours: pikepdf.Pdf, theirs: pikepdf.Pdf, lost: Sequence[Any]) -> bool:
    """Whether the tags of the fields that were lost are gone too, which are then taken out of both files."""
    mine, yours = ours.Root["/StructTreeRoot"], theirs.Root.get("/StructTreeRoot")
    if yours is None:
        for pdf in (ours, theirs):
            for page in pdf.pages:
                for key in {"/StructParents", "/Tabs"} & set(page.obj.keys()):
                    del page.obj[key]
        return bool(lost)
    gone = False
    places = {field.objgen for field in lost}
    for one, other in zip(_forms(mine), _forms(yours), strict=True):
        is_lost = one["/K"]["/Obj"].objgen in places
        if is_lost and not (isinstance(other.get("/K"), pikepdf.Dictionary) and "/Obj" in other["/K"]):
            gone = True
            for element in (one, other):
                if "/K" in element:
                    del element["/K"]
    tree = mine["/ParentTree"]
    kept = set(map(int, list(yours["/ParentTree"]["/Nums"])[::2]))
    numbers = {int(field["/StructParent"]) for field in lost} - kept
    pairs = list(tree["/Nums"])
    tree["/Nums"] = pikepdf.Array(
        [each for place, each in enumerate(pairs) if int(pairs[place & ~1]) not in numbers]
    )
    return gone or bool(numbers)


def _forms(root: Any) -> Iterator[Any]:
    """The tags of fields, in the order of the tree; `ValueError` if it has no end."""
    left, count = [root], 0
    while left:
        node = left.pop()
        count += 1
        if count > MOST_TAGS:
            raise ValueError
        if node.get("/S") == pikepdf.Name.Form:
            yield node
            continue
        kids = node.get("/K")
        kids = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
        left += [kid for kid in reversed(kids) if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]
