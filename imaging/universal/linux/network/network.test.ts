import { expect, test } from "vitest";
import { Draft } from "#imaging/installed/draft.ts";
import type { CardWishes } from "#imaging/universal/linux/network/card.ts";
import { planNetwork } from "#imaging/universal/linux/network/plan-network.ts";
import { expectSaid } from "#test/conformance/said.ts";
import { systemFolder } from "#test/doubles/system-folder.ts";

const OLD = "00:16:3e:11:22:33";
const NEW = { name: "enp9s0", mac: "52:54:00:AA:BB:CC" };
const UDEV = { "usr/lib/udev/rules.d/80-net-setup-link.rules": "" };

/** Files of a system after a plan, and what was said; the second plan changes nothing more. */
async function planned(files: Readonly<Record<string, string>>, wishes: CardWishes) {
  using system = systemFolder(files);
  const first = new Draft(system.tree);
  await planNetwork(first, wishes);
  expectSaid(first.changes, first.notes, first.problems);
  await system.apply(first.changes);
  const second = new Draft(system.tree);
  await planNetwork(second, wishes);
  expect(second.changes).toEqual([]);
  const links = (await system.tree.list("/etc/systemd/network")).filter((name) => name.includes("lifeboat"));
  const after = Object.fromEntries(
    [...Object.keys(files), ...links.map((name) => `etc/systemd/network/${name}`)].map((path) => [
      path,
      system.text(path),
    ]),
  );
  return {
    after,
    links,
    problems: first.problems.map(({ text }) => text),
    texts: first.changes.map(({ text }) => text),
  };
}

/** As cloud-init writes it; and by hand, with a card that has an address of its own choice. */
const CLOUD = `# This file is generated from information provided by the datasource.
network:
    version: 2
    ethernets:
        eth0:
            dhcp4: true   # a comment
            match:
                macaddress: ${OLD}
            set-name: eth0
`;
const FLOW = `network:
  renderer: networkd
  bridges: {br0: {interfaces: [lan], macaddress: "${OLD}"}}
  ethernets:
    lan: {match: {macaddress: "${OLD}"}, macaddress: "${OLD}", addresses: [192.168.1.5/24]}
`;

test("Ubuntu: netplan's match gets the new address", async () => {
  const { after, links } = await planned({ ...UDEV, "etc/netplan/50-cloud-init.yaml": CLOUD }, { interfaces: [NEW] });
  expect(after["etc/netplan/50-cloud-init.yaml"]).toBe(CLOUD.replace(OLD, '"52:54:00:aa:bb:cc"'));
  expect(links).toEqual(["70-lifeboat-eth0.link"]);
  const flow = await planned({ "etc/netplan/a.yaml": FLOW }, { interfaces: [NEW] });
  expect(flow.after["etc/netplan/a.yaml"]).toBe(
    FLOW.replace(`match: {macaddress: "${OLD}"}`, 'match: {macaddress: "52:54:00:aa:bb:cc"}'),
  );
});

test("Ubuntu: netplan's match takes the card that is there when none is known", async () => {
  const { after, links, texts } = await planned({ ...UDEV, "etc/netplan/50-cloud-init.yaml": CLOUD }, {});
  expect(after["etc/netplan/50-cloud-init.yaml"]).toBe(
    CLOUD.replace(`macaddress: ${OLD}`, 'name: "eth0"').replace("            set-name: eth0\n", ""),
  );
  expect(links).toEqual(["70-lifeboat-eth0.link"]);
  expect(after["etc/systemd/network/70-lifeboat-eth0.link"]).toContain(
    "[Match]\nPath=*\nType=ether\n\n[Link]\nName=eth0\n",
  );
  expect(texts.join("\n")).toContain("the first that is found gets them");
  const flow = await planned({ "etc/netplan/a.yaml": FLOW }, {});
  expect(flow.after["etc/netplan/a.yaml"]).toContain('lan: {match: {name: "e*"}, macaddress');
});

test("a netplan file without addresses only gets its name kept", async () => {
  const text =
    "network:\n  version: 2\n  ethernets:\n    enp0s31f6:\n      dhcp4: true\n    any: {match: {name: en*}, dhcp4: true}\n";
  const { after, links } = await planned({ ...UDEV, "etc/netplan/01.yaml": text }, { interfaces: [NEW] });
  expect(after["etc/netplan/01.yaml"]).toBe(text);
  expect(links).toEqual(["70-lifeboat-enp0s31f6.link"]);
  const same = await planned({ ...UDEV, "etc/netplan/01.yaml": text }, { interfaces: [{ name: "enp0s31f6" }] });
  expect(same.links).toEqual([]);
});

test("NetworkManager: the profile is for the new card, or for any; an address that it takes on stays", async () => {
  const profile = `[connection]
id=Office
type=ethernet
interface-name=enp0s25

[ethernet]
mac-address=${OLD.toUpperCase()}
cloned-mac-address=${OLD}

[ipv4]
method=auto
`;
  const path = "etc/NetworkManager/system-connections/Office.nmconnection";
  const known = await planned({ ...UDEV, [path]: profile }, { interfaces: [NEW] });
  expect(known.after[path]).toBe(profile.replace(OLD.toUpperCase(), NEW.mac));
  expect(known.links).toEqual(["70-lifeboat-enp0s25.link"]);
  const unknown = await planned({ ...UDEV, [path]: profile }, {});
  expect(unknown.after[path]).toBe(profile.replace(/^mac-address.*\n/m, ""));
});

test("Fedora and SUSE: ifcfg", async () => {
  const red = "etc/sysconfig/network-scripts/ifcfg-em1";
  const files = {
    ...UDEV,
    [red]: `TYPE=Ethernet\nHWADDR="${OLD.toUpperCase()}"\nDEVICE=em1\nBOOTPROTO=dhcp\n`,
    "etc/sysconfig/network-scripts/ifcfg-lo": "DEVICE=lo\n",
    "etc/sysconfig/network-scripts/ifcfg-br0": "DEVICE=br0\nTYPE=Bridge\n",
  };
  const known = await planned(files, { interfaces: [NEW] });
  expect(known.after[red]).toBe(files[red]?.replace(OLD.toUpperCase(), NEW.mac));
  const unknown = await planned(files, {});
  expect(unknown.after[red]).toBe("TYPE=Ethernet\nDEVICE=em1\nBOOTPROTO=dhcp\n");
  expect(unknown.links).toEqual(["70-lifeboat-em1.link"]);
  const rules = `SUBSYSTEM=="net", ACTION=="add", DRIVERS=="?*", ATTR{address}=="${OLD}", ATTR{dev_id}=="0x0", ATTR{type}=="1", KERNEL=="eth*", NAME="eth0"\n`;
  const stale = rules.replace("33", "44").replace("eth0", "eth1");
  const suse = {
    "etc/sysconfig/network/ifcfg-eth0": "BOOTPROTO='dhcp'\nSTARTMODE='auto'\n",
    "etc/udev/rules.d/70-persistent-net.rules": `# comment\n${rules}${stale}`,
  };
  const named = await planned(suse, { interfaces: [NEW] });
  expect(named.after["etc/udev/rules.d/70-persistent-net.rules"]).toBe(
    `# comment\n${rules.replace(OLD, "52:54:00:aa:bb:cc")}# Lifeboat: ${stale}`,
  );
  const loose = await planned({ ...UDEV, ...suse }, {});
  expect(loose.after["etc/udev/rules.d/70-persistent-net.rules"]).toBe(
    `# comment\n# Lifeboat: ${rules}# Lifeboat: ${stale}`,
  );
  expect(loose.links).toEqual(["70-lifeboat-eth0.link"]);
});

test("systemd-networkd: .link and .network", async () => {
  const files = {
    ...UDEV,
    "etc/systemd/network/10-lan.link": `[Match]\nMACAddress=${OLD}\nType=ether\n\n[Link]\nName=lan0\n`,
    "etc/systemd/network/20-lan.network": "[Match]\nName=lan0\n\n[Network]\nDHCP=yes\n",
    "etc/systemd/network/30-up.network": `[Match]\nPermanentMACAddress=${OLD}\n[Network]\nDHCP=no\n`,
    "etc/systemd/network/99-any.network": "[Match]\nName=en*\n[Network]\nDHCP=yes\n",
  };
  const known = await planned(files, { interfaces: [NEW] });
  expect(known.after["etc/systemd/network/10-lan.link"]).toContain(
    "[Match]\nMACAddress=52:54:00:aa:bb:cc\nType=ether\n",
  );
  expect(known.after["etc/systemd/network/30-up.network"]).toContain("[Match]\nMACAddress=52:54:00:aa:bb:cc\n");
  expect(known.links).toEqual([]);
  const unknown = await planned(files, {});
  expect(unknown.after["etc/systemd/network/10-lan.link"]).toBe("[Match]\nType=ether\nPath=*\n\n[Link]\nName=lan0\n");
  expect(unknown.after["etc/systemd/network/30-up.network"]).toContain("[Match]\nName=lan0\n");
  expect(unknown.after["etc/systemd/network/99-any.network"]).toBe(files["etc/systemd/network/99-any.network"]);
});

test("which of several cards takes whose place has to be said", async () => {
  const files = {
    ...UDEV,
    "etc/network/interfaces":
      "auto br0\niface br0 inet dhcp\n  bridge_ports enp1s0 enp2s0.5\nauto wlp3s0\niface wlp3s0 inet dhcp\n",
  };
  const two = [
    { name: "enp8s0", mac: "52:54:00:00:00:08" },
    { ...NEW, hasLink: true },
  ];
  const unsaid = await planned(files, { interfaces: two });
  expect(unsaid.links).toEqual([]);
  expect(unsaid.problems).toEqual([
    "Network settings are for the Ethernet card enp1s0, and which one takes its place has to be said: this machine has enp8s0 52:54:00:00:00:08; enp9s0 52:54:00:AA:BB:CC",
    "Network settings are for the Ethernet card enp2s0, and which one takes its place has to be said: this machine has enp8s0 52:54:00:00:00:08; enp9s0 52:54:00:AA:BB:CC",
    "Network settings are for the wireless card wlp3s0, and which one takes its place has to be said: this machine has enp8s0 52:54:00:00:00:08; enp9s0 52:54:00:AA:BB:CC",
  ]);
  const said = await planned(files, { interfaces: two, interfaceMap: { enp1s0: "enp8s0", enp2s0: NEW.mac } });
  expect(said.links).toEqual(["70-lifeboat-enp1s0.link", "70-lifeboat-enp2s0.link"]);
  expect(said.after["etc/systemd/network/70-lifeboat-enp1s0.link"]).toContain("MACAddress=52:54:00:00:00:08");
  const none = await planned({ "etc/network/interfaces": "auto lo\niface lo inet loopback\n" }, { interfaces: two });
  expect(none.problems).toEqual([]);
  const linked = await planned(
    { ...UDEV, "etc/network/interfaces": "auto eth7\niface eth7 inet dhcp\n" },
    { interfaces: two },
  );
  expect(linked.after["etc/systemd/network/70-lifeboat-eth7.link"]).toContain("MACAddress=52:54:00:aa:bb:cc");
});
