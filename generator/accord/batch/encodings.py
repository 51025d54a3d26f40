"""The encoding of a text file that does not say it, by the evidence of its bytes.

Libraries that guess encodings want pages of text and name one in any case; a
sheet of deals may have a single accent, and a wrong guess is a wrong name in a
letter.  Here each encoding has to explain every byte: a capital between small
letters, or an opening quotation mark after a letter, speaks against it.
"""

import re
from contextlib import suppress

from accord.errors import Defect
from accord.i18n import _

MARKS = {
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe\0\0": "utf-32",
    b"\0\0\xfe\xff": "utf-32",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
WINDOWS = "cp1252"
OTHERS = ("iso8859_15", "cp858", "cp437", "mac_roman")  # Unix, MS-DOS twice, Macintosh
BEGINNING = 4096  # bytes that show whether every other one is NUL
WESTERN = (WINDOWS, "iso8859_15")
EASTERN = ("cp1250", "iso8859_2", "cp1254", "cp1257")  # Central Europe twice, Turkey, the Baltic
MOST_ODD = 0.1  # of the places of letters, for an encoding that explains the others

_SMALL = "àâäçéèêëîïôöùûüñßáíóúœæ"
_LETTERS = frozenset(_SMALL + _SMALL.upper().replace("SS", ""))
_MORE_OF_WINDOWS = frozenset("ãõåøýÿìòšžÃÕÅØÝŸÌÒŠŽ")  # likelier there than a file of MS-DOS
_CLOSE = frozenset("”»›’\u00a0…")  # no letter follows, but after an apostrophe
_OPEN = frozenset("“„‚«‹‘¿¡")
_SIGNS = frozenset("–—•°ºª²³¹§©®™µ±×½¼¾·\u00ad")
_CURRENCIES = frozenset("€£¥¢")
_SHARED = frozenset(
    "…šž\u00a0"
)  # which MS-DOS or a Macintosh has for à, ö, û and á, as usual at their places


def decoded(content: bytes) -> str:
    """The text in `content`; `Defect` if no encoding explains it, or two do."""
    for mark, encoding in MARKS.items():
        if content.startswith(mark):
            with suppress(UnicodeDecodeError):
                return content.decode(encoding)
    if encoding := _wide(content[:BEGINNING]):
        with suppress(UnicodeDecodeError):
            return content.decode(encoding)
    with suppress(UnicodeDecodeError):
        return content.decode("utf-8")
    with suppress(UnicodeDecodeError):
        return content.decode(_of_bytes(content))
    raise _unsettled()


def _wide(beginning: bytes) -> str:
    """UTF-16 without its mark, if that is what every other byte shows."""
    for encoding, high in (("utf-16-le", beginning[1::2]), ("utf-16-be", beginning[::2])):
        if high and high.count(0) > len(high) // 2:
            return encoding
    return ""


def _of_bytes(content: bytes) -> str:
    """The encoding of one byte a character that explains where each stands."""
    content = b" %b " % content
    places = {content[at.start() - 1 : at.end() + 1] for at in re.finditer(rb"[\x80-\xff]", content)}
    odd = {encoding: _odd_places(places, encoding) for encoding in (WINDOWS, *OTHERS)}
    perfect = [encoding for encoding, count in odd.items() if not count]
    likeliest = min(odd, key=lambda encoding: odd[encoding])
    if likeliest in WESTERN:
        is_doubtful = _looks_eastern(content, likeliest)
    else:
        is_doubtful = any(not _odd_places(places, encoding) for encoding in EASTERN)
    if is_doubtful:
        raise _unsettled()
    if WINDOWS in perfect and not (len(_readings(places, perfect)) > 1 and _is_shared(places)):
        return WINDOWS
    if perfect and len(_readings(places, perfect)) == 1:
        return perfect[0]
    best, second = sorted(odd, key=lambda encoding: odd[encoding])[:2]
    if not perfect and odd[best] <= MOST_ODD * len(places) and odd[second] > 3 * odd[best]:
        return best
    raise _unsettled()


# --- Western or not ---------------------------------------------------------------
#
# Windows and Unix have encodings of Central Europe, Turkey and the Baltic in which most bytes are other letters:
# the ř of "Příbram" is an ø to the West.  What tells them apart is where a letter stands: an ø is a vowel, and has
# consonants around it.

_VOWEL = "aeiouyàâäáãåæéèêëíìîïóòôöõøœúùûüýÿAEIOUYÀÂÄÁÃÅÆÉÈÊËÍÌÎÏÓÒÔÖÕØŒÚÙÛÜÝ"
_CONSONANT = rf"[^\W\d_{_VOWEL}]"
_NOT_WESTERN = re.compile(
    rf"(?<=[{_VOWEL}])ø(?!y)|ø(?=[{_VOWEL.replace('y', '')}])|\bø(?={_CONSONANT}\w*í)"  # ř
    rf"|[èêàùòåÈÊÙÒ](?=[{_VOWEL}])|(?<={_CONSONANT})ï(?=[{_VOWEL}])|\b[ïòùìÌÏÒ](?=\w)"  # č, ę, ŕ, ů, ň, ĺ, ď
    rf"|(?<=[^\W\d_])[ìù](?=[^\W\d_])|(?<=[aeiou])ò\b|(?<=[{_VOWEL}])æ\b"  # ě, ů, ň, ć
    rf"|[õÕ](?!e)|ã(?![eos]|\b|nh)|ñ(?![{_VOWEL}])|(?<=\w)þ|Ð|(?<={_CONSONANT})ý(?={_CONSONANT})|\bÝ"  # ő, ă, ń, ţ, đ, ı
    rf"|(?<=[{_VOWEL}])œ|[œŒ](?=[wkzp])|ê(?=[dgkszwj]|c(?!h))|û(?=[bdfgkpszjv])|(?<![msqMSQ])ûr|[âî](?=[jkz])"  # ś, ę, ű, ā, ū
    rf"|î(?=[bdfghpqrvwx])|[çÇ](?={_CONSONANT})|[âêîôûí][âêîôûíèàùëç]|\bÍ(?=[{_VOWEL}])"  # ī, ē, ķ
    rf"|(?<={_CONSONANT})(?<!Bront)ë(?!tz|mm|nn|ll|ss|ck|sch|ft)"  # ė: Luxembourg's stands before two consonants
    r"|(?<=[^\W\d_]{3})[¹³]|[¹³](?=[^\W\d_])|(?<=\w)[¿¾¼¶±®©¬¦º¯µ¡«£¥»](?=[a-z])|[®©¾¼¶±](?=[a-z])"  # ą, ł, ż, ľ, š
    r"|\b[£¥](?=[a-zà-ÿ])|[À-ÖØ-öø-ÿ]{3}"
)
_OF_THE_WEST = re.compile(
    rf"(?<={_CONSONANT})[èêàùûôîøåâãœ](?={_CONSONANT})|\b[àÀ]\b|où\b|ñ(?=[aeiou])|[õã]e?[os]\b|œu|[aou]ï|[’']"
)


_STRANGE_WORDS = re.compile(rb"[^\s;,|\"]*[\x80-\xff][^\s;,|\"]*")


def _looks_eastern(content: bytes, encoding: str) -> bool:
    """Whether letters stand where those of Western Europe hardly do; a word in capitals is looked at in small ones."""
    words = {word.decode(encoding, errors="replace") for word in _STRANGE_WORDS.findall(content)}
    text = " ".join(word.capitalize() if word.isupper() and len(word) > 1 else word for word in words)
    return len(_NOT_WESTERN.findall(text)) > MOST_ODD * len(_OF_THE_WEST.findall(text))


def _unsettled() -> Defect:
    return Defect(
        _(
            "is in an encoding that its letters do not settle (Windows’ of the West or of Central Europe, MS-DOS, Macintosh"
            " or another); save it as “CSV UTF-8”"
        )
    )


def _readings(places: set[bytes], encodings: list[str]) -> set[tuple[str, ...]]:
    ordered = sorted(places)
    return {tuple(place.decode(encoding) for place in ordered) for encoding in encodings}


def _is_shared(places: set[bytes]) -> bool:
    """Whether Windows' reading has nothing but characters that prove little."""
    characters = {char for place in places for char in place.decode(WINDOWS) if not char.isascii()}
    return characters <= _SHARED


def _odd_places(places: set[bytes], encoding: str) -> int:
    """At how many places the characters of an encoding cannot stand."""
    return sum(_is_odd(place, encoding) for place in places)


def _is_odd(place: bytes, encoding: str) -> bool:
    try:
        text = place.decode(encoding)
    except UnicodeDecodeError:
        return True
    before, char, after = text[0], text[1], text[2]
    if char.isalpha() and char not in "ºªµ":
        known = (
            char in _LETTERS
            or (encoding in EASTERN and char.swapcase() != char)
            or (encoding == WINDOWS and char in _MORE_OF_WINDOWS)
        )
        inside = (
            before.isalpha() and (before.islower() or after.islower())
            if char.isupper()
            else before.isupper() and after.isupper()
        )
        return not known or inside or (before.isdigit() and after.isdigit())
    if char in _CLOSE:
        return after.isalpha() and char not in "’\u00a0"
    if char in _OPEN:
        return before.isalpha()
    if char in _CURRENCIES:
        return before.isalpha() or after.islower()
    hyphen = char == "\u00ad"  # one that shows at the end of a line alone: no program of MS-DOS writes it
    return encoding not in WESTERN if hyphen else char not in _SIGNS or (before.isalpha() and after.isalpha())
