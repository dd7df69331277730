/** Lists the people of the example center, by group, with their unread messages and who is on the screen. */

import { avatar, nameOf } from "./avatar.js";
import { arrowKeys, el } from "./dom.js";

export class PeopleList {
  #rows = new Map(); // slug → button
  #drawn = null;

  /** @param {(person: object) => void} onChoose */
  constructor(container, onChoose) {
    this.container = container;
    this.onChoose = onChoose;
    arrowKeys(container, "button.person");
  }

  draw(people, chosen, words) {
    const identity = JSON.stringify(people.map(({ unread: _, blocked: __, ...rest }) => rest));
    if (identity !== this.#drawn) this.#rebuild(people);
    this.#drawn = identity;
    for (const person of people) this.#update(person, chosen.includes(person.slug), words);
  }

  #rebuild(people) {
    const groups = grouped(people);
    this.#rows.clear();
    this.container.replaceChildren();
    for (const [group, members] of groups) {
      const rows = members.map((person) => el("li", {}, this.#row(person)));
      const list = el("ul.group", { "aria-label": group || null }, ...rows);
      this.container.append(el("div.group-box", {}, group && el("h2.group-title", { dir: "auto" }, group), list));
    }
  }

  #row(person) {
    const choose = () => this.onChoose(person);
    const facts = el("span.person-facts", {},
      el("bdi.person-name", {}, nameOf(person)),
      el("bdi.person-first", {}, person.first_name || person.slug),
      el("bdi.person-note", {}, person.note ?? ""));
    const row = el("button.person", { type: "button", "data-person": person.slug, onclick: choose },
      avatar(nameOf(person), person.id), facts, el("span.unread", { hidden: true }));
    this.#rows.set(person.slug, row);
    return row;
  }

  #update(person, chosen, words) {
    const row = this.#rows.get(person.slug);
    const badge = row.lastChild;
    const unread = chosen ? 0 : person.unread;
    row.setAttribute("aria-pressed", String(chosen));
    row.classList.toggle("blocked", Boolean(person.blocked));
    badge.hidden = !unread;
    badge.textContent = unread > 99 ? "99+" : String(unread ?? 0);
    badge.setAttribute("aria-label", words.unread(unread));
  }

  /** Brings a chosen person into view on the narrow strip. */
  reveal(slug) {
    this.#rows.get(slug)?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }
}

function grouped(people) {
  const groups = new Map();
  for (const person of people) {
    const group = person.group ?? "";
    groups.set(group, [...(groups.get(group) ?? []), person]);
  }
  return groups;
}
