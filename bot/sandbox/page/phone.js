/** One person's phone: the frame, the bot's header, the messages and the composer, kept in step with the server. */

import * as api from "./api.js";
import { avatar, botAvatar, nameOf } from "./avatar.js";
import { Composer } from "./composer.js";
import { el, icon } from "./dom.js";
import { MessageLog } from "./message_log.js";
import { destination } from "./links.js";
import { Overlays, enlargePhoto } from "./overlays.js";
import { askCode } from "./scan_sheet.js";
import { directionOf, languageOf, moneyOf, timeOfDay, wordsOf } from "./words.js";

const TYPING_MS = 5000;
const ANSWER_WAIT_SECONDS = 15; // as long as Telegram keeps a press open
const POLL_WAIT_SECONDS = 25;
const RETRY_MS = 2000;
const PAYLOAD = /^[A-Za-z0-9_-]{1,64}$/; // what a deep link may carry

export class Phone {
  #revision = -1;
  #refreshing = false;
  #again = false;
  #typingTimer = null;
  #taps = 0;
  #answered = null; // the last answer shown here, so that its event does not show it twice
  #polling = null;
  #closed = false;

  /**
   * @param {object} person
   * @param {object} bot
   * @param {{onClose: () => void, onRead: () => void}} listeners
   */
  constructor(person, bot, listeners) {
    this.person = person;
    this.bot = bot;
    this.listeners = listeners;
    this.language = languageOf(person.language_code);
    this.words = wordsOf(this.language);
    this.direction = directionOf(this.language);
    this.composer = new Composer(this.words, {
      say: (text) => this.say(text),
      start: (payload) => this.start(payload),
      shareContact: () => this.#shareContact(),
      restart: () => this.start(""), // this unblocks the bot, too
      scan: () => this.scan(),
    });
    this.log = new MessageLog(this);
    this.#build();
  }

  #build() {
    const { person, bot, words } = this;
    this.status = el("span.status", { "aria-live": "polite" }, words.bot);
    this.time = el("span.device-time");
    const device = el("div.device-bar", { "aria-hidden": "true", dir: "ltr" }, this.time, icon("device"));
    const title = el("div.bot-title", {}, el("strong", { dir: "auto" }, bot.name), this.status);
    const header = el("header.phone-header", {}, botAvatar(bot), title, this.#more());
    this.screen = el("div.screen", {}, device, header, this.log.element, this.composer.element);
    this.overlays = new Overlays(this.screen, words);
    const label = { dir: this.direction, lang: this.language, role: "region", "aria-label": words.phoneOf(nameOf(person)) };
    this.frame = el("div.phone", { ...label, "data-person": person.slug }, this.screen, this.overlays.element);
    this.element = el("section.seat", {}, this.#caption(), this.frame);
  }

  #caption() {
    const { person, words, listeners } = this;
    const close = { type: "button", "aria-label": words.close, onclick: () => listeners.onClose() };
    const [name, note] = [nameOf(person), person.note ?? ""];
    const facts = el("span.caption-text", {}, el("bdi.caption-name", {}, name), el("bdi.caption-note", {}, note));
    const closeButton = el("button.round.caption-close", close, icon("close"));
    return el("div.caption", {}, avatar(name, person.id), facts, closeButton);
  }

  #more() {
    this.blockButton = el("button.more-choice", { type: "button", onclick: () => this.#toggleBlock() }, this.words.block);
    const summary = el("summary.round", { "aria-label": this.words.more }, icon("more"));
    this.moreMenu = el("details.more", {}, summary, el("div.more-menu", {}, this.blockButton));
    this.moreMenu.addEventListener("focusout", (event) => {
      if (!this.moreMenu.contains(event.relatedTarget)) this.moreMenu.open = false;
    });
    this.moreMenu.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.moreMenu.open = false;
    });
    return this.moreMenu;
  }

  // --- what happens elsewhere ---

  /** Looks at the chat again; a call while one is under way makes it look once more. */
  async refresh() {
    this.#again = true;
    if (this.#refreshing) return;
    this.#refreshing = true;
    while (this.#again && !this.#closed) {
      this.#again = false;
      await this.#load({});
    }
    this.#refreshing = false;
  }

  /** Looks again after the event stream was away; the server may have been started anew meanwhile. */
  resync() {
    this.#revision = -1;
    return this.refresh();
  }

  async #load(wait) {
    try {
      this.#show(await api.chat(this.person, wait));
      this.setConnected(true);
      return true;
    } catch (error) {
      if (this.#closed || error.name === "AbortError") return false;
      this.#revision = -1; // a server that was started again counts from the beginning
      this.setConnected(false);
      return false;
    }
  }

  #show(chat) {
    if (this.#closed || chat.revision < this.#revision) return; // an older look that arrived late
    this.#revision = chat.revision;
    this.person = { ...this.person, ...chat.person };
    this.log.draw(chat);
    this.composer.update({ ...chat, person: this.person });
    this.blockButton.textContent = this.person.blocked ? this.words.unblock : this.words.block;
    this.setTyping(Boolean(chat.typing));
    this.listeners.onRead();
  }

  setTyping(typing) {
    clearTimeout(this.#typingTimer);
    this.frame.classList.toggle("typing", typing);
    this.#writeStatus();
    if (typing) this.#typingTimer = setTimeout(() => this.setTyping(false), TYPING_MS);
  }

  setConnected(connected) {
    this.frame.classList.toggle("connecting", !connected);
    this.#writeStatus();
  }

  setTime(now) {
    this.time.textContent = timeOfDay(now, this.language);
  }

  #writeStatus() {
    const { classList } = this.frame;
    const state = classList.contains("connecting") ? "connecting" : classList.contains("typing") ? "typing" : "bot";
    if (this.status.textContent !== this.words[state]) this.status.textContent = this.words[state];
  }

  /** Shows the answer to a press that was made elsewhere (by a driver, in another window). */
  showAnswerFromAfar({ text, show_alert: isAlert }) {
    const mine = this.#taps > 0 || (this.#answered?.text === text && Date.now() - this.#answered.at < TYPING_MS);
    if (!mine) this.#showAnswer({ text, show_alert: isAlert });
  }

  /** Without the event stream, waits at the chat itself. */
  async setPolling(polling) {
    this.#polling?.abort();
    this.#polling = polling ? new AbortController() : null;
    const { signal } = this.#polling ?? {};
    while (signal && !signal.aborted && !this.#closed) {
      const wait = this.#revision < 0 ? {} : { after: this.#revision, wait: POLL_WAIT_SECONDS };
      const answered = await this.#load({ ...wait, signal });
      if (!answered) await new Promise((resume) => setTimeout(resume, RETRY_MS));
    }
  }

  close() {
    this.#closed = true;
    this.#polling?.abort();
    clearTimeout(this.#typingTimer);
    this.log.close();
    this.element.remove();
  }

  // --- what the person does ---

  say(text) {
    return this.#act(() => api.say(this.person, text));
  }

  start(payload) {
    return this.#act(() => api.start(this.person, payload));
  }

  async tap(message, data) {
    this.#taps += 1;
    try {
      const { answer } = await api.tap(this.person, message.message_id, data, ANSWER_WAIT_SECONDS);
      if (!answer) this.toast(this.words.noAnswer);
      else this.#showAnswer(answer);
    } catch (error) {
      this.#explain(error);
    } finally {
      this.#taps -= 1;
      this.refresh();
    }
  }

  #showAnswer(answer) {
    this.#answered = { text: answer.text, at: Date.now() };
    if (!answer.text) return;
    if (answer.show_alert) this.overlays.alert(answer.text);
    else this.toast(answer.text);
  }

  async #shareContact() {
    const phone = await this.overlays.askContact(this.bot.name, this.person.phone);
    if (phone) await this.#act(() => api.shareContact(this.person, phone));
  }

  /** Asks, pays, and tells why it did not work. */
  async pay(message) {
    const { invoice } = message;
    if (!(await this.overlays.askPayment(invoice, moneyOf(invoice, this.language), this.bot.name))) return;
    this.log.pin();
    try {
      const { paid, reason, error } = await api.pay(this.person, message.message_id);
      if (!paid) this.overlays.alert(reason === "refused" ? error : this.words.payTimeout);
    } catch (error) {
      this.#explain(error);
    } finally {
      this.refresh();
    }
  }

  /** Scans a code, such as another person's ticket, and opens the chat with what it says. */
  async scan() {
    const { photos } = await api.photos().catch(() => ({ photos: [] }));
    const text = await askCode(this.overlays, photos, this.words);
    if (!text) return;
    const target = destination(text, this.bot.username);
    if (target?.start !== undefined) await this.start(target.start);
    else if (PAYLOAD.test(text)) await this.start(text);
    else this.toast(this.words.scanForeign(text));
  }

  async #toggleBlock() {
    this.moreMenu.open = false;
    const { blocked } = this.person;
    await this.#act(() => (blocked ? api.unblock(this.person) : api.block(this.person)));
    if (!blocked) this.toast(this.words.blocked);
  }

  /** Does one thing at the server; tells why where it would not, and gives whether it did. */
  async #act(action) {
    this.log.pin();
    try {
      await action();
      return true;
    } catch (error) {
      this.#explain(error);
      return false;
    } finally {
      this.refresh();
    }
  }

  #explain(error) {
    this.toast(error instanceof api.Refusal ? error.message : this.words.offline);
  }

  // --- what messages and buttons ask of their phone ---

  toast(text) {
    this.overlays.toast(text);
  }

  enlarge(url, text) {
    enlargePhoto(url, text, this.words);
  }

  focusField() {
    this.composer.focus();
  }

  async copy(text) {
    await navigator.clipboard?.writeText(text).catch(() => undefined); // not allowed: the toast shows the text anyway
    this.toast(`${this.words.copied}: ${text}`);
  }
}
