import { type Command, Option } from "commander";
import { Client, DEFAULT_SERVER } from "#rescue/api/client.ts";

export interface ServerOption {
  server: string;
}

/** Verbs that ask the rescue server, which alone cares for network, places and ways in. */
export const withServer = (command: Command): Command =>
  command.addOption(new Option("--server <url>", "the rescue server").default(DEFAULT_SERVER).hideHelp());

export const clientOf = ({ server }: ServerOption): Client => new Client(server);
