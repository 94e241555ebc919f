"""Which parties the noun phrases of a document stand for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from alliance_tui.extraction.lexicon import load
from alliance_tui.extraction.lexicon.schemas import Organisations, States
from alliance_tui.extraction.mentions.gazetteer import gazetteer
from alliance_tui.extraction.mentions.name_lexicon import roles
from alliance_tui.extraction.mentions.offices import state_titles, states_by_office
from alliance_tui.extraction.mentions.people import PersonIndex
from alliance_tui.extraction.nlp.spacy_pipeline import Passage
from alliance_tui.extraction.parties.noun_phrases import (
    NOMINAL_SUBJECTS,
    cardinality,
    comitative_parties,
    has_restrictive_clause,
    included_examples,
    is_definite,
    is_newly_counted,
    meeting_counterpart,
    office_title,
    phrase_text,
    possessor_of_announcement,
    recipients,
)
from alliance_tui.extraction.parties.party_mapping import PartyNames, party_of, state_groups
from alliance_tui.extraction.parties.party_mentions import MentionLookup, PartyMentions
from alliance_tui.extraction.parties.speaker_inference import infer_speaker_parties
from alliance_tui.extraction.parties.speaker_parties import find_speaker_parties, state_of_unnamed_official
from alliance_tui.records import EntityType

if TYPE_CHECKING:
    from spacy.tokens import Token

_I = {"i", "me", "my", "myself"}
_WE = {"we", "us", "our", "ours", "ourselves"}
_THEY = {"they", "them", "their", "theirs", "themselves"}
_ONE = {"he", "she", "him", "her", "his"}
_IT = {"it", "its", "itself"}
_PRONOUNS = _I | _WE | _THEY | _ONE | _IT
_ALL = {"all", "both", "each"}
_OF_TWO = {"former": slice(0, 1), "latter": slice(1, 2)}
_STATE = EntityType.STATE
_FIRMS = {EntityType.ORGANISATION}
_OF_ADMINISTRATION = "United States"
"""Whose government is called "the Administration"."""
_DEEPEST = 2
"""How often the search for what a word stands for may lead to another such word."""


class Issuer(NamedTuple):
    """Whose the document is: the state `at_home`, where that is known, and the `office` of which its title tells
    without its holder’s name ("the Prime Minister"), which acts for the first principal.
    """

    state: PartyNames
    office: str | None


class PartyResolver:
    """Resolves noun phrases of one document to parties."""

    def __init__(
        self, text: str, table: MentionLookup, people: PersonIndex, passages: Sequence[Passage], issuer: Issuer
    ) -> None:
        self._text = text
        self._table = table
        self._people = people
        self._issuer = issuer
        self._borne = {title for person in people.by_name.values() for title in person.titles}
        self._passages = list(passages)
        self._named = PartyMentions(text, table, people)
        self._voices = find_speaker_parties(passages, people)
        self._voices |= infer_speaker_parties(passages, table.document_parties, self._voices, self._named.parties_at)
        self._states_of_offices = states_by_office(text)
        self._depth = 0
        self._resolved: dict[tuple[int, int, int], PartyNames] = {}
        self._place = {id(passage): i for i, passage in enumerate(self._passages)}

    def holder(self, office: Token) -> str | None:
        """See EntityTable.holder."""
        words = office_title(office)
        named = [p.name for p in self._people.by_name.values() if any(f" {t}".endswith(f" {words}") for t in p.titles)]
        return named[0] if len(named) == 1 else None

    def resolve(self, passage: Passage, token: Token) -> PartyNames:
        """See EntityTable.resolve."""
        place = (id(passage), token.i, self._depth)
        if place not in self._resolved:  # a chain of "the two sides" would else be followed anew from each of them
            found: dict[str, None] = {}
            for head in (token, *(t for t in token.conjuncts if t.i > token.i), *comitative_parties(token)):
                for name in self._one(passage, head):
                    found.update(dict.fromkeys(self._table.group_members.get(name, (name,))))
            self._resolved[place] = self._for_their_states(tuple(found), passage, token)
        return self._resolved[place]

    def _for_their_states(self, names: PartyNames, passage: Passage, token: Token) -> PartyNames:
        """For as many leaders of whom the text does not say which leads which, the principals, else as many states as
        acted before; else the same names.
        """
        leading = [self._people.by_name.get(name) for name in names]
        unknown = all(one is not None and one.represents is None and one.titles & state_titles() for one in leading)
        if len(names) < 2 or not unknown:
            return names
        if len(names) == len(self._table.document_parties):
            return self._table.document_parties
        acted = self._antecedent(passage, token, at_least=len(names), at_most=len(names))
        return acted if acted and all(name in load(States).states for name in acted) else names

    def _one(self, passage: Passage, token: Token) -> PartyNames:
        word = token.lower_
        if word in _PRONOUNS and token.text != "US":
            return self._pronoun(passage, token)
        named = self._named.enumerated_parties_at(passage, token)
        if found := self._ours(passage, token, named) or named:
            return found
        if word in roles().offices.descriptions and token.doc[token.i + 1 : token.i + 2].text.istitle():
            return self._named.enumerated_parties_at(passage, token.nbor())  # "his French counterpart Ana Ruiz"
        if token.dep_ == "compound":  # the title in "President Otieno" heads nothing
            return ()
        for child in token.children:  # "the Italian company, Fiat"
            if child.dep_ == "appos" and (renamed := self._named.enumerated_parties_at(passage, child)):
                return renamed
        if (word in roles().group_nouns.parties or word in _ALL) and (members := self._members(passage, token)):
            return members
        if word in roles().group_nouns.organisations and is_definite(token):
            return self._organisations(passage, token)
        if word in roles().group_nouns.unnamed_organisations or (
            word in roles().group_nouns.organisations and included_examples(token)
        ):
            return self._unnamed(passage, token)
        if word in _OF_TWO:
            return self._antecedent(passage, token, at_least=2, at_most=2)[_OF_TWO[word]]
        return self._by_role(passage, token)

    def _ours(self, passage: Passage, token: Token, named: PartyNames) -> PartyNames:
        """For whom "our Treasury" or "our High Commissioner" acts, which may be `named`: the speaker’s state, else the
        one at home.
        """
        agency = any(naming.type in _FIRMS for naming in self._named.mentions_at(passage, token))
        office = token.tag_ in {"NN", "NNP"} and token.lower_ in roles().government.nouns
        if not (agency or (office and not named)) or not any(child.lower_ == "our" for child in token.lefts):
            return ()
        voice = self._voice(passage)
        at_home = self._issuer.state if token.tag_ in {"NN", "NNP"} else ()
        return (voice,) if voice else tuple(name for name in at_home if name in self._table.document_parties)

    def _voice(self, passage: Passage) -> str | None:
        """For whom the speaker of a passage acts, where that is known."""
        return self._voices.get(passage.segment.speaker or "")

    def _pronoun(self, passage: Passage, token: Token) -> PartyNames:
        word = token.lower_
        owner = None if word in _I | _WE else possessor_of_announcement(token)
        if owner is not None:
            return self.resolve(passage, owner)
        voice = self._voice(passage)
        if word in _I:
            return (voice,) if voice else self._table.document_parties[:1] if passage.segment.speaker else ()
        if word in _WE:
            if voice is None and (reported := self._reporter(passage, token)):
                return reported
            return (voice,) if voice and self._speaks_alone(voice, passage, token) else self._table.document_parties
        if word in _THEY:
            told = self._organisation_telling(passage, token)
            return told or self._antecedent(passage, token, at_least=2) or self._table.document_parties
        if word in _ONE:
            return self._antecedent(passage, token, at_least=1)[:1]
        return self._antecedent(passage, token, at_least=1, at_most=1) or self._last(passage, token, _FIRMS)

    def _speaks_alone(self, voice: str, passage: Passage, we: Token) -> bool:
        """Whether "we" is the speaker’s state alone: an unnamed official’s, it is no principal, acts by name in the
        sentence before, or does something for another one of them.
        """
        if state_of_unnamed_official(passage.segment.speaker or "") or voice not in self._table.document_parties:
            return True
        if self._names_itself(voice, passage, we):
            return True
        told = recipients(we.head) if we.dep_ in NOMINAL_SUBJECTS else ()
        helped = {name for other in told for name in self._named.parties_at(passage, other)}
        return bool(helped & set(self._table.document_parties) - {voice})

    def _names_itself(self, voice: str, passage: Passage, we: Token) -> bool:
        """Whether the speaker’s state acts by name before "we": "Norland will help, and we will send ships"."""
        before = (token for token in we.doc[we.sent.start : we.i] if token.dep_ in NOMINAL_SUBJECTS)
        return any(voice in self._named.parties_at(passage, token) for token in before)

    def _members(self, passage: Passage, token: Token) -> PartyNames:
        """What "the leaders of A and B", "the two sides", "our three countries" stand for."""
        of = (below for child in token.children if child.lower_ in {"of", "from"} for below in child.children)
        if named := next((names for one in of if one.dep_ == "pobj" and (names := self.resolve(passage, one))), ()):
            return named
        if own := self._modifiers(passage, token):
            return own
        if any(child.lower_ == "other" for child in token.lefts):
            return ()  # "the Quad and other partners"
        if alliance := self._alliance(passage, token):
            return alliance
        whose = next((child for child in token.lefts if child.lower_ in _ONE), None)
        if whose is not None and token.tag_ == "NN":
            return self._pronoun(passage, whose)  # "his country"
        if token.lower_ in _ALL:
            return self._table.document_parties if any(t.lower_ in _WE for t in token.subtree) else ()
        if token.tag_ not in {"NNS", "NNPS"} and token.lower_ not in {"pair", "duo", "trio"}:
            return ()
        wanted = cardinality(token)
        principals = self._table.document_parties
        if wanted != len(principals) and is_newly_counted(token):
            return (phrase_text(token),)
        if has_restrictive_clause(token):
            return (token.doc[token.left_edge.i : token.right_edge.i + 1].text,)
        if len(principals) == wanted or (wanted is None and (len(principals) != 1 or principals[0] in state_groups())):
            return principals
        meant = self._antecedent(passage, token, at_least=wanted or 2, at_most=wanted or 99)
        return meant if meant and self._may_be(token, meant) else principals

    def _alliance(self, passage: Passage, token: Token) -> PartyNames:
        """The alliance named last before "our Allies"; none for "its Allies"."""
        theirs = any(child.dep_ == "poss" and child.lower_ != "our" for child in token.lefts)
        if token.text != "Allies" or token.is_sent_start or theirs:
            return ()
        listed = load(Organisations).alliances
        before = self._table.mentions_before(passage.offset + token.idx)
        return next(((naming.name,) for naming in before if naming.name in listed), ())

    @staticmethod
    def _may_be(token: Token, names: PartyNames) -> bool:
        """Whether those named may be what the word says: "the two governments" are no firms."""
        if token.lower_ not in roles().group_nouns.states:
            return True
        known = (gazetteer().get(name) for name in names)
        return all(one is not None and (one.type is _STATE or one.name in state_groups()) for one in known)

    def _modifiers(self, passage: Passage, token: Token) -> PartyNames:
        """The states named in the words before the head: "Japanese and Korean leaders", "U.S. officials"."""
        left = token.left_edge.idx
        states = [f.entry.name for f in gazetteer().find(passage.text[left : token.idx]) if f.entry.type is _STATE]
        if not states:  # "the Obama administration", "Quad partners"
            before = self._table.mentions_in(passage.offset + left, passage.offset + token.idx)
            named = ((n, party_of(n, self._people)) for n in before)
            whole = token.lower_ == "members"
            states = [
                p for n, p in named if p and (whole or p != n.name or n.type is EntityType.BODY or p in state_groups())
            ]
        return tuple(dict.fromkeys(states))

    def _by_role(self, passage: Passage, token: Token) -> PartyNames:
        """An office ("the President"), a government word with its state, an organisation word ("the company")."""
        if token.lower_ in roles().government.nouns:
            if own := self._modifiers(passage, token):
                return own
            whose = next((child for child in token.lefts if child.lower_ in _ONE | _IT | _THEY), None)
            if whose is not None:
                return self._pronoun(passage, whose)
            if token.lower_ in {"government", "administration"} and is_definite(token):
                return self._government(passage, token)
        if holder := self._office_acts_for(passage, token):
            return (holder,)
        if token.lower_ in roles().group_nouns.organisation_anaphors and is_definite(token):
            return self._firm(passage, token)
        return ()

    def _firm(self, passage: Passage, token: Token) -> PartyNames:
        """Whom "the company" means: the firm that acted last, else the one last named."""
        for other, subject in self._subjects_before(passage, token):
            named = self._named.mentions_at(other, subject)
            if named and named[-1].type in _FIRMS:
                return (named[-1].name,)
        return self._last(passage, token, _FIRMS)

    def _reporter(self, passage: Passage, token: Token) -> PartyNames:
        """For whom one person speaks whose words are told: "President Moreno pledged that we will …"."""
        for verb in token.ancestors:
            if verb.dep_ == "ccomp" and any(child.dep_ == "mark" for child in verb.children):
                speaker = next((child for child in verb.head.lefts if child.dep_ == "nsubj"), None)
                told = verb.head.lemma_ in roles().party_verbs.speech
                if told and speaker is not None and self._is_person(passage, speaker):
                    return names if len(names := self.resolve(passage, speaker)) == 1 else ()
        return ()

    def _organisation_telling(self, passage: Passage, they: Token) -> PartyNames:
        """The organisation that says what "they" will do: "The Bank of Norland has said that they plan"."""
        if they.dep_ not in NOMINAL_SUBJECTS or they.head.dep_ != "ccomp":
            return ()
        lefts = (child for child in they.head.head.lefts if child.i < they.i and child.dep_ == "nsubj")
        tellers = (child for child in lefts if not child.conjuncts)
        namings = (naming for teller in tellers for naming in self._named.mentions_at(passage, teller))
        told = (self._named.party_of_mention(n) for n in namings if n.type is EntityType.ORGANISATION)
        return tuple(name for name in told if name)

    def _is_person(self, passage: Passage, token: Token) -> bool:
        named = self._named.mentions_at(passage, token)
        return token.lower_ in {"he", "she"} or any(naming.type is EntityType.PERSON for naming in named)

    def _government(self, passage: Passage, token: Token) -> PartyNames:
        """The state that "the government" means: the only principal, else the state last named."""
        if len(self._table.document_parties) == 1:
            return self._table.document_parties
        if token.text == "Administration" and _OF_ADMINISTRATION in self._table.document_parties:
            return (_OF_ADMINISTRATION,)
        return self._last(passage, token, {EntityType.STATE})

    def _organisations(self, passage: Passage, token: Token) -> PartyNames:
        """Whom "the two agencies" means: the organisations last named, as many as it says."""
        before = self._table.mentions_before(passage.offset + token.idx)
        wanted = cardinality(token) or 2
        if token.lower_ == "ministries" and wanted == len(self._table.document_parties):
            return self._table.document_parties
        names = tuple(dict.fromkeys(n.name for n in before if n.type is EntityType.ORGANISATION))
        return names[:wanted][::-1] if len(names) >= wanted else ()

    def _unnamed(self, passage: Passage, token: Token) -> PartyNames:
        """Firms told by their state or number alone, in the words of the text: "U.S. companies", "61 organizations"."""
        left, text = token.left_edge.idx, passage.text
        if some := included_examples(token):
            return tuple(dict.fromkeys(name for one in some for name in self.resolve(passage, one)))
        states = [f for f in gazetteer().find(text[left : token.idx]) if f.entry.type is _STATE]
        if not states and is_newly_counted(token):
            return (phrase_text(token),)
        if len(states) == 1:
            return (text[left + states[0].start : token.idx + len(token)],)
        return tuple(f"{text[left + f.start : left + f.end]} {token.text}" for f in states)

    def _office_acts_for(self, passage: Passage, token: Token) -> str | None:
        """For whom the holder of the office acts: the nameless one of the title; the person last named who bears it,
        before all one of the only principal; else the principal of whose office alone the text tells ("the Emir of
        Norland").
        """
        words, principals = office_title(token), self._table.document_parties
        if words == self._issuer.office and is_definite(token) and not any(t.lower_ == "of" for t in token.rights):
            return next(iter(principals), None)
        if words in self._borne:
            before = self._table.mentions_before(passage.offset + token.idx)
            persons = (self._people.find(naming.name) for naming in before if naming.type is EntityType.PERSON)
            holders = [person for person in persons if person and words in person.titles]
            own = next((person for person in holders if (person.represents,) == principals), None)
            if holder := own or next(iter(holders), None):
                return holder.represents or holder.name
        states = self._states_of_offices.get(words, set())
        return next(iter(states)) if len(states) == 1 and states <= set(principals) else None

    def _last(self, passage: Passage, token: Token, types: set[EntityType]) -> PartyNames:
        before = self._table.mentions_before(passage.offset + token.idx)
        return next(((n.name,) for n in before if n.type in types), ())

    def _antecedent(self, passage: Passage, token: Token, *, at_least: int, at_most: int = 99) -> PartyNames:
        """The nearest earlier subject in this or the two passages before that stands for so many parties."""
        if self._depth == _DEEPEST:
            return ()
        self._depth += 1
        try:
            for other, subject in self._subjects_before(passage, token):
                names = self.resolve(other, subject) if subject.pos_ != "PRON" else ()
                if at_least > 1 and subject.tag_ in {"NNS", "NNPS"} and state_groups().issuperset(names[:1]) and names:
                    return names  # "Heads of Government": the group’s
                if len(names) < at_least and (met := meeting_counterpart(subject)) is not None:
                    names = tuple(dict.fromkeys((*names, *self.resolve(other, met))))
                if at_least <= len(names) <= at_most:
                    return names
        finally:
            self._depth -= 1
        return ()

    def _subjects_before(self, passage: Passage, token: Token) -> Iterator[tuple[Passage, Token]]:
        """The subjects of this passage before the token and of the two passages before it, the nearest first."""
        here = self._place.get(id(passage), 0)
        for back in range(min(3, here + 1)):
            other = self._passages[here - back]
            for subject in self._subjects(other, token if back == 0 else None):
                yield other, subject

    @staticmethod
    def _subjects(passage: Passage, before: Token | None) -> Iterator[Token]:
        """The subjects in a passage before a token, the nearest first."""
        limit = before.i if before is not None else len(passage.doc)
        for i in range(limit - 1, -1, -1):
            if passage.doc[i].dep_ in NOMINAL_SUBJECTS:
                yield passage.doc[i]
