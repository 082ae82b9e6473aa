// Shows beside a warning that is being written, as the server judges it while the officer types: what
// is left to do before it can be submitted, and under each text how long its text message is. Without
// this script the warning's desk shows the same.
(() => {
  const checklist = document.querySelector("[data-warning-live]");
  const form = checklist?.closest("form");
  if (!form) return;
  const list = checklist.querySelector("ul");
  let timer = 0;
  let asked = 0;

  const tell = (what) => document.dispatchEvent(new CustomEvent(what));

  const lineOf = (number) => {
    const field = form.querySelector(`[name="texts-${number}-actions"]`);
    if (!field) return null;
    let line = field.parentElement.querySelector(".desk__count");
    if (!line) {
      line = document.createElement("p");
      line.className = "desk__count";
      line.setAttribute("role", "status");
      field.insertAdjacentElement("afterend", line);
    }
    return line;
  };

  const count = (texts) => {
    for (const text of texts) {
      const line = lineOf(text.number);
      if (!line) continue;
      line.textContent = text.sentence;
      line.style.color = text.too_long ? "var(--w-color-critical-200)" : "";
      line.title = text.text;
    }
  };

  const check = (checks) => {
    const lines = checks.map(({ ok, words, is_to_read: isToRead }) => {
      const line = document.createElement("li");
      line.className = isToRead ? "desk__read" : ok ? "desk__done" : "desk__todo";
      line.textContent = words;
      return line;
    });
    list.replaceChildren(...lines);
  };

  const ask = async () => {
    const mine = (asked += 1);
    try {
      const answer = await fetch(checklist.dataset.warningLive, { method: "POST", body: new FormData(form), credentials: "same-origin", headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(answer.status);
      tell("editor:answered");
      if (mine !== asked) return;
      const { checks, texts } = await answer.json();
      check(checks);
      count(texts);
    } catch {
      tell("editor:unanswered"); // session.js finds out why; what was shown stays
    }
  };

  const askSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(ask, 300);
  };

  for (const event of ["input", "change"]) form.addEventListener(event, askSoon);
  document.addEventListener("editor:back", askSoon);

  // Wagtail draws streams some time after the page: until then the form lacks a part.
  const drawn = () => [...form.querySelectorAll('[data-controller~="w-block"]')].every((stream) => stream.childElementCount);
  const askOnceDrawn = () => (drawn() ? ask() : setTimeout(askOnceDrawn, 100));
  askOnceDrawn();
})();
