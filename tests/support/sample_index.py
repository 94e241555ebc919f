"""A short article with hand-made records, its index, and helpers that search it."""

from __future__ import annotations

from alliance_tui.records import (
    Agreement,
    Amount,
    Analysis,
    Deadline,
    Document,
    Domain,
    Entity,
    EntityType,
    Kind,
    Mention,
    Span,
    Strength,
)
from alliance_tui.search.engine import search
from alliance_tui.search.indexing.search_index import SearchIndex
from alliance_tui.search.matches import Matches
from tests.support.spans import span_of

TEXT = """Two leaders meet on the coast
Prime Minister Fumio Kishida and President Joe Biden agreed to upgrade command and control of their forces.
Japan’s Self‑Defense Forces will open a joint headquarters by March 2025. China objected on the same day.
The Security Consultative Committee plans to create the DICAS forum, Kishida said. Warships may be repaired in Yokosuka.
Aircraft of the U.S. Navy left São Tomé for the Ministry of Defense. The oﬃcial ＦＯＲＵＭ met, a Japanese told us.
Commanders praised the cooperation of the Defense Ministry.
"""


def document() -> Document:
    return Document.from_text(TEXT, title="Two leaders meet", path="leaders.txt", date="2024-04-10")


def span(words: str, occurrence: int = 0) -> Span:
    return span_of(document(), words, occurrence)


def entity(name: str, kind: EntityType, *forms: str) -> Entity:
    mentions = tuple(Mention(span(form)) for form in forms)
    return Entity(f"e-{name.split()[0].lower()}", name, kind, forms, mentions)


ENTITIES = (
    entity("Fumio Kishida", EntityType.PERSON, "Fumio Kishida", "Kishida"),
    entity("Joe Biden", EntityType.PERSON, "Joe Biden"),
    entity("Japan", EntityType.STATE, "Japan"),
    entity("Self-Defense Forces", EntityType.UNIT, "Self‑Defense Forces"),
    entity("China", EntityType.STATE, "China"),
    entity("Security Consultative Committee", EntityType.BODY, "Security Consultative Committee"),
    entity("Defense Industrial Cooperation Forum", EntityType.BODY, "DICAS"),
    entity("Ministry of Defense", EntityType.ORGANISATION, "Ministry of Defense", "Defense Ministry"),
)
UPGRADE = Agreement(
    id="a-upgrade",
    kind=Kind.AGREEMENT,
    title="Upgrade command and control",
    evidence=span("Fumio Kishida and President Joe Biden agreed to upgrade command and control of their forces"),
    trigger=span("upgrade"),
    rule="hand",
    strength=Strength.AGREED,
    parties=("Japan", "United States"),
    domain=Domain.COMMAND_CONTROL,
)
HEADQUARTERS = Agreement(
    id="a-headquarters",
    kind=Kind.AGREEMENT,
    title="Open a joint headquarters",
    evidence=span("Japan’s Self‑Defense Forces will open a joint headquarters by March 2025"),
    trigger=span("open"),
    rule="hand",
    strength=Strength.COMMITTED,
    parties=("Japan",),
    deadline=Deadline("2025-03", span("by March 2025"), "2025-03-01", "2025-03-31"),
    domain=Domain.COMMAND_CONTROL,
)
FORUM = Agreement(
    id="a-forum",
    kind=Kind.AGREEMENT,
    title="Create the DICAS forum",
    evidence=span("The Security Consultative Committee plans to create the DICAS forum"),
    trigger=span("create"),
    rule="hand",
    strength=Strength.PLANNED,
    parties=("Security Consultative Committee",),
    instrument="Defense Industrial Cooperation Forum",
    amounts=(Amount(2, "leaders", span("Two")),),
    domain=Domain.DEFENCE_INDUSTRY,
    attribution="Fumio Kishida",
)
ANALYSIS = Analysis(document(), ENTITIES, (UPGRADE, HEADQUARTERS, FORUM), "hand", "none")
INDEX = SearchIndex.build(TEXT, ANALYSIS)


def index_with(text: str, *names: str, type_: EntityType = EntityType.BODY) -> SearchIndex:
    """Return the index of a text with one mention of each of these entities."""
    document = Document.from_text(text, title="text")
    starts = [(name, text.index(name)) for name in names]
    entities = tuple(
        Entity(name, name, type_, (name,), (Mention(document.span(start, start + len(name))),))
        for name, start in starts
    )
    return SearchIndex.build(text, Analysis(document, entities, (), "hand", "none"))


def matches_of(query: str) -> Matches:
    return search(INDEX, query)


def matched_text(query: str) -> list[str]:
    """Return the matched spans of the text in reading order."""
    return [TEXT[hit.start : hit.end] for hit in matches_of(query).text]


def entity_names(query: str) -> list[str]:
    """Return the names of the matching entities, best first."""
    return [INDEX.entities[match.record_id].name for match in matches_of(query).entities]


def agreement_ids(query: str) -> list[str]:
    """Return the ids of the matching agreements, best first."""
    return [match.record_id for match in matches_of(query).agreements]
