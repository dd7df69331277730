/**
 * Turns a message's HTML into nodes, by an allow-list.
 *
 * The server sends safe HTML already; the page does not rely on it. The text is parsed into an inert document, where
 * nothing loads or runs, and only known tags are rebuilt: everything else is kept as its text.
 */

import { el } from "./dom.js";
import { destination } from "./links.js";

const LITERAL = "a, code, pre"; // addresses and commands in these are only text

// What a chat client makes tappable by itself: addresses, and commands that stand alone.
const TAPPABLE = /(?:https?:\/\/|(?:t|telegram)\.me\/)[^\s<>"]*[^\s<>".,;:!?)\]'،؛؟]|(?<=^|[\s\u200e\u200f\u2066-\u2069])\/[a-z0-9_]{1,32}(?=$|[\s.,;:!?،\u200e\u200f\u2066-\u2069])/g;

const PLAIN = new Set(["b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "code", "pre", "blockquote"]);

/**
 * @param {string} html
 * @param {{botUsername: string, onStart: (payload: string) => void, onCommand: (command: string) => void,
 *   spoilerLabel: string}} context
 */
export function richText(html, context) {
  const parsed = new DOMParser().parseFromString(`<body>${html}`, "text/html");
  return rebuild(parsed.body, context);
}

function rebuild(source, context) {
  const fragment = document.createDocumentFragment();
  for (const node of source.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) fragment.append(...tappable(node, context));
    else if (node.nodeType === Node.ELEMENT_NODE) fragment.append(allowed(node, context));
  }
  return fragment;
}

function tappable(node, context) {
  const text = node.data;
  if (node.parentElement.closest(LITERAL)) return [text];
  const parts = [];
  let end = 0;
  for (const match of text.matchAll(TAPPABLE)) {
    parts.push(text.slice(end, match.index));
    const [found] = match;
    parts.push(found.startsWith("/") ? command(found, context) : link(found, found, context));
    end = match.index + found.length;
  }
  return [...parts, text.slice(end)];
}

function command(text, context) {
  const say = (event) => {
    event.preventDefault();
    context.onCommand(text);
  };
  return el("a.command-link", { href: "#", dir: "ltr", onclick: say }, text);
}

function allowed(node, context) {
  const tag = node.localName;
  const children = rebuild(node, context);
  if (PLAIN.has(tag)) return el(tag, {}, children);
  if (tag === "a") return link(node.getAttribute("href") ?? "", children, context);
  if (tag === "tg-spoiler") return spoiler(children, context);
  if (tag === "tg-time") return el("span.moment", {}, children);
  if (tag === "script" || tag === "style") return document.createDocumentFragment();
  return children;
}

function link(address, children, context) {
  const target = destination(address, context.botUsername);
  if (!target) return children;
  if (target.href) return el("a", { href: target.href, target: "_blank", rel: "noopener noreferrer" }, children);
  const start = (event) => {
    event.preventDefault(); // it leads to this very chat
    context.onStart(target.start);
  };
  return el("a", { href: address, onclick: start }, children);
}

function spoiler(children, context) {
  const text = el("span.spoiler-text", {}, children);
  const cover = el("span.spoiler", { role: "button", tabindex: "0", "aria-label": context.spoilerLabel }, text);
  const reveal = (event) => {
    if (event.type === "keydown" && event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    cover.classList.add("revealed");
    for (const attribute of ["role", "tabindex", "aria-label"]) cover.removeAttribute(attribute);
  };
  cover.addEventListener("click", reveal);
  cover.addEventListener("keydown", reveal);
  return cover;
}
