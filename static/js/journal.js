/* Keeps what somebody types in this browser until the server has it, and offers it back. Every page loads it.

   Every form that crispy draws for somebody signed in has a journal, named by its address; a form written out by hand asks for one:
   <form data-journal="any-name-of-this-text" data-journal-user="{{ request.user.pk }}">     keeps a journal of the form
         data-autosave                     also sends the form every few seconds to its own address, asking for JSON
         data-unsaved                      what the page opened with is not on the server: a save was refused
         data-words-per-side="450"         for the counts below
     <textarea name="x"> <input type="hidden" name="x_based_on">         every text has the version it was based on (or just based_on)
     <p data-words-of="id of the textarea">                               how many words, after each pause
     <p data-journal-said role="status">                                  what is saved where, in words; without it only bad news is told
   <form data-journal-sends="name" data-journal-user="7">                 sends, in hidden fields, what that journal keeps
   <span data-journal-saved="name" data-journal-user="7" hidden>          on the page after a save: the journal may go
   <div data-journal-kept="name" data-journal-user="7">                   on a page that takes no more: what is in the journal, to be copied
   <span data-journal-stays hidden>                                       on the page to sign in: to be sent here saved nothing
   <span data-journal-any hidden>                                        shown when this browser keeps anything
   <form data-journal-leaves="7">                                         signs out; asks first on its own page when this browser keeps something of theirs
   <div data-journal-mine="7" hidden> with a <ul>                         shown, with what this browser keeps of theirs
   <form data-journal-forgets="7">                                        signs out, and this browser forgets it

   An entry is done with when the server answers its form by sending the browser on to another page, as it does after every deed.
   An answer without that (faults, a refusal, an ended session, a mistake of ours) saved nothing, nor did no answer at all.

   The answer to an autosave: 200 {"saved_at": "14:03", "versions": {"x_based_on": 4}}; 400, 403 or 409 {"faults": ["A sentence."], "versions": {}}.
   A form with versions says autocomplete="off": on the way back a browser would put old words beside a new version.
   Entries are kept by person, so that nobody is offered a colleague's words, and forgotten after a fortnight, or when the person
   signs out. A session that ended by itself forgets nothing. */
"use strict";
(function () {
  const PAUSE = 2500, LONGEST = 8000, AGAIN = 10000, FORTNIGHT = 14 * 24 * 3600 * 1000;
  const prefix = "journal/", SENT = "journal-sent";
  const address = (who, name) => prefix + who + "/" + name;

  function read(key) {
    try { return JSON.parse(localStorage.getItem(key)); } catch (broken) { return null; }
  }
  function write(key, entry) {
    try { localStorage.setItem(key, JSON.stringify(entry)); return true; } catch (full) { return false; }
  }
  function drop(key) {
    try { localStorage.removeItem(key); } catch (closed) { /* nothing is kept where nothing may be kept */ }
  }
  function forgetOld() {
    try {
      for (const key of Object.keys(localStorage)) {
        if (key.startsWith(prefix) && Date.now() - ((read(key) || {}).at || 0) > FORTNIGHT) drop(key);
      }
    } catch (closed) { /* as above */ }
  }
  function time(at) {
    return new Date(at).toLocaleString("en-GB", { weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" });
  }

  /* Which entry a form took with it, and from which page. This window remembers until its next page. */
  function remember(key) {
    try { sessionStorage.setItem(SENT, JSON.stringify({ key: key, from: location.href.split("#")[0] })); } catch (closed) { /* as above */ }
  }
  function settle() {
    let sent = null;
    try { sent = JSON.parse(sessionStorage.getItem(SENT)); sessionStorage.removeItem(SENT); } catch (closed) { /* as above */ }
    const arrival = performance.getEntriesByType("navigation")[0];
    const sentOn = arrival && arrival.redirectCount > 0 && !document.querySelector("[data-journal-stays]");
    if (sent && sentOn && document.referrer === sent.from) drop(sent.key);
  }
  function keptOf(who) {
    try { return Object.keys(localStorage).filter((key) => key.startsWith(address(who, ""))); } catch (closed) { return []; }
  }
  function tellKept() {
    let keeps = false;
    try { keeps = Object.keys(localStorage).some((key) => key.startsWith(prefix)); } catch (closed) { /* as above */ }
    for (const words of document.querySelectorAll("[data-journal-any]")) words.hidden = !keeps;
  }

  const pending = []; /* what each form has still to write down */

  forgetOld();
  settle();
  for (const mark of document.querySelectorAll("[data-journal-saved]")) drop(address(mark.dataset.journalUser, mark.dataset.journalSaved));
  for (const form of document.querySelectorAll("form[data-journal]")) keep(form);
  for (const form of document.querySelectorAll("form[data-journal-sends]")) {
    form.addEventListener("submit", function (event) {
      if (!event.defaultPrevented) remember(address(form.dataset.journalUser, form.dataset.journalSends));
    });
  }
  tellKept();
  for (const place of document.querySelectorAll("[data-journal-kept]")) show(place);
  for (const place of document.querySelectorAll("[data-journal-mine]")) list(place, place.dataset.journalMine);
  for (const form of document.querySelectorAll("form[data-journal-leaves]")) {
    form.addEventListener("submit", function (event) {
      for (const write of pending) write();
      if (!keptOf(form.dataset.journalLeaves).length) return;
      event.preventDefault();
      location.assign(form.getAttribute("action"));
    });
  }
  for (const form of document.querySelectorAll("form[data-journal-forgets]")) {
    form.addEventListener("submit", function () { for (const key of keptOf(form.dataset.journalForgets)) drop(key); });
  }

  /* What signing out would forget: the beginning of each text, and its page. */
  function list(place, who) {
    const entries = keptOf(who).map(read).filter((entry) => entry && entry.fields);
    for (const entry of entries) {
      const line = document.createElement("li"), link = document.createElement("a");
      const words = Object.values(entry.fields).find((text) => text.trim() && text !== "yes") || "a choice";
      const short = words.trim().replace(/\s+/g, " ");
      link.textContent = "“" + (short.length > 60 ? short.slice(0, 60) + "…" : short) + "”, " + time(entry.at);
      if (/^\/(?!\/)/.test(entry.page || "")) link.href = entry.page;
      line.append(link);
      place.querySelector("ul").append(line);
    }
    place.hidden = !entries.length;
  }

  /* ---------- One form ---------- */

  function keep(form) {
    const key = address(form.dataset.journalUser, form.dataset.journal);
    let said = form.querySelector("[data-journal-said]");
    let timer = 0, first = 0, soon = 0, busy = false, stopped = false, leaving = false;

    function controls() {
      return Array.from(form.elements).filter(function (one) {
        return one.name && !one.disabled && !["hidden", "password", "file", "submit", "button"].includes(one.type);
      });
    }
    function texts() {
      const found = {};
      for (const one of controls()) {
        if (one.type === "checkbox" || one.type === "radio") {
          const at = one.name + "=" + one.value;
          found[at] = one.checked ? "yes" : "";
        } else found[one.name] = one.value.replace(/\r\n/g, "\n");
      }
      return found;
    }
    function labels() {
      const written = controls().filter((one) => !["checkbox", "radio"].includes(one.type) && one.labels && one.labels[0]);
      return Object.fromEntries(written.map((one) => [one.name, one.labels[0].textContent.trim()]));
    }
    function put(fields) {
      for (const one of controls()) {
        const ticks = one.type === "checkbox" || one.type === "radio";
        const at = ticks ? one.name + "=" + one.value : one.name;
        if (!(at in fields)) continue;
        if (ticks) one.checked = fields[at] === "yes"; else one.value = fields[at];
        if (ticks && one.checked && one.closest("details")) one.closest("details").open = true;
      }
    }
    /* The server takes empty lines off the end of a text: that is no difference. */
    function same(one, other) { return Object.keys(one).every((name) => (other[name] || "").trim() === one[name].trim()); }
    /* The versions go with the words, so that words put back are never saved over what somebody wrote since. */
    function versions() {
      return Array.from(form.elements).filter((one) => one.type === "hidden" && /(^|_)based_on$/.test(one.name));
    }
    /* Of several texts only those that are put back are based on what they were typed on; the others are as the page has them. */
    function goesWith(version, entry) {
      return version.name in (entry.versions || {}) && (version.name === "based_on" || textOf(version.name) in entry.fields);
    }
    function textOf(version) { return version.replace(/_based_on$/, ""); }
    function say(words, bad) {
      if (!said && !bad) return;
      said = said || makeSaid(form);
      said.textContent = words;
      said.classList.toggle("app-saved--failed", Boolean(bad));
    }

    if (!controls().length) return;

    /* What the page opened with; an entry that says the same is done with once the server has it, another is offered back. */
    const opened = texts();
    let server = "unsaved" in form.dataset ? {} : opened;
    const left = read(key);
    if (left && left.fields && !same(left.fields, opened)) offer(left);
    else if ("unsaved" in form.dataset) note();
    else if (left) drop(key);

    function offer(entry) {
      const box = document.createElement("div");
      box.className = "ds_inset-text";
      box.id = "journal-offer";
      box.setAttribute("role", "region");
      box.setAttribute("aria-label", "What this browser kept");
      const words = document.createElement("p");
      words.textContent = "You typed something here on " + time(entry.at) + " that may not have reached the server. This browser kept it.";
      const row = document.createElement("div");
      row.className = "ds_button-group";
      row.append(
        button("Put it back", function () {
          put(entry.fields);
          for (const one of versions()) if (goesWith(one, entry)) one.value = entry.versions[one.name];
          box.remove();
          for (const one of form.querySelectorAll("textarea")) one.dispatchEvent(new Event("input", { bubbles: true }));
          typed();
          controls()[0].focus();
        }),
        button("Leave it out", function () { drop(key); box.remove(); })
      );
      const inside = document.createElement("div");
      inside.className = "ds_inset-text__text";
      inside.append(words, row);
      box.append(inside);
      form.prepend(box);
    }
    function button(words, press) {
      const one = document.createElement("button");
      one.type = "button";
      one.className = "ds_button ds_button--secondary ds_button--small";
      one.textContent = words;
      one.addEventListener("click", press);
      return one;
    }

    /* Every key is in the journal within a moment; the server has it within seconds. */
    function typed() {
      clearTimeout(soon);
      soon = setTimeout(note, 300);
      if (!("autosave" in form.dataset) || stopped) return;
      first = first || Date.now();
      clearTimeout(timer);
      timer = setTimeout(send, Math.max(0, Math.min(PAUSE, first + LONGEST - Date.now())));
    }
    function note() {
      clearTimeout(soon);
      soon = 0;
      const now = texts();
      if (same(now, server)) { drop(key); return; }
      const based = Object.fromEntries(versions().map((one) => [one.name, one.value]));
      /* Only what the server does not have: a text that nobody touched here may be a colleague's by the time it is put back. */
      const differ = Object.keys(now).filter((name) => now[name].trim() !== (server[name] || "").trim());
      const fields = Object.fromEntries(differ.map((name) => [name, now[name]]));
      const kept = write(key, { at: Date.now(), page: location.pathname + location.search, fields: fields, versions: based, labels: labels() });
      if (!kept) say("This browser keeps no copy of what you type. Save often, with the button below.", true);
      else if (!("autosave" in form.dataset)) say("Kept in this browser; not saved on the server yet.");
    }
    pending.push(function () { if (soon) note(); });
    form.addEventListener("input", typed);
    form.addEventListener("change", typed);
    form.addEventListener("submit", function (event) {
      if (event.defaultPrevented) return;
      clearTimeout(timer);
      note();
      if (navigator.onLine !== false) { leaving = true; remember(key); return; }
      /* Without a line the browser would show its own error page in place of this one. */
      event.preventDefault();
      delete form.dataset.sent;
      say("Nothing was sent: there is no connection. What you typed is kept in this browser. Press the button again when the connection is back.", true);
    });
    window.addEventListener("offline", function () { say("There is no connection. What you type is kept in this browser.", true); });
    window.addEventListener("pageshow", function () { leaving = false; });
    window.addEventListener("pagehide", function () { if (soon) note(); });
    window.addEventListener("online", function () {
      say("The connection is back." + ("autosave" in form.dataset ? "" : " Save when you are ready."));
      if (first) send();
    });
    document.addEventListener("visibilitychange", function () {
      if (document.visibilityState === "hidden") { if (soon) note(); if (first) send(); }
    });

    async function send() {
      clearTimeout(timer);
      if (busy || stopped || leaving) return;
      const sent = texts();
      if (same(sent, server)) { first = 0; return; }
      busy = true;
      first = 0;
      say("Saving…");
      let answer = null, body = {};
      try {
        answer = await fetch(form.getAttribute("action") || location.href, {
          method: "POST", body: new FormData(form), headers: { Accept: "application/json" },
          credentials: "same-origin", redirect: "manual", keepalive: document.visibilityState === "hidden"
        });
        if ((answer.headers.get("Content-Type") || "").includes("json")) body = await answer.json();
      } catch (offline) { answer = null; }
      busy = false;
      if (leaving) return;
      for (const [name, version] of Object.entries(body.versions || {})) {
        const box = form.elements.namedItem(name);
        if (box) box.value = version;
        const text = textOf(name);
        if (name !== "based_on" && text in sent) server = { ...server, [text]: sent[text] };
      }
      if (answer && answer.ok) {
        server = sent;
        say("Saved on the server at " + body.saved_at + ".");
        if (same(texts(), server)) drop(key); else typed();
      } else if (answer && answer.type === "opaqueredirect" || answer && answer.status === 403 && !body.faults) {
        stopped = true;
        note();
        say("Not saved: you are signed out, or this is closed now. What you typed is kept in this browser. Reload the page to sign in; it will be offered back.", true);
      } else if (answer && body.faults) {
        stopped = answer.status === 409 || answer.status === 403;
        note();
        say("Not saved. " + body.faults.join(" ") + (answer.status === 403 ? " What you typed is kept in this browser. Press the button below to see it all and copy it." : ""), true);
      } else {
        note();
        say("Not saved: the server cannot be reached. What you typed is kept in this browser, and is sent again by itself.", true);
        first = Date.now();
        timer = setTimeout(send, AGAIN);
      }
    }

    count(form);
  }

  /* Where the form is no more: what was typed and does not stand on the page, to be copied. */
  function show(place) {
    const key = address(place.dataset.journalUser, place.dataset.journalKept), entry = read(key), labels = (entry || {}).labels || {};
    const bare = (words) => words.replace(/\s+/g, "");
    const stands = bare((document.querySelector("main") || document.body).textContent);
    const names = Object.keys(labels).filter((name) => (entry.fields[name] || "").trim() && !stands.includes(bare(entry.fields[name])));
    if (!names.length) return;
    const box = document.createElement("section"), words = document.createElement("p"), done = document.createElement("button");
    box.className = "ds_inset-text";
    box.setAttribute("aria-label", "What this browser kept");
    words.textContent = "You typed something here on " + time(entry.at) + " that did not reach the server before this was closed. This browser kept it: copy it from here.";
    const inside = document.createElement("div");
    inside.className = "ds_inset-text__text";
    inside.append(words);
    for (const name of names) {
      const question = document.createElement("div"), label = document.createElement("label"), text = document.createElement("textarea");
      question.className = "ds_question";
      label.className = "ds_label";
      label.htmlFor = text.id = "kept-" + name;
      label.textContent = labels[name];
      text.className = "ds_input";
      text.rows = 6;
      text.readOnly = true;
      text.value = entry.fields[name];
      question.append(label, text);
      inside.append(question);
    }
    done.type = "button";
    done.className = "ds_button ds_button--secondary ds_button--small";
    done.textContent = "I have copied it";
    done.addEventListener("click", function () { drop(key); box.remove(); });
    inside.append(done);
    box.append(inside);
    place.append(box);
  }

  function makeSaid(form) {
    const said = document.createElement("p");
    said.setAttribute("role", "status");
    form.append(said);
    return said;
  }

  /* How many words, and how much of a side, after each pause. */
  function count(form) {
    const side = Number(form.dataset.wordsPerSide);
    for (const place of form.querySelectorAll("[data-words-of]")) {
      const box = document.getElementById(place.dataset.wordsOf);
      if (!box) continue;
      let timer = 0;
      const tell = function () {
        const words = (box.value.match(/\S+/g) || []).length;
        const sides = side ? ", about " + (Math.ceil(10 * words / side) / 10) + " of a side" : "";
        place.textContent = (words === 0 ? "no words" : words === 1 ? "1 word" : words.toLocaleString("en-GB") + " words") + (words ? sides : "");
      };
      box.addEventListener("input", function () { clearTimeout(timer); timer = setTimeout(tell, 400); });
      tell();
    }
  }
})();
