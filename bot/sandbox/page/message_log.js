/** Shows a chat's messages: draws only what changed, keeps the reader's place, and follows new messages at the bottom. */

import { botAvatar } from "./avatar.js";
import { el, icon } from "./dom.js";
import { drawMessage, signature } from "./message.js";
import { dayKey, dayOf } from "./words.js";

const AT_BOTTOM_PX = 32;
const GROUP_GAP_MS = 10 * 60 * 1000;

export class MessageLog {
  #items = new Map(); // key → {element, signature}
  #pinned = true;
  #sizes = ""; // of the scroller and its content when last brought to the bottom
  #drawnOnce = false;

  constructor(context) {
    this.context = context;
    const { words } = context;
    this.content = el("div.log-content");
    const relevant = { role: "log", "aria-live": "polite", "aria-relevant": "additions text", "aria-label": words.messages };
    this.scroller = el("div.log", { tabindex: "0", ...relevant }, this.content);
    this.down = el(
      "button.scroll-down",
      { type: "button", hidden: true, "aria-label": words.newMessages, onclick: () => this.pin() },
      icon("down"),
    );
    this.element = el("div.wallpaper", {}, this.scroller, this.down);
    this.scroller.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    this.resizes = new ResizeObserver(() => this.#pinned && this.#toBottom());
    this.resizes.observe(this.scroller);
    this.resizes.observe(this.content);
  }

  close() {
    this.resizes.disconnect();
  }

  /** Goes to the newest message and stays with those that follow. */
  pin() {
    this.#pinned = true;
    this.#toBottom();
  }

  draw(chat) {
    const wanted = this.#plan(chat);
    const known = new Set(wanted.map((item) => item.key));
    const fresh = wanted.some((item) => item.message && !this.#items.has(item.key));
    for (const [key, { element }] of this.#items) {
      if (known.has(key)) continue;
      element.remove();
      this.#items.delete(key);
    }
    let before = this.content.firstChild;
    for (const item of wanted) before = this.#place(item, before);
    if (this.#pinned) this.#toBottom();
    else if (fresh) this.down.hidden = false;
    this.#drawnOnce = true;
  }

  /** Lists what should be on the screen, top to bottom. */
  #plan({ messages, person, description }) {
    if (!messages.length) {
      const draw = (element) => this.#drawHint(element, person, description);
      return [{ key: "hint", signature: description ?? "", draw }];
    }
    const items = [];
    messages.forEach((message, index) => {
      const day = dayKey(new Date(message.date));
      if (!items.length || day !== items.at(-1).day) items.push(this.#day(message, day));
      const last = !sameGroup(message, messages[index + 1]);
      items.push({ key: message.message_id, message, day, last, signature: signature(message) });
    });
    return items;
  }

  #day(message, day) {
    const text = dayOf(new Date(message.date), this.context.language);
    const draw = (element) => {
      element.className = "day";
      element.replaceChildren(el("span", {}, text));
    };
    return { key: `day ${message.message_id}`, day, signature: text, draw };
  }

  /** Puts the item before the node `before`, drawn if it changed; gives the node that the next item comes before. */
  #place(item, before) {
    const known = this.#items.get(item.key) ?? { element: el("div"), signature: null };
    const { element } = known;
    if (known.signature !== item.signature) {
      if (item.message) drawMessage(element, item.message, this.context);
      else item.draw(element);
      if (known.signature === null && this.#drawnOnce && item.message) element.classList.add("fresh");
    }
    if (item.message) element.classList.toggle("last", item.last);
    this.#items.set(item.key, { element, signature: item.signature });
    if (element === before) return before.nextSibling;
    this.content.insertBefore(element, before);
    return before;
  }

  #drawHint(element, person, description) {
    const { bot, words } = this.context;
    element.className = "hint";
    element.replaceChildren(
      botAvatar(bot),
      el("strong", { dir: "auto" }, bot.name),
      el("p.hint-title", { dir: "auto" }, description || words.hintTitle),
      el("p", {}, words.hint(person.first_name)),
    );
  }

  /** Only a person's own scrolling leaves the bottom: when the sizes changed meanwhile, the page follows by itself. */
  #scrolled() {
    const { scrollHeight, scrollTop, clientHeight } = this.scroller;
    if (this.#pinned && this.#sizes !== `${scrollHeight} ${clientHeight}`) {
      this.#toBottom();
      return;
    }
    this.#pinned = scrollHeight - scrollTop - clientHeight < AT_BOTTOM_PX;
    if (this.#pinned) this.down.hidden = true;
  }

  #toBottom() {
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.#sizes = `${this.scroller.scrollHeight} ${this.scroller.clientHeight}`;
    this.down.hidden = true;
  }
}

function sameGroup(message, next) {
  if (!next || next.from !== message.from || message.reply_markup) return false;
  const [first, second] = [new Date(message.date), new Date(next.date)];
  return second - first < GROUP_GAP_MS && dayKey(first) === dayKey(second);
}
