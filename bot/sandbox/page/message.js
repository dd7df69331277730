/** Draws one message: its bubble with text, photo, file or contact, its time, and the buttons under it. */

import { avatar } from "./avatar.js";
import { el, icon } from "./dom.js";
import { inlineKeyboard } from "./inline_keyboard.js";
import { invoice, payment } from "./invoice.js";
import { richText } from "./rich_text.js";
import { fileSize, timeOfDay } from "./words.js";

/** What a message looks like depends on this alone: the same again means nothing to redraw. */
export const signature = (message) => JSON.stringify(message);

/** Draws the message into its element, new or edited; the focus stays on the button with the same place. */
export function drawMessage(element, message, context) {
  const focused = focusedKey(element);
  element.className = `message from-${message.from}`;
  element.dataset.messageId = message.message_id;
  if (message.successful_payment) {
    element.classList.add("of-service");
    element.replaceChildren(payment(message.successful_payment, context));
    return;
  }
  const keyboard = inlineKeyboard(message, context);
  element.classList.toggle("has-keyboard", Boolean(keyboard));
  element.classList.toggle("has-photo", Boolean(message.photo));
  element.replaceChildren(bubble(message, context), ...(keyboard ? [keyboard] : []));
  if (focused >= 0) refocus(element, focused, context);
}

function focusedKey(element) {
  return [...element.querySelectorAll(".key")].indexOf(document.activeElement);
}

function refocus(element, index, context) {
  const keys = element.querySelectorAll(".key");
  const key = keys[Math.min(index, keys.length - 1)];
  if (key) key.focus({ preventScroll: true });
  else context.focusField();
}

function bubble(message, context) {
  const speaker = message.from === "bot" ? context.bot.name : context.words.youSaid;
  return el(
    `div.bubble${message.photo ? ".with-photo" : ""}`,
    {},
    el("span.visually-hidden", {}, `${speaker}: `),
    message.photo && photo(message, context),
    message.invoice && invoice(message.invoice, context),
    message.document && file(message.document, context),
    message.contact && contact(message.contact),
    message.sticker && el("span.sticker", {}, message.sticker.emoji ?? ""),
    el(
      "div.body",
      { dir: "auto" },
      el("span.text", {}, richText(message.html ?? "", {
        botUsername: context.bot.username,
        onStart: (payload) => context.start(payload),
        onCommand: (text) => context.say(text),
        spoilerLabel: context.words.spoiler,
      })),
      meta(message, context),
    ),
  );
}

function meta(message, context) {
  return el(
    "span.meta",
    { dir: context.direction },
    message.edit_date && el("span.edited", {}, context.words.edited, " "),
    el("time", { datetime: message.date }, timeOfDay(new Date(message.date), context.language)),
    message.from === "person" && icon("ticks"),
  );
}

/** The picture keeps its shape, and its place while it loads; a press shows it as large as the window. */
function photo({ photo: data, text }, context) {
  const size = { width: data.width, height: data.height };
  const image = el("img", { src: data.url, alt: text || context.words.photo, draggable: "false", ...size });
  const open = () => context.enlarge(data.url, text);
  return el("button.photo", { type: "button", "aria-label": context.words.enlarge, onclick: open }, image);
}

function file(data, context) {
  const size = Number.isFinite(data.size) ? fileSize(data.size, context.language) : "";
  return el(
    "a.file",
    { href: data.url, download: data.file_name, "aria-label": context.words.download(data.file_name) },
    el("span.file-icon", {}, icon("file")),
    el("span.file-facts", {}, el("bdi.file-name", {}, data.file_name), el("span.file-size", {}, size)),
  );
}

function contact(data) {
  const name = [data.first_name, data.last_name].filter(Boolean).join(" ");
  return el(
    "div.contact",
    {},
    avatar(name, data.user_id ?? name),
    el("span.file-facts", {}, el("bdi.file-name", {}, name), el("bdi.file-size", { dir: "ltr" }, data.phone_number)),
  );
}
