import { type Signal, useSignal } from "@preact/signals";
import type { JSX } from "preact";
import type { Link, Network, NetworkInterface, NetworkState, Reason, WifiNetwork } from "#rescue/api/contract.ts";
import { type Loaded, load, NOTHING } from "#ui/api/loaded.ts";
import { format, t } from "#ui/i18n/index.ts";
import { useAsked } from "#ui/network/asked.ts";
import { entriesOf, freeName, isConnected, withEntry } from "#ui/network/entries.ts";
import { EntryDialog } from "#ui/network/entry-dialog.tsx";
import { Button } from "#ui/parts/button.tsx";
import { Facts } from "#ui/parts/facts.tsx";
import { Menu } from "#ui/parts/menu.tsx";
import { Section } from "#ui/parts/page.tsx";
import { ProblemAlert } from "#ui/parts/problem-alert.tsx";
import { useShell } from "#ui/shell/context.ts";

/** Cards with their addresses, and what is set for them. */
export function Cards({ onChange }: { onChange: () => void }): JSX.Element {
  const { api } = useShell();
  const { value, problem, busy, read, act } = useAsked<NetworkState>(() => api.call("network"));
  const asked = useSignal<NetworkInterface | undefined>(undefined);
  const set = async (wanted: Network) => {
    asked.value = undefined;
    await act(() => api.call("setNetwork", { body: { network: wanted } }));
    onChange();
  };
  const begin = (kind: NetworkInterface["kind"]) => {
    if (value) asked.value = newEntry(kind, value);
  };
  return (
    <Section title={t("network.cards")}>
      {problem && <ProblemAlert problem={problem} />}
      {!value && !problem && <p class="muted">{t("app.loading")}</p>}
      {value && <Names state={value} />}
      <ul class="rows">
        {value?.links
          .filter(({ kind, isHardware }) => isHardware || kind === "vlan" || kind === "bond")
          .map((link) => (
            <LinkRow key={link.device} link={link} />
          ))}
      </ul>
      {value?.entries.map(
        (entry) =>
          entry.problem && <ProblemAlert key={entry.name} problem={asProblem(entry.problem)} title={entry.name} />,
      )}
      {value && (
        <>
          <h3>{t("network.settings")}</h3>
          {value.settings.interfaces === "auto" && <p class="muted">{t("network.auto")}</p>}
          <ul class="rows">
            {entriesOf(value).map((entry) => (
              <li key={entry.name} class="row">
                <span class="row__text">
                  <span class="row__title">{entry.name}</span> <span class="muted">{entryText(entry)}</span>
                </span>
                <Button
                  label={t("network.change-of", { name: entry.name })}
                  onPress={() => {
                    asked.value = entry;
                  }}
                >
                  {t("network.change")}
                </Button>
              </li>
            ))}
          </ul>
          <div class="actions">
            <Menu
              icon="settings"
              items={[
                { label: t("network.add-vlan"), onChoose: () => begin("vlan") },
                { label: t("network.add-bond"), onChoose: () => begin("bond") },
                { label: t("network.add-wifi"), onChoose: () => begin("wifi") },
              ]}
            >
              {t("network.add")}
            </Menu>
            <Button icon="refresh" blocked={busy} onPress={read}>
              {t("partitions.look")}
            </Button>
          </div>
          <Wifi
            onJoin={(found) => {
              const entry = newEntry("wifi", value);
              if (entry.kind === "wifi")
                asked.value = { ...entry, ssid: found.ssid, security: found.security === "open" ? "open" : "wpa" };
            }}
          />
        </>
      )}
      {asked.value && value && <Asked entry={asked.value} state={value} asked={asked} onSet={set} />}
    </Section>
  );
}

function Asked(props: {
  entry: NetworkInterface;
  state: NetworkState;
  asked: Signal<NetworkInterface | undefined>;
  onSet: (network: Network) => Promise<void>;
}): JSX.Element {
  const { entry, state, asked, onSet } = props;
  const isOld = state.settings.interfaces !== "auto" && entriesOf(state).some(({ name }) => name === entry.name);
  return (
    <EntryDialog
      entry={entry}
      state={state}
      onClose={() => {
        asked.value = undefined;
      }}
      onSet={(next) => onSet(withEntry(state, entry.name, next))}
      onRemove={isOld ? () => onSet(withEntry(state, entry.name, undefined)) : undefined}
    />
  );
}

const asProblem = ({ code, text, details = {} }: Reason) => ({ code, text, safe: "", next: "", details });

const Names = ({ state: { dns, searchDomains } }: { state: NetworkState }): JSX.Element => (
  <Facts
    rows={[
      [t("network.dns"), dns.join(", ")],
      [t("network.domains"), searchDomains.join(", ")],
    ]}
  />
);

function LinkRow({ link }: { link: Link }): JSX.Element {
  const { device, addresses, hasLink, isUp, speed, wifi } = link;
  const state = !isUp ? t("network.off") : hasLink === false ? t("network.no-link") : undefined;
  return (
    <li class="row row--tall">
      <p>
        <span class="row__title">{device}</span>{" "}
        <span class="muted">
          {[wifi?.ssid, speed && t("network.speed", { speed: format.number(speed) }), link.mac]
            .filter(Boolean)
            .join(", ")}
        </span>
      </p>
      <p>{isConnected(link) ? addresses.join(", ") : (state ?? t("network.no-address"))}</p>
    </li>
  );
}

function entryText(entry: NetworkInterface): string {
  const four = typeof entry.ipv4 === "object" ? entry.ipv4.address : entry.ipv4 === "dhcp" ? "DHCP" : "–";
  if (entry.kind === "vlan") return `VLAN ${entry.id}, ${entry.parent}, ${four}`;
  if (entry.kind === "bond") return `${entry.ports.join(" + ")}, ${entry.mode}, ${four}`;
  return entry.kind === "wifi" ? `${entry.ssid}, ${four}` : four;
}

function newEntry(kind: NetworkInterface["kind"], state: NetworkState): NetworkInterface {
  const entries = entriesOf(state);
  const common = { name: freeName(entries, kind), ipv4: "dhcp" as const, ipv6: "auto" as const, dns: [] };
  const wired = entries.filter((one) => one.kind === "ethernet");
  if (kind === "vlan") return { kind, ...common, parent: wired[0]?.name ?? "", id: 1 };
  if (kind === "bond") return { kind, ...common, ports: wired.map(({ name }) => name), mode: "active-backup" };
  if (kind === "wifi") return { kind, ...common, ssid: "", security: "wpa", hidden: false, password: "ask" };
  return { kind, ...common };
}

/** Access points that are heard. */
function Wifi({ onJoin }: { onJoin: (found: WifiNetwork) => void }): JSX.Element {
  const { api } = useShell();
  const found = useSignal<Loaded<readonly WifiNetwork[]>>(NOTHING);
  const { value, busy, problem } = found.value;
  return (
    <>
      <h3>{t("network.wifi")}</h3>
      {problem && <ProblemAlert problem={problem} />}
      {value?.length === 0 && <p class="muted">{t("network.wifi-none")}</p>}
      <ul class="rows">
        {value?.map((one) => (
          <li key={one.ssid} class="row">
            <span class="row__text">
              <span class="row__title">{one.ssid}</span>{" "}
              <span class="muted">
                {t("network.signal", { signal: format.number(one.signal) })}
                {one.security === "open" ? `, ${t("network.open")}` : ""}
              </span>
            </span>
            <Button label={t("network.join-of", { name: one.ssid })} onPress={() => onJoin(one)}>
              {t("network.join")}
            </Button>
          </li>
        ))}
      </ul>
      <div class="actions">
        <Button blocked={busy} onPress={() => load(found, () => api.call("scanWifi", { body: {} }))}>
          {t(busy ? "network.scanning" : "network.scan")}
        </Button>
      </div>
    </>
  );
}
