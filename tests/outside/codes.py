"""Reads the codes on a lunch's papers and says which paper is which: codes.py FOLDER

Each order has one kitchen ticket and one slip, told by their codes; the rest is what the rounds need.
Leaves papers.json: what each paper has to say, for words.py.
"""

import json
import re
import sys
from collections import Counter
from pathlib import Path

import zxingcpp
from PIL import Image

WAYS = {"eat-in": "堂食", "take-away": "自取", "delivery": "外送"}
DISHES = ["红烧大排", "葱油南瓜", "炒空心菜"]
# What stands in the last line of a paper, so that one without its end is noticed.
FEET = {"R": "周二", "O": "请保留到取餐", "H": "带回餐数", "count": "之后只出增减条"}
ORDER = re.compile(r" *(\d+)  (\S+)  (\S+) +x(\d)  (\S+) +(\d+) yuan .* ([A-Z]{6})\b *(.*)")


def orders(lines):
    """What is known of each order, as the desk lists them."""
    for line in lines:
        if found := ORDER.match(line):
            number, date, way, portions, door, yuan, code, wishes = found.groups()
            yield {
                "number": number,
                "date": date,
                "words": [WAYS[way]],
                "door": [f"{door.split('-')[0]}号楼{door.split('-')[1]}室"] if door != "-" else [],
                "yuan": f"¥{yuan}",
                "code": code,
                "wishes": wishes.split(),
            }


def expectations(folder):
    """Code (or codes) of a paper → the big number on it and the words."""
    known = {("T1.CLUBHOUSE",) * 2: (None, ["鲜茄牛肉滑蛋", "0123456789", "到此为止，下面应切纸"])}
    for order in orders((folder / "orders.txt").read_text().splitlines()):
        ticket = f"R1.{order['date']}.{order['number']}"
        known[ticket,] = (order["number"], [*order["words"], *order["wishes"], FEET["R"]])
        dishes = ["红烧鸡腿", *DISHES[1:]] if "换菜" in order["wishes"] else DISHES
        words = order["words"] + order["wishes"] + order["door"] + dishes
        words += [order["yuan"], order["code"], FEET["O"]]
        known["O1." + order["code"],] = (order["number"], words)
        date = order["date"]
    rounds = (folder / "rounds.txt").read_text().splitlines()
    doors = [line.split()[1].split("-") for line in rounds if line.startswith("    ")]
    slip = [f"{building}号楼{flat}室" for building, flat in doors]
    known[f"H1.{date}.1",] = (None, ["第1轮", *slip, "收40元", FEET["H"]])
    return known, slip


def whole(path):
    """What is wrong with a paper as a piece of paper."""
    about = json.loads(path.with_suffix(".json").read_text())
    picture = Image.open(path).convert("L")
    if picture.width != 576:
        yield f"{picture.width} dots wide"
    if about["boundary"] != "cut":
        yield f"ended by {about['boundary']}, not by the knife"
    if picture.getextrema() != (0, 255):
        yield "of one colour"


def main():
    folder = Path(sys.argv[1])
    known, doors = expectations(folder)
    wrong, papers, seen, plain = [], [], Counter(), []
    for path in map(Path, (folder / "papers.txt").read_text().split()):
        wrong += [f"{path.name}: {what}" for what in whole(path)]
        codes = tuple(code.text for code in zxingcpp.read_barcodes(Image.open(path).convert("L")))
        seen[codes] += 1
        if codes in known:
            number, words = known[codes]
            papers.append({"picture": str(path), "number": number, "words": words})
        elif not codes:
            plain.append(str(path))
        else:
            wrong.append(f"{path.name}: nobody knows the code {codes}")
    wrong += [f"{codes} came out {seen[codes]} times" for codes in known if seen[codes] != 1]
    # Papers without a code: what the roll is enough for, the count, a strip a door in an order of
    # their own, and the list for a lunch without the kiosk.
    if len(plain) == 3 + len(doors):
        roll, count, *strips, blackout = plain
        papers.append({"picture": roll, "number": None, "words": ["今日预计"]})
        papers.append({"picture": count, "number": None, "words": ["备餐数", *DISHES, FEET["count"]]})
        papers.append({"pictures": strips, "each": doors})
        words = ["断电备用单", "001-014号", "到窗口", "外送", "待收", *doors]
        papers.append({"picture": blackout, "number": None, "words": words})
    else:
        wrong.append(f"{len(plain)} papers have no code, not {3 + len(doors)}")
    (folder / "papers.json").write_text(json.dumps(papers, ensure_ascii=False, indent=1))
    for what in wrong:
        print("wrong:", what)
    print(f"{sum(seen.values())} papers, {len(known)} codes as they have to be: {not wrong}")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
