// Showing: the page from what is said.

function show() {
  articles.forEach((each, place) => each.classList.toggle("current", place === at));
  const now = current();
  one("chosen").replaceChildren(...now.reasons.map(line));
  one("nothing").hidden = now.reasons.length > 0 || now.isNone;
  one("none").setAttribute("aria-pressed", now.isNone);
  one("agree").hidden = sheet.rows[at].suggestions.length === 0;
  if (one("comment").value !== now.comment) one("comment").value = now.comment;
  one("trouble").hidden = true;
  for (const each of document.querySelectorAll(".reason")) {
    const isChosen = now.reasons.some((reason) => reason.code === each.dataset.reason);
    each.querySelector("button").setAttribute("aria-pressed", isChosen);
  }
  for (const each of articles[at].querySelectorAll(".people li")) {
    const word = each.dataset.word;
    each.querySelector(".name").setAttribute("aria-pressed", now.people.includes(word));
    each.querySelector(".no-name").setAttribute("aria-pressed", now.noNames.includes(word));
  }
  showProgress();
}

function showProgress() {
  const filled = said.filter(isFilled).length;
  const all = articles.length;
  one("progress").textContent = `${at + 1} of ${all}, ${filled} filled in`;
  one("previous").disabled = at === 0;
  one("next").disabled = at === all - 1;
  one("kept").textContent = keptWords(filled === all);
}

function keptWords(isWhole) {
  if (isSaved && one("save").dataset.pressed) return "Saved. Send the file back to whoever sent you this page. Closing the page clears what is kept here.";
  if (!mayKeep) return "This browser keeps nothing: save before you close the page.";
  if (isWhole) return "All are filled in. Save, and send the file back.";
  if (one("kept").dataset.recalled) return "Kept in this browser, also from last time. Save when you are done.";
  return "Kept in this browser. Save when you are done.";
}

function line(reason, place) {
  const item = one("one").content.firstElementChild.cloneNode(true);
  const star = item.querySelector(".star");
  star.textContent = place === 0 ? "★" : "☆";
  star.setAttribute("aria-pressed", place === 0);
  star.onclick = () => makeMain(reason.code);
  item.querySelector(".label").textContent = sheet.reasons[reason.code].label;
  const select = item.querySelector("select");
  select.value = reason.polarity;
  select.onchange = () => {
    reason.polarity = select.value;
    keep();
  };
  item.querySelector(".mark").onclick = () => showBy(reason);
  item.querySelector(".remove").onclick = () => choose(reason.code);
  const evidence = item.querySelector(".evidence");
  evidence.textContent = reason.evidence;
  evidence.hidden = !reason.evidence;
  return item;
}

function trouble(words) {
  one("trouble").textContent = words;
  one("trouble").hidden = false;
}

function go(place) {
  if (place < 0 || place >= articles.length) return;
  at = place;
  marked = "";
  document.getSelection().removeAllRanges();
  find("");
  if (!isSaved) store();
  show();
  scrollTo(0, 0);
}

function find(words) {
  one("search").value = words;
  const wanted = words.trim().toLowerCase();
  for (const shelf of shelves) {
    let some = false;
    for (const each of shelf.querySelectorAll(".reason")) {
      const text = `${shelf.querySelector("h3")?.textContent ?? ""} ${each.dataset.reason} ${each.textContent}`;
      each.hidden = !text.toLowerCase().includes(wanted);
      some = some || !each.hidden;
    }
    shelf.hidden = !some;
  }
}

// Those whose name holds what was typed come before those whose meaning does.
function firstFound() {
  const wanted = one("search").value.trim().toLowerCase();
  if (!wanted) return null;
  const found = [...document.querySelectorAll(".reason:not([hidden])")];
  const named = found.find((each) => each.querySelector("button").textContent.toLowerCase().includes(wanted));
  return (named || found[0])?.dataset.reason;
}
