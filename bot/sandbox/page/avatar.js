/** Draws the round picture of a person or of the bot: initials on a colour that stays theirs. */

import { el } from "./dom.js";

const HUES = 8; // the classes hue-0 … hue-7 of page.css

export const nameOf = (person) => [person.first_name, person.last_name].filter(Boolean).join(" ") || person.slug;

/** The first letters of the first and the last word: "Mona Adel" → "MA". Arabic letters are kept apart by a joiner. */
export function initials(name) {
  const words = name.trim().split(/\s+/u).map((word) => [...word].find((letter) => /[\p{L}\p{N}]/u.test(letter)));
  const letters = words.filter(Boolean);
  const chosen = letters.length > 1 ? [letters[0], letters.at(-1)] : letters.slice(0, 1);
  return chosen.join("\u200c").toLocaleUpperCase() || "?";
}

/** A person's colour follows from their id. */
export function avatar(name, seed) {
  const hue = [...String(seed)].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) % 9973, 7) % HUES;
  return el(`span.avatar.hue-${hue}`, { "aria-hidden": "true" }, initials(name));
}

/** The bot's colour is always the same blue. */
export function botAvatar(bot) {
  return el("span.avatar.of-bot", { "aria-hidden": "true" }, initials(bot.name));
}
