/** Tells where a link of a message or a button leads: into this chat, to another page, or nowhere. */

const HOSTS = new Set(["t.me", "telegram.me", "telegram.dog"]);

/**
 * @param {string} address
 * @param {string} botUsername
 * @returns {{start: string} | {href: string} | null} null: not an address that a chat may open
 */
export function destination(address, botUsername) {
  const url = parse(address);
  if (!url) return null;
  const username = telegramUser(url);
  if (username === null) return url.protocol === "tg:" ? null : { href: url.href };
  if (username.toLowerCase() !== botUsername.toLowerCase()) return url.protocol === "tg:" ? null : { href: url.href };
  return { start: url.searchParams.get("start") ?? "" };
}

function parse(address) {
  try {
    const url = new URL(/^[a-z][a-z0-9+.-]*:/i.test(address) ? address : `https://${address}`);
    return ["http:", "https:", "tg:"].includes(url.protocol) ? url : null;
  } catch {
    return null;
  }
}

function telegramUser(url) {
  if (url.protocol === "tg:") return url.href.startsWith("tg://resolve") ? url.searchParams.get("domain") : null;
  return HOSTS.has(url.hostname) ? url.pathname.split("/")[1] || null : null;
}
