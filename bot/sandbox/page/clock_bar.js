/** Shows the business clock, and moves it: by steps, or to a landmark such as "1 hour before the next class". */

import * as api from "./api.js";
import { el } from "./dom.js";
import { dayKey, dayOf, setTimeZone, shortDayOf, timeOfDay } from "./words.js";

const STEPS = [["quarterHour", 15], ["oneHour", 60], ["oneDay", 24 * 60]];
const TICK_MS = 1000;

export class ClockBar {
  #ahead = 0; // milliseconds that business time is ahead of this machine's
  #landmarks = [];
  #known = false;

  /**
   * @param {HTMLElement} container
   * @param {{onTick: (now: Date) => void, onFault: (error: Error) => void}} listeners
   */
  constructor(container, listeners) {
    this.listeners = listeners;
    this.day = el("span.clock-day");
    this.time = el("strong.clock-time");
    this.label = el("span.visually-hidden");
    this.steps = el("div.clock-steps");
    this.marks = el("div.clock-marks");
    container.append(el("div.clock-now", { role: "timer" }, this.label, this.time, this.day), this.steps, this.marks);
    setInterval(() => this.#tick(), TICK_MS);
  }

  setLanguage(language, words) {
    this.language = language;
    this.words = words;
    this.label.textContent = `${words.clockNow}: `;
    const steps = STEPS.map(([word, minutes]) => this.#button(words[word], () => api.advanceClock(minutes)));
    this.steps.replaceChildren(...steps);
    this.#drawLandmarks();
    this.#tick();
  }

  async load() {
    const { now, landmarks, time_zone: zone } = await api.clock();
    if (zone) setTimeZone(zone);
    this.#landmarks = landmarks ?? [];
    this.set(now);
    this.#drawLandmarks();
  }

  set(now) {
    this.#ahead = new Date(now).getTime() - Date.now();
    this.#known = true;
    this.#tick();
  }

  #drawLandmarks() {
    const signature = JSON.stringify([this.language, this.#landmarks, dayKey(this.#now())]);
    if (signature === this.drawn) return; // keeps the focus on a landmark that is still there
    this.drawn = signature;
    const ahead = this.#landmarks.map(({ label, at }) => {
      const when = new Date(at);
      const text = label[this.language] ?? label.en ?? Object.values(label)[0];
      const button = this.#button(text, () => api.moveClock(at));
      button.classList.add("landmark");
      button.append(el("span.landmark-time", {}, this.#moment(when)));
      return button;
    });
    this.marks.replaceChildren(...ahead);
  }

  /** A time of today needs no date. */
  #moment(when) {
    const time = timeOfDay(when, this.language);
    const today = dayKey(when) === dayKey(this.#now());
    return today ? time : `${shortDayOf(when, this.language)} ${time}`;
  }

  #now() {
    return new Date(Date.now() + this.#ahead);
  }

  #button(text, move) {
    const press = async () => {
      try {
        await move();
        await this.load();
      } catch (error) {
        this.listeners.onFault(error);
      }
    };
    return el("button.chip", { type: "button", onclick: press }, el("bdi", {}, text));
  }

  #tick() {
    if (!this.#known || !this.language) return;
    const now = this.#now();
    const [time, day] = [timeOfDay(now, this.language), dayOf(now, this.language)];
    if (this.time.textContent === time && this.day.textContent === day) return;
    this.time.textContent = time;
    this.day.textContent = day;
    this.listeners.onTick(now);
  }
}
