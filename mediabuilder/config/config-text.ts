import { stringify } from "yaml";
import { MediaConfig } from "./media-config.ts";
import { HEADINGS, MEDIA_OPTIONS, type MediaOption } from "./options.ts";

const INTRODUCTION = `# What a Lifeboat medium is made of: lifeboat media iso --config media.yaml --out lifeboat.iso
# Each line is an option of \`media iso\`, \`usb\` and \`pxe\` too (--time-zone, --network-dns); there it beats this file.
# What stands here is the default; behind # is what it may look like. Files are looked for from this one's folder.
`;

/** Where explanations begin; what is longer pushes its own further out. */
const COLUMN = 34;

/** media.yaml with all defaults, as `media config` prints it. Read again it gives what no file at all gives. */
export function configText(options: readonly MediaOption[] = MEDIA_OPTIONS): string {
  const defaults = MediaConfig.parse({});
  const lines: string[] = [];
  let open: readonly string[] = [];
  for (const option of options) {
    const heading = HEADINGS[option.path];
    if (heading !== undefined) lines.push("", `# ${heading}.`);
    const groups = option.path.split(".").slice(0, -1);
    for (const [depth, group] of groups.entries()) {
      if (open[depth] === group) continue;
      const path = `${groups.slice(0, depth + 1).join(".")}.`;
      const isSet = options.some((other) => other.path.startsWith(path) && valueAt(defaults, other.path) !== undefined);
      lines.push(`${indent(depth)}${isSet ? "" : "#"}${group}:`);
    }
    open = groups;
    lines.push(...optionLines(option, valueAt(defaults, option.path)));
  }
  return `${INTRODUCTION}${lines.join("\n")}\n`;
}

function optionLines({ path, help, example = [] }: MediaOption, value: unknown): string[] {
  const depth = path.split(".").length - 1;
  const key = `${path.split(".").at(-1)}:`;
  const explained = (line: string) => `${line.padEnd(COLUMN)}  # ${help}`;
  const [first = "", ...more] = example;
  const isBlock = first.startsWith("- ");
  const shown = isBlock
    ? [`#${key}`, ...example.map((line) => `  #${line}`)]
    : first === ""
      ? []
      : [`#${key} ${first}`];
  const set = value === undefined ? [] : [`${key} ${stringify(shownAs(path, value)).trim()}`];
  const lines = [...set, ...shown, ...(isBlock ? [] : more)].map((line) => `${indent(depth)}${line}`);
  return lines.map((line, at) => (at === 0 ? explained(line) : line));
}

/** Sizes as people write them. */
const shownAs = (path: string, value: unknown): unknown =>
  path === "lowSpace" ? `${Number(value) / 2 ** 30} GiB` : value;

const indent = (depth: number): string => "  ".repeat(depth);

/** What lies at "network.dns". */
export const valueAt = (root: unknown, path: string): unknown =>
  path.split(".").reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], root);
