/** Starts the page: who is there, whose phones are on the screen, and what the event stream says to look at again. */

import { readAddress, writeAddress } from "./address.js";
import * as api from "./api.js";
import { ClockBar } from "./clock_bar.js";
import { el, whenQuiet } from "./dom.js";
import { LiveFeed } from "./live.js";
import { PeopleList } from "./people_list.js";
import { Phone } from "./phone.js";
import { directionOf, languageOf, setTimeZone, wordsOf } from "./words.js";

const PHONE_WIDTH_PX = 400;
const MOST_SIDE_BY_SIDE = 3;
const PEOPLE_POLL_MS = 5000;
const LANGUAGE_KEY = "sandbox-language";

const byId = (id) => document.getElementById(id);

class Page {
  #phones = new Map(); // slug → Phone
  #people = [];
  #bot = { name: "", username: "" };
  #chosen = [];
  #now = null;
  #peoplePoll = null;
  #revealed;

  constructor() {
    this.address = readAddress();
    this.#chosen = this.address.chosen;
    this.sideBySide = this.#chosen.length > 1;
    this.stage = byId("stage");
    this.list = new PeopleList(byId("people"), (person) => this.#choose(person));
    const onTick = (now) => {
      this.#now = now;
      for (const phone of this.#phones.values()) phone.setTime(now);
    };
    this.clock = new ClockBar(byId("clock"), { onTick, onFault: () => this.#fault() });
    this.lookAtPeople = whenQuiet(() => this.loadPeople().catch(() => this.#fault()), 150);
    this.lookAtClock = whenQuiet(() => this.clock.load().catch(() => this.#fault()), 150);
    this.live = new LiveFeed({
      onEvent: (event) => this.#happened(event),
      onConnected: () => this.#lookEverywhere(),
      onFallback: (active) => this.#setPolling(active),
    });
  }

  async start() {
    document.body.classList.toggle("bare", this.address.bare);
    if (this.address.timeZone) setTimeZone(this.address.timeZone);
    this.#setLanguage(this.address.language ?? localStorage.getItem(LANGUAGE_KEY) ?? navigator.language);
    byId("language").addEventListener("click", () => this.#switchLanguage());
    byId("side-by-side").addEventListener("click", () => this.#toggleSideBySide());
    this.live.start(); // its first connection loads everything
    await this.clock.load().catch(() => this.#fault());
    await this.loadPeople().catch(() => this.#fault());
  }

  // --- language ---

  #setLanguage(code) {
    this.language = languageOf(code);
    this.words = wordsOf(this.language);
    document.documentElement.lang = this.language;
    document.documentElement.dir = directionOf(this.language);
    for (const element of document.querySelectorAll("[data-word]")) element.textContent = this.words[element.dataset.word];
    for (const element of document.querySelectorAll("[data-label]")) {
      element.setAttribute("aria-label", this.words[element.dataset.label]);
    }
    this.clock.setLanguage(this.language, this.words);
  }

  #switchLanguage() {
    const language = this.language === "ar" ? "en" : "ar";
    localStorage.setItem(LANGUAGE_KEY, language);
    this.#setLanguage(language);
    this.#draw();
  }

  // --- people and phones ---

  async loadPeople() {
    const { people, bot } = await api.people();
    this.#fault(false);
    this.#people = people;
    this.#bot = bot;
    const known = new Set(people.map((person) => person.slug));
    const bySlugOrId = (key) => people.find((person) => person.slug === key || String(person.id) === key)?.slug;
    this.#chosen = [...new Set(this.#chosen.map(bySlugOrId))].filter((slug) => known.has(slug));
    if (!this.#chosen.length && people.length) this.#chosen = [people[0].slug];
    this.#draw();
  }

  #choose(person) {
    if (this.#chosen.includes(person.slug)) {
      if (this.sideBySide && this.#chosen.length > 1) this.#leave(person.slug);
      else this.#phones.get(person.slug)?.focusField();
      return;
    }
    this.#chosen = this.sideBySide ? [...this.#chosen, person.slug].slice(-this.#room()) : [person.slug];
    this.#draw();
    this.#phones.get(person.slug).focusField();
  }

  #leave(slug) {
    this.#chosen = this.#chosen.filter((other) => other !== slug);
    this.#draw();
  }

  #room() {
    return Math.max(2, Math.min(MOST_SIDE_BY_SIDE, Math.floor(this.stage.clientWidth / PHONE_WIDTH_PX)));
  }

  #toggleSideBySide() {
    this.sideBySide = !this.sideBySide;
    if (this.sideBySide) this.#addNeighbour();
    else this.#chosen = this.#chosen.slice(0, 1);
    this.#draw();
  }

  /** A second phone at once shows what "side by side" means: somebody of another group, where there is one. */
  #addNeighbour() {
    const [first] = this.#people.filter((person) => person.slug === this.#chosen[0]);
    const others = this.#people.filter((person) => person !== first);
    const neighbour = others.find((person) => person.group !== first?.group) ?? others[0];
    if (neighbour) this.#chosen = [...this.#chosen, neighbour.slug];
  }

  #draw() {
    for (const [slug, phone] of this.#phones) {
      if (this.#chosen.includes(slug)) continue;
      phone.close();
      this.#phones.delete(slug);
    }
    for (const slug of this.#chosen) if (!this.#phones.has(slug)) this.#open(slug);
    this.stage.dataset.phones = String(this.#chosen.length);
    byId("side-by-side").setAttribute("aria-pressed", String(this.sideBySide));
    this.list.draw(this.#people, this.#chosen, this.words);
    this.#reveal();
    writeAddress(this.#chosen);
    document.title = [...this.#phones.values()].map(({ person }) => person.first_name).join(" · ") || this.#bot.name;
    byId("bot-name").textContent = this.#bot.name;
  }

  /** On the narrow strip, brings who was just chosen into view. */
  #reveal() {
    const newest = this.#chosen.at(-1);
    if (newest !== undefined && newest !== this.#revealed) this.list.reveal(newest);
    this.#revealed = newest;
  }

  #open(slug) {
    const person = this.#people.find((candidate) => candidate.slug === slug);
    const phone = new Phone(person, this.#bot, { onClose: () => this.#leave(slug), onRead: this.#read(slug) });
    this.#phones.set(slug, phone);
    this.stage.append(phone.element);
    if (this.#now) phone.setTime(this.#now);
    phone.refresh();
    if (this.live.polling) phone.setPolling(true);
  }

  #read(slug) {
    return () => {
      const person = this.#people.find((candidate) => candidate.slug === slug);
      if (person) person.unread = 0;
    };
  }

  // --- what the server tells ---

  #happened(event) {
    const phone = [...this.#phones.values()].find(({ person }) => person.id === event.person);
    if (event.kind === "clock") {
      this.clock.set(event.now);
      this.lookAtClock();
    } else if (event.kind === "chat") {
      if (phone) phone.refresh();
      else this.lookAtPeople();
    } else if (event.kind === "typing") {
      phone?.setTyping(true);
    } else if (event.kind === "alert") {
      phone?.showAnswerFromAfar(event);
    }
  }

  #lookEverywhere() {
    this.lookAtPeople();
    this.lookAtClock();
    for (const phone of this.#phones.values()) phone.resync();
  }

  #setPolling(active) {
    clearInterval(this.#peoplePoll);
    if (active) this.#peoplePoll = setInterval(() => this.#lookAround(), PEOPLE_POLL_MS);
    for (const phone of this.#phones.values()) phone.setPolling(active);
  }

  #lookAround() {
    this.lookAtPeople();
    this.lookAtClock();
  }

  #fault(shown = true) {
    const notice = byId("fault");
    notice.hidden = !shown;
    notice.textContent = shown ? this.words.offline : "";
  }
}

new Page().start();
