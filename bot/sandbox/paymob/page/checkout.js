/** The checkout page: shows what there is to pay, lets somebody pay or not, and takes them back to the merchant. */

import { apart, directionOf, languageOf, money, remaining, wordsOf } from "./words.js";

const LOOK_AGAIN_MS = 5000; // the business clock may have been moved
const SHOW_RESULT_MS = 900;
const LANGUAGE_KEY = "checkout-language";

/** Makes an element; text goes in as text nodes only. */
function el(tag, attributes = {}, ...children) {
  const [name, ...classes] = tag.split(".");
  const element = document.createElement(name);
  if (classes.length) element.classList.add(...classes);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? "" : String(value));
  }
  element.append(...children.filter((child) => child || child === ""));
  return element;
}

class Checkout {
  #checkout = null; // what the server said last
  #loadedAt = 0;
  #problem = null; // "missing" or "offline"
  #outcome = null; // what a press of a button came to
  #busy = false;
  #chosen = null;

  constructor() {
    const query = new URLSearchParams(location.search);
    this.keys = { publicKey: query.get("publicKey") ?? "", clientSecret: query.get("clientSecret") ?? "" };
    this.stage = document.getElementById("stage");
    this.setLanguage(query.get("lang") ?? localStorage.getItem(LANGUAGE_KEY) ?? navigator.language);
    document.getElementById("language").addEventListener("click", () => this.switchLanguage());
    document.addEventListener("visibilitychange", () => document.hidden || this.load());
    setInterval(() => this.load(), LOOK_AGAIN_MS);
    setInterval(() => this.tick(), 1000);
    this.load();
  }

  // --- language ---

  setLanguage(code) {
    this.language = languageOf(code);
    this.words = wordsOf(this.language);
    document.documentElement.lang = this.language;
    document.documentElement.dir = directionOf(this.language);
    for (const element of document.querySelectorAll("[data-word]")) element.textContent = this.words[element.dataset.word];
    const button = document.getElementById("language");
    button.textContent = this.words.other;
    button.lang = this.language === "ar" ? "en" : "ar";
    this.draw();
  }

  switchLanguage() {
    const language = this.language === "ar" ? "en" : "ar";
    localStorage.setItem(LANGUAGE_KEY, language);
    this.setLanguage(language);
  }

  // --- what the server says ---

  async load() {
    if (this.#busy || this.#outcome) return;
    const query = new URLSearchParams(this.keys);
    const found = await this.ask(`intention?${query}`).catch((error) => error);
    if (this.#busy || this.#outcome) return; // a button was pressed meanwhile
    const before = JSON.stringify([this.#checkout?.state, this.#problem]);
    if (found instanceof Error) this.#problem = found.message === "404" ? "missing" : "offline";
    else {
      this.#problem = null;
      this.#take(found);
    }
    if (before !== JSON.stringify([this.#checkout?.state, this.#problem])) this.draw();
  }

  #take(checkout) {
    this.#checkout = checkout;
    this.#loadedAt = performance.now();
    this.#chosen ??= checkout.methods[0].id;
  }

  async ask(path, body) {
    const options = body && { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
    const response = await fetch(path, { cache: "no-store", ...options });
    if (!response.ok) throw new Error(String(response.status));
    return response.json();
  }

  // --- what somebody does ---

  async press(action) {
    if (this.#busy) return;
    this.#busy = true;
    this.draw();
    try {
      const { redirect, ...checkout } = await this.ask("attempt", { ...this.keys, action, integration_id: this.#chosen });
      this.#take(checkout);
      const outcome = action === "leave" ? "left" : checkout.was_declined ? "failed" : checkout.state;
      if (redirect || outcome !== "failed") this.#outcome = outcome; // with nowhere to go, one can try again here
      if (redirect) setTimeout(() => location.assign(redirect), action === "leave" ? 0 : SHOW_RESULT_MS);
      this.returning = Boolean(redirect);
    } catch (error) {
      if (error.message !== "400") this.#problem = error.message === "404" ? "missing" : "offline"; // 400: it has expired
    }
    this.#busy = false;
    if (!this.#outcome) await this.load();
    this.draw();
  }

  // --- what is seen ---

  draw() {
    const checkout = this.#checkout;
    const merchant = checkout ? apart(checkout.merchant) : "";
    document.title = checkout ? this.words.title(checkout.merchant) : this.words.brand;
    if (this.#problem) this.#show(this.#result(this.#problem, "!", "bad"));
    else if (!checkout) this.#show(el("p.waiting", {}, this.words.working));
    else if (this.#outcome) this.#show(this.#verdict(this.#outcome, merchant));
    else if (checkout.state === "open") this.#show(...this.#form(checkout, merchant));
    else this.#show(this.#verdict(checkout.state, merchant));
    this.tick();
  }

  #show(...nodes) {
    this.stage.replaceChildren(...nodes);
  }

  #form(checkout, merchant) {
    const { words, language } = this;
    const total = money(checkout.amount_cents, checkout.currency, language);
    const press = (action) => ({ type: "button", disabled: this.#busy, onclick: () => this.press(action) });
    const items = checkout.items.map((item) =>
      el("li", {}, el("bdi", {}, item.name), el("span.price", {}, money(item.amount_cents, checkout.currency, language))));
    this.clock = el("span.expiry", { role: "timer" });
    return [
      el("section.amount", {},
        el("p.to", {}, words.payTo, " ", el("bdi.merchant", {}, checkout.merchant)),
        el("p.total", {}, total), this.clock),
      checkout.was_declined && el("p.declined", { role: "alert" }, words.declined),
      el("ul.items", { "aria-label": words.total }, ...items),
      this.#methods(checkout),
      el("button.pay", press("pay"), this.#busy ? words.working : words.pay(apart(total))),
      el("section.otherwise", {}, el("h2", {}, words.otherwise),
        el("button.other.decline", press("decline"), words.decline),
        el("button.other.twice", press("pay_twice"), words.payTwice),
        el("button.other.leave", press("leave"), words.leave)),
      el("p.reference", {}, words.order, " ", el("bdi", {}, String(checkout.order_id)), " · ", el("bdi", {}, checkout.payer)),
    ].filter(Boolean);
  }

  #methods(checkout) {
    const { words } = this;
    const drawn = checkout.methods.map(({ id, kind }) => {
      const choose = () => { this.#chosen = id; };
      const radio = { type: "radio", name: "method", value: id, checked: id === this.#chosen, onchange: choose };
      return el("label.method", {}, el("input", radio), el(`span.picture.of-${kind}`, { "aria-hidden": "true" }),
        el("span.method-text", {}, el("strong", {}, words[kind]), el("span.hint", {}, words[`${kind}Hint`])));
    });
    return el("fieldset.methods", { disabled: this.#busy }, el("legend", {}, words.how), ...drawn);
  }

  #verdict(state, merchant) {
    const kinds = { paid: ["✓", "good"], pending: ["…", "calm"], failed: ["✕", "bad"], left: ["–", "calm"], expired: ["!", "calm"] };
    const [sign, mood] = kinds[state];
    const node = this.#result(state, sign, mood);
    const { return_url: address } = this.#checkout;
    if (this.returning) node.append(el("p.going", {}, this.words.goingBack(merchant)));
    else if (address) node.append(el("a.pay.back", { href: address }, this.words.back(merchant)));
    return node;
  }

  #result(state, sign, mood) {
    const { amount_cents: cents, currency } = this.#checkout ?? {};
    const total = !this.#problem && money(cents, currency, this.language);
    return el(`section.result.${mood}`, { role: "status", "data-state": state },
      el("span.sign", { "aria-hidden": "true" }, sign), el("h1", {}, this.words[state]),
      total && el("p.total", {}, total), el("p", {}, this.words[`${state}Text`]));
  }

  tick() {
    const seconds = this.#checkout?.expires_in_seconds;
    if (!this.clock || seconds === null || seconds === undefined) return;
    const left = seconds - (performance.now() - this.#loadedAt) / 1000;
    this.clock.textContent = this.words.expiresIn(remaining(left));
    this.clock.classList.toggle("soon", left < 120);
  }
}

new Checkout();
