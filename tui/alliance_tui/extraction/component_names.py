"""Names of the extraction's spaCy components, in their order; importing them imports no spaCy."""

from __future__ import annotations

LAYOUT, PARSER, ENTITIES = "alliance_layout", "alliance_parser", "alliance_entities"
SUGGESTER, ENCODER = "alliance_suggester", "alliance_encoder"
CLASSIFIER, FIELDS = "alliance_classifier", "alliance_fields"
SPANS = "alliance_spans"
COMPONENTS = (LAYOUT, PARSER, ENTITIES, SUGGESTER, ENCODER, CLASSIFIER, FIELDS, SPANS)
