import type { Express } from "express";
import { logPath } from "#rescue/api/contract.ts";

/** The log as a file whose name tells one machine's and one day's from another's. */
export function logRoute(app: Express, hostname: string, logText: () => Promise<string>): void {
  app.get(logPath, async (_request, response) => {
    const day = new Date().toISOString().slice(0, 10);
    const name = `lifeboat-log-${hostname.replaceAll(/[^\w.-]/g, "_")}-${day}.txt`;
    response.set("Content-Disposition", `attachment; filename="${name}"`);
    response.type("text/plain").send(await logText());
  });
}
