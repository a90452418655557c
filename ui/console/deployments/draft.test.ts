import { describe, expect, it } from "vitest";
import { api, type Machine } from "#pxe/console/contract.ts";
import { countOf, type Draft, EMPTY, missingIn, wantedOf, wordsFor } from "#ui/console/deployments/draft.ts";

const restore: Draft = {
  ...EMPTY,
  ...{ name: " Lab ", point: "/srv/repo/points/office.lbi", machines: new Set([3, 4]) },
};
const capture: Draft = {
  ...EMPTY,
  ...{ kind: "capture", name: "Nightly", by: "group", group: "office", place: "smb", server: "nas", share: "images" },
  ...{
    repository: "repo",
    days: new Set(["tue", "mon"] as const),
    from: "22:00",
    to: "05:00",
    afterwards: "shut-down",
  },
};
/** What the server makes of it. */
const sent = (draft: Draft) => {
  expect(missingIn(draft)).toBeUndefined();
  return api.createDeployment.body.parse(wantedOf(draft));
};

describe("what is sent", () => {
  it("restores by list", () =>
    expect(sent(restore)).toMatchObject({
      name: "Lab",
      secrets: {},
      spec: {
        machines: { machines: ["#3", "#4"] },
        work: { kind: "restore", template: { to: "only", identity: "keep", verify: true }, identities: [] },
        ...{ countdownSeconds: 30, retries: 2, afterwards: "restart", bootOnce: true },
      },
    }));

  it("names of computers make identities new", () => {
    expect(sent({ ...restore, naming: "pattern", pattern: "pc-{n:02}" }).spec.work).toMatchObject({
      ...{ hostnames: "pc-{n:02}", template: { identity: "new" } },
    });
    const hostnames = new Map([
      [3, "a"],
      [4, "b"],
      [9, "nobody"],
    ]);
    expect(sent({ ...restore, naming: "each", hostnames }).spec.work).toMatchObject({
      ...{ template: { identity: "new" } },
      identities: [
        { machine: "#3", hostname: "a" },
        { machine: "#4", hostname: "b" },
      ],
    });
  });

  it("limits are bytes in a second", () =>
    expect(sent({ ...restore, by: "next", next: "40", limit: "80", atOnce: "10" }).spec).toMatchObject({
      ...{ machines: { next: 40 }, limit: 80 * 2 ** 20, mostAtOnce: 10 },
    }));

  it("captures by night, in the order of the week", () =>
    expect(sent({ ...capture, user: "backup", placePassword: "geheim", admission: "network" })).toMatchObject({
      secrets: { placePassword: "geheim" },
      spec: {
        ...{ machines: { group: "office" }, window: { from: "22:00", to: "05:00" }, admission: "network" },
        work: { kind: "capture", days: ["mon", "tue"], place: { kind: "smb", server: "nas", user: "backup" } },
      },
    }));

  it.each([
    { place: "nfs", share: "/srv/images", placePassword: "left from before" },
    { place: "sftp", share: "", user: "backup", placePassword: "x", admission: "code" },
    { place: "s3", server: "https://nas", share: "images", user: "KEY", placePassword: "x", admission: "code" },
    {
      place: "s3",
      server: "",
      region: "eu-west-1",
      share: "images",
      user: "KEY",
      placePassword: "x",
      admission: "code",
    },
  ] as const)("captures to $place", (more) =>
    expect(sent({ ...capture, ...more }).spec.work).toMatchObject({ place: { kind: more.place } }),
  );
});

describe("what is missing", () => {
  it.each<[Partial<Draft>, string]>([
    [{ name: " " }, "missing.name"],
    [{ point: "" }, "missing.point"],
    [{ machines: new Set() }, "missing.machines"],
    [{ by: "group" }, "missing.group"],
    [{ by: "next", next: "0" }, "missing.next"],
    [{ naming: "pattern", pattern: "pc {n}" }, "missing.pattern"],
    [{ naming: "each", hostnames: new Map([[3, "a"]]) }, "missing.hostname"],
    [
      {
        naming: "each",
        hostnames: new Map([
          [3, "a"],
          [4, "A"],
        ]),
      },
      "missing.hostname-twice",
    ],
    [{ from: "22:00" }, "missing.window"],
    [{ from: "22:00", to: "22:00" }, "missing.window"],
    [{ retries: "" }, "missing.retries"],
    [{ limit: "fast" }, "missing.limit"],
    [{ password: "geheim" }, "missing.admission"],
  ])("%j: %s", (more, key) => expect(missingIn({ ...restore, ...more })).toBe(key));

  it.each<[Partial<Draft>, string]>([
    [{ server: "" }, "missing.server"],
    [{ share: "" }, "missing.share"],
    [{ place: "nfs" }, "missing.path"],
    [{ place: "sftp" }, "missing.user"],
    [{ user: "backup" }, "missing.place-password"],
    [{ from: "", to: "" }, "missing.window"],
  ])("of a capture, %j: %s", (more, key) => expect(missingIn({ ...capture, ...more })).toBe(key));
});

it("asks for how many, or for the group, before disks are erased", () => {
  const machines = [{ group: "lab" }, { group: "lab" }, { group: "" }] as Machine[];
  expect(wordsFor(restore, machines)).toBe("2");
  expect(wordsFor({ ...restore, by: "next", next: "40" }, machines)).toBe("40");
  expect(wordsFor({ ...restore, by: "group", group: "lab" }, machines)).toBe("lab");
  expect(countOf({ ...restore, by: "group", group: "lab" }, machines)).toBe(2);
});
