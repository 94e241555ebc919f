"""The register: one row for each undertaking of many documents, with its status and what gives it.

A status is never inferred from silence: that later documents do not state an undertaking is said beside its status.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from functools import cached_property

from msgspec import Struct

from alliance_tui.linking.setting import MAX_DAYS_OF_OCCASION
from alliance_tui.linking.words import stem_of
from alliance_tui.records import Domain, Strength
from alliance_tui.search.indexing.tokenizer import folded_words


class Statement(Struct, frozen=True, gc=False, array_like=True):
    """An agreement of a document, as one statement of an undertaking.

    `document` is the document's number in the library, `position` that of the agreement in its analysis. `date` is the
    document's, ISO, "" for an undated one. `earliest` and `latest` bound the deadline, ISO days; None without a year.
    `progress`, `is_done`, `is_limit`, `is_act` and `is_engagement` are what the evidence says of its status (see
    linking.status_words). `labels` are what the reader did with the agreement and with its document (see
    review.labels).
    """

    document: int
    position: int
    date: str
    title: str
    parties: tuple[str, ...]
    strength: Strength | None
    deadline: str | None = None
    earliest: str | None = None
    latest: str | None = None
    domain: Domain | None = None
    instrument: str | None = None
    reaffirms: bool = False
    progress: str = ""
    start: int = 0
    is_done: bool = True
    is_limit: bool = True
    is_act: bool = False
    is_engagement: bool = False
    labels: frozenset[str] = frozenset()

    @property
    def is_delivered(self) -> bool:
        """Whether it tells of something that is done."""
        return self.is_act or (self.strength is Strength.COMPLETED and self.is_done)

    @property
    def is_plain(self) -> bool:
        """Whether nothing in it says more of its status than that it is promised."""
        says_more = self.deadline or self.progress or self.reaffirms or self.is_delivered
        return not says_more


class Status(StrEnum):
    """What the documents at hand say has become of an undertaking."""

    PROMISED = "promised"
    REAFFIRMED = "reaffirmed"
    UNDER_WAY = "under way"
    DELIVERED = "delivered"
    OVERDUE = "overdue"


class Silence(Struct, frozen=True, gc=False):
    """That later documents with all its parties do not state an undertaking: since when, and how many they are."""

    since: str
    documents: int

    def describe(self) -> str:
        """Return a sentence that claims no more than is known."""
        those = "1 later document" if self.documents == 1 else f"{self.documents:,} later documents"
        return f"not mentioned since {self.since} in {those} with the same parties"


class RegisterContext:
    """What the status of every row depends on: a day, and the dates of documents by the parties they name."""

    def __init__(self, today: str, statements: Iterable[Statement]) -> None:
        self.today = today
        self._statements = statements
        self._sorted_dates: dict[tuple[str, ...], list[str]] = {}

    def later_documents(self, parties: tuple[str, ...], date: str) -> int:
        """Return how many documents after a day have undertakings of all these parties."""
        dates = self._dates_with(parties)
        return len(dates) - bisect_right(dates, date)

    def _dates_with(self, parties: tuple[str, ...]) -> list[str]:
        if parties not in self._sorted_dates:
            documents = set.intersection(*(self._documents_of.get(party, set()) for party in parties))
            self._sorted_dates[parties] = sorted(date for date, _ in documents)
        return self._sorted_dates[parties]

    @cached_property
    def _documents_of(self) -> dict[str, set[tuple[str, int]]]:
        """The dated documents of each party, each with its date."""
        documents: dict[str, set[tuple[str, int]]] = defaultdict(set)
        for statement in self._statements:
            if statement.date:
                for party in statement.parties:
                    documents[party].add((statement.date, statement.document))
        return documents


class RegisterRow(Struct, frozen=True, gc=False):
    """One undertaking. `statements` are in order of date.

    `confidence` is that of the least sure link between the statements, 1 for a single one. Status and silence are
    worked out when they are asked for: a register has many rows and a screen shows few.
    """

    statements: tuple[Statement, ...]
    context: RegisterContext
    confidence: float = 1.0

    @property
    def status(self) -> Status:
        """What has become of it."""
        is_plain = len(self.statements) == 1 and self.statements[0].is_plain  # most are: no rule need be asked
        return Status.PROMISED if is_plain else self.finding.status

    @property
    def finding(self) -> Finding:
        """The status with what gives it."""
        return find_status(self.statements, self.context.today)

    @property
    def silence(self) -> Silence | None:
        """That later documents do not state it; None if it is delivered, or if there is none that could."""
        if not self.parties or not self.last or self.status is Status.DELIVERED:
            return None
        later = self.context.later_documents(self.parties, self.last)
        return Silence(self.last, later) if later else None

    @property
    def title(self) -> str:
        """The title of the first statement."""
        return self.statements[0].title

    @property
    def parties(self) -> tuple[str, ...]:
        """The parties of the first statement that names any."""
        return next((each.parties for each in self.statements if each.parties), ())

    @property
    def first(self) -> str:
        """The date of the first statement; "" if no document has a date."""
        return self.statements[0].date

    @property
    def last(self) -> str:
        """The date of the last statement."""
        return self.statements[-1].date

    @property
    def documents(self) -> int:
        """How many documents state it."""
        return len({each.document for each in self.statements})

    @property
    def due(self) -> Statement | None:
        """The last statement with a deadline; None without one. A date from which something holds is none."""
        return next((each for each in reversed(self.statements) if each.deadline and each.is_limit), None)

    @property
    def strengths(self) -> tuple[Strength | None, ...]:
        """The strengths in order of time."""
        return tuple(each.strength for each in self.statements)


SPARKS = "▁▂▃▄▅▆▇"
"""The steps of a sparkline, by the rank of a strength."""


def sparkline(strengths: Sequence[Strength | None]) -> str:
    """Return strengths over time as one cell each; a blank for a statement without one."""
    return "".join(SPARKS[strength.rank] if strength else " " for strength in strengths)


class Finding(Struct, frozen=True, gc=False):
    """A status, what gives it in words, and the index of the statement that does."""

    status: Status
    reason: str
    evidence: int


def find_status(statements: Sequence[Statement], today: str) -> Finding:
    """Return the status of an undertaking by its statements, in order of date: the first rule that holds."""
    return (
        _delivered(statements)
        or _overdue(statements, today)
        or _under_way(statements)
        or _reaffirmed(statements)
        or _promised(statements)
    )


def _promised(statements: Sequence[Statement]) -> Finding:
    strength = statements[0].strength
    is_known = strength and strength is not Strength.COMPLETED  # what is completed is a promise only if it is not done
    return Finding(Status.PROMISED, _on(str(strength) if is_known else "stated", statements[0]), 0)


def _delivered(statements: Sequence[Statement]) -> Finding | None:
    """It is delivered if a statement says so, and under way if a later one states it again as something to be done."""
    for index in reversed(range(len(statements))):
        if statements[index].is_delivered:
            if _is_of_later_occasion(statements[-1].date, statements[index].date):
                return Finding(Status.UNDER_WAY, _on("completed", statements[index]) + ", stated again since", index)
            return Finding(Status.DELIVERED, _on("said to be completed", statements[index]), index)
    return None


def _is_of_later_occasion(later: str, earlier: str) -> bool:
    """Return whether a date is so much later than another that its document is not of the same occasion."""
    try:
        return (date.fromisoformat(later) - date.fromisoformat(earlier)).days > MAX_DAYS_OF_OCCASION
    except ValueError:  # undated
        return later > earlier


def _overdue(statements: Sequence[Statement], today: str) -> Finding | None:
    for index in reversed(range(len(statements))):
        due = statements[index]
        if due.deadline and due.is_limit:
            if due.latest and due.date <= due.latest < today and not _is_kept_unsaid(due):
                return Finding(Status.OVERDUE, f"due {due.deadline}; no document here says that it is done", index)
            return None
    return None


def _is_kept_unsaid(statement: Statement) -> bool:
    """Return whether it is an engagement, or for the occasion of its document.

    That such a time is past says nothing: these are kept, and hardly any document says so.
    """
    if statement.is_engagement:
        return True
    if not (statement.earliest and statement.latest):
        return False
    return statement.date <= statement.earliest and not _is_of_later_occasion(statement.latest, statement.date)


def _under_way(statements: Sequence[Statement]) -> Finding | None:
    for index in reversed(range(len(statements))):
        if statements[index].progress:
            return Finding(Status.UNDER_WAY, _on(f"“{statements[index].progress}”", statements[index]), index)
    return None


def _reaffirmed(statements: Sequence[Statement]) -> Finding | None:
    last = len(statements) - 1
    if _is_of_later_occasion(statements[last].date, statements[0].date):
        return Finding(Status.REAFFIRMED, _on("stated again", statements[last]), last)
    for index, statement in enumerate(statements):
        if statement.reaffirms and not _makes_anew(statement):
            return Finding(Status.REAFFIRMED, _on("said to restate an earlier undertaking", statement), index)
    return None


def _makes_anew(statement: Statement) -> bool:
    """Return whether what it undertakes is itself to renew or to remain, which restates nothing."""
    return any(stem_of(word) in _MAKING_ANEW for word in folded_words(statement.title)[:1])


_MAKING_ANEW = frozenset(map(stem_of, ("renew", "remain")))


def _on(words: str, statement: Statement) -> str:
    return f"{words} on {statement.date}" if statement.date else words


class Change(Struct, frozen=True):
    """A field in which a statement differs from the one before."""

    field: str
    before: str
    after: str


_COMPARED: Mapping[str, Callable[[Statement], str]] = {
    "strength": lambda statement: str(statement.strength or ""),
    "deadline": lambda statement: statement.deadline or "",
    "parties": lambda statement: ", ".join(statement.parties),
}


def changes(before: Statement, after: Statement) -> tuple[Change, ...]:
    """Return what a later statement changed."""
    pairs = ((field, of(before), of(after)) for field, of in _COMPARED.items())
    return tuple(Change(field, one, other) for field, one, other in pairs if one != other)
