import { Command } from "commander";
import { expect, test } from "vitest";
import { mediaFlags, withMediaOptions } from "#cli/media-options.ts";
import { flagName, MEDIA_OPTIONS } from "#mediabuilder/config/options.ts";
import { readConfig } from "#mediabuilder/config/read-config.ts";

function flagsOf(...words: string[]) {
  const command = withMediaOptions(new Command("iso")).exitOverride();
  command.parse(words, { from: "user" });
  return mediaFlags(command);
}

test("every option is a flag, under a name of its own", () => {
  const help = withMediaOptions(new Command("iso")).helpInformation();
  for (const { path } of MEDIA_OPTIONS) expect(help).toContain(`--${flagName(path)}`);
  expect(new Set(MEDIA_OPTIONS.map(({ path }) => flagName(path))).size).toBe(MEDIA_OPTIONS.length);
});

test("what is not given is left to the file", () => {
  expect([...flagsOf()]).toEqual([]);
});

test("each kind of value is read as media.yaml would have it", async () => {
  const flags = flagsOf(
    ...["--headless", "--no-firmware", "--prove", "--language", "nl", "--low-space", "1.5 GiB"],
    ...["--network-dns", "192.0.2.1", "--network-dns", "2001:db8::1", "--branding-name", "a; 'b'"],
    ...["--network-proxy-server", "p", "--network-proxy-port", "3128", "--extra-packages", "ethtool"],
    ...["--network-interfaces", "kind: ethernet, name: lan, ipv4: {address: 192.0.2.5/24}"],
    ...["--places", "kind: nfs, name: 'A, b', server: s, path: /x", "--places", "kind: folder, name: c, path: d"],
  );
  const config = await readConfig(undefined, flags);
  expect(config).toMatchObject({
    ...{ kind: "headless", firmware: false, prove: true, language: "nl", lowSpace: 1.5 * 2 ** 30 },
    ...{ branding: { name: "a; 'b'" }, extraPackages: ["ethtool"], places: [{ name: "A, b" }, { name: "c" }] },
    network: {
      dns: ["192.0.2.1", "2001:db8::1"],
      proxy: { server: "p", port: 3128 },
      interfaces: [{ name: "lan", ipv4: { address: "192.0.2.5/24" } }],
    },
  });
  expect((await readConfig(undefined, flagsOf("--network-interfaces", "auto"))).network.interfaces).toBe("auto");
});

test("what is wrong with a flag is said of the flag", async () => {
  await expect(
    readConfig(undefined, flagsOf("--network-proxy-port", "many", "--network-proxy-server", "p")),
  ).rejects.toThrow("--network-proxy-port: must be a number");
  await expect(readConfig(undefined, flagsOf("--places", "kind: nfs, name: a, server: s"))).rejects.toThrow(
    "--places[0].path: is missing",
  );
  expect(() => flagsOf("--places", "kind: {")).toThrow('--places kind: {: it must be like "kind: smb');
});
