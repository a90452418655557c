/** LVM's text format: `key = value`, `section { ... }`, lists, strings, whole numbers, comments from # to the line's end. */
export type TextValue = number | string | readonly (number | string)[];

export interface TextSection {
  readonly values: ReadonlyMap<string, TextValue>;
  readonly sections: ReadonlyMap<string, TextSection>;
}

/** LVM itself nests three deep: group, logical volumes, volume, segment. */
const DEPTH_LIMIT = 8;

/** @throws RangeError with the place of what is not of the format. Time and memory grow with the text's length only. */
export function parseText(text: string): TextSection {
  const tokens = new Tokens(text);
  return parseSection(tokens, 0);
}

function parseSection(tokens: Tokens, depth: number): TextSection {
  if (depth > DEPTH_LIMIT) throw tokens.wrong("sections lie too deep");
  const values = new Map<string, TextValue>();
  const sections = new Map<string, TextSection>();
  for (let key = tokens.next(); key !== (depth === 0 ? "" : "}"); key = tokens.next()) {
    if (!/^[\w+.-]+$/.test(key)) throw tokens.wrong("a name is expected");
    if (values.has(key) || sections.has(key)) throw tokens.wrong(`${key} is there twice`);
    const sign = tokens.next();
    if (sign === "{") sections.set(key, parseSection(tokens, depth + 1));
    else if (sign === "=") values.set(key, parseValue(tokens, tokens.next()));
    else throw tokens.wrong("= or { is expected");
  }
  return { values, sections };
}

function parseValue(tokens: Tokens, first: string): TextValue {
  if (first !== "[") return parseScalar(tokens, first);
  const list: (number | string)[] = [];
  for (let token = tokens.next(); token !== "]"; token = tokens.next()) {
    list.push(parseScalar(tokens, token));
    const after = tokens.next();
    if (after === "]") break;
    if (after !== ",") throw tokens.wrong(", or ] is expected");
  }
  return list;
}

function parseScalar(tokens: Tokens, token: string): number | string {
  if (token.startsWith('"')) return token.slice(1, -1).replace(/\\(.)/gs, "$1");
  const number = /^[+-]?\d+$/.test(token) ? Number(token) : Number.NaN;
  if (!Number.isSafeInteger(number)) throw tokens.wrong("a number or a text is expected");
  return number;
}

/** A text with its end, white space and comments, a quoted text, a sign, or a word; sticky, so that it never searches. */
const SPACE = /(?:\s+|#[^\n]*)*/y;
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\]=,]|[\w+.-]+/sy;

class Tokens {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** @returns "" at the text's end. */
  next(): string {
    SPACE.lastIndex = this.#at;
    SPACE.exec(this.#text);
    this.#at = SPACE.lastIndex;
    if (this.#at >= this.#text.length) return "";
    TOKEN.lastIndex = this.#at;
    const token = TOKEN.exec(this.#text)?.[0];
    if (token === undefined) throw this.wrong("a sign that has no meaning");
    this.#at += token.length;
    return token;
  }

  wrong = (problem: string) => new RangeError(`${problem}, at character ${this.#at}`);
}
