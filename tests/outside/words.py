"""Reads a lunch's papers as a person would and looks for what has to be there: words.py FOLDER

papers.json (from codes.py) says what. The pick-up number is read on its own, in the left half of the
tallest row, since the reader takes a lone digit that high for no text at all. The rest is read as it
is, then a little blurred, then at half its size, since the reader is made for photographs: what one reading
has counts. What no reading has is wrong; what only a later one has is told as a misreading.
"""

import json
import sys
import unicodedata
from pathlib import Path

import numpy
from PIL import Image, ImageFilter, ImageOps
from rapidocr_onnxruntime import RapidOCR

READINGS = {
    "as it is": lambda picture: picture,
    "blurred": lambda picture: picture.filter(ImageFilter.GaussianBlur(1)),
    "at half its size": lambda picture: picture.resize((picture.width // 2, picture.height // 2)),
}


def plain(text):
    """Without spaces and with full-width signs as half-width ones."""
    return "".join(unicodedata.normalize("NFKC", text).split())


class Paper:
    """A picture and what can be read on it."""

    def __init__(self, reader, path):
        self.reader, self.name = reader, Path(path).name
        # Letters at the very edge are not seen as letters.
        self.picture = ImageOps.expand(Image.open(path).convert("L"), 24, 255)

    def read(self, how):
        """The lines of text."""
        found, _ = self.reader(numpy.array(READINGS[how](self.picture).convert("RGB")))
        return [plain(text) for _, text, _ in found or []]

    def number(self):
        """What stands at the left of the tallest row."""
        inked = (numpy.array(self.picture) < 128).any(axis=1)
        edges = numpy.flatnonzero(numpy.diff(inked.astype(int)))
        top, bottom = max(zip(edges[::2], edges[1::2]), key=lambda row: row[1] - row[0])
        row = self.picture.crop((0, top - 10, self.picture.width // 2, bottom + 10))
        found, _ = self.reader(numpy.array(row.convert("RGB")), use_det=False, use_cls=False)
        return plain(found[0][0]).removesuffix("号") if found else ""

    def missing(self, words):
        """What no reading has, and what some reading did not have."""
        left = {plain(word) for word in words}
        misread = []
        for how in READINGS:
            texts = self.read(how)
            left -= {word for word in left if any(word in text for text in texts)}
            if not left:
                break
            misread.append(f"{how}: {' '.join(sorted(left))} in {' '.join(texts)}")
        return left, misread


def main():
    folder = Path(sys.argv[1])
    reader = RapidOCR()
    wrong = words = misread = 0
    papers = json.loads((folder / "papers.json").read_text())
    # Strips may come in any order, so each is looked for by its own words among all of them.
    for paper in [paper for paper in papers if "each" in paper]:
        papers.remove(paper)
        texts = {path: "".join(Paper(reader, path).read("as it is")) for path in paper["pictures"]}
        for word in paper["each"]:
            picture = next((path for path in texts if word in texts[path]), paper["pictures"][0])
            papers.append({"picture": picture, "number": None, "words": [word, "最晚食用", "周二"]})
    for paper in papers:
        seen = Paper(reader, paper["picture"])
        left, readings = seen.missing(paper["words"])
        number = paper["number"]
        if number and (read := seen.number()) != number:
            left.add(f"{number} (its number is read as “{read}”)")
        words += len(paper["words"]) + bool(number)
        misread += len(readings)
        wrong += len(left)
        for reading in readings:
            print(f"misread: {seen.name} {reading}")
        for word in left:
            print(f"wrong: {seen.name} does not say {word}")
    print(f"{len(papers)} papers, {words} words and numbers, {misread} readings misread, {wrong} missing")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
