"""The serialisation of the model, and the model that is shipped; without spaCy's model."""

from __future__ import annotations

import io

import pytest
from msgspec import structs

from alliance_tui.extraction.commitments.classification.model_file import read_model, shipped_model, write_model
from alliance_tui.training.trainer import THRESHOLD, fit
from tests.support.training_examples import FEATURE_EXAMPLES, WORD_EXAMPLES


def test_the_shipped_model_has_a_threshold_a_calibration_and_words() -> None:
    model = shipped_model()
    assert model.threshold == THRESHOLD and model.calibration[0] > 0 and len(model.weights) > 100
    assert model.network is not None and {"establish", "treaty"} <= set(model.network.word_rows)


def test_a_model_is_read_as_it_was_written_up_to_quantisation() -> None:
    model, file = fit(WORD_EXAMPLES), io.BytesIO()
    write_model(structs.replace(model, calibration=(0.9, -0.2)), file)
    file.seek(0)
    again = read_model(file)
    assert (again.calibration, again.threshold) == ((0.9, -0.2), THRESHOLD)
    assert again.weights == model.weights and list(again.weights) == list(model.weights)
    for example in WORD_EXAMPLES:
        before = model.probabilities(example.features, example.context)
        assert again.probabilities(example.features, example.context) == pytest.approx(before, abs=0.01)


def test_a_model_without_words_is_not_written() -> None:
    file = io.BytesIO()
    with pytest.raises(ValueError, match="nothing was learnt"):
        write_model(fit(FEATURE_EXAMPLES), file)
    assert not file.getvalue()
