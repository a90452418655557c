import type { Command } from "commander";
import { formatBytes } from "#base/units.ts";
import { table } from "#cli/output.ts";
import { clientOf, type ServerOption, withServer } from "#cli/server-option.ts";
import { addShareOptions, placeOf, type ShareOptions } from "#cli/share-options.ts";
import { outputOf, verb } from "#cli/verb.ts";
import type { PlaceState, PlaceTest } from "#rescue/api/contract.ts";

/** `share VERB`: places on other machines that hold images. */
export function addShareVerbs(program: Command): void {
  const share = program
    .command("share")
    .description("shares (SMB, NFS, SFTP) and buckets (S3) that hold images, in the rescue system");
  withServer(verb(share, "list", "the shares, whether they are connected, and the room on them")).action(
    async (options: ServerOption, command: Command) => {
      const places = await clientOf(options).call("places");
      outputOf(command).result(places, () => describe(places));
    },
  );
  withServer(addShareOptions(verb(share, "add", "add a share, or change the one of this name, and connect it")))
    .argument("<name>", 'for people: "Images of the office"')
    .action(async (name: string, options: ServerOption, command: Command) => {
      const body = await placeOf(name, command.optsWithGlobals<ShareOptions>());
      const places = await clientOf(options).call("setPlace", { body });
      outputOf(command).result(places, () => describe(places));
    });
  withServer(
    addShareOptions(verb(share, "test", "connect a share, look whether it can be written to, disconnect it")),
  ).action(async (options: ServerOption, command: Command) => {
    const body = await placeOf("test", command.optsWithGlobals<ShareOptions>());
    const test = await clientOf(options).call("testPlace", { body });
    outputOf(command).result(test, () => describeTest(test));
  });
  for (const [name, route, what] of [
    ["connect", "connectPlace", "connect a share again"],
    ["disconnect", "disconnectPlace", "disconnect a share that nothing uses"],
    ["remove", "removePlace", "disconnect a share and forget it"],
  ] as const)
    withServer(verb(share, name, what))
      .argument("<id>", "of the share, as `share list` shows it")
      .action(async (placeId: string, options: ServerOption, command: Command) => {
        const places = await clientOf(options).call(route, { params: { placeId } });
        outputOf(command).result(places, () => describe(places));
      });
}

const STATES = { connected: "connected", "not-connected": "not connected", "no-answer": "does not answer" } as const;

function describe(places: readonly PlaceState[]): string {
  if (places.length === 0) return "No share is known. `lifeboat share add --help` says how to add one.";
  const rows = places.map(({ id, state, room, isLow, folder }) => [
    ...[
      id,
      STATES[state],
      room ? `${formatBytes(room.free)} free of ${formatBytes(room.size)}${isLow ? " (low)" : ""}` : "-",
    ],
    folder ?? "-",
  ]);
  const problems = places.flatMap(({ id, problem }) => (problem ? [`! ${id}: ${problem.text}`] : []));
  return [table([["share", "state", "room", "folder"], ...rows]), ...problems].join("\n");
}

const describeTest = ({ room, isLow, readOnly }: PlaceTest): string =>
  [
    room
      ? `It can be connected: ${formatBytes(room.free)} free of ${formatBytes(room.size)}.`
      : "It can be connected. Its server does not say how much room there is.",
    ...(readOnly ? [`! ${readOnly.text}`] : []),
    ...(isLow ? ["! There is little room left for images."] : []),
  ].join("\n");
