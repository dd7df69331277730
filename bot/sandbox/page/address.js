/** Keeps what is on the screen in the page's address, so that a reload or a shared link shows the same. */

const MOST_PHONES = 4;

/** `/?person=mona&person=omar&bare=1&lang=ar&tz=Africa/Cairo` → who is shown, whether alone, and how it is written. */
export function readAddress() {
  const query = new URLSearchParams(location.search);
  return {
    chosen: [...new Set(query.getAll("person"))].slice(0, MOST_PHONES),
    bare: query.get("bare") === "1",
    language: query.get("lang"),
    timeZone: query.get("tz"),
  };
}

export function writeAddress(chosen) {
  const query = new URLSearchParams(location.search);
  query.delete("person");
  for (const slug of chosen) query.append("person", slug);
  history.replaceState(null, "", `?${query}`);
}
