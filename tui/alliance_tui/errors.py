"""The errors that a user may see. Each message is one sentence: what failed, which file, what to do."""


class AllianceError(Exception):
    """The base class of all errors shown to a user; `str(error)` is the sentence shown."""


class UngroundedRecordError(AllianceError):
    """A record whose quote differs from the document's text at its span."""


class DocumentError(AllianceError):
    """A document that cannot be read."""


class ModelError(AllianceError):
    """A spaCy pipeline that is missing or cannot be loaded."""


class ExtractionError(AllianceError):
    """An extraction that ended early."""


class ClusterError(AllianceError):
    """A cluster that cannot be used, or no more."""


class LexiconError(AllianceError):
    """A lexicon that cannot be used."""


class LibraryError(AllianceError):
    """A library file that cannot be used."""


class OutputError(AllianceError):
    """Standard output that cannot be written."""


class UsageError(AllianceError):
    """Command-line arguments that contradict each other or are out of range."""


class TerminalError(UsageError):
    """The explorer was started without a terminal."""


UNEXPECTED_FAILURE = "the extraction failed on it: run “alliance-tui extract --debug” on it and report what it prints"
"""The reason printed after "could not be analysed: " for an error that is not an AllianceError."""
