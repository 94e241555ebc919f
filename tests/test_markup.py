"""No text of a document is ever taken for markup: a lint of every call that would parse what it is given.

Textual parses markup in a string given to Static, notify, border_title and others, and `[/` in a document then
crashes the program. So these take a constant, a `Content` (or what is annotated to be one), or `markup=False`.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

# The import contracts let no other part know Textual.
PARTS = ("explorer", "terminal")
SOURCES = sorted(
    path for part in PARTS for path in (Path(__file__).parent.parent / "tui" / "alliance_tui" / part).rglob("*.py")
)
PARSING_CALLS = {
    *("Static", "Label", "Button", "Option", "Link", "Checkbox", "RadioButton", "Digits", "Toast", "TabPane", "Tab"),
    *("Collapsible", "Tree", "SelectionList", "Selection", "OptionList", "DataTable", "RichLog", "Footer", "Header"),
    *("notify", "update", "from_markup", "set_label", "add_leaf", "add_option", "add_row", "add_column", "write_line"),
}
PARSING_ATTRIBUTES = {"border_title", "border_subtitle", "tooltip", "label", "content", "loading_message"}
SAFE_TYPES = {"Content", "Text", "Strip"}


def name_of(node: ast.AST | None) -> str:
    """The last name of a name, an attribute, a call or an annotation."""
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case ast.Call(func=function):
            return name_of(function)
        case ast.Constant(value=str(annotation)):
            return annotation.split("[")[0]
        case ast.BinOp(left=left, op=ast.BitOr()):
            return name_of(left)
    return ""


def safe_functions() -> set[str]:
    """The names of the functions and methods that are annotated to return content, in every place of that name."""
    safe: dict[str, bool] = {}
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                returns = name_of(node.returns) in SAFE_TYPES
                safe[node.name] = returns and safe.get(node.name, True)
    return {name for name, is_safe in safe.items() if is_safe}


class Markup(ast.NodeVisitor):
    """Finds what might be parsed as markup in one file."""

    def __init__(self, safe: set[str]) -> None:
        self.safe = safe
        self.annotated: set[str] = set()
        self.found: list[tuple[int, str]] = []

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        before = self.annotated
        arguments = (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)
        self.annotated = before | {each.arg for each in arguments if name_of(each.annotation) in SAFE_TYPES}
        for child in ast.walk(node):
            if (
                isinstance(child, ast.Assign)
                and self.is_safe(child.value)
                and not isinstance(child.value, ast.Constant)
            ):
                self.annotated |= {target.id for target in child.targets if isinstance(target, ast.Name)}
        self.generic_visit(node)
        self.annotated = before

    def visit_Call(self, node: ast.Call) -> None:
        name = name_of(node.func)
        if name in PARSING_CALLS and not any(is_false(each) for each in node.keywords):
            labels = [each.value for each in node.keywords if each.arg in ("label", "content", "prompt", "message")]
            for argument in (*node.args[:1], *labels):
                if not self.is_safe(argument):
                    self.found.append((node.lineno, f"{name}({ast.unparse(argument)})"))
        self.generic_visit(node)

    def visit_Assign(self, node: ast.Assign) -> None:
        for target in node.targets:
            if isinstance(target, ast.Attribute) and target.attr in PARSING_ATTRIBUTES and not self.is_safe(node.value):
                self.found.append((node.lineno, f"{ast.unparse(target)} = {ast.unparse(node.value)}"))
        self.generic_visit(node)

    def is_safe(self, value: ast.AST) -> bool:
        """Whether the value is no markup, or markup that no document had a part in."""
        match value:
            case ast.Constant() | ast.Tuple() | ast.List() | ast.GeneratorExp():
                return True  # no document's text; and no text at all
            case ast.Name(id=name):
                return name in self.annotated
            case ast.Call(func=ast.Attribute(value=ast.Name(id=owner), attr=method)) if owner in SAFE_TYPES:
                return method != "from_markup" or all(isinstance(each, ast.Constant) for each in value.args)
            case ast.Call():
                return name_of(value) in SAFE_TYPES | self.safe
            case ast.IfExp(body=one, orelse=other):
                return self.is_safe(one) and self.is_safe(other)
        return False


def is_false(keyword: ast.keyword) -> bool:
    return keyword.arg == "markup" and isinstance(keyword.value, ast.Constant) and keyword.value.value is False


def markup_in(source: str, safe: set[str]) -> Iterator[tuple[int, str]]:
    """The line and the source of each call or assignment that might parse foreign text."""
    finder = Markup(safe)
    finder.visit(ast.parse(source))
    yield from finder.found


SAFE_FUNCTIONS = safe_functions()


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_no_foreign_text_is_taken_for_markup(path: Path) -> None:
    assert list(markup_in(path.read_text(encoding="utf-8"), SAFE_FUNCTIONS)) == []


@pytest.mark.parametrize(
    "source",
    [
        'Static(f"{title}")',
        "Static(title)",
        "widget.update(document.text)",
        'self.notify("cannot read " + path)',
        'self.notify("%s" % path)',
        "Content.from_markup(text)",
        'Content.from_markup(f"[b]{text}[/b]")',
        'pane.border_title = f"{count} in {name}"',
        "pane.tooltip = quote",
        "Option(entity.name)",
        "button = Button(label=name)",
        "def show(text: str) -> None:\n    Static(text)",
        "Static(escape(text))",
    ],
)
def test_the_lint_finds(source: str) -> None:
    assert list(markup_in(source, set()))


@pytest.mark.parametrize(
    "source",
    [
        'Static("[b]Search[/b]")',
        "Static(Content(title))",
        "Static(title, markup=False)",
        'Content.from_markup("[b]$title[/b]", title=title)',
        "self.notify(path, markup=False)",
        "pane.border_title = Content(name)",
        'pane.border_title = Content.assemble(name, " ", count)',
        "def show(line: Content) -> None:\n    Static(line)",
        "def show(name: str) -> None:\n    line = Content(name)\n    Static(line)",
        "pane.border_title = heading(name)",
    ],
)
def test_the_lint_lets_pass(source: str) -> None:
    assert not list(markup_in(source, {"heading"}))
