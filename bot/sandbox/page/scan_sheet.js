/** Scans a code as a phone's camera would: from a picture somebody was sent, from a file, or pasted as text. */

import { el } from "./dom.js";
import { readCode } from "./qr_code.js";

/**
 * @param {import("./overlays.js").Overlays} overlays
 * @param {{url: string, person: string, caption: string}[]} photos the newest ones of all chats
 * @param {object} words
 * @returns {Promise<string | null>} what the code says; null: nothing was scanned
 */
export async function askCode(overlays, photos, words) {
  const field = el("input.pasted", { type: "text", dir: "auto", autocomplete: "off", placeholder: words.scanPaste, "aria-label": words.scanPaste });
  const note = el("p.scan-note", { role: "status" });
  const content = (close) => {
    const scan = async (picture) => {
      note.textContent = "";
      const text = await readCode(picture);
      if (text) close(text);
      else note.textContent = words.scanNothing;
    };
    return [
      el("h2", {}, words.scan),
      el("p.dialog-text", {}, photos.length ? words.scanText : words.scanTextAlone),
      photos.length > 0 && gallery(photos, words, scan),
      filePicker(words, scan),
      field,
      note,
    ].filter(Boolean);
  };
  const buttons = [{ label: words.cancel, value: false }, { label: words.scanOpen, value: true }];
  const answer = await overlays.dialog("dialog", "div.dialog.sheet.scan", content, buttons);
  return answer === true ? field.value.trim() || null : answer || null;
}

function gallery(photos, words, scan) {
  const drawn = photos.map((photo) => {
    const onclick = async () => scan(await (await fetch(photo.url)).blob());
    const image = el("img", { src: photo.url, alt: photo.caption, loading: "lazy", draggable: "false" });
    const label = words.scanPhotoOf(photo.person);
    return el("button.scan-photo", { type: "button", "aria-label": label, onclick }, image, el("bdi", {}, photo.person));
  });
  return el("div.scan-photos", {}, ...drawn);
}

function filePicker(words, scan) {
  const onchange = (event) => event.target.files[0] && scan(event.target.files[0]);
  const input = el("input.visually-hidden", { type: "file", accept: "image/*", onchange });
  return el("label.scan-file", {}, input, words.scanFile);
}
