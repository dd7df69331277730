/** The lower edge of a phone: the text field with its menu and send buttons, the bot's keyboard, and the START button. */

import { CommandsMenu } from "./commands_menu.js";
import { el, icon } from "./dom.js";
import { ReplyKeyboard } from "./reply_keyboard.js";

const TALLEST_FIELD_PX = 120;

export class Composer {
  /** @param {{say, start, shareContact, restart, scan}} actions each may be awaited and never fails */
  constructor(words, actions) {
    this.words = words;
    this.actions = actions;
    this.commands = new CommandsMenu(words, (command) => this.#say(command), actions.scan);
    this.keyboard = new ReplyKeyboard({ say: (text) => actions.say(text), shareContact: actions.shareContact });
    this.#buildRow();
    this.startButton = bigButton(words.start, () => this.#start());
    this.restartButton = bigButton(words.restart, actions.restart);
    const controls = [this.commands.element, this.restartButton, this.startButton, this.row, this.keyboard.element];
    this.element = el("div.composer", {}, ...controls);
    this.element.addEventListener("keydown", (event) => this.#escape(event));
    this.#typed();
  }

  #buildRow() {
    const { words } = this;
    const label = el("span.menu-label", {}, words.menu);
    const openMenu = { type: "button", "aria-label": words.commands, onclick: () => this.#toggleMenu() };
    this.menuButton = el("button.menu-button", openMenu, icon("menu"), label);
    const named = { placeholder: words.message, "aria-label": words.message };
    this.field = el("textarea.field", { rows: "1", dir: "auto", maxlength: "4096", ...named });
    this.field.addEventListener("input", () => this.#typed());
    this.field.addEventListener("keydown", (event) => this.#fieldKey(event));
    const toggle = { type: "button", hidden: true, onclick: () => this.#toggleKeyboard() };
    this.keyboardButton = el("button.round", toggle, icon("keyboard"));
    this.sendButton = el("button.send", { type: "submit", "aria-label": words.send }, icon("send"));
    const box = el("div.field-box", {}, this.field, this.keyboardButton);
    const onsubmit = (event) => {
      event.preventDefault();
      this.#send();
    };
    this.row = el("form.input-row", { onsubmit }, this.menuButton, box, this.sendButton);
  }

  /** Follows the chat: its commands, its keyboard, and whether it has begun or was blocked. */
  update({ commands, reply_keyboard: keyboard, messages, person }) {
    this.commands.setCommands(commands ?? []);
    this.keyboard.set(keyboard);
    this.field.placeholder = keyboard?.input_field_placeholder || this.words.message;
    this.startButton.hidden = person.blocked || messages.length > 0;
    this.restartButton.hidden = !person.blocked;
    this.row.hidden = Boolean(person.blocked);
    if (person.blocked) this.keyboard.toggle(false);
    this.#showState();
  }

  focus() {
    this.field.focus({ preventScroll: true });
  }

  /** After START the button is gone: the field is what comes next. */
  #start() {
    this.focus();
    this.actions.start("");
  }

  #say(text) {
    this.focus();
    this.actions.say(text);
  }

  async #send() {
    const text = this.field.value.trim();
    if (!text) return;
    this.field.value = "";
    this.#typed();
    const said = await this.actions.say(text);
    if (said || this.field.value) return;
    this.field.value = text; // nothing typed is lost because the server was away
    this.#typed();
  }

  #typed() {
    const { field } = this;
    field.style.height = "auto";
    field.style.height = field.value ? `${Math.min(field.scrollHeight, TALLEST_FIELD_PX)}px` : "";
    this.element.classList.toggle("has-text", field.value.trim() !== "");
    if (/^\/\w*$/.test(field.value)) this.commands.open(field.value);
    else this.commands.close();
    this.#showState();
  }

  #fieldKey(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.#send();
    }
    if (event.key === "ArrowUp" && this.commands.isOpen) {
      event.preventDefault();
      this.commands.focusLast();
    }
  }

  #toggleMenu() {
    if (this.commands.isOpen) this.commands.close();
    else this.commands.openAll();
    if (this.commands.isOpen) this.commands.focusFirst();
    this.#showState();
  }

  #toggleKeyboard() {
    this.keyboard.toggle();
    this.#showState();
  }

  #escape(event) {
    if (event.key !== "Escape" || !this.commands.isOpen) return;
    event.stopPropagation();
    this.commands.close();
    this.#showState();
    this.focus();
  }

  #showState() {
    this.menuButton.setAttribute("aria-expanded", String(this.commands.isOpen));
    this.keyboardButton.hidden = !this.keyboard.keyboard;
    const label = this.keyboard.isOpen ? this.words.hideKeyboard : this.words.keyboard;
    this.keyboardButton.setAttribute("aria-label", label);
    this.keyboardButton.setAttribute("aria-expanded", String(this.keyboard.isOpen));
  }
}

/** Hidden until the chat is known. */
function bigButton(text, onclick) {
  return el("button.start-button", { type: "button", hidden: true, onclick }, text);
}
