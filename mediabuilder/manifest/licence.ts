/**
 * Licences as Debian's copyright files say them (https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/), and as SPDX names
 * them (SPDX 2.3, annex D). Of a file that is not in that format nothing is claimed.
 */

/** Debian's short names, where SPDX has another one. What is in neither list becomes a LicenseRef. */
const SPDX_NAMES: Readonly<Record<string, string>> = {
  "apache-2.0": "Apache-2.0",
  "apache-2": "Apache-2.0",
  artistic: "Artistic-1.0-Perl",
  "artistic-2.0": "Artistic-2.0",
  "bsd-2-clause": "BSD-2-Clause",
  "bsd-3-clause": "BSD-3-Clause",
  "bsd-4-clause": "BSD-4-Clause",
  "bsl-1.0": "BSL-1.0",
  "cc0-1.0": "CC0-1.0",
  cc0: "CC0-1.0",
  "cc-by-sa-3.0": "CC-BY-SA-3.0",
  "cc-by-sa-4.0": "CC-BY-SA-4.0",
  expat: "MIT",
  "gpl-1": "GPL-1.0-only",
  "gpl-1+": "GPL-1.0-or-later",
  "gpl-2": "GPL-2.0-only",
  "gpl-2.0": "GPL-2.0-only",
  "gpl-2+": "GPL-2.0-or-later",
  "gpl-2.0+": "GPL-2.0-or-later",
  "gpl-3": "GPL-3.0-only",
  "gpl-3.0": "GPL-3.0-only",
  "gpl-3+": "GPL-3.0-or-later",
  "gpl-3.0+": "GPL-3.0-or-later",
  isc: "ISC",
  "lgpl-2": "LGPL-2.0-only",
  "lgpl-2+": "LGPL-2.0-or-later",
  "lgpl-2.0+": "LGPL-2.0-or-later",
  "lgpl-2.1": "LGPL-2.1-only",
  "lgpl-2.1+": "LGPL-2.1-or-later",
  "lgpl-3": "LGPL-3.0-only",
  "lgpl-3+": "LGPL-3.0-or-later",
  "lgpl-3.0+": "LGPL-3.0-or-later",
  mit: "MIT",
  "mpl-1.1": "MPL-1.1",
  "mpl-2.0": "MPL-2.0",
  "ofl-1.1": "OFL-1.1",
  openssl: "OpenSSL",
  "psf-2": "PSF-2.0",
  "unicode-dfs-2016": "Unicode-DFS-2016",
  unlicense: "Unlicense",
  x11: "X11",
  zlib: "Zlib",
};

/** "GPL-2+" and the like, each once, in their order; undefined when the file is not in the format. */
export function licencesOf(copyright: string): string[] | undefined {
  if (!/^Format:\s*\S*copyright-format\/1\.0/m.test(copyright)) return undefined;
  const found = [...copyright.matchAll(/^License:[ \t]*(\S.*)$/gm)].map(([, name = ""]) => name.trim());
  return [...new Set(found)];
}

interface Expression {
  readonly expression: string;
  /** Ids that are not SPDX's own, and the names that they stand for. */
  readonly refs: ReadonlyMap<string, string>;
}

/** An SPDX expression of all of them: a package holds files under each. */
export function spdxExpression(names: readonly string[]): Expression {
  const terms = names.map(termOf);
  return {
    expression: [...new Set(terms.map(({ expression }) => expression))].join(" AND "),
    refs: new Map(terms.flatMap(({ refs }) => [...refs])),
  };
}

/** "GPL-2 or Expat" is an expression; "GPL-2+ with OpenSSL exception", and what is in somebody's own words, is one name. */
function termOf(name: string): Expression {
  const words = name
    .replaceAll(",", " ")
    .split(/\s+/)
    .filter((word) => word !== "");
  const isOperator = (word: string) => /^(and|or)$/i.test(word);
  const alternates = words.length % 2 === 1 && words.every((word, at) => isOperator(word) === (at % 2 === 1));
  if (!alternates) return licenceId(name);
  const parts = words.map((word) =>
    isOperator(word) ? { expression: word.toUpperCase(), refs: [] } : licenceId(word),
  );
  const text = parts.map(({ expression }) => expression).join(" ");
  return { expression: parts.length > 1 ? `(${text})` : text, refs: new Map(parts.flatMap(({ refs }) => [...refs])) };
}

function licenceId(name: string): Expression {
  const known = SPDX_NAMES[name.toLowerCase()];
  if (known !== undefined) return { expression: known, refs: new Map() };
  const id = `LicenseRef-Debian-${name.replace(/[^A-Za-z0-9.-]+/g, "-")}`;
  return { expression: id, refs: new Map([[id, name]]) };
}
