import { expect, test } from "vitest";
import { planLinuxIdentity } from "#imaging/identity/machine/plan-linux-identity.ts";
import { expectSaid } from "#test/conformance/said.ts";
import { commandsOf, installedLinux, systemFolder, volume } from "#test/doubles/system-folder.ts";

const MACHINE = "0123456789abcdef0123456789abcdef";
const VOLUMES = [volume(1, "vfat"), volume(2, "ext4")];
const SYSTEMD = { "usr/lib/systemd/systemd": "" };
const KEYS = {
  "usr/bin/ssh-keygen": "",
  "etc/ssh/ssh_host_ed25519_key": "secret",
  "etc/ssh/ssh_host_ed25519_key.pub": "public",
  "etc/ssh/sshd_config": "Port 22\n",
};

async function applied(files: Readonly<Record<string, string>>, hostname?: string) {
  const system = systemFolder(files);
  const installed = installedLinux(system.root, VOLUMES, { "/": 1, "/boot/efi": 0 });
  const plan = await planLinuxIdentity(installed, system.tree, { hostname });
  expectSaid(plan.changes, plan.notes, plan.problems);
  await system.apply(plan.changes);
  const again = await planLinuxIdentity(installed, system.tree, { hostname });
  expect(again.changes.map(({ text }) => text)).toEqual([]);
  return { system, plan };
}

test("Debian: a new name wherever the old one stands, a new id, new keys at the next start", async () => {
  const { system, plan } = await applied(
    {
      ...SYSTEMD,
      ...KEYS,
      "etc/debian_version": "12.5\n",
      "etc/hostname": "web\n",
      "etc/hosts":
        "127.0.0.1\tlocalhost\n127.0.1.1\tweb.example.org\tweb\n10.0.0.9 web2 my-web webmail.example.org web-1 # web\n",
      "etc/mailname": "web.example.org\n",
      "etc/postfix/main.cf": "# web\nmyhostname = web.example.org\nmydestination = $myhostname, web, localhost\n",
      "etc/machine-id": `${MACHINE}\n`,
      "var/lib/dbus/machine-id": `${MACHINE}\n`,
      "var/lib/dhcp/dhclient.enp1s0.leases": "lease {}\n",
      "var/lib/systemd/random-seed": "seed",
      "boot/efi/loader/random-seed": "seed",
      "var/lib/systemd/credential.secret": "secret",
      "etc/iscsi/initiatorname.iscsi": "## comment\nInitiatorName=iqn.1993-08.org.debian:01:abcdef\n",
      "etc/wireguard/wg0.conf": "[Interface]\nPrivateKey = x\n",
      "var/lib/tailscale/tailscaled.state": "{}",
      "etc/network/interfaces":
        "auto eth0\niface eth0 inet static\n  address 192.168.1.5/24\n  hwaddress ether 00:16:3e:11:22:33\n",
    },
    "desk",
  );
  using _ = system;
  expect(system.text("etc/hostname")).toBe("desk\n");
  expect(system.text("etc/hosts")).toBe(
    "127.0.0.1\tlocalhost\n127.0.1.1\tdesk.example.org\tdesk\n10.0.0.9 web2 my-web webmail.example.org web-1 # desk\n",
  );
  expect(system.text("etc/mailname")).toBe("desk.example.org\n");
  expect(system.text("etc/postfix/main.cf")).toBe(
    "# web\nmyhostname = desk.example.org\nmydestination = $myhostname, desk, localhost\n",
  );
  expect(system.text("etc/machine-id")).toBe("");
  expect(system.link("var/lib/dbus/machine-id")).toBe("/etc/machine-id");
  expect(system.has("etc/ssh/ssh_host_ed25519_key")).toBe(false);
  expect(system.has("etc/ssh/ssh_host_ed25519_key.pub")).toBe(false);
  expect(system.has("etc/ssh/sshd_config")).toBe(true);
  expect(system.link("etc/systemd/system/multi-user.target.wants/lifeboat-ssh-keys.service")).toBe(
    "../lifeboat-ssh-keys.service",
  );
  expect(system.text("etc/systemd/system/lifeboat-ssh-keys.service")).toContain("ExecStart=/usr/bin/ssh-keygen -A\n");
  expect(system.has("var/lib/dhcp/dhclient.enp1s0.leases")).toBe(false);
  expect(system.has("var/lib/systemd/random-seed")).toBe(false);
  expect(system.has("boot/efi/loader/random-seed")).toBe(false);
  expect(system.has("var/lib/systemd/credential.secret")).toBe(true);
  expect(system.text("etc/iscsi/initiatorname.iscsi")).toBe("GenerateName=yes\n");
  expect(plan.problems).toEqual([]);
  expect(plan.notes.map(({ text }) => text.split(/[ :]/)[0])).toEqual([
    "Storage",
    "/var/lib/systemd/credential.secret",
    "Tailscale",
    "/etc/wireguard/wg0.conf",
    "/etc/network/interfaces",
    "/etc/network/interfaces",
  ]);
  expect(system.text("var/lib/lifeboat/then/etc/ssh/ssh_host_ed25519_key")).toBe("secret");
});

test.each([
  ["Debian 13's unit is for the first start of all", "sshd-keygen.service", "[Unit]\nConditionFirstBoot=yes\n", true],
  ["Fedora makes keys that are missing", "sshd-keygen@.service", "[Unit]\nConditionFileNotEmpty=|!/etc/ssh/x\n", false],
  ["Arch too", "sshdgenkeys.service", "[Service]\nExecStart=/usr/bin/ssh-keygen -A\n", false],
  ["SUSE's sshd too", "sshd.service", "[Service]\nExecStartPre=/usr/sbin/sshd-gen-keys-start\n", false],
])("SSH keys: %s", async (_, unit, text, isOurs) => {
  const { system } = await applied({ ...SYSTEMD, ...KEYS, [`usr/lib/systemd/system/${unit}`]: text });
  using _system = system;
  expect(system.has("etc/systemd/system/lifeboat-ssh-keys.service")).toBe(isOurs);
  expect(system.has("etc/ssh/ssh_host_ed25519_key")).toBe(false);
});

test("without systemd there is no first start: keys are made at once, and ids are removed", async () => {
  const { system, plan } = await applied({ ...KEYS, "etc/machine-id": MACHINE, "var/lib/dbus/machine-id": MACHINE });
  using _ = system;
  expect(commandsOf(plan.changes)).toEqual(["ssh-keygen -A"]);
  expect(plan.changes.at(-1)?.op).toBe("run"); // it makes none that are there
  expect(system.has("etc/machine-id")).toBe(false);
  expect(system.has("var/lib/dbus/machine-id")).toBe(false);
});

test("Fedora: the boot menu's name for the system stays, SELinux labels what was changed", async () => {
  const { system } = await applied({
    ...SYSTEMD,
    "etc/machine-id": `${MACHINE}\n`,
    "var/lib/dbus/machine-id": "-> /etc/machine-id",
    [`boot/loader/entries/${MACHINE}-6.12.conf`]: "title Fedora\n",
    "etc/selinux/config": "SELINUX=enforcing\n",
    "etc/iscsi/initiatorname.iscsi": "InitiatorName=iqn.1994-05.com.redhat:abc\n",
    "var/lib/NetworkManager/secret_key": "x",
    "var/lib/NetworkManager/timestamps": "x",
  });
  using _ = system;
  expect(system.text("etc/kernel/entry-token")).toBe(`${MACHINE}\n`);
  expect(system.link("var/lib/dbus/machine-id")).toBe("/etc/machine-id");
  expect(system.has(".autorelabel")).toBe(true);
  expect(system.has("etc/iscsi/initiatorname.iscsi")).toBe(false);
  expect(system.has("var/lib/NetworkManager/secret_key")).toBe(false);
  expect(system.has("var/lib/NetworkManager/timestamps")).toBe(true);
});

test("Ubuntu: cloud-init takes it for a new machine, and leaves the name alone that was asked for", async () => {
  const files = {
    ...SYSTEMD,
    "etc/cloud/cloud.cfg": "users: [default]\n",
    "var/lib/cloud/instance": "-> /var/lib/cloud/instances/i-1",
    "var/lib/cloud/instances/i-1/datasource": "x",
    "var/lib/cloud/data/instance-id": "i-1\n",
    "etc/hostname": "old\n",
    "etc/netplan/50.yaml": "network:\n  ethernets:\n    eth0:\n      addresses:\n        - 10.1.2.3/24\n",
  };
  const { system, plan } = await applied(files, "new-1");
  using _ = system;
  expect(system.has("var/lib/cloud/instance")).toBe(false);
  expect(system.has("var/lib/cloud/data/instance-id")).toBe(false);
  expect(system.text("etc/cloud/cloud.cfg.d/99_lifeboat-hostname.cfg")).toContain("preserve_hostname: true");
  expect(plan.notes.at(-1)?.text).toBe(
    "/etc/netplan/50.yaml gives the machine the address 10.1.2.3: change it before both are in one network",
  );
});

test("what is no name for a machine is refused, and nothing is named so", async () => {
  for (const name of ["", "-a", "a.b", "a b", "x".repeat(64), "ä"]) {
    const { system, plan } = await applied({ "etc/hostname": "old\n" }, name);
    using _ = system;
    expect(plan.problems[0]?.text).toContain("is no name for a machine");
    expect(system.text("etc/hostname")).toBe("old\n");
  }
});
