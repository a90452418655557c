import type { Disk } from "#imaging/inventory/disk.ts";
import { api, type System } from "#rescue/api/contract.ts";
import type { Serve } from "#rescue/api/route.ts";
import { screenScale } from "#rescue/kiosk/screen-scale.ts";
import type { PowerAction } from "#rescue/power/power-actions.ts";

export interface MachineDeps {
  readonly system: () => Promise<System>;
  readonly listDisks: () => Promise<readonly Disk[]>;
  readonly power: (action: PowerAction) => Promise<void>;
  readonly painted: (page: string) => Promise<void>;
}

/** What this machine is, and its power. */
export function machineRoutes(serve: Serve, { system, listDisks, power, painted }: MachineDeps): void {
  serve(api.system, system);
  serve(api.disks, async () => [...(await listDisks())]);
  serve(
    api.power,
    async ({ action }) => {
      await power(action);
      return {};
    },
    { status: 202 },
  );
  serve(api.screen, async () => ({ scale: await screenScale() }));
  serve(api.painted, async ({ page }) => {
    await painted(page);
    return {};
  });
}
