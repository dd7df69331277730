/** Shows what lies over a phone's chat: toasts, alerts, the sheet that asks for a phone number, and enlarged photos. */

import { el, icon } from "./dom.js";

const TOAST_MS = 4500;

export class Overlays {
  #hideToast = null;

  /** @param {HTMLElement} covered what cannot be reached while a dialog is open */
  constructor(covered, words) {
    this.covered = covered;
    this.words = words;
    this.toastElement = el("div.toast", { role: "status", dir: "auto" });
    this.element = el("div.overlays", {}, this.toastElement);
  }

  /** A line that goes away by itself. */
  toast(text) {
    clearTimeout(this.#hideToast);
    this.toastElement.textContent = text;
    this.toastElement.classList.add("shown");
    this.#hideToast = setTimeout(() => this.toastElement.classList.remove("shown"), TOAST_MS);
  }

  /** A text that waits until it was read. */
  alert(text) {
    const message = el("p.dialog-text", { dir: "auto" }, text);
    return this.dialog("alertdialog", "div.dialog.alert", [message], [{ label: this.words.ok, value: true }]);
  }

  /** Asks for the person's number; gives it, or null where they would rather not. */
  async askContact(botName, phone) {
    const { words } = this;
    const field = phone
      ? el("bdi.number", { dir: "ltr" }, phone)
      : el("input.number", { type: "tel", dir: "ltr", value: "+20", autocomplete: "off", "aria-label": words.phoneNumber });
    const content = [el("h2", {}, words.shareTitle), el("p.dialog-text", {}, words.shareText(botName)), field];
    const buttons = [{ label: words.cancel, value: false }, { label: words.share, value: true }];
    const shared = await this.dialog("dialog", "div.dialog.sheet", content, buttons);
    return shared ? phone || field.value.trim() || null : null;
  }

  /** Asks whether to pay; gives true or false. */
  askPayment({ title, description }, total, botName) {
    const { words } = this;
    const content = [
      el("h2", {}, words.payTitle(botName)),
      el("p.dialog-text", { dir: "auto" }, `${title}\n${description}`),
      el("bdi.number", { dir: "auto" }, total),
    ];
    const buttons = [{ label: words.cancel, value: false }, { label: words.pay, value: true }];
    return this.dialog("dialog", "div.dialog.sheet", content, buttons);
  }

  /**
   * Waits for one of the buttons; Escape and a press beside the dialog are false.
   * @param {Node[] | ((close: (value: unknown) => void) => Node[])} content a function may close the dialog by itself
   */
  dialog(role, kind, content, buttons) {
    const previous = document.activeElement;
    return new Promise((resolve) => {
      const close = (value) => {
        veil.remove();
        this.covered.inert = false;
        if (previous?.isConnected) previous.focus({ preventScroll: true });
        resolve(value);
      };
      const choices = buttons.map(({ label, value }) =>
        el(`button.choice${value ? ".yes" : ""}`, { type: "button", onclick: () => close(value) }, label));
      const nodes = typeof content === "function" ? content(close) : content;
      const box = el(kind, { role, "aria-modal": "true" }, ...nodes, el("div.choices", {}, ...choices));
      box.setAttribute("aria-label", nodes[0].textContent);
      const veil = el("div.veil", { onclick: (event) => event.target === veil && close(false) }, box);
      veil.addEventListener("keydown", (event) => this.#keys(event, box, close));
      this.covered.inert = true;
      this.element.append(veil);
      choices.at(-1).focus();
    });
  }

  #keys(event, box, close) {
    event.stopPropagation();
    if (event.key === "Escape") close(false);
    if (event.key === "Enter" && event.target.matches("input")) close(true);
    if (event.key !== "Tab") return;
    const stops = [...box.querySelectorAll("button, input")]; // the dialog keeps the focus
    const edge = event.shiftKey ? stops[0] : stops.at(-1);
    if (document.activeElement !== edge) return;
    event.preventDefault();
    (event.shiftKey ? stops.at(-1) : stops[0]).focus();
  }
}

/** Shows a photo as large as the window allows, with its caption; Escape or a press anywhere closes it. */
export function enlargePhoto(url, text, words) {
  const close = el("button.viewer-close", { type: "button", "aria-label": words.close }, icon("close"));
  const save = el("a.viewer-save", { href: url, download: "photo", "aria-label": words.downloadPhoto }, icon("file"));
  const figure = el("figure", {}, el("img", { src: url, alt: words.photo }), text && el("figcaption", { dir: "auto" }, text));
  const viewer = el("dialog.viewer", { "aria-label": words.photo }, figure, save, close);
  viewer.addEventListener("click", () => viewer.close());
  viewer.addEventListener("close", () => viewer.remove());
  document.body.append(viewer);
  viewer.showModal();
}
