// Sends with each text of a translation the mark of the words it was opened at, so that nobody types over a
// colleague's unseen. What the server refuses, it says in a sentence: the editor shows it beside the text, where the
// typed words stay, and the region above tells it to whoever listens.
const place = document.querySelector("[data-typed]");
if (place) {
  const marks = JSON.parse(place.dataset.typed); // by address
  const region = place.querySelector("[role=alert]");
  const send = window.fetch;

  const tell = (sentence) => {
    const words = document.createElement("p");
    words.className = "help-block help-warning";
    words.textContent = sentence;
    region.replaceChildren(...(sentence ? [words] : []));
  };

  window.fetch = async (address, how = {}) => {
    if (!(address in marks) || !["PUT", "DELETE"].includes(how.method)) return send(address, how);
    const headers = new Headers(how.headers);
    headers.set("X-Typed-Over", marks[address]);
    const answer = await send(address, { ...how, headers });
    if (answer.headers.has("X-Typed")) marks[address] = answer.headers.get("X-Typed");
    const isRefused = answer.status === 400 || answer.status === 409;
    const { detail } = isRefused ? await answer.json() : { detail: "" };
    tell(detail);
    if (!isRefused || how.method === "DELETE") return answer;
    // The editor shows a fault only of a text that it believes stored; it was not, which the sentence says.
    const shown = { data: how.body.get("value"), error: detail, comment: "", last_translated_by: null };
    return new Response(JSON.stringify(shown), { status: 200, headers: { "Content-Type": "application/json" } });
  };
}
