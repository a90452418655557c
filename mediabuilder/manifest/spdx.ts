import { SOURCE_DATE_EPOCH } from "../recipe.ts";
import type { DebianPackage } from "./debian-packages.ts";
import type { ListedLayer } from "./layer-list.ts";
import { licencesOf, spdxExpression } from "./licence.ts";
import type { NpmPackage } from "./npm-packages.ts";

/** A layer and what it is made of. */
export interface LayerContents extends ListedLayer {
  readonly debian: readonly DebianPackage[];
  readonly npm: readonly NpmPackage[];
}

export interface BillOfMaterials {
  readonly id: string;
  readonly version: string;
  readonly layers: readonly LayerContents[];
  /** What a Debian package's copyright file says, by the package's name. */
  readonly copyrights: ReadonlyMap<string, string>;
}

const UNKNOWN = "NOASSERTION";

interface Element {
  readonly SPDXID: string;
  readonly [field: string]: unknown;
}

/**
 * The medium's bill of materials, SPDX 2.3 as JSON (https://spdx.github.io/spdx-spec/v2.3/): the medium contains its layers, a layer its
 * packages. The same medium gives the same bytes.
 */
export function spdxDocument({ id, version, layers, copyrights }: BillOfMaterials): object {
  const refs = new Map<string, string>();
  const medium = element("Medium", { name: "lifeboat-medium", versionInfo: version, licenseDeclared: UNKNOWN });
  const relationships = [relation("SPDXRef-DOCUMENT", "DESCRIBES", medium.SPDXID)];
  const packages = new Map<string, Element>([[medium.SPDXID, medium]]);
  const contain = (outer: Element, inner: Element) => {
    packages.set(inner.SPDXID, inner);
    relationships.push(relation(outer.SPDXID, "CONTAINS", inner.SPDXID));
  };
  for (const layer of layers) {
    const outer = layerElement(layer, version);
    contain(medium, outer);
    for (const found of layer.debian) contain(outer, debianElement(found, copyrights.get(found.name), refs));
    for (const found of layer.npm) contain(outer, npmElement(found));
  }
  return {
    ...{ spdxVersion: "SPDX-2.3", dataLicense: "CC0-1.0", SPDXID: "SPDXRef-DOCUMENT", name: `lifeboat-${id}` },
    documentNamespace: `https://lifeboat.invalid/spdx/${id}`,
    creationInfo: { created: CREATED, creators: [`Tool: lifeboat-${version}`] },
    packages: [...packages.values()],
    relationships,
    hasExtractedLicensingInfos: [...refs].sort().map(([licenseId, name]) => ({
      ...{ licenseId, name },
      extractedText: `The licence that Debian's copyright file calls "${name}"; its text is in licences.sqfs on the medium.`,
    })),
  };
}

/** Seconds, as SPDX has it. */
const CREATED = `${new Date(SOURCE_DATE_EPOCH * 1000).toISOString().slice(0, 19)}Z`;

const relation = (spdxElementId: string, relationshipType: string, relatedSpdxElement: string) => ({
  ...{ spdxElementId, relationshipType, relatedSpdxElement },
});

/** Letters, digits, "." and "-" (SPDX 2.3, 7.2). */
const spdxId = (name: string): string => `SPDXRef-${name.replace(/[^A-Za-z0-9.-]/g, "-")}`;

const element = (id: string, fields: Readonly<Record<string, unknown>>): Element => ({
  SPDXID: spdxId(id),
  downloadLocation: UNKNOWN,
  filesAnalyzed: false,
  licenseConcluded: UNKNOWN,
  copyrightText: UNKNOWN,
  ...fields,
});

const checksums = (algorithm: "SHA256" | "SHA512", checksumValue: string | undefined) =>
  checksumValue ? { checksums: [{ algorithm, checksumValue }] } : {};

const reference = (locator: string) => ({
  externalRefs: [{ referenceCategory: "PACKAGE-MANAGER", referenceType: "purl", referenceLocator: locator }],
});

const layerElement = ({ file, sha256 }: LayerContents, version: string): Element =>
  element(`Layer-${file}`, {
    ...{ name: file, versionInfo: version, packageFileName: file, licenseDeclared: UNKNOWN },
    ...checksums("SHA256", sha256),
  });

function debianElement(found: DebianPackage, copyright: string | undefined, refs: Map<string, string>): Element {
  const { name, version, architecture, source, sourceVersion, maintainer, homepage } = found;
  const names = copyright === undefined ? undefined : licencesOf(copyright);
  const licence = names && names.length > 0 ? spdxExpression(names) : undefined;
  for (const [id, text] of licence?.refs ?? []) refs.set(id, text);
  return element(`deb-${name}-${version}-${architecture}`, {
    ...{ name, versionInfo: version, licenseDeclared: licence?.expression ?? UNKNOWN },
    ...(maintainer && { supplier: `Organization: ${maintainer}` }),
    ...(/^https?:\/\/\S+$/.test(homepage) && { homepage }),
    sourceInfo: `built from the Debian source package ${source} ${sourceVersion}`,
    ...checksums("SHA256", found.sha256),
    ...reference(`pkg:deb/debian/${encodeURIComponent(name)}@${encodeURIComponent(version)}?arch=${architecture}`),
  });
}

const npmElement = ({ name, version, license, sha512 }: NpmPackage): Element =>
  element(`npm-${name}-${version}`, {
    ...{ name, versionInfo: version, licenseDeclared: license },
    downloadLocation: `https://registry.npmjs.org/${name}/-/${name.split("/").at(-1)}-${version}.tgz`,
    ...checksums("SHA512", sha512),
    ...reference(`pkg:npm/${name.replace("@", "%40")}@${version}`),
  });
