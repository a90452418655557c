import { expect, test } from "vitest";
import { SHARE_KINDS } from "#rescue/console-menu/ask-for-share.ts";
import { sharesScreen } from "#rescue/console-menu/shares-screen.ts";
import { scriptedMenu } from "#test/doubles/scripted-menu.ts";

const replies = { places: () => [], setPlace: () => [] };
const toKind = (kind: (typeof SHARE_KINDS)[number]) => [
  "a",
  ...SHARE_KINDS.slice(0, SHARE_KINDS.indexOf(kind)).map(() => "down"),
  "enter",
];
const typed = (...fields: string[]) => fields.flatMap((text) => (text === "" ? ["enter"] : [text, "enter"]));

async function sent(...keys: string[]): Promise<unknown> {
  const { context, said } = scriptedMenu(keys, replies);
  await sharesScreen(context).catch(() => {}); // the user goes away
  return said.find(({ name }) => name === "setPlace")?.body;
}

test("a bucket: at a server of one's own, and at Amazon", async () => {
  const own = typed("Büro", "https://objects.example", "", "images", "pcs", "KEY", "s3 cret");
  const common = { kind: "s3", name: "Büro", bucket: "images", folder: "pcs", accessKeyId: "KEY" };
  expect(await sent(...toKind("s3"), ...own)).toEqual({
    place: { ...common, endpoint: "https://objects.example" },
    password: "s3 cret",
  });
  expect(await sent(...toKind("s3"), ...typed("Büro", "", "eu-west-1", "images", "pcs", "KEY", "x"))).toEqual({
    place: { ...common, region: "eu-west-1" },
    password: "x",
  });
});

test("Escape in a field ends it all", async () => {
  const begun = typed("Büro", "https://objects.example", "", "images");
  // What would have been the rest of the answers does nothing in the list.
  expect(await sent(...toKind("s3"), ...begun, "escape", ...typed("KEY", "s3 cret"))).toBe(undefined);
});

test("a place whose password nobody has given asks for it before it is connected", async () => {
  const place = { kind: "s3", name: "b", bucket: "images", folder: "", endpoint: "http://nas", accessKeyId: "KEY" };
  const state = {
    id: "b",
    place: { ...place, readOnly: false, password: "ask" },
    state: "not-connected",
    isLow: false,
  };
  const name = '["s3","http://nas","images","KEY"]';
  const { context, said } = scriptedMenu(["enter", "enter", "s3 cret", "enter"], {
    ...{ places: () => [state], settings: () => ({ missing: [{ name, what: "it", from: "ask" }] }) },
    ...{ giveSecret: () => ({}), connectPlace: () => [] },
  });
  await sharesScreen(context).catch(() => {});
  expect(said.slice(2, 4)).toEqual([
    { name: "giveSecret", body: { name, secret: "s3 cret" } },
    { name: "connectPlace", params: { placeId: "b" } },
  ]);
});
