"""The place of a screen reader: starts a browser on a screen of its own, and passes on what the
browser tells over AT-SPI, the interface that Orca reads and presses through.

    dbus-run-session -- assistive.py BROWSER WORD...

Each line of its input is a question. It answers with a line of JSON on descriptor 3, since what the
bus starts writes to the others:

    page       all that is on the page in front, or null while there is none
    press N    does what the Nth thing of the last page offers first; what that is called, or null
    news       what the browser has told unasked since this was answered last

When its input ends, it ends the browser, the screen and itself.
"""
import json
import os
import subprocess
import sys

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402 (its version must be named first)

EVENTS = ["object:state-changed:checked", "object:state-changed:focused",
          "object:text-changed:insert"]
answers = open(3, "w", encoding="utf-8")
things = []
news = []


def inside(thing):
    return filter(None, (thing.get_child_at_index(n) for n in range(thing.get_child_count())))


def told(thing):
    """What is told of a thing, without what is in it."""
    return {
        "role": thing.get_role_name(),
        "name": thing.get_name(),
        "description": thing.get_description(),
        "text": Atspi.Text.get_text(thing, 0, -1) if thing.get_text_iface() else "",
        "states": [state.value_nick for state in thing.get_state_set().get_states()],
        "attributes": thing.get_attributes(),
    }


def read(thing):
    number = len(things)
    things.append(thing)
    return {"number": number, **told(thing), "children": [read(one) for one in inside(thing)]}


def document(thing):
    """The document of the tab in front, somewhere within the browser's own controls."""
    if thing.get_role() == Atspi.Role.DOCUMENT_WEB:
        return thing if thing.get_state_set().contains(Atspi.StateType.SHOWING) else None
    return next(filter(None, map(document, inside(thing))), None)


def page():
    things.clear()
    desktop = Atspi.get_desktop(0)
    desktop.clear_cache()  # what libatspi remembers can be older than the page
    found = document(desktop)
    return read(found) if found else None


def press(number):
    thing = things[int(number)]
    name = Atspi.Action.get_action_name(thing, 0)
    return name if Atspi.Action.do_action(thing, 0) else None


def take_news():
    taken = news[:]
    news.clear()
    return taken


def hear(event):
    words = event.any_data if isinstance(event.any_data, str) else ""
    try:
        news.append({"event": event.type, "on": event.detail1, "words": words,
                     **told(event.source)})
    except GLib.Error:
        pass  # it was gone before it could be asked about


def said(question, *words):
    try:
        return {"page": page, "press": press, "news": take_news}[question](*words)
    except GLib.Error:
        return None  # the page changed meanwhile


def answer(*_):
    """Answers a question. Where there is none, or nobody who listens, everything ends."""
    goes_on = False
    try:
        question = sys.stdin.readline().split()
        if question:
            print(json.dumps(said(*question)), file=answers, flush=True)
            goes_on = True
    finally:
        if not goes_on:
            loop.quit()
    return goes_on


screen = subprocess.Popen(
    ["Xvfb", "-displayfd", "1", "-screen", "0", "1280x1024x24", "-nolisten", "tcp"],
    stdout=subprocess.PIPE, text=True)
os.environ["DISPLAY"] = f":{screen.stdout.readline().strip()}"
# In milliseconds, and long: what is given up waiting for may have been pressed all the same.
Atspi.set_timeout(60_000, 60_000)
listener = Atspi.EventListener.new(hear)
for name in EVENTS:
    listener.register(name)
browser = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
loop = GLib.MainLoop()
GLib.io_add_watch(sys.stdin, GLib.PRIORITY_DEFAULT, GLib.IO_IN | GLib.IO_HUP, answer)
loop.run()
browser.kill()  # its profile is thrown away
screen.terminate()  # and leaves no lock behind
browser.wait()
screen.wait()
