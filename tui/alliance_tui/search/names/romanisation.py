"""Romanisation keys: a form that the Latin spellings of one name share, by rules for each family of scripts.

A scheme is an ordered table of rules. A word is read from left to right; at each place the first rule that matches
replaces what it matches by one of its alternatives, and a letter without a rule stays. Where a spelling is ambiguous
(German "ch" is "kh", French "ch" is "sh") a word has a key for each reading; two words may be one name if they share a
key of a scheme. Upper-case letters in keys stand for classes of sounds: A, I, U vowels, S "sh", C "ch", Z "zh", X "kh".

Sources: the romanisation tables of the BGN/PCGN and the Library of Congress, Wade-Giles, McCune-Reischauer, Revised
Romanization and Hepburn; the spellings of the German, French and Polish press.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import product
from typing import NamedTuple

Rule = tuple[str, Sequence[str]]
"""A regular expression without groups, and the alternatives for what it matches."""

_MAX_KEYS = 48
_LONGEST = 60
"""Letters of the longest word that is taken for a name."""
_CONSONANTS = range(4, 6)
_DOUBLED = re.compile(r"([b-df-hj-np-tv-z])\1+")
_VOWELS = re.compile(r"[AIU]")


class Scheme(NamedTuple):
    """The rules of one family of scripts; `accepts` must match a whole word, which is at least `shortest` long."""

    name: str
    rules: re.Pattern[str]
    alternatives: Sequence[Sequence[str]]
    accepts: re.Pattern[str]
    keeps_doubled: bool = False

    def keys(self, word: str) -> Iterator[str]:
        """Yield the keys of a folded word."""
        if len(word) > _LONGEST or not self.accepts.fullmatch(word):
            return
        if not self.keeps_doubled:
            word = _DOUBLED.sub(r"\1", word)
        readings: list[Sequence[str]] = []
        count = 1
        for match in self.rules.finditer(word):
            choices = self.alternatives[match.lastindex - 1] if match.lastindex else (match.group(),)
            count *= len(choices)
            readings.append(choices if count <= _MAX_KEYS else choices[:1])
        yield from map("".join, product(*readings))


def _scheme(name: str, accepts: str, rules: Sequence[Rule], *, keeps_doubled: bool = False) -> Scheme:
    pattern = "|".join([*(f"({regex})" for regex, _ in rules), "."])
    return Scheme(name, re.compile(pattern), [choices for _, choices in rules], re.compile(accepts), keeps_doubled)


# Russian, Ukrainian, Belarusian, Bulgarian, Serbian, and names of the Caucasus and Central Asia by way of Cyrillic.
_CYRILLIC: Sequence[Rule] = (
    (r"(?:iye|ije)(?=v)", ("ie",)),  # Aliyev
    (r"(?<=[sck]k)(?:[iyj]+|o[iyj])$", ("i",)),  # -sky, -skiy, -skyi, -skij, -skoy
    (r"(?<=enk)[ao]$", ("o",)),  # Lukashenka
    (r"(?<=ch)(?:[iyj]?[eo])(?:v|w|ff?)(?=a?$)", ("ov",)),  # Gorbachev, Gorbachyov, Gorbatschow
    (r"(?<=[ai]n)e$", ("",)),  # Poutine
    (r"(?:i[yij]|y[ij])$", ("i", "ey")),  # Serhiy, Sergei
    (r"iv$|o(?:v|w|ff?)$", ("ov",)),  # Kharkiv
    (r"(?:[iyj]?e)(?:v|w|ff?)$", ("ev", "iev")),
    (r"dsch|dzh|dj", ("Z",)),
    (r"jou|^ju", ("iu", "Zu")),
    (r"^ja", ("ia", "Za")),
    (r"^jo", ("io", "e", "o", "Zo")),
    (r"(?:[iyj]{1,2})a", ("ia",)),
    (r"(?:[iyj]{1,2})(?:ou|u)", ("iu",)),
    (r"(?:[yj])o", ("io", "e", "o")),
    (r"^i[ei](?=.)|[yj]e", ("e",)),
    (r"(?<=[aeou])j(?=[^aeiou])", ("y", "Z")),  # Brejnev
    (r"(?<=[aeou])[iyj](?![aeou])", ("y",)),
    (r"[iyj]+$", ("i",)),
    (r"schtsch|shtch|chtch|shch|stsch|sctc|szcz", ("SC",)),
    (r"sch", ("S", "SC", "Z")),
    (r"tsch|tsh|tch|cz", ("C",)),
    (r"ch", ("C", "X", "S")),
    (r"sh|sz", ("S",)),
    (r"zh|zs|j(?=[^aeiouy])", ("Z",)),
    (r"^kh", ("X", "k")),
    (r"kh|hh", ("X",)),
    (r"gh|gu(?=[ei])", ("g",)),
    (r"h", ("g", "X")),
    (r"ts|tz|tc|c(?=[eiy])", ("c",)),
    (r"ck|q|c", ("k",)),
    (r"z", ("z", "c")),
    (r"ss", ("s",)),
    (r"d[sz]", ("dz",)),  # Schewardnadse
    (r"(?:(?<=^)|(?<=[aeioulnr]))s(?=[aeioulnrmvw])", ("s", "z")),
    (r"ou|oo|uu", ("u",)),
    (r"w|v", ("v",)),
    (r"ph", ("f",)),
    (r"x", ("ks",)),
    (r"[iyj]+", ("i",)),
)

# Arabic, Persian, Urdu, Pashto and Kurdish.
_ARABIC: Sequence[Rule] = (
    (r"^abd(?:[aeou]{1,2}(?:sh|sch|[lrszndt]{1,2})(?=[b-df-hj-np-tv-z]|a)|ou?l)?", ("abd",)),  # Abdul-, Abdel-, Abderr-
    (r"(?:^al|^el)(?=[b-df-hj-np-tv-z][a-z]{4})", ("al", "")),  # Elbaradei
    (r"[aouei]lah?$", ("ULA",)),  # Hezbollah, Hizballah
    (r"^(?:kh)(?=ad)", ("X", "k", "g")),
    (r"^[kq](?=[ah])", ("k", "g")),
    (r"gh", ("g",)),
    (r"kh", ("X", "k")),
    (r"^j(?=[aeou])", ("j", "y")),
    (r"dsch|dj|zh|j", ("j",)),
    (r"tch|tsh", ("C",)),
    (r"sh|sch", ("S",)),
    (r"ch", ("S", "C", "X")),
    (r"gu(?=[ei])", ("g", "j")),
    (r"g", ("g", "j")),
    (r"q", ("k", "g")),
    (r"ck|k|c", ("k",)),
    (r"dh", ("d", "z")),
    (r"th", ("t", "s")),
    (r"ph", ("f",)),
    (r"x", ("ks",)),
    (r"eh$", ("A", "Ih", "Ah")),
    (r"aa?h?$|(?<![nmrltd])e$", ("A",)),
    (r"(?<=[nmrltd])e$", ("", "A")),
    (r"iyy?(?=[aeou])|ii?(?=[aou])|ie(?=h$)|(?<=[b-df-hj-np-tv-z])y(?=[aeou])", ("IY",)),
    (r"ou(?=[aeiy])|u(?=[aeio])", ("w", "U")),
    (r"(?:aei|ai|ay|ei|ey|ae)(?![aou])", ("E",)),
    (r"ow(?![aeiou])|ou|oo|uu|o|u", ("U",)),
    (r"(?:au|aw|ao)(?![aeiou])", ("O",)),
    (r"ee|ii|ie|i|y(?![aeiou])", ("I",)),
    (r"aa|a", ("A",)),
    (r"e", ("A", "I")),
    (r"[vw]", ("w",)),
)

_HEBREW: Sequence[Rule] = (
    (r"^[yj]?i(?=t)|^[yj]i", ("I",)),  # Yitzhak
    (r"kh|ch|h(?=.)", ("X",)),
    (r"tz|ts|z|c(?=[eiy])", ("c",)),
    (r"ck|q|k|c", ("k",)),
    (r"sch|sh", ("S",)),
    (r"(?<=[aeo])h$", ("",)),
    (r"ph", ("f",)),
    (r"[vw]", ("v",)),
    (r"ou|oo|u", ("U",)),
    (r"ie|ee|ei|ey", ("I",)),
    (r"[yj](?=[aeou])", ("y",)),
    (r"[iyj]", ("I",)),
    (r"aa", ("a",)),
)

_INDIAN: Sequence[Rule] = (
    (r"aye?e$|ayi$|ay$|ai$", ("Y",)),  # Vajpayee
    (r"[ae]$", ("A",)),  # Rajapaksa, Rajapakse
    (r"ksh|x|ks|ksh", ("ks",)),
    (r"chh?|tch", ("C",)),
    (r"sch|shh?|s", ("s",)),
    (r"kh|ck|q|k|c", ("k",)),
    (r"gh", ("g",)),
    (r"jh|z|j", ("j",)),
    (r"th", ("t",)),
    (r"dh", ("d",)),
    (r"bh", ("b",)),
    (r"ph", ("f",)),
    (r"^v", ("v", "b")),
    (r"[vw]", ("v",)),
    (r"aa|a", ("A",)),
    (r"(?:ai|ay|ei|ey)(?![aou])", ("Y",)),
    (r"ee|ii|ie|i|y(?![aeiou])", ("I",)),
    (r"oo|ou|u", ("U",)),
    (r"e", ("E", "A")),
)

# Letters with diacritics, which readers type bare, as two letters or by their English sound: German and Nordic vowels,
# the consonants of Turkish, Czech, Polish and South Slavic.
_DIACRITICS: Sequence[Rule] = (
    (r"oe", ("o",)),
    (r"ue", ("u",)),
    (r"ae|aa", ("a",)),
    (r"dsch|tsch|tsh|tch|ch|cz", ("c",)),
    (r"sch|sh|sz", ("s",)),
    (r"zh|rz", ("z",)),
    (r"dj|dz", ("d",)),
    (r"gh", ("g",)),
    (r"nj|ny", ("n",)),
    (r"lj|ly", ("l",)),
    (r"w", ("v",)),
    (r"ou", ("u",)),
    (r"y|j", ("i",)),
)

# The Dutch spelling of Indonesian names.
_INDONESIAN: Sequence[Rule] = (
    (r"oe", ("u",)),
    (r"dj", ("j",)),
    (r"tj", ("c",)),
    (r"nj", ("ny",)),
    (r"sj", ("sy",)),
    (r"j", ("j", "y")),
    (r"ch", ("kh",)),
)

_JAPANESE: Sequence[Rule] = (
    (r"ou|oo|oh(?![aiueo])|o", ("o",)),
    (r"uu|u", ("u",)),
    (r"aa|a", ("a",)),
    (r"n(?=[bpm])", ("m",)),
    (r"sy|sh(?=[auo])", ("sh",)),
    (r"si", ("shi",)),
    (r"ty|ch(?=[auo])", ("ch",)),
    (r"ti", ("chi",)),
    (r"tu", ("tsu",)),
    (r"hu", ("fu",)),
    (r"zi|di", ("ji",)),
    (r"[zj]y", ("j",)),
    (r"dz", ("z",)),
    (r"tch|cch", ("cch",)),
)
_JAPANESE_WORD = (
    r"(?:(?:kk?y?|ss?h?|sy|tts?|ts|ty?|cch|tch|ch|gy?|zy?|dz?|ny?|hy?|by?|pp?y?|my?|ry?|w|jy?|f|y)?[aiueo]h?"
    r"|n|m(?=[bpm]))+"
)

# Any romanisation of Korean: the letters of McCune-Reischauer without marks, of Revised Romanization, and English ones.
_KOREAN: Sequence[Rule] = (
    (r"ng", ("N",)),
    (r"kk|gg|ck|k|g", ("k",)),
    (r"tch|jj|ch|j", ("c",)),
    (r"tt|dd|t|d", ("t",)),
    (r"pp|bb|p|b", ("p",)),
    (r"sh(?=[iy])|ss|s", ("s",)),
    (r"ll|rr|l|r", ("r",)),
    (r"yeo", ("yE",)),
    (r"eui|ui", ("Vi", "i")),
    (r"eu", ("V",)),
    (r"eo|uh|aw", ("E",)),
    (r"yoo|you|yu", ("yu", "yE")),
    (r"yo", ("yo", "yE")),
    (r"wo|weo", ("wE", "u")),
    (r"oo|woo|wu", ("u",)),
    (r"ou", ("u", "E")),
    (r"u", ("u", "E", "V")),
    (r"oe|oi|wae|we", ("we",)),
    (r"ae|ai|ay", ("e",)),
    (r"o", ("o", "E")),
    (r"yi|ee|y(?![aeiou])|i", ("i",)),
    (r"(?<=[aeiou])h(?![aeiouyw])", ("",)),
)
_KOREAN_WORD = (
    r"(?:(?:kk?|gg?|tt?|dd?|pp?|bb?|ss?h?|jj?|tch|ch|h|l|r|n|m)?[yw]?[aeiou]{1,3}(?:ng|n|m|l|k|g|p|b|t|d|h|ck)?)+"
)

_WADE_GILES: Sequence[Rule] = (
    (r"hs", ("x",)),
    (r"szu|ssu", ("si",)),
    (r"tzu", ("zi", "ci")),
    (r"chih", ("zhi", "chi")),
    (r"ch(?=i)", ("j", "q")),
    (r"ch(?=u)", ("zh", "ch", "j", "q")),
    (r"ch", ("zh", "ch")),
    (r"tz|ts", ("z", "c")),
    (r"jeou", ("jiu",)),
    (r"(?<=[kh])o(?![aeiou])", ("e", "o")),
    (r"(?<=[tlns])o(?![aeioun])", ("uo", "o")),
    (r"k", ("g", "k")),
    (r"p", ("b", "p")),
    (r"t", ("d", "t")),
    (r"j", ("r",)),
    (r"ieh", ("ie",)),
    (r"ueh", ("ue",)),
    (r"erh", ("er",)),
    (r"(?<=[ei])h", ("",)),
    (r"ien", ("ian",)),
    (r"yen", ("yan",)),
    (r"iung", ("iong",)),
    (r"ung", ("ong",)),
    (r"uei", ("ui",)),
    (r"^ing?", ("ying",)),
    (r"^i$", ("yi",)),
    (r"yu(?![aen])", ("you", "yu")),
)
PINYIN_SYLLABLE = (
    r"(?:zh|ch|sh|[bpmfdtnlgkhjqxzcsryw])?"
    r"(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|an|ao|ei|en|er|ia|ie|in|iu|ou|ua|ue|ui|un|uo|a|e|i|o|u)"
)
_WADE_GILES_SYLLABLE = (
    r"(?:hs|ch|sh|ts|tz|ss|sz|[pmftnlkhjsyw])?"
    r"(?:iang|iung|uang|ang|eng|ing|ung|ieh|ien|iao|ueh|uai|uan|uei|erh|eou|ai|an|ao|ei|en|eh|ia|ih|in|iu|ou|ua|ui|un|uo"
    r"|a|e|i|o|u)"
)
_PINYIN_ONLY = r"(?!.*(?:[qxbd]|(?<!n)g|zh|(?<!t)z|ong|(?<![st])c(?!h)))"

SCHEMES = (
    _scheme("Cyrillic", r"[a-z]{4,}", _CYRILLIC),
    _scheme("Arabic", r"(?![bcdfgjklmnpqrstvwz][lmnrvw])(?!.*(?:[ctl]z|[lrn]sch$))[a-z]{3,}", _ARABIC),
    _scheme("Hebrew", r"[a-z]{4,}", _HEBREW),
    _scheme("Indian", r"[a-z]{5,}", _INDIAN),
    _scheme("diacritics", r"[a-z]{5,}", _DIACRITICS),
    _scheme("Indonesian", r"[a-z]{4,}", _INDONESIAN),
    _scheme("Japanese", rf"(?=.{{3}}){_JAPANESE_WORD}", _JAPANESE, keeps_doubled=True),
    _scheme("Korean", _KOREAN_WORD, _KOREAN, keeps_doubled=True),
    _scheme("Chinese", rf"(?:{PINYIN_SYLLABLE})+", ()),
    _scheme("Chinese", rf"{_PINYIN_ONLY}(?:{_WADE_GILES_SYLLABLE})+", _WADE_GILES, keeps_doubled=True),
)
SHORT_VOWELS = "short vowels"
"""The scheme of Arabic names that differ in short vowels only."""
SYLLABIC = frozenset({"Korean", "Chinese"})
"""Schemes by which short words are alike by chance."""


@lru_cache(maxsize=4096)
def romanisation_keys(word: str) -> frozenset[tuple[str, str]]:
    """Return the keys of a folded word, each with the name of its scheme."""
    if not word.isascii() or not word.isalpha():
        return frozenset()
    keys = {(scheme.name, key) for scheme in SCHEMES for key in scheme.keys(word)}
    keys |= {(SHORT_VOWELS, skeleton) for name, key in keys if name == "Arabic" and (skeleton := _skeleton(key))}
    return frozenset(keys)


def _skeleton(key: str) -> str | None:
    """Return the consonants of an Arabic name with a mark for each short vowel ("Haftar", "Hifter").

    None for fewer than four consonants, which would be too weak, and for more than five, as names run together have.
    """
    skeleton = _VOWELS.sub(".", key)
    return skeleton if sum(map(str.isalpha, skeleton)) in _CONSONANTS else None
