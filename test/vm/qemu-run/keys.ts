/** Key names as people write them -> QKeyCode (qemu: qapi/ui.json). Others pass as they are. */
const ALIASES: Readonly<Record<string, string>> = {
  enter: "ret",
  escape: "esc",
  space: "spc",
  del: "delete",
  pageup: "pgup",
  pagedown: "pgdn",
};

/** US layout: the unshifted and the shifted character of each key. */
const US_KEYS: readonly (readonly [qcode: string, plain: string, shifted: string])[] = [
  ["grave_accent", "`", "~"],
  ["minus", "-", "_"],
  ["equal", "=", "+"],
  ["bracket_left", "[", "{"],
  ["bracket_right", "]", "}"],
  ["backslash", "\\", "|"],
  ["semicolon", ";", ":"],
  ["apostrophe", "'", '"'],
  ["comma", ",", "<"],
  ["dot", ".", ">"],
  ["slash", "/", "?"],
  ...Array.from(")!@#$%^&*(", (shifted, digit) => [String(digit), String(digit), shifted] as const),
  ...Array.from("abcdefghijklmnopqrstuvwxyz", (c) => [c, c, c.toUpperCase()] as const),
];

const byCharacter = new Map<string, readonly string[]>([
  [" ", ["spc"]],
  ["\n", ["ret"]],
  ["\t", ["tab"]],
  ...US_KEYS.flatMap(([qcode, plain, shifted]): [string, readonly string[]][] => [
    [plain, [qcode]],
    [shifted, ["shift", qcode]],
  ]),
]);

/** "shift-tab" -> ["shift", "tab"]. */
export const parseChord = (chord: string): readonly string[] => chord.split("-").map((key) => ALIASES[key] ?? key);

/** The chords that type a text on a US keyboard. */
export function chordsOf(text: string): readonly (readonly string[])[] {
  return Array.from(text, (character) => {
    const chord = byCharacter.get(character);
    if (!chord) throw new RangeError(`no key of the US layout types ${JSON.stringify(character)}`);
    return chord;
  });
}
