// A touch on the map fills the nearest point's number into the field that was touched last, and goes
// on to the next empty one of its form. Without it numbers are typed.
(function () {
  "use strict";

  var map = document.querySelector(".map svg"), field = null;
  var POINTS = "input[name=a], input[name=b], input[name=point], input[name=from]";
  if (!map) return;
  document.addEventListener("focusin", function (event) {
    if (event.target.matches(POINTS)) field = event.target;
  });
  map.addEventListener("click", function (event) {
    if (!field) return;
    var nearest = null, least = Infinity;
    map.querySelectorAll("[data-point]").forEach(function (point) {
      var box = point.getBoundingClientRect();
      var far = Math.hypot(box.x + box.width / 2 - event.clientX, box.y + box.height / 2 - event.clientY);
      if (far < least) { least = far; nearest = point; }
    });
    if (!nearest || least > 40) return;
    field.value = nearest.dataset.point;
    var rest = Array.prototype.filter.call(field.form.querySelectorAll(POINTS), function (f) { return !f.value; });
    if (rest.length) field = rest[0];
  });
})();
