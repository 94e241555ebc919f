"""Words of quantity: number words, scales, currencies, measures, months.

Sources: currency codes from ISO 4217; signs and names from Unicode CLDR's English locale; measures from the SI brochure
and the usage of fact sheets. The extraction's lexicon of amounts gives the same words the same values.
"""

from __future__ import annotations

from alliance_tui.search.values.value import (
    CROWN,
    CURRENCIES_BY_NAME,
    DINAR,
    DIRHAM,
    DOLLAR,
    FRANC,
    LIRA,
    PERCENT,
    PESO,
    POUND,
    RIYAL,
    RUPEE,
    SHILLING,
    WON,
    YEN_SIGN,
)

# fmt: off
_UP_TO_NINETEEN = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_FURTHER_CODES = frozenset((
    "BDT", "EUR", "HUF", "IDR", "ILS", "INR", "KZT", "MYR", "NGN", "PGK", "PLN", "RON", "RUB", "THB", "TRY", "UAH",
    "USD", "VND", "ZAR",
))
# fmt: on
NUMBER_WORDS: dict[str, int] = {word: number for number, word in enumerate(_UP_TO_NINETEEN)} | {
    word: 10 * number for number, word in enumerate(_TENS, start=2)
}
HUNDRED = "hundred"
SCALES: dict[str, int] = {
    "dozen": 12,
    "thousand": 10**3,
    "lakh": 10**5,
    "million": 10**6,
    "mln": 10**6,
    "mn": 10**6,
    "crore": 10**7,
    "billion": 10**9,
    "bln": 10**9,
    "bn": 10**9,
    "trillion": 10**12,
    "trn": 10**12,
    "tn": 10**12,
}
SCALE_LETTERS: dict[str, int] = {"k": 10**3, "m": 10**6, "mm": 10**6, "b": 10**9, "t": 10**12}
"""Letters right after a number. Only "k" and "m" are scales without a currency; "m" may also be metres."""
UNAMBIGUOUS_LETTERS = ("k", "m")
MAGNITUDES: dict[str, int] = {HUNDRED: 100, **{scale: factor for scale, factor in SCALES.items() if len(scale) > 3}}
"""The scales that are words, and count by themselves after "a" ("half a million")."""

_COUNTRY_DOLLARS = {"US$": "USD", "U.S.$": "USD", "U.S. $": "USD", "A$": "AUD", "AU$": "AUD", "C$": "CAD", "CA$": "CAD"}
_OTHER_DOLLARS = {"CAD$": "CAD", "NZ$": "NZD", "S$": "SGD", "SG$": "SGD", "HK$": "HKD", "NT$": "TWD", "R$": "BRL"}
CURRENCY_SIGNS: dict[str, str] = {
    **_COUNTRY_DOLLARS,
    **_OTHER_DOLLARS,
    "$": DOLLAR,
    "CN¥": "CNY",
    "RMB": "CNY",
    "JP¥": "JPY",
    "¥": YEN_SIGN,
    "€": "EUR",
    "£": POUND,
    "฿": "THB",
    "₩": WON,
    "₪": "ILS",
    "₫": "VND",
    "₱": PESO,
    "₴": "UAH",
    "₹": "INR",
    "₽": "RUB",
    "₺": "TRY",
    "Rs": RUPEE,
    "Rs.": RUPEE,
}
"""The unit by the sign before (or after) a number."""

CURRENCY_NAMES: dict[str, str] = {
    "u.s. dollar": "USD",
    "us dollar": "USD",
    "american dollar": "USD",
    "australian dollar": "AUD",
    "canadian dollar": "CAD",
    "new zealand dollar": "NZD",
    "singapore dollar": "SGD",
    "hong kong dollar": "HKD",
    "dollar": DOLLAR,
    "euro": "EUR",
    "british pound": "GBP",
    "pound sterling": "GBP",
    "pounds sterling": "GBP",
    "pound": POUND,
    "japanese yen": "JPY",
    "yen": "JPY",
    "yuan": "CNY",
    "renminbi": "CNY",
    "rmb": "CNY",
    "south korean won": "KRW",
    "korean won": "KRW",
    "won": WON,
    "indian rupee": "INR",
    "pakistani rupee": "PKR",
    "rupee": RUPEE,
    "russian rouble": "RUB",
    "russian ruble": "RUB",
    "rouble": "RUB",
    "ruble": "RUB",
    "hryvnia": "UAH",
    "polish zloty": "PLN",
    "zloty": "PLN",
    "turkish lira": "TRY",
    "lira": LIRA,
    "swiss franc": "CHF",
    "franc": FRANC,
    "swedish krona": "SEK",
    "swedish kronor": "SEK",
    "norwegian krone": "NOK",
    "norwegian kroner": "NOK",
    "danish krone": "DKK",
    "danish kroner": "DKK",
    "krona": CROWN,
    "kronor": CROWN,
    "krone": CROWN,
    "kroner": CROWN,
    "crown": CROWN,
    "shekel": "ILS",
    "baht": "THB",
    "dong": "VND",
    "ringgit": "MYR",
    "rupiah": "IDR",
    "philippine peso": "PHP",
    "mexican peso": "MXN",
    "peso": PESO,
    "saudi riyal": "SAR",
    "qatari riyal": "QAR",
    "riyal": RIYAL,
    "dirham": DIRHAM,
    "dinar": DINAR,
    "naira": "NGN",
    "rand": "ZAR",
    "kenyan shilling": "KES",
    "shilling": SHILLING,
}
"""The unit by the name after a number, in the singular and lower case."""

CURRENCY_CODES = tuple(sorted(_FURTHER_CODES.union(*CURRENCIES_BY_NAME.values())))
"""ISO 4217 codes before or after a number, in capitals."""

MEASURES: dict[str, tuple[str, ...]] = {
    PERCENT: ("%", "percent", "per cent", "pct", "percentage point", "percentage points"),
    "second": ("second", "seconds"),
    "minute": ("minute", "minutes"),
    "hour": ("hour", "hours", "h", "hrs"),
    "day": ("day", "days"),
    "week": ("week", "weeks"),
    "month": ("month", "months"),
    "year": ("year", "years", "yr", "yrs"),
    "decade": ("decade", "decades"),
    "degree Celsius": ("°C", "C", "degree", "degrees", "degree Celsius", "degrees Celsius", "degrees C", "°"),
    "millimetre": ("mm", "millimetre", "millimetres", "millimeter", "millimeters"),
    "centimetre": ("cm", "centimetre", "centimetres", "centimeter", "centimeters"),
    "metre": ("m", "metre", "metres", "meter", "meters"),
    "kilometre": ("km", "kilometre", "kilometres", "kilometer", "kilometers"),
    "mile": ("mile", "miles"),
    "nautical mile": ("nautical mile", "nautical miles", "nm", "nmi"),
    "hectare": ("ha", "hectare", "hectares"),
    "acre": ("acre", "acres"),
    "kilogram": ("kg", "kilogram", "kilograms", "kilo", "kilos"),
    "tonne": ("t", "tonne", "tonnes", "ton", "tons", "metric ton", "metric tons"),
    "kilotonne": ("kt", "kiloton", "kilotons", "kilotonne", "kilotonnes"),
    "megatonne": ("Mt", "megaton", "megatons", "megatonne", "megatonnes"),
    "gigatonne": ("Gt", "gigaton", "gigatons", "gigatonne", "gigatonnes"),
    "kilowatt": ("kW", "kilowatt", "kilowatts"),
    "megawatt": ("MW", "megawatt", "megawatts"),
    "gigawatt": ("GW", "gigawatt", "gigawatts"),
    "terawatt": ("TW", "terawatt", "terawatts"),
    "kilowatt hour": ("kWh", "kilowatt hour", "kilowatt hours", "kilowatt-hours"),
    "megawatt hour": ("MWh", "megawatt hour", "megawatt hours", "megawatt-hours"),
    "gigawatt hour": ("GWh", "gigawatt hour", "gigawatt hours", "gigawatt-hours"),
    "terawatt hour": ("TWh", "terawatt hour", "terawatt hours", "terawatt-hours"),
    "barrel a day": ("bpd", "b/d", "barrel per day", "barrels per day", "barrels a day"),
    "barrel": ("barrel", "barrels"),
    "litre": ("litre", "litres", "liter", "liters"),
    "kilometre an hour": ("km/h", "kph"),
}
"""The ways of writing each unit after a number; forms of one or two letters and those with capitals keep their case."""

MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
MONTH_ABBREVIATIONS: dict[str, int] = {month[:3]: number for number, month in enumerate(MONTHS, start=1)} | {"sept": 9}
