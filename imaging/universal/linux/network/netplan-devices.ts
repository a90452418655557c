import type { CardKind } from "#imaging/universal/linux/network/card.ts";

/** A card in a netplan file, and where in the text it stands: letters from its start. */
export interface NetplanDevice {
  readonly kind: CardKind;
  readonly id: string;
  /** What `match` says. Undefined: the id is the name. */
  readonly match: { readonly start: number; readonly end: number; readonly text: string } | undefined;
  readonly setName: string | undefined;
  readonly start: number;
  readonly end: number;
}

const SECTIONS: Readonly<Record<string, CardKind>> = { ethernets: "ethernet", wifis: "wireless" };
const KEY = /^(\s*)["']?([^\s"':#]+)["']?\s*:(.*)$/;

interface Line {
  readonly start: number;
  readonly end: number;
  readonly indent: number;
  readonly key: string | undefined;
  readonly rest: string;
}

/**
 * The cards of a netplan file (netplan-yaml(5)). No YAML parser: what is changed are single words, and comments, order and
 * form of all else have to stay, which no parser keeps. Blocks and {flow, style} are understood, anchors are not.
 */
export function netplanDevices(text: string): NetplanDevice[] {
  const lines = linesOf(text);
  const found: NetplanDevice[] = [];
  for (const [at, section] of lines.entries()) {
    const kind = section.key === undefined ? undefined : SECTIONS[section.key];
    if (kind === undefined) continue;
    const inside = block(lines, at);
    const level = inside[0]?.indent;
    for (const [i, line] of inside.entries()) {
      if (line.indent !== level || line.key === undefined) continue;
      const own = block(inside, i);
      const end = own.at(-1)?.end ?? line.end;
      found.push(deviceIn(text, kind, line, own, end));
    }
  }
  return found;
}

function linesOf(text: string): Line[] {
  let start = 0;
  return text.split("\n").flatMap((content) => {
    const line = { start, end: start + content.length };
    start = line.end + 1;
    if (/^\s*(#|$)/.test(content)) return [];
    const [, indent = "", key, rest = ""] = KEY.exec(content) ?? [];
    return [{ ...line, indent: key === undefined ? content.search(/\S/) : indent.length, key, rest }];
  });
}

/** The lines that lie deeper than this one, up to the next that does not. */
function block(lines: readonly Line[], at: number): Line[] {
  const level = lines[at]?.indent ?? 0;
  const behind = lines.slice(at + 1);
  const end = behind.findIndex(({ indent }) => indent <= level);
  return end < 0 ? behind : behind.slice(0, end);
}

function deviceIn(text: string, kind: CardKind, line: Line, own: readonly Line[], end: number): NetplanDevice {
  const whole = text.slice(line.start, end);
  const at = own.findIndex(({ key, indent }) => key === "match" && indent === own[0]?.indent);
  const matchLine = own[at];
  let match: NetplanDevice["match"];
  if (matchLine) {
    const last = block(own, at).at(-1)?.end ?? matchLine.end;
    match = { start: matchLine.start, end: last, text: text.slice(matchLine.start, last) };
  } else {
    const flow = /\bmatch\s*:\s*\{[^}]*\}/.exec(whole);
    if (flow) {
      const start = line.start + flow.index;
      match = { start, end: start + flow[0].length, text: flow[0] };
    }
  }
  const setName = /["']?\bset-name["']?\s*:\s*["']?([^\s"',}]+)/.exec(whole)?.[1];
  return { kind, id: line.key ?? "", match, setName, start: line.start, end };
}
