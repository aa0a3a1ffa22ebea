"use strict";

// A sheet in the browser: what is filled in is kept here, and saved as the table it came as.

const sheet = JSON.parse(document.getElementById("sheet").textContent);
const keptUnder = "winloss-review-" + sheet.sheet;
const one = (id) => document.getElementById(id);
const articles = [...document.querySelectorAll("article")];
const shelves = [...document.querySelectorAll(".shelf")];
let at = 0;
let mayKeep = true;
let isSaved = true;
let marked = "";

// What somebody says of one text. Reasons: code, polarity, evidence; the first is the main one.
const blank = () => ({ reasons: [], isNone: false, people: [], comment: "" });
let said = sheet.rows.map(blank);
const current = () => said[at];
const isFilled = (each) => each.isNone || each.reasons.length > 0;

// Keeping: what is filled in survives a reload, in this browser alone.

function keep() {
  isSaved = false;
  try {
    localStorage.setItem(keptUnder, JSON.stringify({ at, said }));
  } catch {
    mayKeep = false;
  }
  show();
}

function recall() {
  try {
    const kept = JSON.parse(localStorage.getItem(keptUnder) || "null");
    if (!kept || kept.said.length !== said.length) return;
    said = kept.said.map((each) => ({ ...blank(), ...each }));
    at = Math.min(Math.max(0, kept.at | 0), articles.length - 1);
    one("kept").dataset.recalled = "yes";
  } catch {
    mayKeep = false;
  }
}

// Saying: each of these changes what is said of the current text.

function assumed(code) {
  const row = sheet.rows[at];
  const suggested = row.suggestions.find((each) => each.reason === code);
  if (suggested) return suggested.polarity;
  return sheet.reasons[code].polarity || sheet.likely[row.stance];
}

function choose(code) {
  const now = current();
  const before = now.reasons.length;
  now.reasons = now.reasons.filter((each) => each.code !== code);
  if (now.reasons.length === before) {
    now.reasons.push({ code, polarity: assumed(code), evidence: "" });
  }
  now.isNone = false;
  keep();
}

function takeSuggestion() {
  const row = sheet.rows[at];
  const known = row.suggestions.filter((each) => sheet.reasons[each.reason]);
  if (!known.length) return;
  const first = known.filter((each, place) => known.findIndex((other) => other.reason === each.reason) === place);
  current().reasons = first.map((each) => ({
    code: each.reason,
    polarity: each.polarity,
    evidence: "",
  }));
  current().isNone = false;
  keep();
}

function sayNone() {
  const now = current();
  now.isNone = !now.isNone;
  if (now.isNone) now.reasons = [];
  keep();
}

function skip() {
  const now = current();
  now.reasons = [];
  now.isNone = false;
  keep();
  go(at + 1);
}

function makeMain(code) {
  const reasons = current().reasons;
  current().reasons = [
    ...reasons.filter((each) => each.code === code),
    ...reasons.filter((each) => each.code !== code),
  ];
  keep();
}

function showBy(reason) {
  if (!marked) {
    trouble("Mark some words of the text first.");
    return;
  }
  reason.evidence = marked;
  keep();
}

// Marked words are remembered, since pressing a button may undo the marking.
function remember() {
  const selection = document.getSelection();
  const text = articles[at].querySelector("blockquote");
  if (!selection.rangeCount || selection.isCollapsed) return;
  const range = selection.getRangeAt(0);
  if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return;
  marked = unmistakable(text, range);
}

// Whole words. Those that stand twice are found where they first stand: so long as that is
// elsewhere, the word before them is marked too.
function unmistakable(text, range) {
  const whole = text.textContent;
  const before = document.createRange();
  before.setStart(text, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const place = before.toString().length;
  const words = range.toString();
  let start = place + words.length - words.trimStart().length;
  let end = place + words.trimEnd().length;
  while (start > 0 && /\S/.test(whole[start - 1])) start -= 1;
  while (end < whole.length && /\S/.test(whole[end])) end += 1;
  while (start > 0 && whole.indexOf(whole.slice(start, end)) !== start) {
    start = Math.max(0, whole.slice(0, start).trimEnd().search(/\S+$/));
  }
  // A line between pieces of evidence parts them in the table, so none holds one.
  const parts = whole.slice(start, end).split("|");
  return parts.reduce((longest, part) => (part.length > longest.length ? part : longest)).trim();
}
