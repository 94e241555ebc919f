"""`alliance-tui timeline`: what was promised when, and what falls due when."""

from __future__ import annotations

from alliance_tui.cli import console
from alliance_tui.cli.commands.undertakings.reading import read_undertakings
from alliance_tui.cli.options.arguments import Arguments
from alliance_tui.export.timelines import TIMELINE_FORMATS, ExportedTimeline, to_table
from alliance_tui.overviews.timeline import DatedRows, Grouping, Step, timeline


def run(arguments: Arguments) -> int:
    """Print the timeline of the undertakings that match the query; return the exit status."""
    undertakings = read_undertakings(arguments)
    grouping = Grouping(arguments.grouping)
    shown = timeline(DatedRows(undertakings.rows), Step(arguments.by), grouping)
    exported = ExportedTimeline(shown, grouping, undertakings.sources)
    if arguments.format == "table":
        chunks = to_table(exported, console.output_width(arguments.output))
    else:
        chunks = TIMELINE_FORMATS[arguments.format](exported)
    console.write_output(chunks, arguments.output)
    return int(not undertakings.is_complete)
