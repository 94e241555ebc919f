"""The table of keys in the README is what the registry says. Run as a script, this prints it."""

from __future__ import annotations

from pathlib import Path

from alliance_tui.explorer.actions import ACTIONS

README = Path(__file__).parents[2] / "README.md"
BEGIN, END = "<!-- keys -->", "<!-- /keys -->"


def keys_table() -> str:
    """The registry as a Markdown table."""
    rows = [(" ".join(f"`{key}`" for key in each.shown_keys.split()), each.help, each.where) for each in ACTIONS]
    return "\n".join(f"| {' | '.join(row)} |" for row in [("key", "does", "where"), ("---", "---", "---"), *rows])


def test_the_readme_tells_the_keys_of_the_registry() -> None:
    wanted = keys_table()
    _, _, rest = README.read_text().partition(f"{BEGIN}\n")
    told, end, _ = rest.partition(END)
    assert end, f"README.md has no lines {BEGIN} and {END} with this between them:\n{wanted}"
    assert told.strip() == wanted, f"README.md wants this between {BEGIN} and {END}:\n{wanted}"


if __name__ == "__main__":
    print(keys_table())
