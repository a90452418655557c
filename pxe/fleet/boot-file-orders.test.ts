import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bootFileOrders } from "./boot-file-orders.ts";

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "lifeboat-orders-"));
});
afterAll(() => rm(root, { recursive: true }));

test("start files say whose orders machines follow: this server's, another one's, or nobody's", async () => {
  const parameter = "lifeboat.orders=KEY1";
  expect(await bootFileOrders(root, "KEY1")).toEqual({ parameter, isThere: undefined });
  await mkdir(join(root, "grub"));
  await writeFile(join(root, "grub/grub.cfg"), "linux /vmlinuz quiet lifeboat.orders=KEY2\n");
  expect(await bootFileOrders(root, "KEY1")).toEqual({ parameter, isThere: false });
  await writeFile(join(root, "rescue.json"), `{"entries":[{"parameters":["quiet","${parameter}"]}]}`);
  expect(await bootFileOrders(root, "KEY1")).toEqual({ parameter, isThere: true });
});
