import { expect, test } from "vitest";
import { addedPackages, parsePackages } from "./debian-packages.ts";

const INSTALLED = [
  "zlib1g\t1:1.3.1-1\tamd64\tzlib\t1:1.3.1-1\tMark <mark@example.org>\thttp://zlib.net/",
  "adduser\t3.152\tall\tadduser\t3.152\tTeam <team@example.org>\t",
  "own-tool\t1.0\tamd64\town-tool\t1.0\tMe <me@example.org>\t",
  "",
].join("\n");
const ARCHIVE = `Package: zlib1g
Version: 1:1.3.1-1
Architecture: amd64
SHA256: aa11

Package: zlib1g
Version: 1:1.2.0-1
Architecture: amd64
SHA256: bb22

Package: adduser
Version: 3.152
Architecture: all
SHA256: cc33
`;

test("a package has the hash of its very version; one that came as a file has none", () => {
  const packages = parsePackages(INSTALLED, ARCHIVE);
  expect(packages.map(({ name, sha256 }) => [name, sha256])).toEqual([
    ["adduser", "cc33"],
    ["own-tool", undefined],
    ["zlib1g", "aa11"],
  ]);
  expect(packages[2]).toMatchObject({
    source: "zlib",
    maintainer: "Mark <mark@example.org>",
    homepage: "http://zlib.net/",
  });
});

test("a layer is said to have what the root below it has not", () => {
  const below = parsePackages(INSTALLED, ARCHIVE);
  const layer = parsePackages(`${INSTALLED}new\t1\tamd64\tnew\t1\t\t\n`, "");
  expect(addedPackages(layer, below).map(({ name }) => name)).toEqual(["new"]);
});
