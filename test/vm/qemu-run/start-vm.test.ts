import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { countColours } from "#imaging/prove/qemu/picture.ts";
import { startVm } from "./start-vm.ts";
import { withVm } from "./with-vm.ts";

it("runs a VM, takes its picture, forwards a port, takes input, and leaves nothing behind", async () => {
  const vm = await startVm({ name: "unit-run", nics: [{ forward: [80] }], displaySize: { width: 800, height: 600 } });
  await using _ = vm;
  expect(await vm.forwardedPort(80)).toBeGreaterThan(1023);
  await expect(vm.forwardedPort(81)).rejects.toThrow("not forwarded");
  await sleep(3000);
  expect(countColours(await vm.screen())).toBeGreaterThan(1); // SeaBIOS's messages
  await vm.sendKeys("tab", "shift-tab");
  await vm.typeText("Lifeboat 1");
  await vm.click(100, 100);
  expect(await vm.qmp("query-status")).toMatchObject({ status: "running" });
  await expect(vm.qmp("no-such-command")).rejects.toThrow("CommandNotFound");
  expect(vm.peakMemory).toBeGreaterThan(10 * 2 ** 20);
  await vm.quit();
  expect((await vm.waitForEvent("SHUTDOWN")).data).toMatchObject({ guest: false });
  expect(await vm.exited).toBe("status 0");
  expect(existsSync(`/proc/${vm.pid}`)).toBe(false);
});

it("names the serial log and a screenshot when the test fails", async () => {
  const options = { name: "unit-fail", firmware: "uefi" } as const;
  const failure = await withVm(options, async (vm) => {
    await vm.waitForSerial("a text that never comes", { timeout: 3 });
  }).catch((error: Error) => error.message);
  const [, picture = ""] = /screenshot: (\S+)/.exec(String(failure)) ?? [];
  const [, log = ""] = /serial log: (\S+)/.exec(String(failure)) ?? [];
  expect((await readFile(picture)).subarray(1, 4).toString()).toBe("PNG");
  expect(existsSync(log)).toBe(true);
});

it("passes on what QEMU says when it does not start", async () => {
  const disks = [{ file: "/nonexistent.raw", format: "raw", bus: "virtio" }] as const;
  await expect(startVm({ name: "unit-refused", disks })).rejects.toThrow("/nonexistent.raw");
});
