import type { JSX } from "preact";
import type { ServerView } from "#pxe/console/contract.ts";
import { load } from "#ui/api/loaded.ts";
import { useConsole } from "#ui/console/context.ts";
import { c } from "#ui/console/i18n/index.ts";
import { Doctor } from "#ui/console/machines/doctor.tsx";
import { when } from "#ui/console/machines/state-cell.tsx";
import { Timeline } from "#ui/console/machines/timeline.tsx";
import { Trouble } from "#ui/console/problem.tsx";
import { Channels } from "#ui/console/server/channels.tsx";
import { Feed } from "#ui/console/server/feed.tsx";
import { Media } from "#ui/console/server/media.tsx";
import { Repositories } from "#ui/console/server/repositories.tsx";
import { Schedules } from "#ui/console/server/schedules.tsx";
import { Snippets } from "#ui/console/server/snippets.tsx";
import { useLoaded } from "#ui/console/use-loaded.ts";
import { Facts } from "#ui/parts/facts.tsx";
import { Page, Section } from "#ui/parts/page.tsx";

/** The server itself: what it offers, how it is, and what it has. */
export function ServerPage(): JSX.Element {
  const store = useConsole();
  const turn = store.machinesTurn.value;
  const servers = useLoaded(() => store.call("servers"), [turn]).value;
  const timeline = useLoaded(() => store.call("serverTimeline"), [turn]).value;
  const diagnosis = useLoaded(() => store.call("diagnoseServer"), []);
  return (
    <Page title={c("server.title")} footer={null}>
      <div class="columns columns--even">
        <div class="stack">
          <Doctor
            title={c("server.doctor")}
            nothing={c("server.doctor-nothing")}
            found={diagnosis.value}
            onAgain={() => load(diagnosis, () => store.call("diagnoseServer"))}
          />
          <Section title={c("server.servers")}>
            <Trouble problem={servers.problem} live={false} />
            {servers.value?.map((one) => (
              <Server key={one.name} server={one} />
            ))}
          </Section>
          <Repositories />
          <Schedules />
        </div>
        <div class="stack">
          <Media />
          <Snippets />
          {store.may("settings") && <Channels />}
          <Feed />
          <Section title={c("server.timeline")}>
            <Trouble problem={timeline.problem} live={false} />
            {timeline.value && <Timeline timeline={timeline.value} />}
          </Section>
        </div>
      </div>
    </Page>
  );
}

/** Of several network cards each is one row, under its name. */
function interfaceRows({ interfaces }: ServerView): [string, string][] {
  const [only] = interfaces;
  const lost = (one: ServerView["interfaces"][number]) => (one.isLost ? [c("server.lost")] : []);
  if (only && interfaces.length === 1)
    return [
      [c("machines.address"), [`${only.address} (${only.interface})`, ...lost(only)].join(": ")],
      ["DHCP", c(`dhcp.${only.dhcp}`)],
      ["TFTP", String(only.tftpPort)],
      ["HTTP", String(only.httpPort)],
    ];
  return interfaces.map((one) => [
    one.interface,
    [one.address, ...lost(one), `TFTP ${one.tftpPort}`, `HTTP ${one.httpPort}`, `DHCP: ${c(`dhcp.${one.dhcp}`)}`].join(
      " · ",
    ),
  ]);
}

function Server({ server }: { server: ServerView }): JSX.Element {
  return (
    <div class="stack">
      <h3>{server.name}</h3>
      <Facts
        rows={[
          ...interfaceRows(server),
          [c("server.root"), server.root],
          [
            c("server.loaders"),
            Object.entries(server.loaders)
              .map(([kind, file]) => `${kind}: ${file}`)
              .join(", "),
          ],
          [c("server.approval"), c(server.needsApproval ? "server.approved-only" : "server.everybody")],
          [c("server.alive"), server.ended ? c("server.stopped") : when(server.at)],
        ]}
      />
    </div>
  );
}
