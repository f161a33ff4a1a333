#!/usr/bin/python3
"""A window that offers files, as a file manager does, and the hand that drags them.

    drag.py X Y URI...    drags the files to the point X,Y of the screen and lets go

It is a real drag through X11 (XDND): the mouse is moved by xdotool, the files travel as text/uri-list.
Ends with 0 when the drop was taken, 1 when nobody took it.
"""

import subprocess
import sys
import threading
import time

import gi

gi.require_version("Gdk", "3.0")
gi.require_version("Gtk", "3.0")
from gi.repository import Gdk, GLib, Gtk  # noqa: E402

taken = False


def mouse(*words):
    subprocess.run(["xdotool", *map(str, words)], check=True)


def drag(from_x, from_y, to_x, to_y):
    """Slowly: a mouse that jumps is not seen as a drag."""
    mouse("mousemove", from_x, from_y)
    time.sleep(0.2)
    mouse("mousedown", 1)
    time.sleep(0.2)
    steps = 16
    for step in range(1, steps + 1):
        mouse("mousemove", from_x + (to_x - from_x) * step // steps, from_y + (to_y - from_y) * step // steps)
        time.sleep(0.06)
    for shake in (8, 0):
        mouse("mousemove", to_x + shake, to_y + shake)
        time.sleep(0.2)
    mouse("mouseup", 1)


def main():
    to_x, to_y = int(sys.argv[1]), int(sys.argv[2])
    uris = sys.argv[3:]

    window = Gtk.Window(type=Gtk.WindowType.POPUP)
    width, height = 120, 60
    screen = Gdk.Screen.get_default()
    left, top = screen.get_width() - width, screen.get_height() - height
    window.set_default_size(width, height)
    window.move(left, top)
    handle = Gtk.EventBox()
    handle.add(Gtk.Label(label="files"))
    window.add(handle)

    target = Gtk.TargetEntry.new("text/uri-list", Gtk.TargetFlags.OTHER_APP, 0)
    handle.drag_source_set(Gdk.ModifierType.BUTTON1_MASK, [target], Gdk.DragAction.COPY)

    def give(_widget, _context, data, _what, _when):
        global taken
        taken = True
        data.set_uris(uris)

    handle.connect("drag-data-get", give)
    handle.connect("drag-end", lambda *_: GLib.timeout_add(300, Gtk.main_quit))
    window.show_all()

    def begin():
        threading.Thread(
            target=drag, args=(left + width // 2, top + height // 2, to_x, to_y), daemon=True
        ).start()
        return False

    GLib.timeout_add(500, begin)
    GLib.timeout_add_seconds(20, Gtk.main_quit)
    Gtk.main()
    sys.exit(0 if taken else 1)


main()
