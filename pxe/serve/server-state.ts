import { z } from "zod";
import type { PxeReady } from "./serve-pxe.ts";
import { ServedInterface } from "./served-interface.ts";

/** What a server says of itself beside its machines, for commands that look at them. */
const ServerState = z.object({
  pid: z.number(),
  interfaces: z.array(ServedInterface).min(1),
  root: z.string(),
  /** By architecture. */
  loaders: z.record(z.string(), z.string()),
  script: z.string().optional(),
  needsApproval: z.boolean(),
  /** It was stopped as it should be. */
  ended: z.boolean().optional(),
});
export type ServerState = z.infer<typeof ServerState>;

export function serverState(
  { interfaces, loaders, script }: PxeReady,
  more: Pick<ServerState, "root" | "needsApproval">,
): ServerState {
  return {
    ...{ pid: process.pid, ...more },
    interfaces: interfaces.map(({ url: _, dhcp, ...one }) => ({
      ...one,
      dhcp: typeof dhcp === "string" ? dhcp : "server",
    })),
    loaders: Object.fromEntries(Object.entries(loaders).filter(([, file]) => file !== undefined)),
    ...(script !== undefined && { script }),
  };
}

/** Undefined: another version of Lifeboat wrote it, in another way. */
export const readServerState = (value: unknown): ServerState | undefined => ServerState.safeParse(value).data;
