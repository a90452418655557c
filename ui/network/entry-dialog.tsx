import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import type { NetworkInterface, NetworkState } from "#rescue/api/contract.ts";
import { t } from "#ui/i18n/index.ts";
import { entriesOf } from "#ui/network/entries.ts";
import { Button } from "#ui/parts/button.tsx";
import { Check } from "#ui/parts/check.tsx";
import { Dialog } from "#ui/parts/dialog.tsx";
import { Radios } from "#ui/parts/radios.tsx";
import { Select } from "#ui/parts/select.tsx";
import { SignalField } from "#ui/parts/signal-field.tsx";

type Bond = Extract<NetworkInterface, { kind: "bond" }>;
const MODES: readonly Bond["mode"][] = [
  ...(["active-backup", "802.3ad", "balance-rr", "balance-xor", "balance-tlb", "balance-alb"] as const),
];

/** What one card, VLAN, bond or Wi-Fi is set to. Whether it is right is for the server to say. */
export function EntryDialog(props: {
  readonly entry: NetworkInterface;
  readonly state: NetworkState;
  readonly onClose: () => void;
  readonly onSet: (entry: NetworkInterface) => Promise<void>;
  readonly onRemove: (() => Promise<void>) | undefined;
}): JSX.Element {
  const { entry, state, onClose, onRemove } = props;
  const fixed = typeof entry.ipv4 === "object" ? entry.ipv4 : undefined;
  const four = useSignal<"dhcp" | "off" | "fixed">(typeof entry.ipv4 === "object" ? "fixed" : entry.ipv4);
  const address = useSignal(fixed?.address ?? "");
  const gateway = useSignal(fixed?.gateway ?? "");
  const dns = useSignal(entry.dns.join(" "));
  const ssid = useSignal(entry.kind === "wifi" ? entry.ssid : "");
  const isOpen = useSignal(entry.kind === "wifi" && entry.security === "open");
  const isHidden = useSignal(entry.kind === "wifi" && entry.hidden);
  const parent = useSignal(entry.kind === "vlan" ? entry.parent : "");
  const id = useSignal(entry.kind === "vlan" ? String(entry.id) : "");
  const ports = useSignal<readonly string[]>(entry.kind === "bond" ? entry.ports : []);
  const mode = useSignal<Bond["mode"]>(entry.kind === "bond" ? entry.mode : "active-backup");
  const wired = entriesOf(state).filter(({ kind }) => kind === "ethernet");
  const set = () => {
    const gate = gateway.value.trim();
    const common = {
      ipv4:
        four.value === "fixed" ? { address: address.value.trim(), ...(gate !== "" && { gateway: gate }) } : four.value,
      dns: dns.value.split(/[\s,]+/).filter((one) => one !== ""),
    };
    if (entry.kind === "wifi")
      return props.onSet({
        ...{ ...entry, ...common, ssid: ssid.value, hidden: isHidden.value, security: isOpen.value ? "open" : "wpa" },
      });
    if (entry.kind === "vlan") return props.onSet({ ...entry, ...common, parent: parent.value, id: Number(id.value) });
    if (entry.kind === "bond") return props.onSet({ ...entry, ...common, ports: [...ports.value], mode: mode.value });
    return props.onSet({ ...entry, ...common });
  };
  return (
    <Dialog
      title={t("network.entry", { name: entry.name })}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t("operation.cancel")}</Button>
          {onRemove && <Button onPress={onRemove}>{t("network.remove")}</Button>}
          <Button kind="primary" onPress={set}>
            {t("operation.apply")}
          </Button>
        </>
      }
    >
      {entry.kind === "wifi" && (
        <>
          <SignalField label={t("network.ssid")} text={ssid} />
          <Check
            id="wifi-open"
            label={t("network.is-open")}
            checked={isOpen.value}
            onChange={(on) => {
              isOpen.value = on;
            }}
          />
          <Check
            id="wifi-hidden"
            label={t("network.hidden")}
            checked={isHidden.value}
            onChange={(on) => {
              isHidden.value = on;
            }}
          />
        </>
      )}
      {entry.kind === "vlan" && (
        <>
          <Select
            label={t("network.parent")}
            options={wired.map(({ name }) => ({ value: name, label: name }))}
            value={parent.value}
            onChoose={(value) => {
              parent.value = value;
            }}
          />
          <SignalField label={t("network.vlan-id")} text={id} />
        </>
      )}
      {entry.kind === "bond" && (
        <>
          {wired.map(({ name }) => (
            <Check
              key={name}
              id={`port-${name}`}
              label={name}
              checked={ports.value.includes(name)}
              onChange={(on) => {
                ports.value = on ? [...ports.value, name] : ports.value.filter((one) => one !== name);
              }}
            />
          ))}
          <Select
            label={t("network.mode")}
            options={MODES.map((value) => ({ value, label: value, lang: "en" }))}
            value={mode.value}
            onChoose={(value) => {
              mode.value = value;
            }}
          />
        </>
      )}
      <Radios
        legend={t("network.ipv4")}
        name="ipv4"
        value={four.value}
        options={[
          { value: "dhcp", label: t("network.dhcp") },
          { value: "fixed", label: t("network.fixed") },
          { value: "off", label: t("network.none") },
        ]}
        onChoose={(value) => {
          four.value = value;
        }}
      />
      {four.value === "fixed" && (
        <>
          <SignalField label={t("network.address")} text={address} hint="192.0.2.10/24" />
          <SignalField label={t("network.gateway")} text={gateway} />
        </>
      )}
      <SignalField label={t("network.dns")} text={dns} />
    </Dialog>
  );
}
