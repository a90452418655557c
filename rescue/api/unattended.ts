import { api } from "#rescue/api/contract.ts";
import type { Serve } from "#rescue/api/route.ts";
import type { UnattendedState } from "#rescue/api/unattended-contract.ts";
import type { Unattended } from "#rescue/unattended/unattended.ts";

export interface UnattendedDeps {
  /** Absent: the medium does nothing by itself. */
  readonly unattended?: Pick<Unattended, "view" | "steer"> | undefined;
}

const NOTHING: UnattendedState = { phase: "none", title: { text: "" }, lines: [], isHeld: false, afterwards: "stay" };

/** What the medium does by itself: shown, held, stopped. */
export function unattendedRoutes(serve: Serve, { unattended }: UnattendedDeps): void {
  serve(api.unattended, () => unattended?.view() ?? NOTHING);
  serve(api.steerUnattended, (request) => unattended?.steer(request) ?? NOTHING);
}
