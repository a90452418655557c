import { describe, expect, test } from "vitest";
import { MediumSettings, secretsOf } from "#base/medium-settings.ts";

const refused = (settings: unknown): string[] => {
  const { error } = MediumSettings.safeParse(settings);
  return (error?.issues ?? []).map(({ path }) => path.join("."));
};
const network = (...interfaces: object[]) => ({ network: { interfaces } });

test("nothing said is a medium that listens to nobody and asks DHCP", () => {
  const settings = MediumSettings.parse({});
  expect(settings).toMatchObject({
    ...{ version: 1, language: "en", keyboard: { layout: "us", variant: "" }, timeZone: "UTC", places: [] },
    ...{ network: { interfaces: "auto", dns: [] }, remoteAccess: { pages: "off", sshKeys: [] } },
    ...{ branding: { name: "Lifeboat", colours: {} }, lowSpace: 10 * 1024 ** 3 },
  });
  expect(MediumSettings.parse(JSON.parse(JSON.stringify(settings)))).toEqual(settings);
});

test("names of any script, with spaces, quotes and semicolons, are taken as they are", () => {
  const odd = `Büro "2"; $(rm) 'Ж' \\ 日本`;
  const settings = MediumSettings.parse({
    branding: { name: "Müller; 'IT'" },
    places: [
      { kind: "smb", name: odd, server: "müller-nas", share: odd.replace("\\", ""), user: odd, password: "sealed" },
    ],
    ...network({ kind: "wifi", name: "air", ssid: `Büro "2"; 'Ж'` }),
  });
  expect(settings.places[0]).toMatchObject({ name: odd, user: odd });
  expect(secretsOf(settings).map(({ from }) => from)).toEqual(["ask", "sealed"]);
});

test("a control character is refused wherever a text may stand: it would end a line of another program's file", () => {
  const smb = { kind: "smb", name: "a", server: "nas", share: "images" };
  expect(refused({ places: [{ ...smb, user: "x\ny" }] })).toEqual(["places.0.user"]);
  expect(refused({ places: [{ ...smb, share: "a\0b" }] })).toEqual(["places.0.share"]);
  expect(refused({ places: [{ ...smb, folder: "../other" }] })).toEqual(["places.0.folder"]);
  expect(refused({ branding: { name: "a\u001b[2J" } })).toEqual(["branding.name"]);
});

describe("what cannot be meant is refused where it stands", () => {
  const lan = { kind: "ethernet", name: "lan" };
  test.each<[unknown, string]>([
    [{ langauge: "nl" }, ""],
    [{ language: "tlh" }, "language"],
    [{ timeZone: "Europe/Atlantis" }, "timeZone"],
    [{ keyboard: { layout: "de; rm" } }, "keyboard.layout"],
    [{ unattended: { plan: "../plan.json" } }, "unattended.plan"],
    [{ branding: { colours: { accent: "red;}" } } }, "branding.colours.accent"],
    [{ remoteAccess: { sshKeys: ["AAAA"] } }, "remoteAccess.sshKeys.0"],
    [{ places: [{ kind: "http", name: "w", url: "https://user:pw@host/x" }] }, "places.0.url"],
    [{ places: [{ kind: "http", name: "w", url: "file:///etc" }] }, "places.0.url"],
    [{ network: { dns: ["8.8.8"] } }, "network.dns.0"],
  ])("%j", (settings, path) => {
    expect(refused(settings)).toContain(path);
  });

  test.each<[object[], RegExp]>([
    [[lan, lan], /two interfaces are called lan/],
    [[lan, { kind: "vlan", name: "v", parent: "wan", id: 7 }], /no ethernet or bond is called wan/],
    [[lan, { kind: "vlan", name: "v", parent: "lan", id: 4095 }], /4094/],
    [[lan, { kind: "bond", name: "b", ports: ["lan", "lan"] }], /in the list twice/],
    [[{ kind: "wifi", name: "air", ssid: "ж".repeat(17) }], /longer than 32 bytes/],
    [[{ ...lan, ipv4: { address: "192.0.2.10" } }], /192\.0\.2\.10\/24/],
  ])("%j", (interfaces, message) => {
    const { error } = MediumSettings.safeParse(network(...interfaces));
    expect(JSON.stringify(error?.issues)).toMatch(message);
  });
});

test("a secret is bound to where it is sent: another server is another secret", () => {
  const smb = { kind: "smb", name: "a", server: "nas", share: "images", user: "u", password: "sealed" };
  const nameOf = (place: object) => secretsOf(MediumSettings.parse({ places: [place] }))[0]?.name;
  expect(nameOf(smb)).toBe('["smb","nas","images","","u"]');
  expect(nameOf({ ...smb, server: "evil" })).not.toBe(nameOf(smb));
  expect(nameOf({ ...smb, user: undefined })).toBeUndefined();
});

test("a bucket: its key is bound to its server, which is Amazon's in a region or one with an address", () => {
  const s3 = { kind: "s3", name: "b", bucket: "images", endpoint: "https://objects.example/x", accessKeyId: "KEY" };
  const [use] = secretsOf(MediumSettings.parse({ places: [s3] }));
  expect(use).toMatchObject({ name: '["s3","https://objects.example","images","KEY"]', from: "ask" });
  const amazon = { ...s3, endpoint: undefined, region: "eu-west-1", password: "sealed" };
  expect(secretsOf(MediumSettings.parse({ places: [amazon] }))[0]).toMatchObject({ name: '["s3","","images","KEY"]' });
  for (const [wrong, path] of [
    [{ region: undefined, endpoint: undefined }, "region"],
    [{ password: "none" }, "password"],
    [{ endpoint: "https://me:secret@objects.example" }, "endpoint"],
    [{ bucket: "Images" }, "bucket"],
    [{ folder: "../other" }, "folder"],
  ] as const)
    expect(refused({ places: [{ ...s3, ...wrong }] })).toEqual([`places.0.${path}`]);
});
