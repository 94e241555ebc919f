"""The encoder's file: an ONNX model with its vocabulary and its calibration, run by ONNX Runtime."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import msgspec

from alliance_tui.extraction.data_folders import BUILT_IN
from alliance_tui.extraction.encoder.word_pieces import WordPieces

ENCODER_FILES = "encoder-*.onnx"
"""The pattern of the file's name, which has the digest of its content: so its fingerprint needs no reading."""
VOCABULARY_KEY, CALIBRATION_KEY = "vocabulary", "calibration"
"""Keys of the file's metadata."""


class EncoderModel:
    """The encoder as ONNX Runtime runs it: one window at a time, in one thread, so that results are reproducible.

    Attributes:
        word_pieces: Cuts texts into its pieces.
        calibration: Slope and intercept of Platt scaling of the log odds of an agreement, fitted on held-out events.
    """

    def __init__(self, content: bytes) -> None:
        import onnxruntime  # in a tenth of a second; what extracts nothing does without

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
        metadata = self._session.get_modelmeta().custom_metadata_map
        self.word_pieces = WordPieces(metadata[VOCABULARY_KEY].split("\n"))
        self.calibration = msgspec.json.decode(metadata[CALIBRATION_KEY], type=tuple[float, float])

    def outputs(self, pieces: Sequence[int]) -> Any:
        """Return the outputs of all heads for the pieces of a window, as pieces × outputs."""
        import numpy as np

        (outputs,) = self._session.run(None, {"pieces": np.array(pieces, np.int64)})
        return outputs


@cache
def shipped_encoder() -> EncoderModel:
    """Return the encoder of the installed package."""
    return EncoderModel(next(BUILT_IN.glob(ENCODER_FILES)).read_bytes())
