// Wiring.

const keys = {
  n: () => go(at + 1),
  p: () => go(at - 1),
  ArrowRight: () => go(at + 1),
  ArrowLeft: () => go(at - 1),
  a: takeSuggestion,
  0: sayNone,
  k: skip,
  s: save,
  e: () => current().reasons.length && showBy(current().reasons.at(-1)),
  "/": () => one("search").focus(),
};

function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select")) return;
  const act = Object.hasOwn(keys, event.key) ? keys[event.key] : null;
  if (!act) return;
  event.preventDefault();
  act();
}

function searched(event) {
  if (event.key === "Escape") find("");
  const code = event.key === "Enter" ? firstFound() : null;
  if (!code) return;
  choose(code);
  find("");
}

function start() {
  document.body.classList.add("working");
  for (const each of document.querySelectorAll("[hidden]:is(#bar, #form, #keys, .search)")) each.hidden = false;
  for (const each of document.querySelectorAll("button, input")) each.disabled = false;
  one("previous").onclick = () => go(at - 1);
  one("next").onclick = () => go(at + 1);
  one("save").onclick = save;
  one("agree").onclick = takeSuggestion;
  one("none").onclick = sayNone;
  one("skip").onclick = skip;
  one("search").oninput = () => find(one("search").value);
  one("search").onkeydown = searched;
  one("comment").oninput = () => {
    current().comment = one("comment").value;
    keep();
  };
  for (const each of document.querySelectorAll(".reason")) {
    each.querySelector("button").onclick = () => choose(each.dataset.reason);
  }
  for (const each of document.querySelectorAll(".people li")) {
    each.querySelector(".name").onclick = () => sayName(each.dataset.word, true);
    each.querySelector(".no-name").onclick = () => sayName(each.dataset.word, false);
  }
  document.addEventListener("keydown", pressed);
  document.addEventListener("selectionchange", remember);
  addEventListener("beforeunload", (event) => {
    if (!isSaved && !mayKeep) event.preventDefault();
  });
  addEventListener("pagehide", forget);
  recall();
  show();
}

start();
