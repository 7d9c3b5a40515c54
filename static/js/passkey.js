/* Passkeys: asks the browser for one, and sends what it answers with the form.

   <form data-passkey="create" data-passkey-options="{...}">   sets one up;
   <form data-passkey="get" data-passkey-options="{...}">      proves who one is with one,
   <form data-passkey="get" data-passkey-from="/address/">     the same, where the options are fetched when the button is pressed
     <input type="hidden" name="credential">
     <p data-passkey-said role="status">                       what went wrong, in words
   <div data-passkey-can hidden>                               shown where this browser can do it
   <div data-passkey-cannot>                                   hidden there

   Without a script, or in a browser that knows no passkeys, the page says so and shows the other way. */
"use strict";
(function () {
  const can = Boolean(window.PublicKeyCredential && window.webauthnJSON);
  for (const place of document.querySelectorAll("[data-passkey-can]")) place.hidden = !can;
  for (const place of document.querySelectorAll("[data-passkey-cannot]")) place.hidden = can;
  if (!can) return;

  const FAULTS = {
    NotAllowedError: "It was stopped, or it took too long. Nothing was changed. Press the button to try once more.",
    InvalidStateError: "This device holds a passkey for your account already. Nothing was changed.",
    SecurityError: "The address of this page is not the one that passkeys are made for. Nothing was changed."
  };

  async function options(form) {
    if (form.dataset.passkeyOptions) return JSON.parse(form.dataset.passkeyOptions);
    const answer = await fetch(form.dataset.passkeyFrom, { headers: { Accept: "application/json" }, credentials: "same-origin" });
    if (!answer.ok) throw new Error("The server did not answer. Wait a minute and press the button again.");
    return answer.json();
  }
  function asked(given) {
    const found = given.creation_options || given.request_options;
    if (given.creation_options) {
      /* One that this device keeps and guards by finger, face or PIN: a key that knows who it belongs to. */
      const choice = found.publicKey.authenticatorSelection = found.publicKey.authenticatorSelection || {};
      choice.residentKey = "required";
      choice.requireResidentKey = true;
      choice.userVerification = "required";
    }
    return found;
  }

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const said = form.querySelector("[data-passkey-said]"), credential = form.elements.namedItem("credential");
    let busy = false;
    form.addEventListener("submit", async function (event) {
      event.preventDefault();
      if (busy) return;
      busy = true;
      said.textContent = "Follow what your browser asks.";
      try {
        const found = asked(await options(form));
        const answer = await (form.dataset.passkey === "create" ? window.webauthnJSON.create(found) : window.webauthnJSON.get(found));
        credential.value = JSON.stringify(answer);
        form.submit();
      } catch (fault) {
        said.textContent = FAULTS[fault.name] || fault.message;
      }
      busy = false;
    });
  }
})();
