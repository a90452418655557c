import { isIPv4 } from "node:net";
import { Argument, type Command, InvalidArgumentError } from "commander";
import { port } from "#cli/peer-address.ts";
import { outputOf, verb } from "#cli/verb.ts";
import { SCRIPT } from "#pxe/dhcp/boot-policy.ts";
import { ServedRoot } from "#pxe/net/served-root.ts";
import { bootFiles } from "#pxe/serve/boot-files.ts";
import { SNIPPETS, type SnippetName } from "#pxe/snippets/snippets.ts";

interface SnippetOptions {
  address: string;
  root?: string;
  httpPort: number;
}

/** What a folder of `media pxe` has. */
const USUAL = { loaders: { bios: "bios.0", x64: "bootx64.efi" }, script: SCRIPT };

function address(text: string): string {
  if (!isIPv4(text)) throw new InvalidArgumentError("Give the IPv4 address of the machine that runs `pxe serve`.");
  return text;
}

export const addSnippetsVerb = (pxe: Command): Command =>
  verb(pxe, "snippets", "print what to paste into a DHCP server, for `pxe serve --no-dhcp`")
    .addArgument(new Argument("[server]", "only for this one").choices(Object.keys(SNIPPETS)))
    .requiredOption("--address <address>", "of the machine that runs `pxe serve`", address)
    .option("--root <folder>", "name the files of this folder (else those that `media pxe` makes)")
    .option("--http-port <n>", "of `pxe serve`", port, 80)
    .action(async (server: SnippetName | undefined, options: SnippetOptions, command: Command) => {
      const files = options.root === undefined ? USUAL : await bootFiles(await ServedRoot.open(options.root));
      const host = options.httpPort === 80 ? options.address : `${options.address}:${options.httpPort}`;
      const offer = { ...files, address: options.address, url: `http://${host}` };
      const names = server === undefined ? (Object.keys(SNIPPETS) as SnippetName[]) : [server];
      const texts = Object.fromEntries(names.map((name) => [name, SNIPPETS[name].text(offer)]));
      const whole = names.map((name) => (server === undefined ? `### ${SNIPPETS[name].title}\n\n` : "") + texts[name]);
      outputOf(command).result(texts, () => whole.join("\n\n"));
    });
