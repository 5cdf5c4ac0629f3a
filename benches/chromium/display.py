"""A display whose pixels can be watched from outside, and a finger on it.

Xvfb keeps its frame buffer in a file; what is on the screen is read there, so that no program has
to tell when it has painted. Touches are events of the XTest extension.
"""

import ctypes
import mmap
import os
import pathlib
import struct
import subprocess
import time

WIDTH, HEIGHT = 1280, 800
# A row of pixels in so many is looked at: no word on a screen fits between them.
EVERY = 12


class Display:
    def __init__(self, folder):
        self.number = next(n for n in range(90, 900) if not pathlib.Path(f"/tmp/.X11-unix/X{n}").exists())
        self.name = f":{self.number}"
        screen = f"{WIDTH}x{HEIGHT}x24"
        self.server = subprocess.Popen(
            ["Xvfb", self.name, "-screen", "0", screen, "-fbdir", folder, "-nolisten", "tcp", "-nocursor"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.x11 = ctypes.CDLL("libX11.so.6")
        self.xtest = ctypes.CDLL("libXtst.so.6")
        self.x11.XOpenDisplay.restype = ctypes.c_void_p
        self.connection = None
        for _ in range(200):
            self.connection = self.x11.XOpenDisplay(self.name.encode())
            if self.connection:
                break
            time.sleep(0.05)
        if not self.connection:
            raise SystemExit("Xvfb does not start; install xvfb, libx11-6 and libxtst6")
        self.connection = ctypes.c_void_p(self.connection)
        with open(os.path.join(folder, "Xvfb_screen0"), "rb") as file:
            self.pixels = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        # The header of a window dump (XWD): sizes in 32 bits, big end first.
        header = struct.unpack(">25I", self.pixels[:100])
        self.start = header[0] + header[19] * 12
        self.line = header[12]

    def close(self):
        self.server.terminate()
        self.server.wait()

    def picture(self):
        """The rows that are looked at."""
        return b"".join(
            self.pixels[self.start + y * self.line:self.start + y * self.line + WIDTH * 4]
            for y in range(EVERY // 2, HEIGHT, EVERY))

    def is_dark(self):
        return not any(self.picture()[::4])

    def watch(self, since, before, quiet, patience):
        """Seconds from `since` to the first and the last change, once nothing changes for `quiet`.

        `before` is the picture as it was then.
        """
        first, last = None, None
        while True:
            now = time.perf_counter()
            picture = self.picture()
            if picture != before:
                before, last = picture, now
                first = first or now
            if last and now - last > quiet:
                return first - since, last - since
            if now - since > patience:
                raise SystemExit("nothing more was painted; is this the right screen?")
            time.sleep(0.0003)

    def wait_until_dark(self):
        for _ in range(400):
            if self.is_dark():
                return
            time.sleep(0.025)
        raise SystemExit("the last program's window is still there")

    def press(self, x, y):
        self.xtest.XTestFakeMotionEvent(self.connection, -1, x, y, 0)
        self.xtest.XTestFakeButtonEvent(self.connection, 1, 1, 0)
        self.x11.XSync(self.connection, 0)

    def release(self):
        self.xtest.XTestFakeButtonEvent(self.connection, 1, 0, 0)
        self.x11.XSync(self.connection, 0)

    def touch(self, x, y):
        """Touches, and says when the first and the last pixel changed after the finger was lifted."""
        self.press(x, y)
        time.sleep(0.12)
        before, start = self.picture(), time.perf_counter()
        self.release()
        taken = self.watch(start, before, 0.25, 10)
        # Nobody touches again sooner; a shaky finger is ignored for 400 ms.
        time.sleep(0.3)
        return taken
