/** Takes out of a text what nobody but its owner should read. */
export type Redact = (text: string) => string;

export interface Redaction {
  /** Passwords that are known: they are found whatever stands around them. */
  readonly secrets: readonly string[];
  /** Serial numbers and addresses of cards that are to be left out, too. */
  readonly serials?: readonly string[];
}

const REMOVED = "(removed)";

/** Shorter ones are taken out where they stand as a word: elsewhere they would be a part of half of all words. */
const LEAST_ANYWHERE = 4;

/**
 * Passwords by their value, in each form in which a program may have written them, then whatever looks like a secret by what
 * stands before it. Each serial number gets a number of its own, so that what belongs together can still be told.
 */
export function redactor({ secrets, serials = [] }: Redaction): Redact {
  const forms = [...new Set(secrets.filter((secret) => secret !== "").flatMap(formsOf))];
  const values = forms.toSorted((a, b) => b.length - a.length).map(valuePattern);
  const numbers = [...new Set(serials.filter((serial) => serial.length >= LEAST_ANYWHERE))]
    .map((serial, at) => ({ pattern: new RegExp(escapePattern(serial), "gi"), name: `(serial ${at + 1})`, serial }))
    .toSorted((a, b) => b.serial.length - a.serial.length);
  return (text) => {
    let rest = text;
    for (const pattern of values) rest = rest.replace(pattern, REMOVED);
    for (const [pattern, replacement] of LOOKS_SECRET) rest = rest.replace(pattern, replacement);
    for (const { pattern, name } of numbers) rest = rest.replace(pattern, name);
    return rest;
  };
}

/** As it is, and as JSON, a URL, base64, hexadecimal (wpa_supplicant), or the escapes of our own output write it. */
function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret, "utf8");
  return [
    secret,
    secret.normalize("NFC"),
    secret.normalize("NFD"),
    JSON.stringify(secret).slice(1, -1),
    JSON.stringify(JSON.stringify(secret).slice(1, -1)).slice(1, -1),
    encodeURIComponent(secret),
    secret.replaceAll("'", "'\\''"),
    secret.replaceAll(",", ",,"),
    bytes.toString("base64"),
    bytes.toString("hex"),
  ];
}

const escapePattern = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");

const valuePattern = (form: string): RegExp =>
  form.length >= LEAST_ANYWHERE
    ? new RegExp(escapePattern(form), "giu")
    : new RegExp(`(?<![\\p{L}\\p{N}])${escapePattern(form)}(?![\\p{L}\\p{N}])`, "gu");

const NAMES = String.raw`[\w.-]*(?:password|passwd|passphrase|secret|token|psk|pairing[_-]?code|api[_-]?key|private[_-]?key)[\w.-]*`;

const LOOKS_SECRET: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(-----END [A-Z ]*PRIVATE KEY-----|$)/g, REMOVED],
  // "password": "x" of JSON, then of JSON within JSON
  [new RegExp(String.raw`("${NAMES}"\s*:\s*)"(?:[^"\\]|\\.)*"`, "gi"), `$1"${REMOVED}"`],
  [new RegExp(String.raw`(\\"${NAMES}\\"\s*:\s*)\\"(?:[^"\\]|\\\\\\?.)*\\"`, "gi"), `$1\\"${REMOVED}\\"`],
  // password=x and password: x of command lines, URLs and files; quoted or up to a blank
  [new RegExp(String.raw`\b(${NAMES})(\s*=\s*|:\s+)(?:"[^"\n]*"|'[^'\n]*'|[^\s&"',]+)`, "gi"), `$1$2${REMOVED}`],
  // scheme://user:password@host
  [/(\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@]*):[^\s/@]+@/gi, `$1:${REMOVED}@`],
  [/\b(Authorization|Proxy-Authorization|Cookie|Set-Cookie)(["']?\s*[:=]\s*).+/gi, `$1$2${REMOVED}`],
  // Codes and recovery keys as we show them: groups of four of Crockford's base32
  [/\b[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){2,}\b/g, REMOVED],
];
