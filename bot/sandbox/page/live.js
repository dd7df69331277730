/**
 * Keeps the page up to date: server-sent events, reconnected with growing pauses, and long polls while they are away.
 *
 * Events only say "look there"; after every (re)connection the page looks everywhere, so none can be missed.
 */

const KINDS = ["chat", "alert", "clock", "typing"];
const PATIENCE_MS = 3000; // without a stream for this long, polling begins
const LONGEST_PAUSE_MS = 10000;

export class LiveFeed {
  #source = null;
  #pause = 500;
  #fallback = null;

  /**
   * @param {{onEvent: (event: object) => void, onConnected: () => void, onFallback: (active: boolean) => void}} listeners
   */
  constructor(listeners) {
    this.listeners = listeners;
    this.polling = false;
  }

  start() {
    this.#connect();
    addEventListener("pagehide", () => this.#source?.close());
    addEventListener("pageshow", (event) => event.persisted && this.#connect());
  }

  #connect() {
    this.#source?.close();
    const source = new EventSource("/sandbox/events");
    this.#source = source;
    this.#expectConnection();
    source.onopen = () => this.#connected();
    source.onmessage = (message) => this.#receive(message.data);
    for (const kind of KINDS) source.addEventListener(kind, (message) => this.#receive(message.data, kind));
    source.onerror = () => this.#lost(source);
  }

  #connected() {
    clearTimeout(this.#fallback);
    this.#fallback = null;
    this.#pause = 500;
    this.#setPolling(false);
    this.listeners.onConnected();
  }

  #lost(source) {
    this.#expectConnection();
    if (source.readyState !== EventSource.CLOSED) return; // the browser reconnects by itself
    setTimeout(() => source === this.#source && this.#connect(), this.#pause);
    this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE_MS);
  }

  #expectConnection() {
    this.#fallback ??= setTimeout(() => this.#setPolling(true), PATIENCE_MS);
  }

  #setPolling(polling) {
    if (polling === this.polling) return;
    this.polling = polling;
    this.listeners.onFallback(polling);
  }

  #receive(data, kind) {
    const event = JSON.parse(data);
    this.listeners.onEvent({ kind, ...event });
  }
}
