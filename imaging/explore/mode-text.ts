import type { Entry } from "#imaging/explore/entry.ts";

const LETTERS: Readonly<Record<Entry["type"], string>> = {
  file: "-",
  folder: "d",
  link: "l",
  fifo: "p",
  socket: "s",
  "character-device": "c",
  "block-device": "b",
  unknown: "?",
};

/** "-rwsr-xr-x": kind and permissions as ls(1) prints them. */
export function modeText({ type, mode }: Pick<Entry, "type" | "mode">): string {
  const bits = [...(mode & 0o777).toString(2).padStart(9, "0")].map((bit, i) => (bit === "1" ? "rwx"[i % 3] : "-"));
  const special: readonly (readonly [number, number, string])[] = [
    [0o4000, 2, "s"],
    [0o2000, 5, "s"],
    [0o1000, 8, "t"],
  ];
  for (const [bit, place, letter] of special)
    if ((mode & bit) !== 0) bits[place] = bits[place] === "x" ? letter : letter.toUpperCase();
  return LETTERS[type] + bits.join("");
}
