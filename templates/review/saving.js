// Saving: the same columns as came, as UTF-8 with a mark of order, nothing a spreadsheet runs.

function cells(row, place) {
  const now = said[place];
  const filled = {
    reasons: now.isNone ? "none" : now.reasons.map((each) => each.code).join("; "),
    polarity: now.reasons.map((each) => each.polarity).join("; "),
    evidence: now.reasons.map((each) => each.evidence).join(" | "),
    people: now.people.join("; "),
    no_names: now.noNames.join("; "),
    comment: now.comment,
  };
  if (!now.reasons.some((each) => each.evidence)) filled.evidence = "";
  return sheet.columns.map((name, number) => (name in filled ? guarded(filled[name]) : row.cells[number]));
}

// An apostrophe before each sign that might begin a formula: at the start, and after whatever a
// spreadsheet may take for the border of a cell.
const beforeSign = /[;,\s"'\u00ad\u200b-\u200f\u2060-\u2064\ufeff]*(?=[=+@＝＋－＠-])/g;
const guarded = (cell) =>
  cell.replace(beforeSign, (found, at) => (at === 0 || /[;,\t\r\n]/.test(found) ? found + "'" : found));
const quoted = (cell) => (/[",;\r\n]/.test(cell) ? '"' + cell.replaceAll('"', '""') + '"' : cell);

function save() {
  const lines = [sheet.columns, ...sheet.rows.map(cells)];
  const text = "\ufeff" + lines.map((each) => each.map(quoted).join(",") + "\r\n").join("");
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  link.download = `review-${sheet.sheet}-filled.csv`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  isSaved = true;
  one("save").dataset.pressed = "yes";
  showProgress();
}
