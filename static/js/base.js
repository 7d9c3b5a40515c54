/* Small improvements to pages that work without them. */
"use strict";
(function () {
  /* A second press of the same button within five seconds sends nothing again. */
  for (const form of document.querySelectorAll("form[data-once]")) {
    form.addEventListener("submit", function (event) {
      if (form.dataset.sent) { event.preventDefault(); return; }
      form.dataset.sent = "yes";
      setTimeout(function () { delete form.dataset.sent; }, 5000);
    });
  }
  window.addEventListener("pageshow", function () {
    for (const form of document.querySelectorAll("form[data-once]")) delete form.dataset.sent;
  });

  /* How many characters are left, in words, a moment after the last key. */
  for (const box of document.querySelectorAll("textarea[data-max-characters]")) {
    const words = document.getElementById(box.id + "_count");
    if (!words) continue;
    const most = Number(box.dataset.maxCharacters);
    let timer;
    words.setAttribute("aria-live", "polite");
    const say = function () {
      const left = most - box.value.replace(/\n/g, "\r\n").length;
      const unit = Math.abs(left) === 1 ? " character" : " characters";
      words.textContent = left < 0 ? "You have " + (-left).toLocaleString("en-GB") + unit + " too many" : "You have " + left.toLocaleString("en-GB") + unit + " left";
      words.classList.toggle("app-characters--over", left < 0);
    };
    box.addEventListener("input", function () { clearTimeout(timer); timer = setTimeout(say, 500); });
    if (box.value) say();
  }

  /* The names of the chosen files, below the box. */
  for (const box of document.querySelectorAll("input[type=file][multiple]")) {
    const list = document.createElement("ul");
    list.className = "app-chosen";
    list.setAttribute("aria-live", "polite");
    box.insertAdjacentElement("afterend", list);
    box.addEventListener("change", function () {
      list.replaceChildren(...Array.from(box.files, function (file) {
        const line = document.createElement("li");
        line.textContent = file.name;
        return line;
      }));
    });
  }
})();
