import { type Document, isMap, isScalar, type LineCounter, type YAMLError } from "yaml";

/** "network.dns[0]" */
export const keyPath = (path: readonly PropertyKey[]): string =>
  path
    .map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`))
    .join("")
    .replace(/^\./, "");

/** "line 3: ..." of what cannot be read at all. */
export const yamlProblem = ({ message, pos }: YAMLError, lines: LineCounter): string =>
  `line ${lines.linePos(pos[0]).line}: ${message.split("\n")[0]?.replace(/ at line \d+, column \d+:?$/, "") ?? ""}`;

/** Line of the key that the path names, or of the last one on the way to it that is there. */
export function lineOf(path: readonly PropertyKey[], document: Document, lines: LineCounter): number | undefined {
  let node: unknown = document.contents;
  let offset: number | undefined;
  for (const key of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && item.key.value === key);
      if (pair === undefined) break;
      offset = (pair.key as { range?: readonly number[] }).range?.[0] ?? offset;
      node = pair.value;
    } else {
      node = (node as { items?: readonly unknown[] } | undefined)?.items?.[key as number];
      offset = (node as { range?: readonly number[] } | undefined)?.range?.[0] ?? offset;
    }
  }
  return offset === undefined ? undefined : lines.linePos(offset).line;
}
