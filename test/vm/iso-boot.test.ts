import { expect, it } from "vitest";
import { buildTestIso, waitForMark } from "./iso-guest.ts";
import { withVm } from "./qemu-run/with-vm.ts";

/** What a 1 GiB machine must manage. How the ISO starts in each way: boot-matrix.test.ts. */
const BOOT_SECONDS = 600;

it("gives nobody a shell without the parameter", async () => {
  const { out } = await buildTestIso("iso-no-shell", "");
  await withVm({ name: "iso-no-shell", memoryMiB: 1024, cdrom: out }, async (vm) => {
    await waitForMark(vm, "server", BOOT_SECONDS);
    vm.sendSerial("\n\nid\n");
    await expect(vm.waitForSerial("uid=", { timeout: 15 })).rejects.toThrow();
  });
});
