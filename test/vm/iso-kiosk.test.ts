import { expect, it } from "vitest";
import { countColours } from "#imaging/prove/qemu/picture.ts";
import { ISO_LIMITS } from "#mediabuilder/build-iso.ts";
import { buildTestIso, DEBUG_SHELL, Guest, waitForMark } from "./iso-guest.ts";
import { withVm } from "./qemu-run/with-vm.ts";
import { waitForSplash } from "./splash-screen.ts";

const PROCESSES = `for p in $(pidof chromium); do
  echo $(tr '\\0' ' ' < /proc/$p/cmdline | grep -o -e '--type=[a-z]*' -e '--no-sandbox' -e '--disable-[a-z-]*sandbox') $(awk '/^(Uid|NoNewPrivs|Seccomp):/ { print $1 $2 }' /proc/$p/status);
done`.replaceAll("\n", " ");

it("paints with 1 GiB of memory, as an unprivileged user and inside the browser's sandbox", async () => {
  const iso = await buildTestIso("iso-kiosk", DEBUG_SHELL);
  expect(iso.bytes).toBeLessThanOrEqual(ISO_LIMITS.kiosk);
  await withVm({ name: "iso-kiosk", memoryMiB: 1024, cdrom: iso.out }, async (vm) => {
    await waitForSplash(vm, 300);
    await vm.screendump("splash.png");
    const seconds: Record<string, number> = {};
    for (const mark of ["userspace", "server", "kiosk-start", "painted"])
      seconds[mark] = await waitForMark(vm, mark, 600);
    console.log(`ISO ${iso.bytes} bytes; seconds since kernel start: ${JSON.stringify(seconds)}`);
    await vm.screendump("painted.png");
    expect(countColours(await vm.screen())).toBeGreaterThan(8);

    const guest = await Guest.open(vm);
    const browser = (await guest.run(PROCESSES)).split("\n");
    expect(browser.length).toBeGreaterThan(3);
    expect(browser.every((line) => line.includes("Uid:1000") && line.includes("NoNewPrivs:1"))).toBe(true);
    expect(browser.join()).not.toMatch(/--no-sandbox|--disable-\S*sandbox/);
    const renderers = browser.filter((line) => line.includes("--type=renderer"));
    expect(renderers.length).toBeGreaterThan(0);
    expect(renderers.every((line) => line.includes("Seccomp:2"))).toBe(true);

    expect(await guest.run("ps -o user= -C cage")).toBe("kiosk");
    const listening = (await guest.run("ss -Hltnu | awk '{ print $5 }'")).split("\n");
    expect(listening).toEqual(["127.0.0.1:8480"]);
  });
});
