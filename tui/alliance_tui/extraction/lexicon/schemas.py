"""Schemas of the lexicons: one class per file, one field per table or list.

Annotations are evaluated at once, since the loader reads the kind of entry from them.
"""

import re
from enum import StrEnum
from typing import Annotated

from msgspec import Struct

from alliance_tui.records import Domain, EntityType, Strength


class Kind(StrEnum):
    """The kinds of entry, as a file's and a table's `kind` name them."""

    NAME = "name"
    """A proper name, as it is written."""
    WORD = "word"
    """A word or phrase, as it is written."""
    LEMMA = "lemma"
    """The dictionary form of a word: its inflected forms are found as well."""
    PREFIX = "prefix"
    """The beginning of a word or phrase."""
    REGEX = "regex"
    """A regular expression."""


UNIQUE = "unique"
"""Marks a table whose lists have no entry in common."""

Names = Annotated[tuple[str, ...], Kind.NAME]
Words = Annotated[frozenset[str], Kind.WORD]
WordList = Annotated[tuple[str, ...], Kind.WORD]
Lemmas = Annotated[frozenset[str], Kind.LEMMA]
LemmaList = Annotated[tuple[str, ...], Kind.LEMMA]
Prefixes = Annotated[tuple[str, ...], Kind.PREFIX]
Regexes = Annotated[tuple[str, ...], Kind.REGEX]
Aliases = Annotated[dict[str, tuple[str, ...]], Kind.NAME, UNIQUE]
"""Canonical names, each with its other forms."""
WordsByType = Annotated[dict[EntityType, tuple[str, ...]], Kind.WORD, UNIQUE]
"""Words by the type that they give a name."""
Numbers = Annotated[dict[str, float], Kind.WORD]
"""Number words with their values."""


class Ladder(dict[str, Strength]):
    """Lemmas with the strength that they express; the file lists the lemmas of each strength."""

    @classmethod
    def of_table(cls, table: object) -> "Ladder":
        """The lemmas of a TOML table. Raises ValueError where it is no table of lists by strength."""
        if not isinstance(table, dict):
            raise ValueError("must be a table that lists the lemmas of each strength")
        for strength, lemmas in table.items():
            if strength not in list(Strength):
                raise ValueError(f"“{strength}”: not known here: known are {', '.join(Strength)}")
            if not isinstance(lemmas, list) or not all(isinstance(lemma, str) for lemma in lemmas):
                raise ValueError(f"“{strength}”: must be a list of text in quotes")
        return cls({lemma: Strength(strength) for strength, lemmas in table.items() for lemma in lemmas})


Ladders = Annotated[Ladder, Kind.LEMMA, UNIQUE]


class Table(Struct, frozen=True, forbid_unknown_fields=True):
    """A table with a fixed set of lists."""


class Lexicon(Struct, frozen=True, forbid_unknown_fields=True):
    """A lexicon: its fields are the file's tables and lists."""

    @classmethod
    def file_name(cls) -> str:
        """Name of the file: the class's name in lower case, its words joined by underscores."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower() + ".toml"


# --- Names ----------------------------------------------------------------------------------------------------------


class State(Table, frozen=True):
    """Other names of a state, its demonyms and its capital."""

    forms: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    capital: str | None = None
    capital_variants: tuple[str, ...] = ()
    is_region_elsewhere: bool = False


class States(Lexicon, frozen=True):
    """states.toml"""

    states: Annotated[dict[str, State], Kind.NAME]


class Organisations(Lexicon, frozen=True):
    """organisations.toml"""

    alliances: Aliases
    organisations: Aliases
    state_metonyms: Annotated[dict[str, str], Kind.NAME]
    institutions: Annotated[dict[str, tuple[str, ...]], Kind.NAME]


class Bodies(Lexicon, frozen=True):
    """bodies.toml"""

    bodies: Aliases
    members: Annotated[dict[str, tuple[str, ...]], Kind.NAME]


class Instruments(Lexicon, frozen=True):
    """instruments.toml"""

    instruments: Aliases


class Programmes(Lexicon, frozen=True):
    """programmes.toml"""

    programmes: Aliases
    systems: Aliases
    events: Aliases


class Units(Lexicon, frozen=True):
    """units.toml"""

    units: Aliases


class Places(Lexicon, frozen=True):
    """places.toml"""

    places: Aliases
    self_governing: Aliases


class Leaders(Lexicon, frozen=True):
    """leaders.toml"""

    states: Aliases
    organisations: Aliases


# --- Roles and the form of names ------------------------------------------------------------------------------------


class Titles(Table, frozen=True):
    """roles.toml: titles of persons."""

    state: WordList
    royal: WordList
    other: WordList
    honorifics: WordList
    post_nominals: WordList
    role_nouns: WordList


class Offices(Table, frozen=True):
    """roles.toml: descriptions of offices."""

    descriptions: WordList
    qualifiers: WordList
    ministers: WordList
    secretariat_heads: WordList
    portfolios: WordList
    ministry_fields: WordList
    foreign_ministries: WordList
    departments: Annotated[dict[str, str], Kind.WORD]


class GroupNouns(Table, frozen=True):
    """roles.toml: nouns for groups of parties and for organisations."""

    parties: Words
    heads: Words
    states: Words
    offices: Words
    beneficiaries: Words
    organisations: Words
    unnamed_organisations: Words
    organisation_anaphors: Words


class PartyVerbs(Table, frozen=True):
    """roles.toml: verbs whose arguments are parties."""

    speech: Lemmas
    receiving: Lemmas
    convening: Lemmas
    signing: Lemmas
    concluding: Lemmas
    granting: Lemmas
    benefiting: Lemmas
    meeting: Lemmas
    acting_together: Lemmas
    giving: Lemmas
    making: Lemmas
    paying: Lemmas
    bearing: Lemmas
    hosting: Lemmas
    founding: Lemmas


class NonpartyNouns(Table, frozen=True):
    """roles.toml: nouns whose phrases are no party."""

    documents: Lemmas
    conflicts: Lemmas
    talks: Lemmas
    costs: Lemmas
    aid: Lemmas
    instalments: Lemmas


class Government(Table, frozen=True):
    """roles.toml: words beside a state's name or adjective."""

    nouns: Words
    name_nouns: WordList
    official_nouns: WordList
    official_adjectives: WordList
    adjectival_nouns: WordList
    bare_nouns: WordList
    governed_places: WordList


class Capitals(Table, frozen=True):
    """roles.toml: words beside a capital's name."""

    government_verbs: WordList
    city_nouns: WordList
    locative_words: WordList


class PersonNames(Table, frozen=True):
    """roles.toml: words of persons' names."""

    function_words: Words
    family_name_first: Words
    particles: WordList
    non_author_words: Words


class Roles(Lexicon, frozen=True):
    """roles.toml"""

    titles: Titles
    offices: Offices
    group_nouns: GroupNouns
    party_verbs: PartyVerbs
    nonparty_nouns: NonpartyNouns
    government: Government
    capitals: Capitals
    person_names: PersonNames
    short_names: Annotated[dict[str, str], Kind.WORD]
    numbers: Annotated[dict[str, int], Kind.WORD]
    state_offices: Annotated[dict[str, tuple[str, ...]], Kind.NAME]
    unnamed_officials: Annotated[dict[str, tuple[str, ...]], Kind.NAME]
    seats_of_government: Annotated[dict[str, tuple[str, ...]], Kind.NAME]


class Variants(Table, frozen=True):
    """capitalised_names.toml: lemmas that are written in other ways too."""

    in_capitals: LemmaList
    hyphenated: Lemmas


class CapitalisedNames(Lexicon, frozen=True):
    """capitalised_names.toml"""

    head_nouns: WordsByType
    first_words: WordsByType
    lowercase_heads: WordsByType
    armed_forces: WordList
    ministries: Words
    manufacturer_prefixes: WordList
    other_prefixes: WordList
    weapon_nouns: WordList
    ship_nouns: WordList
    ship_prefixes: WordList
    weak_heads: Words
    non_name_words: Words
    name_words_after_the: Words
    generic_abbreviations: Words
    general_final_words: Words
    place_first_words: Words
    exercise_nouns: Words
    generic_groups: Words
    glued_words: WordList
    compound_participles: WordList
    numbered_units: WordList
    state_forces: WordList
    final_abbreviations: WordList
    initial_abbreviations: WordList
    common_words: Words
    qualifiers: Words
    non_name_qualifiers: Words
    legal_forms: Words
    firm_endings: WordList
    ranks_in_firms: WordList
    trades: WordList
    founding_verbs: Words
    founding_verbs_in_names: Words
    classes: Words
    election_kinds: WordList
    votes: WordList
    variants: Variants


# --- Dates, amounts, layout, spelling -------------------------------------------------------------------------------


class Dates(Lexicon, frozen=True):
    """dates.toml"""

    due_leads: Regexes
    neutral_leads: Regexes
    part_leads: Regexes
    past_leads: Regexes
    future_cues: Regexes
    past_cues: Regexes
    record_cues: Regexes
    name_leads: Regexes
    event_nouns: Regexes
    process_nouns: Regexes
    date_hints: Regexes
    months: Annotated[dict[str, int], Kind.WORD]
    weekdays: Annotated[dict[str, int], Kind.WORD]
    seasons: Annotated[dict[str, int], Kind.WORD]
    numbers: Annotated[dict[str, int], Kind.WORD]
    ordinals: Annotated[dict[str, int], Kind.WORD]

    @property
    def month_names(self) -> tuple[str, ...]:
        """Full names of the months, from January on: the longest form of each."""
        longest: dict[int, str] = {}
        for form, month in self.months.items():
            longest[month] = max(longest.get(month, ""), form, key=len)
        return tuple(longest[month] for month in sorted(longest))


class CountedNouns(Table, frozen=True):
    """amounts.toml: nouns that are counted."""

    irregular_plurals: Words


class Amounts(Lexicon, frozen=True):
    """amounts.toml"""

    currency_codes: Regexes
    qualifiers: Regexes
    units: Regexes
    noun_phrase_ends: Regexes
    uncounted_nouns: Regexes
    currency_symbols: Annotated[dict[str, str], Kind.REGEX]
    currency_names: Annotated[dict[str, str], Kind.REGEX]
    numbers: Numbers
    scales: Numbers
    scale_letters: Numbers
    shares: Numbers
    share_bases: Annotated[dict[str, str], Kind.WORD]
    counted: CountedNouns


class Layout(Lexicon, frozen=True):
    """layout.toml"""

    uncapitalised_words: Regexes
    sentence_words: Regexes
    founding_verbs: Regexes
    speaker_roles: Regexes
    questioners: Regexes
    furniture: Regexes


class Spelling(Lexicon, frozen=True):
    """spelling.toml"""

    american: Annotated[dict[str, str], Kind.PREFIX]
    doubled_l: Prefixes
    single_l: Prefixes
    yse_stems: Prefixes
    ise_stems: Prefixes


class Documents(Lexicon, frozen=True):
    """documents.toml"""

    office_statements: Regexes
    stating_offices: Regexes
    enacting_bodies: Regexes
    contracting_parties: Regexes
    treaty_texts: Regexes
    charters: Regexes
    enacting_formulas: Regexes
    final_clauses: Regexes
    two_parties: Regexes
    joint_texts: Regexes
    group_texts: Regexes
    single_issuer_texts: Regexes
    decision_texts: Regexes
    spoken_texts: Regexes
    title_participles: Regexes
    presidential_texts: Regexes
    acting_offices: Regexes
    office_events: Regexes
    office_verbs: Regexes
    officers: Regexes
    delegates: Regexes
    officeholders: Regexes
    speaker_offices: Regexes
    greeted_offices: Regexes


class Clauses(Lexicon, frozen=True):
    """clauses.toml"""

    boundaries_after_comma: Words
    generic_speakers: Words
    time_prepositions: WordList
    time_words: WordList
    transparent_adverbs: Words
    restatement_stop_words: Words


# --- Commitments ----------------------------------------------------------------------------------------------------


class CueForms(Table, frozen=True):
    """cues.toml: cues that are matched as they are written."""

    commissive_modals: Words
    other_modals: Words
    prospective_modifiers: Words
    nonparty_subjects: Words
    subordinators: Words
    irregular: Words


class Cues(Lexicon, frozen=True):
    """cues.toml"""

    commissive_verbs: Ladders
    commissive_nouns: Ladders
    commissive_adjectives: Ladders
    event_verbs: Ladders
    progressive_event_verbs: Ladders
    event_nouns: Ladders
    transaction_nouns: Ladders
    acceptance_verbs: Lemmas
    exploration_verbs: Lemmas
    prospect_nouns: Lemmas
    evaluative_adjectives: Lemmas
    announcement_nouns: Lemmas
    freestanding_nouns: Lemmas
    transparent_verbs: Lemmas
    transparent_nouns: Lemmas
    aspectual_verbs: Lemmas
    aspectual_nouns: Lemmas
    announcement_verbs: Lemmas
    publication_verbs: Lemmas
    concession_verbs: Lemmas
    welcome_verbs: Lemmas
    membership_nouns: Lemmas
    inclusion_verbs: Lemmas
    avowal_verbs: Lemmas
    speech_verbs: Lemmas
    speech_nouns: Lemmas
    reporting_verbs: Lemmas
    directive_verbs: Lemmas
    directive_addressees: Lemmas
    restatement_words: Lemmas
    performative_verbs: Lemmas
    forms: CueForms
    text_nouns: Lemmas
    enactment_verbs: Lemmas
    cooperation_verbs: Lemmas
    cooperation_nouns: Lemmas
    hostile_nouns: Lemmas
    support_verbs: Lemmas
    support_verb_objects: Lemmas
    rejection_verbs: Lemmas
    deliverable_nouns: Lemmas
    nonfactive_verbs: Lemmas
    expectation_verbs: Lemmas
    preamble_verbs: Lemmas
    copular_subjects: Lemmas
    discourse_verbs_singular: Lemmas
    discourse_verbs_plural: Lemmas
    discourse_verbs_any_person: Lemmas
    discourse_objects: Lemmas
    negotiation_nouns: Lemmas
    negotiation_verbs: Lemmas
    meeting_nouns: Lemmas
    meeting_verbs: Lemmas
    study_nouns: Lemmas
    study_verbs: Lemmas
    conclusion_nouns: Lemmas
    plan_nouns: Lemmas
    causative_verbs: Lemmas
    infinitive_nouns: Lemmas


class InstrumentPhrases(Table, frozen=True):
    """instrument_roles.toml: words and phrases that are matched as they are written."""

    generic_adjectives: Words
    means: WordList
    examples: WordList


class SigningQuotes(Table, frozen=True):
    """instrument_roles.toml: the wording of signings."""

    trigger_stems: Regexes
    objects: Regexes


class InstrumentRoles(Lexicon, frozen=True):
    """instrument_roles.toml"""

    creation_words: Lemmas
    signing_words: Lemmas
    signable_nouns: Lemmas
    unnamed_body_nouns: Lemmas
    generic_nouns: Lemmas
    talk_nouns: Lemmas
    reporting_documents: Lemmas
    bundle_nouns: Lemmas
    collective_nouns: Lemmas
    list_signing_words: Lemmas
    list_exchange_words: Lemmas
    list_documents: Lemmas
    phrases: InstrumentPhrases
    signing_quotes: SigningQuotes


class ArmsTrade(Table, frozen=True):
    """domains.toml: words by which arms are a matter of industry."""

    stems: Regexes


class Domains(Lexicon, frozen=True):
    """domains.toml"""

    marks: Annotated[dict[Domain, tuple[str, ...]], Kind.PREFIX]
    weak_marks: Annotated[frozenset[str], Kind.PREFIX]
    strong_marks: Annotated[frozenset[str], Kind.PREFIX]
    arms_trade: ArmsTrade


class VerbClasses(Table, frozen=True):
    """specificity.toml: classes of verbs."""

    degree: Lemmas
    create: Lemmas
    transfer: Lemmas
    change: Lemmas
    effect: Lemmas
    stance: Lemmas


class NounClasses(Table, frozen=True):
    """specificity.toml: classes of nouns."""

    vague: Lemmas
    event: Lemmas
    body: Lemmas
    text: Lemmas
    programme: Lemmas
    money: Lemmas
    material: Lemmas


class AdjectiveClasses(Table, frozen=True):
    """specificity.toml: classes of adjectives."""

    vague: Words
    new: Words


class ContextWords(Table, frozen=True):
    """specificity.toml: words around a trigger."""

    past: Words
    recent: Words
    values: Words


class Specificity(Lexicon, frozen=True):
    """specificity.toml"""

    verbs: VerbClasses
    nouns: NounClasses
    adjectives: AdjectiveClasses
    inanimate_subjects: Lemmas
    underspecified_nouns: Lemmas
    amount_nouns: Lemmas
    context: ContextWords


# --- Titles ---------------------------------------------------------------------------------------------------------


class FunctionWords(Table, frozen=True):
    """anaphora.toml: words that join a noun to others."""

    demonstratives: Words
    non_referring: Words
    identifying: Words


class Anaphora(Lexicon, frozen=True):
    """anaphora.toml"""

    non_identifying_adjectives: Lemmas
    legislative_verbs: Lemmas
    vague_nouns: Lemmas
    function_words: FunctionWords
    kinds: Annotated[dict[str, tuple[str, ...]], Kind.LEMMA]
    """Nouns, each with others by which the same thing may have been named."""


LEXICONS: tuple[type[Lexicon], ...] = (
    Amounts, Anaphora, Bodies, CapitalisedNames, Clauses, Cues, Dates, Documents, Domains, InstrumentRoles, Instruments,
    Layout, Leaders, Organisations, Places, Programmes, Roles, Specificity, Spelling, States, Units,
)  # fmt: skip
