/** Lists the bot's commands above the text field: all from the menu button, matching ones while a slash is typed. */

import { arrowKeys, el } from "./dom.js";

export class CommandsMenu {
  #commands = [];

  /** @param {(command: string) => void} onChoose */
  constructor(words, onChoose) {
    this.onChoose = onChoose;
    this.element = el("div.commands", { role: "group", "aria-label": words.commands, hidden: true });
    arrowKeys(this.element, "button");
  }

  get isOpen() {
    return !this.element.hidden;
  }

  get isEmpty() {
    return this.#commands.length === 0;
  }

  setCommands(commands) {
    this.#commands = commands;
    if (this.isEmpty) this.close();
  }

  /** Shows the commands that begin with what was typed. */
  open(typed = "/") {
    const matching = this.#commands.filter(({ command }) => `/${command}`.startsWith(typed));
    const choose = (command) => () => {
      this.close();
      this.onChoose(`/${command}`);
    };
    this.element.replaceChildren(...matching.map(({ command, description }) =>
      el("button.command", { type: "button", onclick: choose(command) },
        el("span.command-text", { dir: "auto" }, description), el("bdi.command-name", { dir: "ltr" }, `/${command}`))));
    this.element.hidden = matching.length === 0;
  }

  close() {
    this.element.hidden = true;
  }

  focusFirst() {
    this.element.querySelector("button")?.focus();
  }

  focusLast() {
    this.element.querySelector("button:last-child")?.focus();
  }
}
