// Shows under each text of an alert how long its text message is, counted by the server while the
// officer types. Without this script the desk of the alert shows the same.
(() => {
  const form = document.querySelector("form#page-edit-form, form[data-edit-form]");
  const page = location.pathname.match(/^(.*)\/pages\/(\d+)\/edit\//);
  if (!form || !page || !form.querySelector('[name="texts-TOTAL_FORMS"]') || !form.querySelector('[name="told_staff"]')) return;
  const address = `${page[1]}/warnings/${page[2]}/count/`;
  let timer = 0;
  let asked = 0;

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

  const show = ({ texts }) => {
    for (const text of texts) {
      const line = lineOf(text.number);
      if (!line) continue;
      line.textContent = text.sentence;
      line.style.color = text.too_long ? "var(--w-color-critical-200)" : "";
      line.title = text.text;
    }
  };

  const ask = async () => {
    const mine = (asked += 1);
    try {
      const answer = await fetch(address, { method: "POST", body: new FormData(form), credentials: "same-origin" });
      if (answer.ok && mine === asked) show(await answer.json());
    } catch {
      // No connection: what was shown stays, and the next key asks again.
    }
  };

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, 300);
  });
  ask();
})();
