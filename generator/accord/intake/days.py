"""Days as people write them, in French or English: "31/3", "fin mars 2027", "in 6 weeks".

A small grammar over the names that CLDR has for months and weekdays.  The
libraries for this were tried, and they guess: dateparser 1.4 takes "mars 2027"
for the 25th if today is one and "T1 2027" for a day of January, and passes over
a weekday that is not the date's; parsedatetime takes "end of March" for its
first day.  Here what may mean two days is refused, with both.
"""

import calendar
import contextlib
import datetime
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache

from accord import i18n
from accord.errors import AccordError
from accord.i18n import LANGUAGES, _, language
from accord.intake.answers import Ambiguous, quoted, refuse_odd_figures
from accord.intake.counts import MONTHS_OF_A_YEAR, UNITS, cardinal
from accord.text import formats
from accord.text.characters import NO_BREAK, fold
from accord.text.locales import cldr, is_french, months

Day = datetime.date
Span = tuple[Day, Day]

CENTURY = 2000  # of a year in two digits
YEARS_AHEAD = 3  # within which "mars 27" may be a month of a year
FARTHEST = 5000  # units of time: what lies beyond is no day of the calendar


def day(text: str, locale: str, today: Day | None = None) -> Day:
    """The day that `text` names, as people write it; else an `AccordError`.

    Figures are read day first (month first in en_US), the other way round only
    where the locale's order is impossible; the names of months and weekdays may
    be French or English, whole or abbreviated.  `today` is the day from which
    "in 6 weeks" counts and after which "31 March" comes; without it, such forms
    are refused.  Raises `Ambiguous` for what may be two days: "mars 2027" is its
    first or its last, "next Friday" the coming one or the one after.
    """
    refuse_odd_figures(text)
    plain = _plain(text)
    try:
        days, weekday = _found(plain, locale, today)
    except _NoYear:
        raise _refusal(
            _("“{text}” is not a whole date; write it in full, such as {example}"), text, locale
        ) from None
    except (ValueError, OverflowError):  # datetime.date's
        sentence = _("“{text}” is not a day of the calendar; write one such as {example}")
        raise _refusal(sentence, text, locale) from None
    if not days and (week := _WEEK.search(plain)):
        raise _week_refused(week, text, locale, today)
    if not days:
        raise _refusal(_("“{text}” is not a date; write it in full, such as {example}"), text, locale)
    if weekday is not None and all(each.weekday() != weekday for each in days):
        raise _other_weekday(days[0], weekday, text, locale)
    fitting = sorted({each for each in days if weekday in {None, each.weekday()}})
    if len(fitting) > 1:
        sentence = _("“{text}” can be read as {one} or as {other}; write one of these instead")
        raise _ambiguous(sentence, text, (fitting[0], fitting[-1]), locale)
    return fitting[0]


class _NoYear(Exception):
    """A form that counts from today, where today is not known."""


def _refusal(sentence: str, text: str, locale: str) -> AccordError:
    return AccordError(sentence.format(text=quoted(text), example=_example(locale)))


def _ambiguous(sentence: str, text: str, readings: Span, locale: str, **more: str) -> Ambiguous:
    one, other = (_written(each, locale) for each in readings)
    return Ambiguous(sentence.format(text=quoted(text), one=one, other=other, **more), (one, other))


def _other_weekday(each: Day, weekday: int, text: str, locale: str) -> Ambiguous:
    """The refusal of a date whose weekday is another, with that date and the nearest day of that name."""
    away = (weekday - each.weekday() + 3) % 7 - 3
    try:
        nearest = each + datetime.timedelta(away)
    except OverflowError:  # beyond the first or the last day that there is
        nearest = each + datetime.timedelta(away - 7 if away > 0 else away + 7)
    sentence = _("“{text}”: that day is a {weekday}; write {one} or {other}")
    name = cldr(language()).days["format"]["wide"][each.weekday()]
    return _ambiguous(sentence, text, (each, nearest), locale, weekday=name)


def _week_refused(week: re.Match[str], text: str, locale: str, today: Day | None) -> AccordError:
    """The refusal of a week; with its Monday and its Friday, where it is known which week it is."""
    with contextlib.suppress(TypeError, ValueError):  # no number, or no such week
        number, year = int(week["n"]), int(week["year"] or 0) or _year_of_week(int(week["n"]), today)
        monday = Day.fromisocalendar(year, number, 1)
        sentence = _("“{text}” names a week; write one of its days, such as {one} or {other}")
        return _ambiguous(sentence, text, (monday, monday + datetime.timedelta(4)), locale)
    return _refusal(_("“{text}” names a week; write one of its days, such as {example}"), text, locale)


def _year_of_week(number: int, today: Day | None) -> int:
    """The year of the next such ISO week; `ValueError` where today is not known."""
    if today is None:
        raise ValueError
    return today.year if Day.fromisocalendar(today.year, number, 5) > today else today.year + 1


def _written(each: Day, locale: str) -> str:
    return str(formats.date(each, locale)).replace(NO_BREAK, " ")


def _example(locale: str) -> str:
    """A date in three forms, the words in the language of the sentence around it."""
    example = datetime.date(2027, 3, 31)
    figures = "03/31/2027" if locale == "en_US" else "31/03/2027"
    own = locale if is_french(locale) == (language() == "fr") else i18n.locale()
    return _("{figures}, {words} or {iso}").format(figures=figures, words=_written(example, own), iso=example)


# --- What an answer is made of ----------------------------------------------------

_LEAD = re.compile(  # "by when?" is answered by a day, or by the limit that it is
    r"(?:(?:on|by|before|until|no later than|not later than|at the latest|latest|avant|pour|for|d'ici|au plus tard|"
    r"jusqu'a|jusqu'au|le|la|les|the|au|a|at) )+(?:l')?|l'"
)
_TAIL = re.compile(r" (?:au plus tard|at the latest|latest|inclus|inclusive|included)$")
_TIME = re.compile(
    r"(?<=[0-9])(?:t| | a | at )(?:2[0-3]|[01]?[0-9])"
    r"(?::[0-5][0-9](?::[0-5][0-9](?:\.[0-9]+)?)?|h(?:[0-5][0-9])?)(?P<half> ?[ap]\.?m\.?)?(?: ?(?:z|utc|[+-][0-9]{2}:?[0-9]{2}))?$"
)
_MIDNIGHT_EAST = re.compile(r"[t ]2[1-3]:00(?::00(?:\.0+)?)? ?(?:z|utc|\+00:?00)$")
"""A time that is midnight of the next day in Europe, as programs write days: 2027-03-31T22:00:00Z."""
_WEEK = re.compile(
    r"\b(?:semaine|sem\.?|week|wk|cw|s|w)[ -]?(?:n[o.]? ?)?(?P<n>[0-9]{1,2})\b(?:[ -](?:de |of )?(?P<year>20[0-9]{2}))?$"
    r"|\bsemaine (?:du|prochaine)\b|\b(?:next week|this week|cette semaine|week of|week commencing)\b"
)

_DAY = r"(?:le |the )?(?P<day>[0-9]{1,2}|premier|first)(?:er|e|st|nd|rd|th)?"
_MONTH = r"(?P<month>[a-z]{3,})\.?"
_YEAR = r"(?P<year>[0-9]{4}|'?[0-9]{2})"
_THIS_OR_NEXT = (
    r"(?P<next>prochain|next|(?:de )?l'an prochain|(?:de )?l'annee prochaine|(?:of )?next year)"
    r"|(?P<this>(?:de )?cette annee|(?:of )?this year)"
)
_ORDINALS = {
    **dict.fromkeys(("1", "1er", "1st", "premier", "first"), 1),
    **dict.fromkeys(("2", "2e", "2eme", "2nd", "deuxieme", "second"), 2),
    **dict.fromkeys(("3", "3e", "3eme", "3rd", "troisieme", "third"), 3),
    **dict.fromkeys(("4", "4e", "4eme", "4th", "quatrieme", "fourth"), 4),
}


def _plain(text: str) -> str:
    """An answer without case, accents, commas, curly apostrophes, typographic dashes or a full stop."""
    plain = fold(text).replace("’", "'")
    plain = re.sub(r"[\u2010-\u2015\u2212]", "-", plain)
    return re.sub(r"[\s,]+", " ", plain).strip().removesuffix(".")


@cache
def _weekdays() -> Mapping[str, int]:
    """Each name of a weekday, without case or accents, and its number: Monday is 0."""
    return {fold(name): n for tongue in LANGUAGES for n, name in cldr(tongue).days["format"]["wide"].items()}


def _weekday(word: str) -> int | None:
    """The number of a weekday from its name or an abbreviation of three letters or more."""
    word = word.rstrip(".")
    numbers = {number for name, number in _weekdays().items() if len(word) > 2 and name.startswith(word)}
    return numbers.pop() if len(numbers) == 1 else None


def _month(word: str) -> int | None:
    """The number of a month from its name or an abbreviation of three letters or more.

    "jui" could be June or July in French, so it is neither.
    """
    numbers = {
        number
        for tongue in LANGUAGES
        for number, full in enumerate(months(tongue), 1)
        if fold(full).startswith(word) or (word == "sept" and number == 9)
    }
    return numbers.pop() if len(word) > 2 and len(numbers) == 1 else None


def _is_french_for(word: str, locale: str) -> bool:
    """Whether the name of a month is French, in a French locale or because it is no English one."""
    french, english = (any(fold(full).startswith(word) for full in months(tongue)) for tongue in ("fr", "en"))
    return french and (is_french(locale) or not english)


def _year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else CENTURY + int(digits.lstrip("'"))


def _found(plain: str, locale: str, today: Day | None) -> tuple[list[Day], int | None]:
    """The days that an answer may mean, and the weekday that it names with them."""
    is_american = (time := _TIME.search(plain)) and time[
        "half"
    ]  # "12/05/2027 2:30 PM" is most likely of 5 December
    for answer, weekday in _answers(plain):
        for form in _FORMS:
            if days := form(answer, locale, today):
                others = form(answer, "en_US", today) if is_american else []
                if _MIDNIGHT_EAST.search(plain):
                    others += (each + datetime.timedelta(1) for each in days)
                return [*days, *others], weekday
    return [], None


def _spaced(words: str) -> str:
    return re.sub(r"[ -]+", " ", fold(words.strip()))


@cache
def _spelt() -> tuple[re.Pattern[str], Mapping[str, int]]:
    """The days of a month and the years of this century in words, before or after the name of a month."""
    days = {
        _spaced(word): number
        for number in range(1, 32)
        for word in (
            formats.cardinal(number, "fr"),
            formats.cardinal(number, "en"),
            formats.ordinal(number, "en"),
        )
    }
    years: dict[str, int] = {}
    for number in range(1, 100):
        french, english = (_spaced(formats.cardinal(number, tongue)) for tongue in ("fr", "en"))
        words = (
            f"deux mille {french}",
            *(f"{start} {english}" for start in ("two thousand", "two thousand and", "twenty")),
        )
        years |= dict.fromkeys(words, CENTURY + number)
    names = "|".join(fold(name) for tongue in LANGUAGES for name in months(tongue))
    day, year = (
        "|".join(word.replace(" ", "[ -]") for word in sorted(some, key=len, reverse=True))
        for some in (days, years)
    )
    form = rf"\b(?:(?P<day>{day})(?P<of> (?:of |de )?)(?P<month>{names})|(?P<name>{names}) (?:the )?(?P<nth>{day}))(?P<year> (?:{year}))?\b"
    return re.compile(form), days | years


def _in_digits(plain: str) -> str:
    """A date in words with figures for its day and year: "trente et un mars deux mille vingt sept"."""
    if len(re.findall("[0-9]+", plain)) > 1 or not re.search("[a-z]{3}", plain):
        return plain
    pattern, numbers = _spelt()
    found = pattern.search(plain)
    if not found:
        return plain

    year = f" {numbers[_spaced(found['year'])]}" if found["year"] else ""
    day = numbers[_spaced(found["day"] or found["nth"])]
    return f"{plain[: found.start()]}{day} {found['month'] or found['name']}{year}{plain[found.end() :]}"


def _answers(plain: str) -> Iterator[tuple[str, int | None]]:
    """The answer whole; without what leads to a date or follows it; without the weekday before it."""
    yield plain, None
    plain = _in_digits(plain)
    plain = re.sub(r"\beo([mqy])\b", lambda each: _ENDS[each[1]], plain)
    bare = _TIME.sub("", _TAIL.sub("", _LEAD.sub("", plain, 1) if _LEAD.match(plain) else plain))
    yield bare, None
    word, _space, rest = bare.partition(" ")
    if rest and (weekday := _weekday(word)) is not None:
        yield rest, weekday


# --- The forms: each gives the days that an answer may mean, none if it is not of that form --------


def _in_figures(text: str, locale: str, today: Day | None) -> list[Day]:
    """Such as "2027-03-31", "20270331", "31/03/2027", "31.3.2027", "31 03 2027", "31/03/27", "31/3"."""
    if basic := re.fullmatch(r"(20[0-9]{2})(?: (?=[0-9]{2} )|)([0-9]{2}) ?([0-9]{2})", text):  # ISO 8601 too
        return [Day(*map(int, basic.groups()))]
    if iso := re.fullmatch(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})", text):
        return [Day(int(iso[1]), int(iso[3]), int(iso[4]))]
    if match := re.fullmatch(r"([0-9]{1,2})( ?[-/.] ?| )([0-9]{1,2})\2([0-9]{4}|'?[0-9]{2})", text):
        one, other, year = int(match[1]), int(match[3]), match[4]
        found = [Day(_year(year), *_month_and_day(one, other, locale))]
        if locale == "fr_CA" and len(year) == 2 and other <= MONTHS_OF_A_YEAR:
            with contextlib.suppress(ValueError):  # where 27-03-31 is as usual as 31-03-27
                found.append(Day(CENTURY + one, other, int(year)))
        return found
    if match := re.fullmatch(r"([0-9]{1,2})([-/.])([0-9]{1,2})", text):
        one, other = int(match[1]), int(match[3])
        orders = [_month_and_day(one, other, locale)]
        if locale == "fr_CA" and max(one, other) <= MONTHS_OF_A_YEAR:  # the same: 03-31
            orders.append((one, other))
        return [_upcoming(month, day, today) for month, day in orders]
    return []


def _month_and_day(one: int, other: int, locale: str) -> tuple[int, int]:
    """Month and day of two figures, in the locale's order unless it is impossible."""
    day, month = (other, one) if locale == "en_US" else (one, other)
    return (day, month) if month > MONTHS_OF_A_YEAR >= day else (month, day)


def _in_words(text: str, locale: str, today: Day | None) -> list[Day]:
    """Such as "1er mars 2027", "31st of March 2027", "March 31, 2027", "31-mars-27", "31 mars prochain", "31 mars"."""
    ending = rf"(?:[ -](?:de )?{_YEAR}| (?:{_THIS_OR_NEXT}))?"
    match = re.fullmatch(rf"{_DAY}(?: of| de)?[ -]{_MONTH}{ending}", text)
    match = match or re.fullmatch(rf"{_MONTH}[ -]{_DAY}{ending}", text)
    month = match and _month(match["month"])
    if not match or not month:
        return []
    day = int(match["day"]) if match["day"].isdigit() else 1
    if match["year"]:
        return [Day(_year(match["year"]), month, day)]
    if match["this"]:
        return [Day(_known(today).year, month, day)]
    if match["next"] and match["next"] not in {"prochain", "next"}:
        return [Day(_known(today).year + 1, month, day)]
    found = [_upcoming(month, day, today)]
    year = CENTURY + day
    month_first = match.start("month") < match.start("day")
    as_a_month = "-" in text or _is_french_for(match["month"], locale)
    if month_first and as_a_month and 0 <= year - _known(today).year <= YEARS_AHEAD:
        found.append(_last_of(year, month))  # "mars 27" and "Mar-27" may be of 2027; "March 27" is a day
    return found


def _weekday_alone(text: str, _locale: str, today: Day | None) -> list[Day]:
    """Such as "vendredi", "this Friday"; "next Friday" is the coming one to some and the one after to others."""
    match = re.fullmatch(r"(?:ce |this )?([a-z]{3,})\.?|next ([a-z]{3,})\.?|([a-z]{3,})\.? prochain", text)
    weekday = match and _weekday(match[1] or match[2] or match[3])
    if not match or weekday is None or _month(match[1] or ""):
        return []
    coming = _known(today) + datetime.timedelta((weekday - _known(today).weekday() - 1) % 7 + 1)
    return [coming] if match[1] else [coming, coming + datetime.timedelta(7)]


def _relative(text: str, _locale: str, today: Day | None) -> list[Day]:
    """Such as "demain", "dans 6 semaines", "in six weeks", "d'ici 3 mois", "10 days from today"."""
    if text in _DAYS_AWAY:
        return [_known(today) + datetime.timedelta(_DAYS_AWAY[text])]
    match = re.fullmatch(r"(?:dans|in|sous|within|d'ici)(?: a)? (?P<n>[a-z0-9 -]+?) (?P<unit>[a-z]+)", text)
    match = match or re.fullmatch(r"(?P<n>[a-z0-9 -]+?) (?P<unit>[a-z]+) from (?:now|today)", text)
    number = match and cardinal(match["n"])
    if not match or not number or match["unit"] not in UNITS:
        return []
    if number > FARTHEST:
        raise ValueError
    start, unit = _known(today), UNITS[match["unit"]]
    if unit in {"day", "week"}:
        return [start + datetime.timedelta(number * (7 if unit == "week" else 1))]
    return [_months_after(start, number * (MONTHS_OF_A_YEAR if unit == "year" else 1))]


def _part_of_span(text: str, _locale: str, today: Day | None) -> list[Day]:
    """Such as "fin mars", "end of Q1 2027", "fin du mois prochain": the last day; "mi-avril": the 15th.

    So the Geneva uniform law on bills of exchange (1930, art. 36) reads "the
    end of the month" and "mid-January".
    """
    if match := re.fullmatch(r"(month|quarter|year)[ -]end(.*)", text):
        text = f"end of {match[1]}{match[2]}"
    if (match := _END.match(text)) and (span := _span(text[match.end() :], today)):
        return [span[1]]
    if (match := _MIDDLE.match(text)) and (span := _span(text[match.end() :], today)):
        first, last = span
        return [first.replace(day=15)] if (first.year, first.month) == (last.year, last.month) else [*span]
    return []


def _whole_span(text: str, _locale: str, today: Day | None) -> list[Day]:
    """Both the first day and the last of "mars 2027", "T1 2027", "en avril", "next month"."""
    match = re.match(r"(?:courant |en |in |during |within )?(?:the )?", text)
    span = _span(text[match.end() :] if match else text, today)
    return [*span] if span else []


_FORMS: tuple[Callable[[str, str, Day | None], list[Day]], ...] = (
    _in_figures,
    _in_words,
    _weekday_alone,
    _relative,
    _part_of_span,
    _whole_span,
)
_DAYS_AWAY = {
    "aujourd'hui": 0,
    "today": 0,
    "demain": 1,
    "tomorrow": 1,
    "apres-demain": 2,
    "apres demain": 2,
    "day after tomorrow": 2,
    "the day after tomorrow": 2,
}
_OF = r"(?:de |d'|du |of |in )?(?:la |le |l'|the )?"
_END = re.compile(rf"(?:fin|end|close|(?:le )?dernier jour|last day)[ -]{_OF}")
_ENDS = {"m": "month-end", "q": "quarter-end", "y": "year-end"}
_MIDDLE = re.compile(rf"(?:mi|mid|milieu|middle)[ -]{_OF}")


# --- Months, quarters and years ---------------------------------------------------


def _span(text: str, today: Day | None) -> Span | None:
    """The first and the last day of a month, a quarter, a half or a year; None if the text names none.

    Without a year it is the next one that has not ended.
    """
    text = re.sub(r"^(?:mois|month) (?:de |d'|of )", "", text)
    ending = rf"(?:[ -]?(?:de |of )?(?:the )?{_YEAR}| (?:{_THIS_OR_NEXT}))?"
    ordinal = "|".join(_ORDINALS)
    if (match := re.fullmatch(rf"{_MONTH}{ending}", text)) and (month := _month(match["month"])):
        return _of_some_year(match, month, 1, today)
    quarter = rf"(?:[tq](?P<n>[1-4])|(?P<m>[1-4])[tq]|(?P<word>{ordinal}) (?:trimestre|quarter)){ending}"
    if match := re.fullmatch(quarter, text):
        number = _ORDINALS[match["n"] or match["m"] or match["word"]]
        return _of_some_year(match, 3 * number - 2, 3, today)
    if match := re.fullmatch(rf"(?P<n>{ordinal}) (?:semestre|half){ending}", text):
        half = min(_ORDINALS[match["n"]], 2)
        return _of_some_year(match, 6 * half - 5, 6, today)
    if match := re.fullmatch(
        r"(?P<m>[0-9]{1,2})[/-](?P<year>20[0-9]{2})|(?P<y>20[0-9]{2})-(?P<n>[0-9]{2})", text
    ):
        return _months_from(int(match["year"] or match["y"]), int(match["m"] or match["n"]), 1)
    if match := re.fullmatch(r"(?:(?:annee|year) )?(?P<year>20[0-9]{2})", text):
        return _months_from(int(match["year"]), 1, MONTHS_OF_A_YEAR)
    return _span_of_today(text, today)


def _of_some_year(match: re.Match[str], month: int, count: int, today: Day | None) -> Span:
    """`count` months from `month` on, of the year that the match names, or of the next in which they end."""
    if match["year"]:
        return _months_from(_year(match["year"]), month, count)
    this = _months_from(_known(today).year, month, count)
    later = _months_from(this[0].year + 1, month, count)
    if match["this"]:
        return this
    if match["next"] and match["next"] not in {"prochain", "next"}:
        return later
    return this if this[1] > _known(today) else later


def _span_of_today(text: str, today: Day | None) -> Span | None:
    """The month, quarter or year in which today is, or the next one."""
    unit = r"(?P<unit>mois|month|trimestre|quarter|annee|year)"
    match = re.fullmatch(
        rf"(?:ce |cette |this |(?P<next>next ))?{unit}(?: en cours| courante?|(?P<later> prochaine?))?", text
    )
    if not match:
        return None
    length = {"m": 1, "t": 3, "q": 3}.get(match["unit"][0], MONTHS_OF_A_YEAR)
    first = _known(today).month - (_known(today).month - 1) % length
    start = Day(_known(today).year, first, 1)
    if match["next"] or match["later"]:
        start = _months_after(start, length)
    return _months_from(start.year, start.month, length)


def _months_from(year: int, month: int, count: int) -> Span:
    last = _months_after(Day(year, month, 1), count - 1)
    return Day(year, month, 1), _last_of(last.year, last.month)


def _last_of(year: int, month: int) -> Day:
    return Day(year, month, calendar.monthrange(year, month)[1])


def _months_after(start: Day, count: int) -> Day:
    """The day of the same number so many months later; where there is none, the last of that month.

    Regulation (EEC, Euratom) No 1182/71, art. 3(2)(c).
    """
    years, month = divmod(start.month - 1 + count, MONTHS_OF_A_YEAR)
    last = _last_of(start.year + years, month + 1)
    return last.replace(day=min(start.day, last.day))


def _known(today: Day | None) -> Day:
    if today is None:
        raise _NoYear
    return today


def _upcoming(month: int, day: int, today: Day | None) -> Day:
    """The next such day after today; 29 February waits for a leap year."""
    start = _known(today)
    for year in range(start.year, start.year + 9):
        with contextlib.suppress(ValueError):
            if (each := Day(year, month, day)) > start:
                return each
    return Day(start.year, month, day)  # raises ValueError: no year has it
