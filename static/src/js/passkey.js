// Presses the buttons of passkeys: asks the browser for one and sends its answer with the form.
// Without this script the forms stay hidden, a sentence says why, and the other ways are there.
(() => {
  const { create, get, supported } = window.webauthnJSON ?? {};
  const hasName = !/^[\d.]+$|^\[/.test(location.hostname); // a passkey belongs to a name
  const works = supported?.() && window.isSecureContext && hasName;

  async function options(form) {
    if (form.dataset.passkey !== "alone") {
      const { creation_options, request_options } = JSON.parse(document.getElementById("passkey-options").textContent);
      return creation_options ?? request_options;
    }
    const answer = await fetch(form.action, { headers: { Accept: "application/json" }, credentials: "same-origin" });
    if (!answer.ok) throw new Error(answer.statusText);
    return (await answer.json()).request_options;
  }

  async function send(form) {
    const say = form.querySelector("[role=status]");
    const button = form.querySelector("[type=submit]");
    say.textContent = "";
    button.disabled = true;
    try {
      const ask = form.dataset.passkey === "new" ? create : get;
      form.elements.credential.value = JSON.stringify(await ask(await options(form)));
      form.submit();
    } catch {
      say.textContent = form.dataset.failed;
      button.disabled = false;
    }
  }

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = !works;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      send(form);
    });
  }
  // In place of a password that is asked for again: its answer goes with the form, as it stands.
  async function prove(button) {
    const { form } = button;
    const { credential, password } = form.elements;
    const say = form.querySelector("[role=status]");
    password.required = false;
    say.textContent = "";
    if (!form.reportValidity()) return;
    button.disabled = true;
    try {
      const answer = await fetch(button.dataset.passkeyProof, { headers: { Accept: "application/json" }, credentials: "same-origin" });
      if (!answer.ok) throw new Error(answer.statusText);
      credential.value = JSON.stringify(await get((await answer.json()).request_options));
      form.requestSubmit(form.querySelector("[type=submit]"));
    } catch {
      say.textContent = button.dataset.failed;
      password.required = true;
    }
    button.disabled = false;
  }

  for (const button of document.querySelectorAll("[data-passkey-proof]")) {
    button.hidden = !works;
    button.addEventListener("click", () => prove(button));
    button.form.elements.password.addEventListener("input", ({ target }) => {
      button.form.elements.credential.value = ""; // what is typed counts
      target.required = true;
    });
  }
  for (const hint of document.querySelectorAll("[data-passkey-missing]")) hint.hidden = works;
})();
