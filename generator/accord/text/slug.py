"""Names that any file system takes, made of any text."""

import re

from accord.text.characters import fold

LONGEST_STEM = 100  # characters of a file's name before its suffix


# Names that Windows keeps for devices, whatever follows the first dot.
DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)", re.IGNORECASE)


def file_stem(reference: str, slug: str) -> str:
    """`<reference>-<slug>` in ASCII letters, digits, ".", "_" and "-".

    The parts may hold anything.  The stem is at most 100 characters long,
    begins with a letter or a digit, does not end with a dot and is no name of a
    device: with a suffix, it is a plain file on any system and cannot leave its
    folder.
    """
    plain = re.sub(r"[^A-Za-z0-9._]+", "-", f"{reference}-{slug}")
    stem = re.sub(r"([.-])[.-]+", r"\1", plain).strip("-._")
    if not stem or DEVICES.match(stem):
        stem = f"letter-{stem}"
    return stem[:LONGEST_STEM].rstrip("-._")


def with_suffix(stem: str, suffix: str) -> str:
    """`<stem>-<suffix>`, the stem cut so that both together are no longer than a stem may be."""
    return f"{stem[: LONGEST_STEM - len(suffix) - 1].rstrip('-._')}-{suffix}"


# Letters that Unicode does not divide into a plain one and a mark.
_SLUG_LETTERS = str.maketrans(
    {"œ": "oe", "æ": "ae", "ß": "ss", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
    | {"ħ": "h", "ŧ": "t", "ŋ": "ng", "ə": "e", "ĸ": "k", "ŀ": "l", "ſ": "s"}
    | {
        "ɛ": "e",
        "ɔ": "o",
        "ɖ": "d",
        "ɗ": "d",
        "ɓ": "b",
        "ƙ": "k",
        "ƒ": "f",
        "ŋ": "ng",
        "ǝ": "e",
        "ɣ": "g",
        "ʋ": "v",
    }
    # ISO 843 and ISO 9, but for file names: as people in those countries write their own in passports.
    | dict(zip("αβγδεζηικλμνξοπρσςτυφω", "avgdeziiklmnxoprsstyfo", strict=True))
    | {"θ": "th", "χ": "ch", "ψ": "ps"}
    | dict(zip("абвгдезийклмнопрстуфыэ", "abvgdeziiklmnoprstufye", strict=True))
    | {
        "ж": "zh",
        "х": "kh",
        "ц": "ts",
        "ч": "ch",
        "ш": "sh",
        "щ": "shch",
        "ъ": "",
        "ь": "",
        "ю": "yu",
        "я": "ya",
    }
    | {
        "і": "i",
        "є": "ye",
        "ґ": "g",
        "ђ": "dj",
        "ј": "j",
        "љ": "lj",
        "њ": "nj",
        "ћ": "c",
        "џ": "dz",
        "ѕ": "dz",
        "ў": "u",
    }
    | dict.fromkeys("™®©℠", " ")
)


def slug(text: str, limit: int = 40) -> str:
    """`text` for a file name: at most `limit` of a-z, 0-9 and "-"; "" if none remain."""
    plain = fold(text.translate(_SLUG_LETTERS).casefold()).translate(_SLUG_LETTERS)
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if len(words) > limit:
        whole_words, dash, _rest = words[: limit + 1].rpartition("-")
        words = whole_words if dash else words[:limit]
    return words.strip("-")
