"""Classification of candidates: agreement, declaratory or nothing."""
