/** Lists the bot's commands above the text field: matching ones while a slash is typed, all and more from the menu button. */

import { arrowKeys, el, icon } from "./dom.js";

export class CommandsMenu {
  #commands = [];

  /**
   * @param {(command: string) => void} onChoose
   * @param {() => void} onScan
   */
  constructor(words, onChoose, onScan) {
    this.words = words;
    this.onChoose = onChoose;
    this.onScan = onScan;
    this.element = el("div.commands", { role: "group", "aria-label": words.commands, hidden: true });
    arrowKeys(this.element, "button");
  }

  get isOpen() {
    return !this.element.hidden;
  }

  setCommands(commands) {
    this.#commands = commands;
  }

  /** Shows every command, and what else one can do. */
  openAll() {
    this.open("/");
    const scan = () => {
      this.close();
      this.onScan();
    };
    const action = el("button.menu-action", { type: "button", onclick: scan }, icon("scan"), this.words.scan);
    this.element.append(action);
    this.element.hidden = false;
  }

  /** Shows the commands that begin with what was typed. */
  open(typed) {
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
