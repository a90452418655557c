import type { Random } from "#test/fuzz/random.ts";

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const VALUES: readonly Json[] = [
  null,
  true,
  "",
  [],
  {},
  0,
  -1,
  0.5,
  2 ** 31,
  2 ** 32,
  Number.MAX_SAFE_INTEGER,
  Number.MAX_SAFE_INTEGER + 1,
  -Number.MAX_SAFE_INTEGER,
  Number.MAX_VALUE,
  "__proto__",
  "\u0000",
  "\ud800",
  "../../etc/passwd",
  "9".repeat(400),
];

interface Place {
  readonly holder: Json[] | { [key: string]: Json };
  readonly key: string;
}

function places(value: Json, found: Place[] = []): Place[] {
  if (value === null || typeof value !== "object") return found;
  for (const [key, inner] of Object.entries(value)) {
    found.push({ holder: value, key });
    places(inner, found);
  }
  return found;
}

/** Changes one value of a document. @returns the text of the changed one, and what was done; undefined for no JSON. */
export function mutateJson(text: string, random: Random): { text: string; done: string } | undefined {
  let root: Json;
  try {
    root = JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
  const all = places(root);
  if (all.length === 0) return undefined;
  const { holder, key } = random.pick(all);
  const done = change(holder, key, random, all);
  return { text: JSON.stringify(root, undefined, 1), done: `${done} ${key}` };
}

function change(holder: Place["holder"], key: string, random: Random, all: readonly Place[]): string {
  const old = Reflect.get(holder, key) as Json;
  const other = random.pick(all);
  switch (random.int(6)) {
    case 0:
      Reflect.deleteProperty(holder, key);
      return "delete";
    case 1:
      // A copy, since a document that holds itself has no text.
      Reflect.set(holder, key, structuredClone(Reflect.get(other.holder, other.key)));
      return `copy ${other.key} to`;
    case 2:
      Reflect.set(holder, key, [old, old]);
      return "double";
    case 3:
      Reflect.set(holder, key, typeof old === "number" ? old + random.int(3) - 1 : String(old));
      return "nudge";
    default:
      Reflect.set(holder, key, random.pick(VALUES));
      return "replace";
  }
}
