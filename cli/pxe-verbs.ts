import { join } from "node:path";
import type { Command } from "commander";
import { LifeboatError } from "#base/errors.ts";
import { type AddressOptions, addAddressOptions, addressesOf, each, leasesOf } from "#cli/address-options.ts";
import { openJsonLines } from "#cli/json-lines.ts";
import { type MachinesOption, machinesPlace, withMachines } from "#cli/machines-option.ts";
import { type Environment, readTextFile } from "#cli/password-input.ts";
import { port } from "#cli/peer-address.ts";
import { addDeployVerbs, ORDERS_KEY } from "#cli/pxe-deploy-verbs.ts";
import { addDoctorVerb } from "#cli/pxe-doctor-verb.ts";
import { addJoinVerb, tokenOf } from "#cli/pxe-join-verb.ts";
import { addMachinesVerbs } from "#cli/pxe-machines-verbs.ts";
import { addPasswordVerb } from "#cli/pxe-password-verb.ts";
import { addSnippetsVerb } from "#cli/pxe-snippets-verb.ts";
import { eventText, readyText } from "#cli/pxe-text.ts";
import { outputOf, verb } from "#cli/verb.ts";
import { withSignal } from "#cli/with-signal.ts";
import { isNews } from "#pxe/serve/say-event.ts";
import { servePxe } from "#pxe/serve/serve-pxe.ts";

interface ServeOptions extends AddressOptions, MachinesOption {
  approve?: true;
  root: string;
  interface: readonly string[];
  tftpPort: number;
  httpPort: number;
  swarmTokenFile?: string;
  menu?: string;
}

/** What starts computers from the network. */
export function addPxeVerbs(program: Command, { pxeFolder }: Environment): void {
  const pxe = program.command("pxe").description("start computers from the network");
  addSnippetsVerb(pxe);
  addJoinVerb(pxe);
  addMachinesVerbs(pxe, { pxeFolder });
  addDoctorVerb(pxe, { pxeFolder });
  addPasswordVerb(pxe);
  addDeployVerbs(pxe, { pxeFolder });
  const serve = verb(
    pxe,
    "serve",
    "offer a folder of `media pxe` (TFTP, HTTP), beside the DHCP server of the network (proxyDHCP) or as it",
  )
    .requiredOption("--root <folder>", "what computers may load: all files in it, by anybody in the network")
    .requiredOption(
      "--interface <name|address>",
      "where the computers are connected: eth0, or its IPv4 address; also several",
      each,
    )
    .option("--tftp-port <n>", "0: any that is free; firmware knows only 69", port, 69)
    .option("--http-port <n>", "0: any that is free; other than 80 the set must be built for, with --url", port, 80);
  serve.option(
    "--menu <file>",
    "what computers may choose from (YAML, docs/pxe.md), in place of the folder's own menus",
  );
  withMachines(serve).option(
    "--approve",
    "boot files for machines that `pxe machines approve` has approved, and for no other",
  );
  addAddressOptions(serve)
    .option(
      "--swarm-token-file <file>",
      "computers that `pxe join` with the same token pass on to each other what they load",
    )
    .option("--no-dhcp", "no proxyDHCP: the DHCP server of the network names the files itself (`pxe snippets`)")
    .action(async (options: ServeOptions, command: Command) => {
      const output = outputOf(command);
      // As they come: who reads them is a program that waits for them.
      const lines = openJsonLines(process.stdout);
      const say = (value: object, text: string) => (output.json ? lines(value) : output.message(text));
      const { root, tftpPort, httpPort } = options;
      const addresses = await addressesOf(options);
      const dhcp = options.dhcp === false ? "none" : (addresses ?? "proxy");
      const { swarmTokenFile } = options;
      const swarmToken =
        swarmTokenFile === undefined ? undefined : tokenOf(swarmTokenFile, await readTextFile(swarmTokenFile));
      const machines = { place: machinesPlace(options, pxeFolder), needsApproval: options.approve === true };
      try {
        await withSignal("the service for computers that start from the network", (signal) =>
          servePxe(
            {
              ...{
                root,
                interfaces: options.interface.map((one) => ({ interface: one })),
                tftpPort,
                httpPort,
                dhcp,
                leases: leasesOf(options, pxeFolder),
                swarmToken,
                menu: options.menu,
              },
              machines,
              ordersKey: join(pxeFolder, ORDERS_KEY),
              onTrouble: (error) => output.message(`! ${error.message}`),
              onReady: (ready) => say({ ready }, readyText(ready, root)),
              onEvent: (event) => {
                if (output.json || isNews(event)) say(event, eventText(event));
              },
            },
            signal,
          ),
        );
      } catch (error) {
        // It runs until somebody ends it: that is how it succeeds.
        if (!(error instanceof LifeboatError) || error.code !== "CANCELLED") throw error;
      }
    });
}
