/** types.md 5.6: what may become the name of a file as it stands. No dot: `foo.d.ts` and `foo.test.ts` have meanings of their own. */
const safe = /^[a-z0-9][a-z0-9_-]{0,63}$/;

/** Names that Windows gives to devices, with any extension. */
const devices = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$|clock\$)$/;

/**
 * Names of files in one folder, without extension, from wire names: unique also where case does not count. A name that fits is
 * used as it is; any other gets a replacement that depends on nothing but the name, and a number where that is taken too.
 */
export class FileNames {
  readonly #taken: Set<string>;
  readonly #nextNumber = new Map<string, number>();

  /** `reserved`: names in the folder that are given away already, in lower case. */
  constructor(reserved: Iterable<string> = ["index"]) {
    this.#taken = new Set(reserved);
  }

  has(name: string): boolean {
    return this.#taken.has(name);
  }

  /** Takes names that an earlier build has given out in the same state. */
  take(names: readonly string[]): void {
    for (const name of names) this.#taken.add(name);
  }

  /** `rename_user` -> `rename_user`, `renameUser` -> `rename_user`, `con` -> `con_`, `../x` -> `x-` and a digest. */
  claim(wireName: string): string {
    const preferred = toFileName(wireName);
    let name = preferred;
    if (this.#taken.has(name)) {
      let number = this.#nextNumber.get(preferred) ?? 2;
      while (this.#taken.has(`${preferred}_${number}`)) number++;
      this.#nextNumber.set(preferred, number + 1);
      name = `${preferred}_${number}`;
    }
    this.#taken.add(name);
    return name;
  }
}

/** A file name that is safe on every system, without extension, at most 64 characters long. Equal names for equal text. */
export function toFileName(text: string): string {
  if (safe.test(text)) return devices.test(text) ? `${text}_` : text;
  const words = text
    .slice(0, 400)
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1_$2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
  const name = words.join("_");
  // Plain words in another case or with another separator are told by their letters; of anything else the letters tell only a part.
  if (/^[A-Za-z0-9_.-]+$/.test(text) && safe.test(name)) {
    return devices.test(name) ? `${name}_` : name;
  }
  return `${name.slice(0, 48).replace(/_$/, "") || "function"}-${digest(text)}`;
}

/** 64-bit FNV-1a over UTF-16 units: not for security, only to tell names apart. */
function digest(text: string): string {
  let high = 0xcbf29ce4;
  let low = 0x84222325;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    low = (low ^ unit) >>> 0;
    // Times 0x100000001b3, in two halves.
    const product = low * 0x1b3;
    const carry = Math.floor(product / 0x1_0000_0000);
    high = (Math.imul(high, 0x1b3) + carry + (low << 8)) >>> 0;
    low = product >>> 0;
  }
  return high.toString(36) + low.toString(36);
}
