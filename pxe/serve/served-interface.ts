import { z } from "zod";

/** What a server offers at one network card, as commands and pages are told it. */
export const ServedInterface = z.object({
  interface: z.string(),
  address: z.string(),
  cidr: z.string(),
  tftpPort: z.number(),
  httpPort: z.number(),
  dhcp: z.enum(["none", "proxy", "server"]),
  /** The card or its address is gone for now. */
  isLost: z.boolean().optional(),
});
