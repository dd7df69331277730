/** Speaks to the sandbox's server: one function for each thing a person, or the clock, can do. */

/** A request that the server refused, with the reason it gave. */
export class Refusal extends Error {
  constructor(status, reason) {
    super(reason);
    this.status = status;
  }
}

async function call(path, { body, method = body === undefined ? "GET" : "POST", signal } = {}) {
  const response = await fetch(`/sandbox/${path}`, {
    method,
    signal,
    cache: "no-store",
    headers: body === undefined ? {} : { "content-type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refusal(response.status, answer.error ?? response.statusText);
  return answer;
}

const of = (person) => `people/${encodeURIComponent(person.id)}`;

export const people = () => call("people");
export const clock = () => call("clock");
export const advanceClock = (minutes) => call("clock", { body: { advance_minutes: minutes } });
export const moveClock = (instant) => call("clock", { body: { to: instant } });

/** A person's chat, marked as read. With `after`, waits up to `wait` seconds for a later revision. */
export function chat(person, { after, wait, signal } = {}) {
  const query = new URLSearchParams({ read: "1" });
  if (after !== undefined) query.set("after", String(after));
  if (wait !== undefined) query.set("wait", String(wait));
  return call(`chats/${encodeURIComponent(person.id)}?${query}`, { signal });
}

export const say = (person, text) => call(`${of(person)}/say`, { body: { text } });
export const start = (person, payload) => call(`${of(person)}/start`, { body: payload ? { payload } : {} });
export const shareContact = (person, phone) => call(`${of(person)}/contact`, { body: { phone } });
export const photos = () => call("photos");

/** Pays an invoice; the bot is asked first and has ten seconds. */
export const pay = (person, messageId) => call(`${of(person)}/pay`, { body: { message_id: messageId } });
export const block = (person) => call(`${of(person)}/block`, { body: {} });
export const unblock = (person) => call(`${of(person)}/unblock`, { body: {} });

/** Presses an inline button and waits for the bot's answer, as a phone does while the button spins. */
export const tap = (person, messageId, data, waitSeconds) =>
  call(`${of(person)}/tap?wait=${waitSeconds}`, { body: { message_id: messageId, data } });
