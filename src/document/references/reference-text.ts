/** A reference cut into what is before its first `#` and what is after it; null without a `#`. */
export interface ReferenceText {
  readonly address: string;
  readonly fragment: string | null;
}

export function splitReference(reference: string): ReferenceText {
  const hash = reference.indexOf("#");
  if (hash === -1) return { address: reference, fragment: null };
  return { address: reference.slice(0, hash), fragment: reference.slice(hash + 1) };
}

/**
 * The steps of a fragment that is a JSON Pointer: percent-decoded first, then `~1` and `~0` (RFC 6901 section 6). A text whose
 * percent signs are no encoding is taken as it stands.
 */
export function fragmentSteps(fragment: string): string[] {
  if (fragment === "") return [];
  return decoded(fragment)
    .slice(1)
    .split("/")
    .map((step) => (step.includes("~") ? step.replaceAll("~1", "/").replaceAll("~0", "~") : step));
}

/** The same without percent-decoding, for keys that hold a `%` themselves and were written down as they are. */
export function rawSteps(fragment: string): string[] {
  if (fragment === "") return [];
  return fragment
    .slice(1)
    .split("/")
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function decoded(fragment: string): string {
  if (!fragment.includes("%")) return fragment;
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}

/** Why the text of a reference is none, or undefined. A `#` in a key must be written `%23`. */
export function unreadable(fragment: string): string | undefined {
  if (fragment.includes("#")) return 'it has a second "#"; a "#" in a key is written "%23"';
  if (/%(?![\dA-Fa-f]{2})/.test(fragment))
    return 'a "%" in it is followed by no two hexadecimal digits';
  return undefined;
}
