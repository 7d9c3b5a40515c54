/* Files go one by one, each by its own request, with its progress shown and said politely. A broken connection is tried
   again by itself with the same key, so that a file is kept once however often it is sent. Without this script the form
   is an ordinary form. */
"use strict";
(function () {
  const TRIES = 6;
  const LONGEST_PAUSE = 30000; /* milliseconds */
  const SAID_EVERY = 5000; /* milliseconds between two sentences about one file */
  const TAG = { done: "ds_tag ds_tag--green", refused: "ds_tag ds_tag--red", waiting: "ds_tag ds_tag--grey", sending: "ds_tag", failed: "ds_tag ds_tag--orange" };

  for (const form of document.querySelectorAll("form[data-upload]")) improve(form);

  function improve(form) {
    const input = form.querySelector("input[type=file]");
    const box = input.closest(".ds_question");
    const list = form.querySelector("#upload-files");
    const said = form.querySelector("#upload-said");
    const there = document.getElementById("upload-there"); /* on the page of its own: what the holder has already */
    const token = form.querySelector("input[name=csrfmiddlewaretoken]");
    const items = [];
    let sending = false;

    if (input.nextElementSibling && input.nextElementSibling.classList.contains("app-chosen")) input.nextElementSibling.remove();
    for (const words of form.querySelectorAll("[data-upload-drop]")) words.hidden = false;

    input.addEventListener("change", function () { add(Array.from(input.files)); input.value = ""; });
    for (const name of ["dragenter", "dragover"]) {
      box.addEventListener(name, function (event) { event.preventDefault(); input.classList.add("ds_file-upload__dropzone--dragging"); });
    }
    for (const name of ["dragleave", "drop"]) {
      box.addEventListener(name, function () { input.classList.remove("ds_file-upload__dropzone--dragging"); });
    }
    box.addEventListener("drop", function (event) {
      event.preventDefault();
      const entries = Array.from(event.dataTransfer.items || [], function (item) { return item.webkitGetAsEntry ? item.webkitGetAsEntry() : null; });
      const files = Array.from(event.dataTransfer.files);
      const folders = files.filter(function (_, place) { return entries[place] && entries[place].isDirectory; });
      add(files.filter(function (file) { return !folders.includes(file); }));
      if (folders.length) say("“" + folders[0].name + "” is a folder. Open it, and choose or drop the files in it.");
    });
    form.addEventListener("submit", function (event) { event.preventDefault(); start(); });
    window.addEventListener("beforeunload", function (event) { if (sending) event.preventDefault(); });

    function say(words) { said.textContent = words; }

    function add(files) {
      for (const file of files) {
        const known = items.some(function (item) { return item.state !== "refused" && item.file.name === file.name && item.file.size === file.size && item.file.lastModified === file.lastModified; });
        if (known) continue;
        const item = { file: file, key: newKey(), state: "waiting" };
        draw(item);
        items.push(item);
        if (file.size > Number(form.dataset.limit)) {
          show(item, "refused", "“" + file.name + "” is larger than " + form.dataset.limitWords + ", the most that one file may be. Save it with smaller pictures, or split it, and add the parts.");
        }
      }
      list.hidden = items.length === 0;
      const waiting = count("waiting");
      if (waiting) say(waiting === 1 ? "One file is ready. Press “Add the files”." : waiting + " files are ready. Press “Add the files”.");
    }

    function count(state) { return items.filter(function (item) { return item.state === state; }).length; }

    function draw(item) {
      const row = document.createElement("li");
      row.className = "app-uploads__item";
      const left = document.createElement("div");
      item.name = document.createElement("span");
      item.name.textContent = item.file.name;
      item.detail = document.createElement("span");
      item.detail.className = "app-uploads__detail";
      item.bar = document.createElement("progress");
      item.bar.max = 100;
      item.bar.value = 0;
      item.bar.setAttribute("aria-label", "Sent of " + item.file.name);
      item.bar.hidden = true;
      left.append(item.name, item.detail, item.bar);
      item.right = document.createElement("div");
      item.tag = document.createElement("span");
      item.button = document.createElement("button");
      item.button.type = "button";
      item.button.className = "ds_button ds_button--secondary ds_button--small";
      item.button.addEventListener("click", function () {
        if (item.state === "failed") { show(item, "waiting"); start(); return; }
        items.splice(items.indexOf(item), 1);
        row.remove();
        list.hidden = items.length === 0;
        say("“" + item.file.name + "” was taken off the list.");
        input.focus();
      });
      item.right.append(item.tag, document.createTextNode(" "));
      row.append(left, item.right);
      list.append(row);
      show(item, "waiting");
    }

    function show(item, state, words) {
      item.state = state;
      item.tag.className = TAG[state];
      item.tag.textContent = { waiting: "Ready", sending: "Sending", done: "Added", refused: "Not added", failed: "Not sent yet" }[state];
      item.detail.textContent = words || size(item.file.size);
      item.bar.hidden = state !== "sending";
      if (state === "sending" || state === "done") { item.button.remove(); return; }
      item.button.textContent = state === "failed" ? "Try again" : "Take off";
      item.button.setAttribute("aria-label", item.button.textContent + ": " + item.file.name);
      item.right.append(item.button);
    }

    async function start() {
      if (sending) return;
      for (const item of items) if (item.state === "failed") show(item, "waiting");
      if (!count("waiting")) { say("Choose at least one file."); input.focus(); return; }
      sending = true;
      try {
        for (let item; (item = items.find(function (one) { return one.state === "waiting"; }));) await send(item);
      } finally {
        sending = false;
      }
      const done = count("done");
      const refused = count("refused");
      const failed = count("failed");
      let words = done + (done === 1 ? " file was added." : " files were added.");
      if (refused) words += " " + refused + (refused === 1 ? " was not; the reason stands beside it." : " were not; the reasons stand beside them.");
      if (failed) words += " " + failed + (failed === 1 ? " has not been sent yet." : " have not been sent yet.");
      say(words);
      if (done && !failed) offerToGoOn();
      if (done && there) await showWhatIsThere();
    }

    /* Going on is what comes next now; lines that said that there is nothing yet are no longer true. */
    function offerToGoOn() {
      for (const words of document.querySelectorAll("[data-until-upload]")) words.hidden = true;
      form.querySelector("button[type=submit]").classList.add("ds_button--secondary");
      if (form.querySelector("#upload-go-on")) return;
      const link = document.createElement("a");
      link.id = "upload-go-on";
      link.className = "ds_button";
      link.href = form.dataset.next;
      link.textContent = "Continue";
      form.querySelector(".app-buttons").prepend(link);
    }

    async function showWhatIsThere() {
      const page = await load();
      const now = page && page.getElementById("upload-there");
      if (now) there.replaceChildren(...now.childNodes);
    }

    async function send(item) {
      let fresh = false;
      for (let attempt = 1; attempt <= TRIES; attempt += 1) {
        show(item, "sending", attempt === 1 ? "" : "The connection broke. Trying again, " + attempt + " of " + TRIES + ".");
        say("Sending “" + item.file.name + "”.");
        const answer = await post(item);
        if (answer.body) { settle(item, answer.body); return; }
        if (answer.status === 403 && !fresh) {
          fresh = await renew();
          if (fresh) continue;
        }
        if (answer.status && answer.status < 500) { stop(item, answer.status); return; }
        if (attempt < TRIES) {
          say("The connection broke while “" + item.file.name + "” was sent. It is tried again by itself.");
          await pause(Math.min(1000 * 2 ** (attempt - 1), LONGEST_PAUSE));
        }
      }
      show(item, "failed", "The connection broke " + TRIES + " times. Check it and press “Try again”; the file will not be added twice.");
    }

    function settle(item, body) {
      const kept = body.kept[0];
      if (!kept) { show(item, "refused", body.refused[0] ? body.refused[0].sentence : "It was not added."); return; }
      show(item, "done", size(item.file.size) + ". " + kept.words + ".");
      const link = document.createElement("a");
      link.href = kept.url;
      link.textContent = kept.name;
      item.name.replaceChildren(link);
    }

    function stop(item, status) {
      const signedOut = status === 200 || status === 401;
      show(item, "failed", signedOut
        ? "You have been signed out. Sign in again in another tab, come back here and press “Try again”: your files are still chosen."
        : "You may not add files here any more. Load the page again to see why.");
    }

    function post(item) {
      return new Promise(function (resolve) {
        const data = new FormData();
        data.append("csrfmiddlewaretoken", token.value);
        data.append("key", item.key);
        data.append("files", item.file, item.file.name);
        const request = new XMLHttpRequest();
        let lastSaid = Date.now();
        request.open("POST", form.action);
        request.setRequestHeader("Accept", "application/json");
        request.setRequestHeader("X-CSRFToken", token.value);
        request.upload.addEventListener("progress", function (event) {
          if (!event.lengthComputable) return;
          const share = Math.floor((100 * event.loaded) / event.total);
          item.bar.value = share;
          if (Date.now() - lastSaid > SAID_EVERY) { lastSaid = Date.now(); say("“" + item.file.name + "”: " + share + " per cent sent."); }
        });
        request.addEventListener("load", function () {
          const isJson = (request.getResponseHeader("Content-Type") || "").startsWith("application/json");
          let body = null;
          if (isJson && request.status < 500) { try { body = JSON.parse(request.responseText); } catch { body = null; } }
          if (body && !Array.isArray(body.kept)) body = null; /* somebody else's answer: the sign-in page speaks JSON too */
          if (body && request.status === 400 && !body.kept.length) { resolve({ status: 0, body: null }); return; }
          resolve({ status: request.status, body: body });
        });
        for (const name of ["error", "abort", "timeout"]) request.addEventListener(name, function () { resolve({ status: 0, body: null }); });
        request.send(data);
      });
    }

    /* A form's token ends with the sign-in; the page has a new one. */
    async function renew() {
      const page = await load();
      const found = page && page.querySelector("form[data-upload] input[name=csrfmiddlewaretoken]");
      if (found) token.value = found.value;
      return Boolean(found);
    }

    /* The page of uploads as it is now; nothing when it cannot be had. */
    async function load() {
      try {
        const answer = await fetch(form.action, { credentials: "same-origin", headers: { Accept: "text/html" } });
        if (!answer.ok || answer.redirected) return null;
        return new DOMParser().parseFromString(await answer.text(), "text/html");
      } catch { return null; }
    }
  }

  function pause(milliseconds) {
    return new Promise(function (resolve) {
      const timer = setTimeout(done, milliseconds);
      function done() { clearTimeout(timer); window.removeEventListener("online", done); resolve(); }
      window.addEventListener("online", done);
    });
  }

  function newKey() {
    return Array.from(crypto.getRandomValues(new Uint8Array(16)), function (byte) { return byte.toString(16).padStart(2, "0"); }).join("");
  }

  function size(bytes) {
    if (bytes < 1000) return bytes + (bytes === 1 ? " byte" : " bytes");
    return bytes < 1e6 ? Math.round(bytes / 1e3) + " kB" : (bytes / 1e6).toFixed(bytes < 9.95e6 ? 1 : 0) + " MB";
  }
})();
