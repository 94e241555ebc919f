"""Classification of candidates: features, model and decision."""
