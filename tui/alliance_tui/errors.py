"""What can go wrong, told to the reader in one sentence: what, which file, what to do."""


class AllianceError(Exception):
    """The base of every error that a reader may meet; `str(error)` is the sentence shown."""


class UngroundedRecordError(AllianceError):
    """A record whose quote is not what the document says at its span."""


class DocumentError(AllianceError):
    """A document that cannot be read."""


class ModelError(AllianceError):
    """A spaCy pipeline that is missing or cannot be loaded."""


class ExtractionError(AllianceError):
    """The extraction stopped before its end."""


class LibraryError(AllianceError):
    """The library's file cannot be used."""


class UsageError(AllianceError):
    """A command or an option that does not make sense as given."""


class TerminalError(UsageError):
    """The explorer asked for where there is no terminal."""
