import { SCRIPT } from "../../dhcp/boot-policy.ts";
import { diagnose } from "../../doctor/diagnose.ts";
import type { Diagnosis } from "../../doctor/diagnosis.ts";
import { gatherEvidence } from "../../doctor/gather-evidence.ts";
import { SERVER_TIMELINE } from "../../machines/entry.ts";
import type { MachineStore } from "../../machines/machine-store.ts";
import { told } from "../../machines/told.ts";
import { readServerState } from "../../serve/server-state.ts";
import { SNIPPETS } from "../../snippets/snippets.ts";
import { type ServerView, type SettingsView, serverApi } from "../contract/server.ts";
import { listMedia } from "../media.ts";
import type { Repositories } from "../repositories.ts";
import type { Serve } from "../route.ts";
import type { RetentionDeps } from "./retention-routes.ts";

export interface ServerDeps extends RetentionDeps {
  readonly machines: MachineStore;
  readonly repositories: Pick<Repositories, "view">;
  /** Folder of what computers may load. */
  readonly root: string;
  /** Without secrets. */
  readonly settings: () => Promise<SettingsView>;
  /** Sends a trial notice. @throws NOTICE_NOT_SENT, NOTICE_CHANNEL_UNKNOWN */
  readonly testChannel: (name: string) => Promise<void>;
}

/** Milliseconds that one look at this machine serves: it runs programs, and every viewer may ask for it. */
const FRESH = 10_000;
/** Where no server has said yet what it offers: what a folder of `media pxe` has. */
const USUAL = { loaders: { bios: "bios.0", x64: "bootx64.efi" }, script: SCRIPT };
const USUAL_INTERFACE = { interface: "", address: "192.0.2.1", httpPort: 80 };

/** The server itself. */
export function serverRoutes(
  serve: Serve,
  { machines, repositories, retention, root, settings, testChannel }: ServerDeps,
): void {
  const views = async (): Promise<ServerView[]> =>
    (await machines.servers()).flatMap(({ name, at, state }) => {
      const known = readServerState(state);
      if (!known) return [];
      const { pid: _, ...shown } = known;
      return [{ ...shown, name, at }];
    });
  let looked: { readonly at: number; readonly result: Promise<Diagnosis[]> } | undefined;
  const look = async () =>
    diagnose(await gatherEvidence(machines, { machine: undefined, name: undefined, isTested: true }));
  serve("servers", serverApi.servers, views);
  serve("serverTimeline", serverApi.serverTimeline, async () => (await machines.timeline(SERVER_TIMELINE)).map(told));
  serve("diagnoseServer", serverApi.diagnoseServer, () => {
    if (!looked || performance.now() - looked.at > FRESH) looked = { at: performance.now(), result: look() };
    return looked.result;
  });
  serve("snippets", serverApi.snippets, async () => {
    const [best] = (await views()).toSorted((a, b) => b.at - a.at);
    const files = best ? { loaders: best.loaders, script: best.script } : USUAL;
    return (best?.interfaces ?? [USUAL_INTERFACE]).flatMap(({ interface: device, address, httpPort }) => {
      const offer = { ...files, address, url: `http://${address}${httpPort === 80 ? "" : `:${httpPort}`}` };
      const card = `${device} ${address}`.trim();
      return Object.entries(SNIPPETS).map(([name, { title, text }]) => ({
        ...{ name, title, interface: card, text: text(offer) },
      }));
    });
  });
  serve("repositories", serverApi.repositories, async () =>
    (await repositories.view()).map((one) => {
      const work = retention.workOn(one.name);
      return work ? { ...one, work } : one;
    }),
  );
  serve("media", serverApi.media, () => listMedia(root));
  serve("settings", serverApi.settings, settings);
  serve("testChannel", serverApi.testChannel, async (_body, { params, note }) => {
    note(params.name);
    await testChannel(params.name);
    return {};
  });
}
