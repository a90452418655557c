import { expect, test } from "vitest";
import { licencesOf, spdxExpression } from "./licence.ts";

const COPYRIGHT = `Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: x

Files: *
Copyright: 2001 A
License: GPL-2+

Files: lib/*
License: Expat or BSD-3-clause
 text

Files: y
License: GPL-2+ with OpenSSL exception

License: GPL-2+
 On Debian systems ...
`;

test("each licence of a copyright file is named once", () => {
  expect(licencesOf(COPYRIGHT)).toEqual(["GPL-2+", "Expat or BSD-3-clause", "GPL-2+ with OpenSSL exception"]);
});

test("of a file in another form nothing is claimed", () => {
  expect(licencesOf("This package was debianized by ...\nLicense: GPL\n")).toBeUndefined();
});

test("names become those of SPDX; what SPDX has no name for is a reference of our own", () => {
  const { expression, refs } = spdxExpression(licencesOf(COPYRIGHT) ?? []);
  expect(expression).toBe(
    "GPL-2.0-or-later AND (MIT OR BSD-3-Clause) AND LicenseRef-Debian-GPL-2-with-OpenSSL-exception",
  );
  expect([...refs]).toEqual([["LicenseRef-Debian-GPL-2-with-OpenSSL-exception", "GPL-2+ with OpenSSL exception"]]);
});

test("what is somebody's own words is one name, and not an expression", () => {
  expect(spdxExpression(["public domain, and others"]).expression).toBe("LicenseRef-Debian-public-domain-and-others");
  expect(spdxExpression(["GPL-2 or"]).expression).toBe("LicenseRef-Debian-GPL-2-or");
  expect(spdxExpression(["Expat", "MIT"]).expression).toBe("MIT");
});
