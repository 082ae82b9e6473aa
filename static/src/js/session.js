// Keeps what is typed in an editor, or another form of staff, when the sign-in has ended or the server is away. It asks the
// server before the form leaves, and whenever something that the editor sent by itself came to
// nothing; as long as the answer is no, the form stays and a sentence from the page says what to do.
const keep = (place) => {
  const form = place.closest("form");
  const PATIENCE = 15_000; // milliseconds
  const region = place.querySelector("[role=alert]");
  let shown = "";
  let leaving = false; // a button was pressed, and the server is being asked
  let letGo = false; // the server said yes: this submit event is our own
  let checking = false;
  let unsaved = false; // the editor could not save by itself
  let resumed = false; // once for each thing typed, or a broken server would be asked for ever

  const show = (state, anew) => {
    if (state === shown && !anew) return;
    shown = state;
    const words = place.querySelector(`template[data-when="${state}"]`);
    region.replaceChildren(...(words ? [words.content.cloneNode(true)] : []));
  };

  // Gives why the form may not leave, or nothing. Signing in changes the token, so the page gets the new one.
  const reasonToStay = async () => {
    try {
      const signal = AbortSignal.timeout(PATIENCE);
      const answer = await fetch(place.dataset.session, { cache: "no-store", credentials: "same-origin", headers: { Accept: "application/json" }, signal });
      if (answer.status === 401) return "signed-out";
      if (answer.status === 403 || answer.status === 404) return "refused";
      const { token } = await answer.json();
      if (!token) return "unreachable";
      for (const field of document.querySelectorAll('[name="csrfmiddlewaretoken"]')) field.value = token;
      return "";
    } catch {
      return "unreachable";
    }
  };

  // The button itself is disabled by now, and says nothing any more.
  const send = (button) => {
    const pressed = document.createElement("input");
    pressed.type = "hidden";
    if (button?.name) Object.assign(pressed, { name: button.name, value: button.value });
    form.append(pressed);
    letGo = true;
    form.requestSubmit();
    letGo = false;
    pressed.remove(); // what is sent was read; whoever comes back may press another button
  };

  const giveBack = (button) => {
    if (button?.hasAttribute("data-w-progress-loading-value")) button.setAttribute("data-w-progress-loading-value", "false");
  };

  document.addEventListener("submit", async (event) => {
    if (event.target !== form || letGo) return;
    event.preventDefault();
    event.stopImmediatePropagation(); // or Wagtail no longer asks before the page is left
    if (leaving) return;
    leaving = true;
    const button = event.submitter;
    const reason = await reasonToStay();
    await new Promise((done) => setTimeout(done)); // Wagtail disables the button only after the click
    leaving = false;
    show(reason, true);
    if (reason) giveBack(button);
    else send(button);
  }, true);

  const check = async () => {
    if (checking) return;
    checking = true;
    const reason = await reasonToStay();
    checking = false;
    if (leaving) return;
    show(reason);
    if (reason || resumed) return;
    resumed = true;
    document.dispatchEvent(new CustomEvent("editor:back"));
    if (unsaved) form.dispatchEvent(new CustomEvent("w-unsaved:add", { bubbles: true, cancelable: true, detail: { type: "edits" } }));
  };

  document.addEventListener("editor:unanswered", check);
  // An answer may be to what was asked before the sign-in ended: what it means now the server says.
  const answered = () => shown && check();
  document.addEventListener("editor:answered", answered);
  document.addEventListener("w-autosave:error", ({ detail }) => {
    if (!["network_error", "server_error"].includes(detail.type)) return;
    unsaved = true;
    check();
  });
  document.addEventListener("w-autosave:success", () => {
    unsaved = false;
    answered();
  });
  for (const event of ["focus", "online"]) window.addEventListener(event, () => shown && check());
  form.addEventListener("input", ({ isTrusted }) => {
    if (isTrusted) resumed = false;
  });
};
const places = document.querySelectorAll("form [data-session]");
for (const place of places) keep(place);

// Says that somebody types or points, once in five minutes at most, since the server sees none of
// it and would end the session of who writes for half an hour. Nothing is said while nobody does.
const EVERY = 300_000; // milliseconds
let said = Date.now(); // opening the page was a request of its own

const say = async ({ isTrusted }) => {
  if (!isTrusted || Date.now() - said < EVERY) return;
  said = Date.now();
  const token = document.querySelector('[name="csrfmiddlewaretoken"]')?.value ?? "";
  const headers = { Accept: "application/json", "X-CSRFToken": token };
  try {
    const answer = await fetch(places[0].dataset.session, { method: "POST", cache: "no-store", credentials: "same-origin", headers });
    if (answer.status === 401) document.dispatchEvent(new CustomEvent("editor:unanswered"));
  } catch {
    said += 60_000 - EVERY; // keys try again in a minute
  }
};
if (places.length) for (const event of ["keydown", "pointerdown", "input"]) document.addEventListener(event, say, { capture: true, passive: true });
