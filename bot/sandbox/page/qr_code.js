/**
 * Reads the QR code of a picture that a bot drew: upright, sharp, up to version 10 (some 270 characters).
 *
 * Such a picture has no errors to correct, so the error correction is left out. What a camera took is for the browser's
 * own detector, where there is one. Source of the tables: ISO/IEC 18004.
 */

const LEVELS = ["M", "L", "H", "Q"]; // by the two bits of the format
const CORRECTION = {
  L: [7, 10, 15, 20, 26, 18, 20, 24, 30, 18],
  M: [10, 16, 26, 18, 24, 16, 18, 22, 22, 26],
  Q: [13, 22, 18, 26, 18, 24, 18, 22, 20, 24],
  H: [17, 28, 22, 16, 22, 28, 26, 26, 24, 28],
};
const BLOCKS = {
  L: [1, 1, 1, 1, 1, 2, 2, 2, 2, 4],
  M: [1, 1, 1, 2, 2, 4, 4, 4, 5, 5],
  Q: [1, 1, 2, 2, 4, 4, 6, 6, 8, 8],
  H: [1, 1, 2, 4, 4, 4, 5, 6, 8, 8],
};
const ALIGNMENT = [[], [6, 18], [6, 22], [6, 26], [6, 30], [6, 34], [6, 22, 38], [6, 24, 42], [6, 26, 46], [6, 28, 50]];
const MASKS = [
  (r, c) => (r + c) % 2, (r) => r % 2, (r, c) => c % 3, (r, c) => (r + c) % 3,
  (r, c) => (Math.floor(r / 2) + Math.floor(c / 3)) % 2, (r, c) => ((r * c) % 2) + ((r * c) % 3),
  (r, c) => (((r * c) % 2) + ((r * c) % 3)) % 2, (r, c) => (((r + c) % 2) + ((r * c) % 3)) % 2,
];
const ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
const FORMAT_MASK = 0x5412;
const WIDEST_PX = 1600;

/** @param {Blob} picture @returns {Promise<string | null>} what its code says; null: no code was found */
export async function readCode(picture) {
  const image = await createImageBitmap(picture).catch(() => null);
  if (!image) return null;
  return (await detected(image)) ?? decode(pixelsOf(image));
}

async function detected(image) {
  if (!("BarcodeDetector" in globalThis)) return null;
  const found = await new BarcodeDetector({ formats: ["qr_code"] }).detect(image).catch(() => []);
  return found[0]?.rawValue ?? null;
}

function pixelsOf(image) {
  const scale = Math.min(1, WIDEST_PX / Math.max(image.width, image.height));
  const [width, height] = [Math.round(image.width * scale), Math.round(image.height * scale)];
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, width, height);
  pen.drawImage(image, 0, 0, width, height);
  return pen.getImageData(0, 0, width, height);
}

/** @param {ImageData} picture */
export function decode({ data, width, height }) {
  const isDark = (x, y) => {
    const at = (Math.round(y) * width + Math.round(x)) * 4;
    return data[at] * 0.3 + data[at + 1] * 0.59 + data[at + 2] * 0.11 < 128;
  };
  const corners = findCorners(isDark, width, height);
  const grid = corners && sample(isDark, corners);
  return grid ? read(grid) : null;
}

// --- where the code is ---

/** The three big squares: dark, light, dark, light, dark in the widths 1 1 3 1 1, across and down. */
function findCorners(isDark, width, height) {
  const found = [];
  for (let y = 0; y < height; y += 1) {
    for (const { middle, unit } of patterns((x) => isDark(x, y), width)) {
      const down = patterns((row) => isDark(middle, row), height).find((other) => Math.abs(other.middle - y) <= unit);
      if (!down) continue;
      const known = found.find((corner) => Math.hypot(corner.x - middle, corner.y - down.middle) < unit * 3);
      if (known) known.seen += 1;
      else found.push({ x: middle, y: down.middle, unit, seen: 1 });
    }
  }
  if (found.length < 3) return null;
  const three = found.sort((a, b) => b.seen - a.seen).slice(0, 3);
  const most = (measure) => three.reduce((best, corner) => (measure(corner) > measure(best) ? corner : best));
  return { topLeft: most(({ x, y }) => -x - y), topRight: most(({ x, y }) => x - y), bottomLeft: most(({ x, y }) => y - x) };
}

function patterns(isDarkAt, length) {
  const runs = [];
  for (let at = 0; at < length; at += 1) {
    const dark = isDarkAt(at);
    if (runs.at(-1)?.dark === dark) runs.at(-1).size += 1;
    else runs.push({ dark, size: 1, start: at });
  }
  return runs.flatMap((run, index) => {
    const five = runs.slice(index, index + 5);
    if (!run.dark || five.length < 5) return [];
    const unit = five.reduce((sum, { size }) => sum + size, 0) / 7;
    const fits = [1, 1, 3, 1, 1].every((units, place) => Math.abs(five[place].size - units * unit) <= unit * 0.5);
    return fits ? [{ middle: five[2].start + (five[2].size - 1) / 2, unit }] : [];
  });
}

function sample(isDark, { topLeft, topRight, bottomLeft }) {
  const estimate = (topRight.x - topLeft.x) / topLeft.unit + 7;
  const version = Math.round((estimate - 17) / 4);
  if (version < 1 || version > ALIGNMENT.length) return null;
  const size = 17 + 4 * version;
  const [across, down] = [(topRight.x - topLeft.x) / (size - 7), (bottomLeft.y - topLeft.y) / (size - 7)];
  const at = (row, column) => isDark(topLeft.x + (column - 3) * across, topLeft.y + (row - 3) * down);
  const rows = Array.from({ length: size }, (_, row) => Array.from({ length: size }, (__, column) => at(row, column)));
  return { rows, size, version };
}

// --- what it says ---

function read(grid) {
  const format = readFormat(grid.rows);
  if (format === null) return null;
  const level = LEVELS[format >> 3];
  const bits = readBits(grid, MASKS[format & 7]);
  const bytes = Array.from({ length: bits.length >> 3 }, (_, at) => parseInt(bits.slice(at * 8, at * 8 + 8).join(""), 2));
  return readSegments(dataOf(bytes, BLOCKS[level][grid.version - 1], CORRECTION[level][grid.version - 1]), grid.version);
}

/** The level and the mask, beside the first corner: whichever of the 32 possible words is the nearest. */
function readFormat(rows) {
  const cells = [...Array(6).keys()].map((column) => [8, column]).concat([[8, 7], [8, 8], [7, 8]]);
  for (let row = 5; row >= 0; row -= 1) cells.push([row, 8]);
  const seen = cells.reduce((word, [row, column]) => (word << 1) | rows[row][column], 0) ^ FORMAT_MASK;
  for (let format = 0; format < 32; format += 1) if (distance(formatWord(format), seen) <= 3) return format;
  return null;
}

function formatWord(format) {
  let rest = format << 10;
  for (let bit = 14; bit >= 10; bit -= 1) if ((rest >> bit) & 1) rest ^= 0x537 << (bit - 10);
  return (format << 10) | rest;
}

const distance = (one, other) => [...(one ^ other).toString(2)].filter((bit) => bit === "1").length;

function readBits({ rows, size, version }, mask) {
  const bits = [];
  let upward = true;
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right -= 1; // the vertical timing pattern
    for (let step = 0; step < size; step += 1) {
      const row = upward ? size - 1 - step : step;
      for (const column of [right, right - 1]) {
        if (!isFunction(row, column, size, version)) bits.push(Number(rows[row][column]) ^ Number(mask(row, column) === 0));
      }
    }
    upward = !upward;
  }
  return bits;
}

function isFunction(row, column, size, version) {
  if (row === 6 || column === 6) return true;
  if ((row < 9 && column < 9) || (row < 9 && column >= size - 8) || (row >= size - 8 && column < 9)) return true;
  if (version >= 7 && ((row < 6 && column >= size - 11) || (column < 6 && row >= size - 11))) return true;
  const centres = ALIGNMENT[version - 1];
  const last = centres.at(-1);
  return centres.some((y) => centres.some((x) => {
    const isCorner = (x === 6 && y === 6) || (x === 6 && y === last) || (y === 6 && x === last);
    return !isCorner && Math.abs(row - y) <= 2 && Math.abs(column - x) <= 2;
  }));
}

/** Undoes the interleaving of the blocks, the later of which may be a byte longer. */
function dataOf(bytes, blocks, correction) {
  const shortest = Math.floor(bytes.length / blocks) - correction;
  const longer = bytes.length % blocks;
  const sizes = Array.from({ length: blocks }, (_, block) => shortest + (block >= blocks - longer ? 1 : 0));
  const parts = sizes.map(() => []);
  let at = 0;
  for (let index = 0; index <= shortest; index += 1) {
    for (let block = 0; block < blocks; block += 1) if (index < sizes[block]) parts[block].push(bytes[at++]);
  }
  return parts.flat();
}

function readSegments(bytes, version) {
  const bits = bytes.map((byte) => byte.toString(2).padStart(8, "0")).join("");
  let at = 0;
  const take = (count) => parseInt(bits.slice(at, (at += count)), 2);
  const counts = version < 10 ? { 1: 10, 2: 9, 4: 8 } : { 1: 12, 2: 11, 4: 16 };
  const raw = [];
  while (bits.length - at >= 4) {
    const mode = take(4);
    if (mode === 0) break;
    if (mode === 7) take(8); // says which character set; UTF-8 is taken for granted
    else if (!(mode in counts)) return null;
    else raw.push(...segment(mode, take(counts[mode]), take));
  }
  return raw.length ? written(new Uint8Array(raw)) : null;
}

/** Most writers use UTF-8 without saying so; what is none is Latin-1, as the standard has it. */
function written(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("iso-8859-1").decode(bytes);
  }
}

function segment(mode, count, take) {
  if (mode === 4) return Array.from({ length: count }, () => take(8));
  const [together, widths] = mode === 1 ? [3, [0, 4, 7, 10]] : [2, [0, 6, 11]];
  const letters = [];
  for (let left = count; left > 0; left -= together) {
    const size = Math.min(left, together);
    const value = take(widths[size]);
    if (mode === 1) letters.push(String(value).padStart(size, "0"));
    else letters.push(size === 2 ? ALPHANUMERIC[Math.floor(value / 45)] + ALPHANUMERIC[value % 45] : ALPHANUMERIC[value]);
  }
  return [...letters.join("")].map((letter) => letter.codePointAt(0));
}
