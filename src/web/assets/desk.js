// Keeps what is on the page up to date. Without it every page works; it has to be reloaded by hand.
(function () {
  "use strict";

  var live = document.getElementById("live");
  if (!live) return;
  var asked = false, again = false, failed = 0;

  function changed() {
    // One question at a time; what changes meanwhile is asked once more.
    if (asked) { again = true; return; }
    asked = true;
    fetch(live.dataset.live, { headers: { Accept: "text/html" }, redirect: "error" })
      .then(function (answer) { if (!answer.ok) throw new Error(answer.status); return answer.text(); })
      .then(function (text) { failed = 0; show(text); })
      .catch(function () { failed += 1; document.body.classList.toggle("stale", failed > 1); })
      .then(function () {
        asked = false;
        if (again) { again = false; setTimeout(changed, 300); }
      });
  }

  function show(text) {
    document.body.classList.remove("stale");
    // Whoever is filling something in is not disturbed.
    var busy = live.contains(document.activeElement) && document.activeElement.matches("input, select, textarea");
    if (busy) { setTimeout(changed, 2000); return; }
    var open = {};
    live.querySelectorAll("details[id]").forEach(function (d) { open[d.id] = d.open; });
    var before = first();
    live.innerHTML = text;
    live.querySelectorAll("details[id]").forEach(function (d) { if (open[d.id]) d.open = true; });
    var now = first();
    if (live.dataset.speak && now && now !== before) say(live.dataset.speak.replace("{}", now));
  }

  function first() {
    var number = live.querySelector(".numbers .new");
    return number ? number.textContent.trim() : "";
  }

  // A browser speaks only after somebody has touched the page.
  var voice = document.getElementById("voice"), speaks = false;
  if (voice && window.speechSynthesis) {
    voice.hidden = false;
    voice.addEventListener("click", function () { speaks = true; voice.hidden = true; say(document.title); });
  }
  function say(words) {
    if (!speaks) return;
    var said = new SpeechSynthesisUtterance(words);
    said.lang = document.documentElement.lang;
    speechSynthesis.speak(said);
  }

  if (window.EventSource && live.dataset.events) {
    var source = new EventSource(live.dataset.events);
    source.addEventListener("changed", changed);
    source.addEventListener("open", changed);
    source.addEventListener("error", function () { document.body.classList.add("stale"); });
  } else {
    setInterval(changed, 5000);
  }
  // Clocks go on even when nothing is ordered.
  setInterval(changed, 30000);
})();
