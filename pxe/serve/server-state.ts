import { z } from "zod";
import type { PxeReady } from "./serve-pxe.ts";

/** What a server says of itself beside its machines, for commands that look at them. */
const ServerState = z.object({
  pid: z.number(),
  address: z.string(),
  cidr: z.string(),
  interface: z.string(),
  root: z.string(),
  tftpPort: z.number(),
  httpPort: z.number(),
  dhcp: z.enum(["none", "proxy", "server"]),
  /** By architecture. */
  loaders: z.record(z.string(), z.string()),
  script: z.string().optional(),
  needsApproval: z.boolean(),
  /** It was stopped as it should be. */
  ended: z.boolean().optional(),
});
export type ServerState = z.infer<typeof ServerState>;

export function serverState(
  { address, tftpPort, httpPort, dhcp, loaders, script }: PxeReady,
  more: Pick<ServerState, "root" | "interface" | "cidr" | "needsApproval">,
): ServerState {
  return {
    ...{ pid: process.pid, address, tftpPort, httpPort, ...more },
    dhcp: typeof dhcp === "string" ? dhcp : "server",
    loaders: Object.fromEntries(Object.entries(loaders).filter(([, file]) => file !== undefined)),
    ...(script !== undefined && { script }),
  };
}

/** Undefined: another version of Lifeboat wrote it, in another way. */
export const readServerState = (value: unknown): ServerState | undefined => ServerState.safeParse(value).data;
