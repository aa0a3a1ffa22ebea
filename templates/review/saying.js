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
// A polarity and an evidence that are empty were not said.
const blank = () => ({ reasons: [], isNone: false, people: [], noNames: [], comment: "" });
let said = sheet.rows.map(blank);
const current = () => said[at];
const isFilled = (each) => each.isNone || each.reasons.length > 0;

// Keeping: what is filled in survives a reload, in this browser alone.

function keep() {
  isSaved = false;
  store();
  show();
}

function store() {
  try {
    localStorage.setItem(keptUnder, JSON.stringify({ at, said }));
  } catch {
    mayKeep = false;
  }
}

// Once it is saved, nothing of it stays in a browser that others may use.
function forget() {
  if (!isSaved || !one("save").dataset.pressed) return;
  try {
    localStorage.removeItem(keptUnder);
  } catch {
    mayKeep = false;
  }
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

function choose(code) {
  const now = current();
  const before = now.reasons.length;
  now.reasons = now.reasons.filter((each) => each.code !== code);
  if (now.reasons.length === before) {
    now.reasons.push({ code, polarity: "", evidence: "" });
  }
  now.isNone = false;
  keep();
}

function takeSuggestion() {
  const row = sheet.rows[at];
  const known = [...new Set(row.suggestions)].filter((code) => sheet.reasons[code]);
  if (!known.length) return;
  current().reasons = known.map((code) => ({ code, polarity: "", evidence: "" }));
  current().isNone = false;
  keep();
}

function sayNone() {
  const now = current();
  now.isNone = !now.isNone;
  if (now.isNone) now.reasons = [];
  keep();
}

// Pressed again, nothing is said of the word.
function sayName(word, isName) {
  const now = current();
  const before = isName ? now.people : now.noNames;
  const without = (words) => words.filter((each) => each !== word);
  const isUndone = before.includes(word);
  now.people = without(now.people);
  now.noNames = without(now.noNames);
  if (!isUndone) (isName ? now.people : now.noNames).push(word);
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
