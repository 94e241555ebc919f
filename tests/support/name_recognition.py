"""Names found in a text by capitals and by patterns, without the spaCy model."""

from __future__ import annotations

from alliance_tui.extraction.mentions.capitalised_names.finder import CapitalisedNameFinder
from alliance_tui.extraction.mentions.entity_mention import EntityMention
from alliance_tui.extraction.mentions.finders.gazetteer_mentions import find_gazetteer_mentions
from alliance_tui.extraction.mentions.finders.name_patterns import find_pattern_mentions
from alliance_tui.extraction.mentions.finders.spacy_ner import common_words
from alliance_tui.extraction.mentions.names.gazetteer import gazetteer


def find_names(text: str) -> list[EntityMention]:
    """Mentions by capitals, then those by patterns."""
    listed = list(find_gazetteer_mentions(text, gazetteer().find(text)))
    return [
        *CapitalisedNameFinder(text, common_words(text), [], listed).find(0, len(text)),
        *find_pattern_mentions(text),
    ]


def typed_names(text: str) -> list[tuple[str, str]]:
    """The same as pairs of form and type."""
    return [(text[mention.start : mention.end], mention.type.value) for mention in find_names(text)]
