#!/usr/bin/env bash
# A real window under Xvfb, real clicks, real rows: tests/window.sh PROGRAM
set -euo pipefail
program=$(realpath "$1")
folder=$(mktemp -d)
display=:$((90 + RANDOM % 900))
Xvfb "$display" -screen 0 1900x1000x24 >/dev/null 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null || true; kill "${kiosk:-0}" 2>/dev/null || true; rm -rf "$folder"' EXIT
export DISPLAY=$display
cd "$folder"
for _ in $(seq 100); do xdotool getdisplaygeometry >/dev/null 2>&1 && break; sleep 0.1; done
# A window on a screen of 1900 x 1000 without a window manager stands at the upper left.
"$program" run >kiosk.log 2>&1 &
kiosk=$!
window=
for _ in $(seq 200); do
    # The kiosk's window is the wide one; the dock stands beside it.
    for candidate in $(xdotool search --pid "$kiosk" 2>/dev/null || true); do
        eval "$(xdotool getwindowgeometry --shell "$candidate" 2>/dev/null | grep '^WIDTH=' || true)"
        [ "${WIDTH:-0}" -ge 1280 ] && window=$candidate
    done
    [ -n "$window" ] && break
    sleep 0.1
done
[ -n "$window" ] || { echo "no window opened:"; cat kiosk.log; exit 1; }
sleep 2
click() { xdotool mousemove "$1" "$2" sleep 0.2 mousedown 1 sleep 0.1 mouseup 1 sleep 1; }
# 堂食, 下一步, 确认下单 on the panel of 1280 x 800.
eval "$(xdotool getwindowgeometry --shell "$window" | grep -E '^(X|Y)=')"
click $((X + 980)) $((Y + 215))
click $((X + 940)) $((Y + 705))
click $((X + 940)) $((Y + 705))
sleep 1
[ -n "${SHOT:-}" ] && import -window root "$SHOT"
kill "$kiosk"
wait "$kiosk" || true
"$program" order list | tee orders.txt
grep -q "^ *1 .*eat-in.*placed" orders.txt || { echo "the clicks brought no order"; exit 1; }
echo "a touch on the window became an order"
