// @vitest-environment happy-dom
import { cleanup, render, screen } from "@testing-library/preact";
import { afterEach, expect, it } from "vitest";
import type { DiskBoot } from "#rescue/api/contract.ts";
import { windowsDisk } from "#test/ui/recorded.ts";
import { diskBoot } from "#test/ui/recorded-boot.ts";
import { DiskLook } from "#ui/boot/disk-look.tsx";
import { ShellContext } from "#ui/shell/context.ts";
import type { Shell } from "#ui/shell/shell.ts";

afterEach(cleanup);

const repair = () => screen.queryByRole("button", { name: "Repair…" });

it("offers what can be done with a disk once it was looked at, and also where that failed", async () => {
  for (const end of ["resolve", "reject"] as const) {
    const look = Promise.withResolvers<DiskBoot>();
    const shell = { api: { call: () => look.promise } } as unknown as Shell;
    render(
      <ShellContext value={shell}>
        <DiskLook disk={windowsDisk.disk} />
      </ShellContext>,
    );
    expect(repair()).toBeNull();
    if (end === "resolve") look.resolve(diskBoot);
    else look.reject(new Error("it does not answer"));
    await screen.findByRole("button", { name: "Repair…" });
    cleanup();
  }
});
