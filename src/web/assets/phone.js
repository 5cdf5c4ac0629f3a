// Reports are kept on the phone first, can be taken back for ten seconds, and are sent in order, each
// once, whenever there is a network. A tab that lives on in a lift loses nothing, and neither does one
// that is opened again: what it knew stands in the browser's local storage.
(function () {
  "use strict";

  var UNDO_MS = 10000, LONGEST_WAIT_MS = 60000;
  var body = document.body, words = body.dataset;
  var key = "round " + words.round;
  var status = document.getElementById("status");
  var stops = Array.prototype.slice.call(document.querySelectorAll(".stop"));
  // Reports, the oldest first: id, order, outcome, left_with, at, done (answered by the desk), why.
  var ticks = load();
  var sending = false, wait = 1000, timer = null;

  function load() {
    try { return JSON.parse(localStorage.getItem(key)) || []; } catch (e) { return []; }
  }
  function keep() {
    // A browser that keeps nothing still works for as long as the tab lives.
    try { localStorage.setItem(key, JSON.stringify(ticks)); } catch (e) { /* nothing to do */ }
  }
  function fresh() {
    var bytes = new Uint8Array(16);
    crypto.getRandomValues(bytes);
    return Array.prototype.map.call(bytes, function (b) { return ("0" + b.toString(16)).slice(-2); }).join("");
  }
  function of(order) {
    return ticks.filter(function (t) { return t.order === order; }).pop();
  }
  function held(tick) { return !tick.done && Date.now() < tick.at + UNDO_MS && Date.now() >= tick.at; }

  function report(order, outcome, whom) {
    if (of(order)) return;
    ticks.push({ id: fresh(), order: order, outcome: outcome, left_with: whom || "", at: Date.now(), done: false, why: "" });
    keep();
    draw();
    setTimeout(function () { draw(); send(); }, UNDO_MS + 100);
  }
  function undo(tick) {
    // Once it is on its way it can't be called back; the desk puts it right.
    if (!held(tick) || tick.sent) return draw();
    ticks = ticks.filter(function (t) { return t !== tick; });
    keep();
    draw();
  }

  function send() {
    clearTimeout(timer);
    if (sending) return;
    // Only what stands in front of the first one that may still be taken back, so that order holds.
    var ready = [];
    for (var i = 0; i < ticks.length; i++) {
      if (ticks[i].done) continue;
      if (held(ticks[i])) break;
      ready.push(ticks[i]);
    }
    if (!ready.length) return draw();
    sending = true;
    ready.forEach(function (t) { t.sent = true; });
    fetch(words.send, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(ready.map(function (t) {
      return { id: t.id, order: t.order, outcome: t.outcome, left_with: t.left_with, at: t.at };
    })) })
      .then(function (answer) { if (!answer.ok) throw new Error(answer.status); return answer.json(); })
      .then(function (answers) {
        answers.forEach(function (a) {
          ticks.forEach(function (t) { if (t.id === a.id) { t.done = true; t.why = a.why; } });
        });
        wait = 1000;
        keep();
        sending = false;
        draw();
        send();
      })
      .catch(function () {
        sending = false;
        draw();
        timer = setTimeout(send, wait);
        wait = Math.min(wait * 2, LONGEST_WAIT_MS);
      });
  }

  function button(text, kind, action) {
    var b = document.createElement("button");
    b.type = "button";
    b.textContent = text;
    if (kind) b.className = kind;
    b.addEventListener("click", action);
    return b;
  }

  function ask(stop, keys) {
    keys.textContent = "";
    var name = document.createElement("input");
    name.maxLength = 20;
    name.setAttribute("aria-label", words.whom);
    name.placeholder = words.whom;
    keys.appendChild(name);
    keys.appendChild(button(words.left_with, "main", function () {
      if (name.value.trim()) report(stop.dataset.order, "left_with", name.value.trim()); else name.focus();
    }));
    keys.appendChild(button("←", "", draw));
    name.focus();
  }

  function draw() {
    var next = true, open = 0;
    stops.forEach(function (stop) {
      var tick = of(stop.dataset.order), keys = stop.querySelector(".keys"), outcome = stop.querySelector(".outcome");
      var what = tick ? tick.outcome : stop.dataset.visited;
      // Whoever is typing a name is not disturbed.
      if (!what && keys.contains(document.activeElement) && document.activeElement.tagName === "INPUT") { open += 1; next = false; return; }
      keys.textContent = "";
      stop.classList.toggle("done", !!what);
      stop.classList.toggle("next", !what && next);
      outcome.hidden = !what;
      outcome.classList.toggle("bad", !!(tick && tick.why));
      outcome.textContent = what ? "✓ " + words[what] + (tick && tick.left_with ? " " + tick.left_with : "") + (tick && tick.why ? " ! " + tick.why : "") : "";
      if (!what) {
        open += 1;
        var order = stop.dataset.order;
        keys.appendChild(button(words.delivered, "main", function () { report(order, "delivered"); }));
        keys.appendChild(button(words.left_with + "…", "", function () { ask(stop, keys); }));
        keys.appendChild(button(words.no_answer, "", function () { report(order, "no_answer"); }));
        keys.appendChild(button(words.refused, "", function () { report(order, "refused"); }));
        next = false;
      } else if (tick && held(tick) && !tick.sent) {
        keys.appendChild(button(words.undo, "undo", function () { undo(tick); }));
      }
      keys.hidden = !keys.firstChild;
    });
    var waiting = ticks.filter(function (t) { return !t.done; }).length;
    status.textContent = (stops.length - open) + " / " + stops.length + " · " + (waiting ? waiting + " " + words.waiting : words.sent);
    var all = document.getElementById("all");
    all.hidden = open > 0;
    all.textContent = words.all;
    lead();
  }

  // The map shows the leg to the next door, and once all are done the way back.
  function lead() {
    var map = document.getElementById("map");
    if (!map) return;
    var next = stops.filter(function (stop) { return !stop.classList.contains("done"); })[0];
    var now = Number(next ? next.dataset.leg : map.dataset.back), bold = null;
    Array.prototype.forEach.call(map.querySelectorAll(".leg"), function (leg) {
      var n = Number(leg.getAttribute("data-leg"));
      leg.setAttribute("class", n < now ? "leg done" : n === now ? "leg now" : "leg");
      if (n === now) bold = leg;
    });
    // On top of the others.
    if (bold) bold.parentNode.appendChild(bold);
  }

  window.addEventListener("online", function () { wait = 1000; send(); });
  document.addEventListener("visibilitychange", function () { if (!document.hidden) send(); });
  // What was on its way when the tab closed is sent again; the desk counts it once.
  ticks.forEach(function (t) { t.sent = false; });
  draw();
  send();
  setInterval(send, 15000);
})();
