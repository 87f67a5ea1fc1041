"""What the screens may import, and how text may reach a widget."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import stylistdesk.ui

UI = Path(stylistdesk.ui.__file__).parent
MODULES = sorted(UI.rglob("*.py"))
TAKES_TEXT = {
    "Static",
    "Label",
    "Button",
    "Option",
    "notify",
    "Selection",
    "Markdown",
    "Content",
    "from_markup",
    "Text",
}


def test_the_first_frame_needs_no_database() -> None:
    program = (
        "import sys, stylistdesk.ui.app\n"
        "bad = [m for m in ('sqlmodel', 'sqlalchemy', 'pydantic', 'alembic', 'stylistdesk.db', 'stylistdesk.desk',"
        " 'textual_fspicker', 'phonenumbers', 'babel') if m in sys.modules]\n"
        "print(bad); sys.exit(bool(bad))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(UI)))
def test_text_reaches_a_widget_only_through_ui_text(module: Path) -> None:
    """Widgets that take markup get a literal, or `text.content(…)`; titles of borders too."""
    if module.name == "text.py":
        return
    tree = ast.parse(module.read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name in TAKES_TEXT:
                assert all(_safe(arg) for arg in node.args), f"{module.name}:{node.lineno}: {name}"
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Attribute) and target.attr in ("border_title", "border_subtitle", "tooltip"):
                    assert _safe(node.value), f"{module.name}:{node.lineno}: {target.attr}"


def _safe(value: ast.expr) -> bool:
    if isinstance(value, ast.Constant):
        return True
    return (
        isinstance(value, ast.Call)
        and isinstance(value.func, ast.Attribute)
        and isinstance(value.func.value, ast.Name)
        and value.func.value.id == "text"
    )


def test_colours_are_theme_variables() -> None:
    for sheet in UI.rglob("*.tcss"):
        words = sheet.read_text("utf-8")
        assert "#1" not in words
        assert "rgb(" not in words
        for line in words.splitlines():
            if "color:" in line or "background:" in line:
                assert "$" in line or "transparent" in line, f"{sheet.name}: {line}"


def test_no_module_is_longer_than_a_reader_holds_in_the_head() -> None:
    for module in MODULES:
        assert len(module.read_text("utf-8").splitlines()) <= 330, module.name
