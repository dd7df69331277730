/** Draws an invoice, and the line that says that it was paid. */

import { el } from "./dom.js";
import { moneyOf } from "./words.js";

export function invoice(data, context) {
  return el(
    "div.invoice",
    {},
    el("strong.invoice-title", { dir: "auto" }, data.title),
    el("p.invoice-text", { dir: "auto" }, data.description),
    el("span.invoice-total", {}, moneyOf(data, context.language)),
    data.paid && el("span.invoice-paid", {}, context.words.paid),
  );
}

export function payment(data, context) {
  return el("div.service", {}, el("span", {}, context.words.youPaid(moneyOf(data, context.language))));
}
