# SPDX-License-Identifier: Apache-2.0
"""What each stop of the tour shows, as gestures; points are image px of the demo. Words are in tour.toml."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tests.e2e.editor_page import EditorPage, Point

STREET, TABLE, NUCLEI = "Street", "Café table", "Nuclei"
TRUCK = (330.0, 200.0)
PICK_UP = [(512, 200), (545, 196), (610, 192), (616, 208), (632, 232), (632, 266), (520, 268), (509, 250)]


def nothing(_editor: EditorPage) -> None:
    return None


@dataclass(frozen=True)
class Stop:
    """`use` ends in the state that is pictured; `leave` brings back what the next stop expects."""

    name: str
    use: Callable[[EditorPage], None]
    tool: str = ""
    picture: str = STREET
    leave: Callable[[EditorPage], None] = nothing


def click(editor: EditorPage, *points: Point) -> None:
    for point in points:
        editor.page.mouse.click(*editor.screen(point))


def hover(editor: EditorPage, point: Point) -> None:
    x, y = editor.screen(point)
    editor.page.mouse.move(x - 3, y)
    editor.page.mouse.move(x, y)


def hold(editor: EditorPage, points: Sequence[Point]) -> None:
    """Drag without letting go: the picture shows the gesture in its midst."""
    path = [editor.screen(point) for point in points]
    mouse = editor.page.mouse
    mouse.move(*path[0])
    mouse.down()
    for x, y in path[1:]:
        mouse.move(x, y, steps=6)


def let_go_and_undo(editor: EditorPage) -> None:
    editor.key("Escape")
    editor.page.mouse.up()
    editor.wait_saved()


def undo(editor: EditorPage) -> None:
    """All that the stop did."""
    while editor.state()["canUndo"]:
        editor.key("Control+z")
    editor.wait_saved()


def give_up(editor: EditorPage) -> None:
    for _ in range(3):
        editor.key("Escape")


def select(editor: EditorPage, point: Point) -> None:
    editor.key("v")
    click(editor, point)


def use_pen(editor: EditorPage) -> None:
    editor.key("8")
    editor.key("p")
    click(editor, *[(float(x), float(y)) for x, y in PICK_UP])
    hover(editor, (508, 230))


def use_brush(editor: EditorPage) -> None:
    editor.key("5")
    editor.key("b")
    hold(editor, [(230, 30), (300, 60), (380, 40), (460, 70)])


def use_eraser(editor: EditorPage) -> None:
    hold(editor, [(250, 180), (330, 200), (380, 180)])


def use_fill(editor: EditorPage) -> None:
    editor.key("5")
    hover(editor, (320, 40))


def use_select(editor: EditorPage) -> None:
    click(editor, TRUCK)


def use_reshape(editor: EditorPage) -> None:
    select(editor, TRUCK)
    editor.key("r")
    hold(editor, [(300, 150), (350, 128), (395, 150), (388, 180), (350, 176)])


def use_knife(editor: EditorPage) -> None:
    hold(editor, [(285, 105), (290, 200), (285, 300)])


def use_slide(editor: EditorPage) -> None:
    hold(editor, [(340, 143.5), (341, 132)])


def draw_box(editor: EditorPage) -> None:
    editor.key("1")
    editor.key("Shift+B")
    hold(editor, [(454, 206), (480, 215), (505, 226)])


def draw_rotated(editor: EditorPage) -> None:
    editor.key("8")
    editor.key("Shift+O")
    click(editor, (140, 130), (400, 160), (390, 300))


def draw_polygon(editor: EditorPage) -> None:
    editor.key("9")
    editor.key("Shift+P")
    click(editor, (456, 140), (540, 141), (540, 159))
    hover(editor, (453, 160))


def draw_polyline(editor: EditorPage) -> None:
    choose_class(editor, "Object")
    editor.key("Shift+K")
    click(editor, (20, 400), (200, 380), (380, 392))
    hover(editor, (560, 410))


def draw_points(editor: EditorPage) -> None:
    choose_class(editor, "Traffic light")
    editor.key("Shift+D")
    click(editor, (453, 170), (490, 130), (509, 178), (592, 120))


def choose_class(editor: EditorPage, name: str) -> None:
    editor.page.get_by_role("complementary").get_by_text(name, exact=True).first.click()


def show_gap(editor: EditorPage) -> None:
    editor.key("n")


def ask_questions(editor: EditorPage) -> None:
    select(editor, (20, 235))
    editor.key("q")


def ask_of_image(editor: EditorPage) -> None:
    editor.key("Shift+Q")


def list_findings(editor: EditorPage) -> None:
    editor.key("j")
    editor.page.wait_for_function("() => window.intarsia.state().findings !== null")
    editor.page.get_by_role("banner").get_by_role("button", name="finding").click()
    editor.page.wait_for_selector(".finding")


def tone(editor: EditorPage) -> None:
    editor.key("Shift+T")
    editor.page.get_by_role("slider").first.wait_for()


def history(editor: EditorPage) -> None:
    editor.page.get_by_role("button", name="History", exact=True).click()
    editor.page.get_by_role("listitem").first.wait_for()


def shortcuts(editor: EditorPage) -> None:
    editor.key("?")
    editor.page.get_by_role("dialog").wait_for()


STOPS = (
    Stop("pen", use_pen, tool="pen", leave=give_up),
    Stop("brush", use_brush, tool="brush", leave=let_go_and_undo),
    Stop("eraser", use_eraser, tool="eraser", leave=let_go_and_undo),
    Stop("fill", use_fill, tool="fill"),
    Stop("select", use_select, tool="select", leave=give_up),
    Stop("reshape", use_reshape, tool="reshape", leave=let_go_and_undo),
    Stop("knife", use_knife, tool="knife", leave=let_go_and_undo),
    Stop("slide", use_slide, tool="slide", leave=let_go_and_undo),
    Stop("box", draw_box, tool="box", leave=let_go_and_undo),
    Stop("rotated-box", draw_rotated, tool="rotated_box", leave=undo),
    Stop("polygon", draw_polygon, tool="polygon", leave=give_up),
    Stop("polyline", draw_polyline, tool="polyline", leave=give_up),
    Stop("point", draw_points, tool="point", leave=undo),
    Stop("gaps", show_gap),
    Stop("questions", ask_questions, leave=give_up),
    Stop("image-questions", ask_of_image, leave=give_up),
    Stop("findings", list_findings),
    Stop("dark", tone, picture=NUCLEI),
    Stop("history", history, picture=TABLE),
    Stop("shortcuts", shortcuts, leave=give_up),
)
