import { api } from "#rescue/api/contract.ts";
import type { Serve } from "#rescue/api/route.ts";
import type { BootLook } from "#rescue/boot/boot-look.ts";

export interface BootDeps {
  readonly boot?: Pick<BootLook, "entries" | "disk">;
}

/** What starts this machine, and each of its disks. */
export function bootRoutes(serve: Serve, { boot }: BootDeps): void {
  if (!boot) return;
  serve(api.firmwareEntries, () => boot.entries());
  serve(api.diskBoot, (_request, { diskId }) => boot.disk(diskId));
}
