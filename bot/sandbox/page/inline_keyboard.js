/** Draws the buttons under a bot's message, and does what they say. */

import { arrowKeys, el, icon } from "./dom.js";
import { destination } from "./links.js";
import { moneyOf } from "./words.js";

const STYLES = new Set(["primary", "success", "danger"]);

/**
 * @param {object} message
 * @param {object} context what a chat offers: see Phone in phone.js
 * @returns {HTMLElement | null} null: the message has no buttons
 */
export function inlineKeyboard(message, context) {
  const rows = message.reply_markup?.inline_keyboard ?? [];
  if (!rows.length) return null;
  const keyboard = el("div.inline-keyboard", { role: "group" });
  for (const row of rows) keyboard.append(el("div.row", {}, ...row.map((button) => drawn(button, message, context))));
  arrowKeys(keyboard, "button, a");
  return keyboard;
}

function drawn(button, message, context) {
  const style = STYLES.has(button.style) ? `.${button.style}` : "";
  const label = el("span.label", { dir: "auto" }, button.text);
  if (button.url !== undefined) return linkButton(button, style, label, context);
  if (button.pay) return payButton(button, style, message, context);
  if (button.copy_text) return plain(style, label, "copy", () => context.copy(button.copy_text.text));
  if (button.callback_data === undefined) return plain(style, label, null, () => context.toast(context.words.unsupported));
  const element = plain(style, label, null, () => press(element, button, message, context));
  return element;
}

function plain(style, label, badge, onclick) {
  const element = el(`button.key${style}`, { type: "button", onclick }, label, badge && icon(badge));
  if (badge) element.lastChild.classList.add("badge");
  return element;
}

function linkButton(button, style, label, context) {
  const target = destination(button.url, context.bot.username);
  if (target?.start !== undefined) return plain(style, label, null, () => context.start(target.start));
  if (!target) return plain(style, label, null, () => context.toast(context.words.unsupported));
  const arrow = icon("arrow");
  arrow.classList.add("badge");
  return el(`a.key${style}`, { href: target.href, target: "_blank", rel: "noopener noreferrer" }, label, arrow);
}

/** Pays, and says so ever after; a bot that wrote no text of its own gets one with the price. */
function payButton(button, style, message, context) {
  const { paid } = message.invoice;
  const asked = button.text === "Pay" ? context.words.payMoney(moneyOf(message.invoice, context.language)) : button.text;
  const text = paid ? context.words.paid : asked;
  const element = el(`button.key.pay${style}`, { type: "button", disabled: paid }, el("span.label", { dir: "auto" }, text));
  element.addEventListener("click", () => busyWhile(element, () => context.pay(message)));
  return element;
}

/** A button spins until the bot has answered; pressing it again meanwhile does nothing, as on a phone. */
const press = (element, button, message, context) =>
  busyWhile(element, () => context.tap(message, button.callback_data));

async function busyWhile(element, action) {
  if (element.getAttribute("aria-busy") === "true") return;
  element.setAttribute("aria-busy", "true");
  const spinner = el("span.spinner", { "aria-hidden": "true" });
  element.append(spinner);
  await action();
  element.removeAttribute("aria-busy");
  spinner.remove();
}
