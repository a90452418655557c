import { fileURLToPath } from "node:url";
import { errorTable } from "#base/errors.ts";
import { structTable } from "#base/struct.ts";
import { badRange, cloneAnswer, cloneDescription, cloneRequest } from "#imaging/clone/remote/wire.ts";
import { catalogueEntry, extentEntry, fileHeader, footer, indexEntry, recordHeader } from "#imaging/image/format.ts";
import { keyArea, keySlot } from "#imaging/keys/key-area-format.ts";
import { moveRecord } from "#imaging/partition/move/move-record.ts";
import { logEntry } from "#imaging/partition/resize/change-log.ts";
import { indexHeader, packEntry, placeEntry } from "#imaging/repository/format.ts";
import { restoreMarker } from "#imaging/restore/marker.ts";
import { configText } from "#mediabuilder/config/config-text.ts";

/** The structures that a page may embed, by the name in its marker. */
const STRUCTS = {
  fileHeader,
  recordHeader,
  extentEntry,
  indexEntry,
  catalogueEntry,
  footer,
  restoreMarker,
  keyArea,
  keySlot,
  indexHeader,
  packEntry,
  placeEntry,
  moveRecord,
  logEntry,
  cloneRequest,
  cloneAnswer,
  badRange,
  cloneDescription,
};

const errorRows = (): string =>
  [
    "| code | exit | what is safe | what to do next |",
    "|---|---:|---|---|",
    ...errorTable().map(({ code, exit, safe, next }) => `| \`${code}\` | ${exit} | ${safe} | ${next} |`),
  ].join("\n");

/** What a marker stands for; undefined when nothing is called so. */
function blockText(kind: string, name: string): string | undefined {
  if (kind === "table") return name === "errors" ? errorRows() : undefined;
  if (kind === "text") return name === "mediaConfig" ? `\`\`\`yaml\n${configText()}\`\`\`` : undefined;
  return tableOf(name);
}

const BLOCK = /(<!-- (struct|table|text): (\w+) -->\n)[\s\S]*?(<!-- end -->)/g;

/** A page with what stands between its markers made anew. @throws Error for a marker that names nothing */
export const renderPage = (page: string): string =>
  page.replace(BLOCK, (_all, open: string, kind: string, name: string, close: string) => {
    const text = blockText(kind, name);
    if (text === undefined) throw new Error(`nothing is called ${kind}: ${name}`);
    return `${open}${text}\n${close}`;
  });

function tableOf(name: string): string | undefined {
  const found = Object.entries(STRUCTS).find(([key]) => key === name)?.[1];
  return found && `${structTable(found)}\n\n${found.size} bytes.`;
}

const pagePath = (name: string): string => fileURLToPath(new URL(`../../docs/${name}`, import.meta.url));

export const generatedPages = [
  "format/image.md",
  "format/keys.md",
  "format/repository.md",
  "format/move.md",
  "format/clone-wire.md",
  "errors.md",
  "media.md",
].map((name) => ({
  name,
  path: pagePath(name),
  render: renderPage,
}));
export const structNames = Object.keys(STRUCTS);
