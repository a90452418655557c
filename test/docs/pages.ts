import { fileURLToPath } from "node:url";
import { errorTable } from "#base/errors.ts";
import { structTable } from "#base/struct.ts";
import { catalogueEntry, extentEntry, fileHeader, footer, indexEntry, recordHeader } from "#imaging/image/format.ts";
import { keyArea, keySlot } from "#imaging/keys/key-area-format.ts";
import { restoreMarker } from "#imaging/restore/marker.ts";

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
};

const errorRows = (): string =>
  [
    "| code | exit | what is safe | what to do next |",
    "|---|---:|---|---|",
    ...errorTable().map(({ code, exit, safe, next }) => `| \`${code}\` | ${exit} | ${safe} | ${next} |`),
  ].join("\n");

const BLOCK = /(<!-- (struct|table): (\w+) -->\n)[\s\S]*?(<!-- end -->)/g;

/** A page with what stands between its markers made anew. @throws Error for a marker that names nothing */
export const renderPage = (page: string): string =>
  page.replace(BLOCK, (_all, open: string, kind: string, name: string, close: string) => {
    const text = kind === "table" && name === "errors" ? errorRows() : kind === "struct" ? tableOf(name) : undefined;
    if (text === undefined) throw new Error(`nothing is called ${kind}: ${name}`);
    return `${open}${text}\n${close}`;
  });

function tableOf(name: string): string | undefined {
  const found = Object.entries(STRUCTS).find(([key]) => key === name)?.[1];
  return found && `${structTable(found)}\n\n${found.size} bytes.`;
}

const pagePath = (name: string): string => fileURLToPath(new URL(`../../docs/${name}`, import.meta.url));

export const generatedPages = ["format/image.md", "format/keys.md", "errors.md"].map((name) => ({
  name,
  path: pagePath(name),
  render: renderPage,
}));
export const structNames = Object.keys(STRUCTS);
