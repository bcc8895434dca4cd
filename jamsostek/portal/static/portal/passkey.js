/* Passkeys: the one thing here that needs a script, because browsers speak of them in no other way.
   A form marked data-passkey-create, -get (the id of its JSON) or -login (where to fetch it) sends what the device answers. */
"use strict";
(() => {
  if (!window.PublicKeyCredential) return;
  const bytes = text => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), sign => sign.charCodeAt(0));
  const text = buffer => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const listed = list => (list || []).map(one => ({ ...one, id: bytes(one.id) }));

  async function create(options, alone) {
    const key = options.publicKey;
    const choice = { ...key.authenticatorSelection, residentKey: alone ? "required" : "discouraged", requireResidentKey: alone };
    if (alone) choice.userVerification = "required";
    const made = await navigator.credentials.create({ publicKey: {
      ...key, challenge: bytes(key.challenge), user: { ...key.user, id: bytes(key.user.id) },
      excludeCredentials: listed(key.excludeCredentials), authenticatorSelection: choice,
    } });
    const answer = made.response;
    return sent(made, {
      clientDataJSON: text(answer.clientDataJSON), attestationObject: text(answer.attestationObject),
      transports: answer.getTransports ? answer.getTransports() : [],
    });
  }

  async function get(options) {
    const key = options.publicKey;
    const given = await navigator.credentials.get({ publicKey: {
      ...key, challenge: bytes(key.challenge), allowCredentials: listed(key.allowCredentials),
    } });
    const answer = given.response;
    return sent(given, {
      clientDataJSON: text(answer.clientDataJSON), authenticatorData: text(answer.authenticatorData),
      signature: text(answer.signature), userHandle: answer.userHandle ? text(answer.userHandle) : null,
    });
  }

  function sent(credential, response) {
    return {
      id: credential.id, rawId: text(credential.rawId), type: credential.type, response,
      authenticatorAttachment: credential.authenticatorAttachment, clientExtensionResults: credential.getClientExtensionResults(),
    };
  }

  const told = id => JSON.parse(document.getElementById(id).textContent);
  async function answer(form) {
    if (form.dataset.passkeyCreate) {
      return create(told(form.dataset.passkeyCreate).creation_options, Boolean(form.elements.passwordless?.checked));
    }
    if (form.dataset.passkeyGet) return get(told(form.dataset.passkeyGet).request_options);
    const fetched = await fetch(form.dataset.passkeyLogin, { headers: { Accept: "application/json" } });
    return get((await fetched.json()).request_options);
  }

  for (const form of document.querySelectorAll("[data-passkey-create], [data-passkey-get], [data-passkey-login]")) {
    form.addEventListener("submit", async event => {
      event.preventDefault();
      const problem = document.querySelector("[data-passkey-error]");
      problem.hidden = true;
      try {
        form.elements.credential.value = JSON.stringify(await answer(form));
        form.submit();
      } catch {
        problem.hidden = false;
        problem.setAttribute("role", "alert");
      }
    });
  }
  for (const hidden of document.querySelectorAll("[data-passkey]")) hidden.hidden = false;
})();
