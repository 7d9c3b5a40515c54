/* Dragging a session to another day or hour. What is dropped is sent like the form of its page, which works without this. */
"use strict";
(function () {
  const form = document.getElementById("move");
  if (!form) return;
  let held = null;
  for (const session of document.querySelectorAll(".app-session[draggable]")) {
    session.addEventListener("dragstart", function (event) {
      held = session;
      session.classList.add("app-session--held");
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", session.dataset.change);
    });
    session.addEventListener("dragend", function () {
      held = null;
      session.classList.remove("app-session--held");
    });
  }
  for (const cell of document.querySelectorAll("td[data-day]")) {
    cell.addEventListener("dragover", function (event) {
      if (!held) return;
      event.preventDefault();
      cell.classList.add("app-onsite__over");
    });
    cell.addEventListener("dragleave", function () { cell.classList.remove("app-onsite__over"); });
    cell.addEventListener("drop", function (event) {
      cell.classList.remove("app-onsite__over");
      if (!held) return;
      event.preventDefault();
      if (held.parentElement === cell) return;
      form.action = held.dataset.change;
      form.elements.day.value = cell.dataset.day;
      form.elements.hour.value = cell.dataset.hour;
      form.elements.based_on.value = held.dataset.version;
      form.requestSubmit();
    });
  }
})();
