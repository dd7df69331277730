/** Shows the keyboard that a bot may put in place of the letters: its buttons say their text, or share the phone number. */

import { arrowKeys, el } from "./dom.js";

export class ReplyKeyboard {
  #shown = null; // the keyboard drawn now, as JSON

  /** @param {{say: (text: string) => void, shareContact: () => void}} actions */
  constructor(actions) {
    this.actions = actions;
    this.keyboard = null;
    this.element = el("div.reply-keyboard", { role: "group", hidden: true });
    arrowKeys(this.element, "button");
  }

  get isOpen() {
    return !this.element.hidden;
  }

  set(keyboard) {
    const wanted = JSON.stringify(keyboard ?? null);
    if (wanted === this.#shown) return;
    this.#shown = wanted;
    this.keyboard = keyboard;
    this.#draw(keyboard?.keyboard ?? []);
    this.toggle(Boolean(keyboard)); // a new keyboard shows itself
  }

  toggle(open = !this.isOpen) {
    this.element.hidden = !open || !this.keyboard;
  }

  #draw(rows) {
    this.element.replaceChildren(...rows.map((row) => el("div.row", {}, ...row.map((key) => this.#key(key)))));
  }

  #key(key) {
    const { text, request_contact: asksContact } = typeof key === "string" ? { text: key } : key;
    const press = async () => {
      await (asksContact ? this.actions.shareContact() : this.actions.say(text));
      if (this.keyboard?.one_time_keyboard) this.toggle(false);
    };
    const style = ["primary", "success", "danger"].includes(key.style) ? `.${key.style}` : "";
    return el(`button.key${style}`, { type: "button", onclick: press }, el("span.label", { dir: "auto" }, text));
  }
}
