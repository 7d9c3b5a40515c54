/* Keeps what somebody types in this browser until the server has it, and offers it back. Every page loads it.

   Every form that crispy draws for somebody signed in has a journal, named by its address; a form written out by hand asks for one.
   Each time a form is opened it has an entry of its own in that journal, so that two windows never write over each other:
   <form data-journal="any-name-of-this-text" data-journal-user="{{ request.user.pk }}">     keeps a journal of the form
         data-autosave                     also sends the form every few seconds to its own address, asking for JSON
         data-unsaved                      what the page opened with is not on the server: a save was refused
         data-words-per-side="450"         for the counts below
     <textarea name="x"> <input type="hidden" name="x_based_on">         every text has the version it was based on (or just based_on)
     <input type="hidden" name="opening">                                 the mark by which the server knows a page that is sent twice
     <p data-words-of="id of the textarea">                               how many words, after each pause
     <p data-journal-said role="status">                                  what is saved where, in words; without it only bad news is told
   <form data-journal-sends="name" data-journal-user="7">                 sends, in hidden fields, what the page before it was sent with
   <span data-journal-saved="name" data-journal-user="7" hidden>          on the page after a save: what was sent of that journal may go
   <div data-journal-kept="name" data-journal-user="7">                   on a page that takes no more: what is in the journal, to be copied
   <span data-journal-stays hidden>                                       on the page to sign in: to be sent here saved nothing
   <span data-journal-any hidden>                                        shown when this browser keeps anything
   <form data-journal-leaves="7">                                         signs out; asks first on its own page when this browser keeps something of theirs
   <div data-journal-mine="7" hidden> with a <ul>                         shown, with what this browser keeps of theirs
        data-journal-under="/inspections/x/"                               only what was typed on the pages there
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
  const prefix = "journal/", SENT = "journal-sent", GOES_ON = "journal-goes-on", FIRST_WORDS = 60, CHOSEN = "What you chose";
  const address = (who, name) => prefix + who + "/" + name;
  const isOf = (key, where) => key === where || key.startsWith(where + "#");
  const fresh = (where) => where + "#" + Date.now().toString(36) + Math.random().toString(36).slice(2, 10);

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
  function recall(name) {
    try { return JSON.parse(sessionStorage.getItem(name)); } catch (closed) { return null; }
  }
  function put(name, value) {
    try { sessionStorage.setItem(name, JSON.stringify(value)); } catch (closed) { /* as above */ }
  }
  function remember(key) { put(SENT, { key: key, from: location.href.split("#")[0] }); }
  /* Drops what was sent and is done with, and nothing else of its journal; gives what was sent and is not. */
  function settle() {
    const sent = recall(SENT);
    put(SENT, null);
    if (!sent) return null;
    const arrival = performance.getEntriesByType("navigation")[0];
    const sentOn = arrival && arrival.redirectCount > 0 && !document.querySelector("[data-journal-stays]");
    const marks = Array.from(document.querySelectorAll("[data-journal-saved]"));
    const marked = marks.some((mark) => isOf(sent.key, address(mark.dataset.journalUser, mark.dataset.journalSaved)));
    if (!sentOn || document.referrer !== sent.from && !marked) return sent;
    drop(sent.key);
    return null;
  }
  /* The entry that goes on from the page before to this one, which shows the same words; also when this page is loaded again. */
  function goesOn(where, found) {
    const known = recall(GOES_ON) || {};
    if (found) put(GOES_ON, { ...known, [where]: found.key });
    return found ? found.key : known[where];
  }
  function newestFirst(keys) {
    const at = (key) => (read(key) || {}).at || 0;
    return keys.sort((one, other) => at(other) - at(one));
  }
  function entriesOf(where) {
    try { return newestFirst(Object.keys(localStorage).filter((key) => isOf(key, where))); } catch (closed) { return []; }
  }
  function keptOf(who) {
    try { return newestFirst(Object.keys(localStorage).filter((key) => key.startsWith(address(who, "")))); } catch (closed) { return []; }
  }
  function title() {
    const heading = document.querySelector("h1");
    return heading ? heading.textContent.trim() : "";
  }
  function tellKept() {
    let keeps = false;
    try { keeps = Object.keys(localStorage).some((key) => key.startsWith(prefix)); } catch (closed) { /* as above */ }
    for (const words of document.querySelectorAll("[data-journal-any]")) words.hidden = !keeps;
  }

  const pending = []; /* what each form has still to write down */

  forgetOld();
  const cameWith = settle();
  for (const form of document.querySelectorAll("form[data-journal]")) keep(form);
  for (const form of document.querySelectorAll("form[data-journal-sends]")) {
    const key = goesOn(address(form.dataset.journalUser, form.dataset.journalSends), cameWith);
    form.addEventListener("submit", function (event) { if (key && !event.defaultPrevented) remember(key); });
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

  /* The beginning of the longest text that somebody typed, which they know again; none where they only chose. */
  function firstWords(entry) {
    const ours = ([name, text]) => entry.typed ? entry.typed.includes(name) : text !== "yes";
    const texts = Object.entries(entry.fields).filter(ours).map(([, text]) => text.trim().replace(/\s+/g, " "));
    const longest = texts.reduce((one, other) => other.length > one.length ? other : one, "");
    const whole = longest.slice(0, FIRST_WORDS).replace(/\s+\S*$/, "");
    return longest && "“" + (longest.length > FIRST_WORDS ? whole + "…" : longest) + "”";
  }

  /* What this browser keeps of somebody: the beginning of each, its page and when. In a list each is a way there; without one each that has words is a line. */
  function list(place, who) {
    const under = place.dataset.journalUnder || "";
    const items = place.querySelector("ul");
    const entries = keptOf(who).map(read).filter((entry) => entry && entry.fields && (entry.page || "").startsWith(under))
      .filter((entry) => items || firstWords(entry));
    for (const entry of entries) {
      const line = document.createElement(items ? "li" : "p"), link = document.createElement("a");
      const begins = firstWords(entry) || CHOSEN, rest = (entry.title ? ", on the page “" + entry.title + "”" : "") + ", " + time(entry.at);
      if (/^\/(?!\/)/.test(entry.page || "")) link.href = entry.page;
      if (items) {
        link.textContent = begins;
        line.append(link, rest);
        items.append(line);
      } else {
        const what = document.createElement("span");
        what.className = "visually-hidden";
        what.textContent = ": " + begins;
        link.append("Open it", what);
        line.append("This browser keeps something you typed: " + begins + rest + ". ", link);
        place.firstElementChild.append(line);
      }
    }
    place.hidden = !entries.length;
  }

  /* ---------- One form ---------- */

  function keep(form) {
    const where = address(form.dataset.journalUser, form.dataset.journal), unsaved = "unsaved" in form.dataset;
    let key = fresh(where);
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
    function typedIn() {
      return controls().filter((one) => one.tagName !== "SELECT" && !["checkbox", "radio"].includes(one.type)).map((one) => one.name);
    }
    function fill(fields) {
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
    /* The versions go with the words, so that words put back are never saved over what somebody wrote since; and the mark of the
       page they were typed on, so that the server knows them again if they did reach it. */
    function versions() {
      return Array.from(form.elements).filter((one) => one.type === "hidden" && /(^|_)based_on$|^opening$/.test(one.name));
    }
    /* Of several texts only those that are put back are based on what they were typed on; the others are as the page has them. */
    function goesWith(version, entry) {
      return version.name in (entry.versions || {}) && (["based_on", "opening"].includes(version.name) || textOf(version.name) in entry.fields);
    }
    function textOf(version) { return version.replace(/_based_on$/, ""); }
    function say(words, bad) {
      if (!said && !bad) return;
      said = said || makeSaid(form);
      said.textContent = words;
      said.classList.toggle("app-saved--failed", Boolean(bad));
    }

    if (!controls().length) return;

    /* What the page opened with; an entry that says the same is done with once the server has it, others are offered back. */
    const opened = texts();
    let server = unsaved ? {} : opened;
    if (unsaved) key = entryBefore() || key;
    const others = entriesOf(where).filter((one) => one !== key);
    if (cameWith && cameWith.key !== key && !others.includes(cameWith.key)) others.push(cameWith.key);
    const written = !unsaved || note();
    const left = others.filter(function (one) {
      const entry = read(one);
      /* Two forms of one page share a journal when they are named by its address. */
      if (!entry || !Object.keys(entry.fields || {}).some((name) => name in opened)) return false;
      if (!same(entry.fields, opened)) return isOf(one, where);
      if (written && (isOf(one, where) || unsaved)) drop(one);
      return false;
    });
    if (left.length && !unsaved) offer(left);

    /* A form that comes back with faults is the one that was sent. */
    function entryBefore() {
      const found = cameWith && isOf(cameWith.key, where) ? cameWith : null, before = goesOn(where, found);
      return before && (found || same((read(before) || {}).fields || {}, opened)) ? before : "";
    }

    /* One after the other, the newest first. */
    function offer(keys) {
      let at = 0;
      const box = document.createElement("div"), inside = document.createElement("div"), row = document.createElement("div");
      const when = document.createElement("p"), what = document.createElement("p");
      box.className = "ds_inset-text";
      box.id = "journal-offer";
      box.setAttribute("role", "region");
      box.setAttribute("aria-label", "What this browser kept");
      inside.className = "ds_inset-text__text";
      row.className = "ds_button-group";
      what.setAttribute("role", "status");
      const next = button("Show the next", function () { at += 1; draw(); });
      row.append(
        button("Put it back", putBack),
        button("Leave it out", function () { drop(keys[at]); draw(); }),
        next
      );
      inside.append(when, what, row);
      box.append(inside);
      form.prepend(box);
      draw();

      /* Another window may have done with some of them meanwhile. */
      function draw() {
        const shown = keys[at % keys.length];
        keys = keys.filter((one) => read(one));
        if (!keys.length) { box.remove(); return; }
        at = Math.max(0, keys.includes(shown) ? keys.indexOf(shown) : at % keys.length);
        const entry = read(keys[at]);
        when.textContent = "You typed something here on " + time(entry.at) + " that may not have reached the server. This browser kept it.";
        what.textContent = (keys.length > 1 ? at + 1 + " of " + keys.length + ": " : "") + (firstWords(entry) || CHOSEN) + ".";
        next.hidden = keys.length < 2;
      }
      function putBack() {
        const entry = read(keys[at]);
        if (!entry) { draw(); return; }
        if (!same(texts(), server)) {
          /* What was typed here meanwhile stays kept, beside what is put back and not mixed with it. */
          if (!note()) return;
          key = fresh(where);
          fill(server);
        }
        fill(entry.fields);
        for (const one of versions()) if (goesWith(one, entry)) one.value = entry.versions[one.name];
        if (note()) drop(keys[at]);
        const more = entriesOf(where).filter((one) => one !== key).length;
        if (more) {
          when.textContent = "It is back. This browser keeps " + (more === 1 ? "one more" : more + " more") + " of this page, and offers it when you open the page again.";
          what.remove();
          row.remove();
        } else box.remove();
        for (const one of form.querySelectorAll("textarea")) one.dispatchEvent(new Event("input", { bubbles: true }));
        typed();
        controls()[0].focus();
      }
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
    /* Whether nothing is lost when this page goes. */
    function note() {
      clearTimeout(soon);
      soon = 0;
      const now = texts();
      if (same(now, server)) { drop(key); return true; }
      const based = Object.fromEntries(versions().map((one) => [one.name, one.value]));
      /* Only what the server does not have: a text that nobody touched here may be a colleague's by the time it is put back. */
      const differ = Object.keys(now).filter((name) => now[name].trim() !== (server[name] || "").trim());
      const fields = Object.fromEntries(differ.map((name) => [name, now[name]]));
      const kept = write(key, {
        at: Date.now(), page: location.pathname + location.search, title: title(),
        fields: fields, typed: typedIn(), versions: based, labels: labels()
      });
      if (!kept) say("This browser keeps no copy of what you type. Save often, with the button below.", true);
      else if (!("autosave" in form.dataset)) say("Kept in this browser; not saved on the server yet.");
      return kept;
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
    for (const key of entriesOf(address(place.dataset.journalUser, place.dataset.journalKept))) showOne(place, key);
  }
  function showOne(place, key) {
    const entry = read(key), labels = (entry || {}).labels || {};
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
      label.htmlFor = text.id = "kept-" + (place.childElementCount ? place.childElementCount + "-" : "") + name;
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
