import type { ReadStream, WriteStream } from "node:tty";
import { parseArgs } from "node:util";
import { Client, DEFAULT_SERVER } from "#rescue/api/client.ts";
import { Idle } from "#rescue/console-menu/ask.ts";
import { mainMenu } from "#rescue/console-menu/main-menu.ts";
import { Terminal } from "#rescue/console-menu/terminal.ts";

/** The text menu on its terminal: `console-menu [--server URL] [--spoken]`. Ends when nobody is there any more. */
const { values } = parseArgs({ options: { server: { type: "string" }, spoken: { type: "boolean" } } });
const terminal = new Terminal(process.stdin as ReadStream, process.stdout as WriteStream);
try {
  await mainMenu({ terminal, isSpoken: values.spoken === true, client: new Client(values.server ?? DEFAULT_SERVER) });
} catch (error) {
  terminal.clear();
  if (!(error instanceof Idle)) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
process.exit();
