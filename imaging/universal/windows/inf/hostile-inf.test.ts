import { expect, test } from "vitest";
import { describeDriver } from "#imaging/universal/windows/inf/driver-package.ts";
import { readInstallSection } from "#imaging/universal/windows/inf/install-section.ts";
import { parseInf } from "#imaging/universal/windows/inf/parse-inf.ts";
import type { TargetSystem } from "#imaging/universal/windows/inf/target-system.ts";

const target: TargetSystem = { architecture: "amd64", major: 10, minor: 0, build: 19045, productType: 1 };
const lines = (count: number, line: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => line(at)).join("\n");

/** Each multiplies something that a careless reader would go through again and again. */
const HOSTILE: Readonly<Record<string, string>> = {
  "a hundred thousand makers of a hundred thousand devices": `[Manufacturer]\n${lines(90_000, () => "m = d,NTamd64")}\n[d.NTamd64]\n${lines(90_000, () => "x = i, PCI\\A")}`,
  "lists of files that name each other": `[Manufacturer]\nm = d,NTamd64\n[d.NTamd64]\nx = i, PCI\\A\n[i]\n${lines(50_000, (at) => `CopyFiles = l${at % 9}, l, l${at}`)}\n[l]\n${lines(50_000, (at) => `f${at}`)}\n[SourceDisksFiles]\n${lines(50_000, (at) => `f${at} = 1`)}`,
  "services and values": `[Manufacturer]\nm = d,NTamd64\n[d.NTamd64]\nx = i, PCI\\A\n[i]\n[i.Services]\n${lines(60_000, () => "AddService = s, 2, s")}\n[s]\nServiceBinary = a.sys\n${lines(60_000, () => "AddReg = v")}\n[v]\n${lines(60_000, (at) => `HKR,,n${at},1,0`)}`,
  "sections of one line": lines(90_000, (at) => `[s${at}]\na = b`),
  "values without end": `[s]\na = ${",".repeat(60_000)}\n${lines(3000, () => "a=1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20")}`,
};

test.each(Object.entries(HOSTILE))("%s", (_, text) => {
  const started = performance.now();
  const inf = parseInf(Buffer.from(text), "x.inf");
  const { models } = describeDriver(inf, target);
  const { files, services } = readInstallSection(inf, "i", target);
  inf.values("s", "a");
  expect(models.length).toBeLessThanOrEqual(50_000);
  expect(files.length).toBeLessThanOrEqual(2000);
  expect(services.length).toBeLessThanOrEqual(64);
  expect(performance.now() - started).toBeLessThan(10_000);
});
