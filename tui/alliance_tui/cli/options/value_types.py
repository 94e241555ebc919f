"""Types of the values of options: functions that raise ArgumentTypeError for a wrong value."""

from __future__ import annotations

import argparse

from alliance_tui.documents.supported_years import parse_document_date

_MAX_NUMBER = 1_000_000


def document_date(text: str) -> str:
    try:
        return parse_document_date(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def csv_column_names() -> tuple[str, ...]:
    from alliance_tui.export.csv_rows import COLUMNS  # not at the top: the explorer does not need it

    return COLUMNS


def csv_columns(text: str) -> tuple[str, ...]:
    columns = tuple(name.strip() for name in text.split(",") if name.strip())
    if unknown := [name for name in columns if name not in csv_column_names()]:
        raise argparse.ArgumentTypeError(f"{unknown[0]!r} is no column: they are {', '.join(csv_column_names())}")
    return columns


def positive_number(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not 0 < number <= _MAX_NUMBER:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number above 0, at most {_MAX_NUMBER:,}")
    return number


def positive_integer(text: str) -> int:
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
    if not 0 < number <= _MAX_NUMBER:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number above 0, at most {_MAX_NUMBER:,}")
    return number


def port(text: str) -> int:
    number = positive_integer(text)
    if number >= 1 << 16:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port: a whole number from 1 to 65535")
    return number
