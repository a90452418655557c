import { pbkdf2Sync } from "node:crypto";
import type { NetworkInterface } from "#base/medium/network.ts";

type Wifi = Extract<NetworkInterface, { kind: "wifi" }>;

const hex = (text: string): string => Buffer.from(text, "utf8").toString("hex");

/** A raw key of 32 bytes, in place of a passphrase of 8 to 63 characters. */
const RAW_KEY = /^[0-9a-fA-F]{64}$/;

/**
 * IEEE 802.11-2020, J.4.1: a passphrase is 8 to 63 bytes of ASCII; access points that take UTF-8 use its bytes.
 * @returns why no network has this password; undefined when one may
 */
export function wifiPasswordFault(password: string): string | undefined {
  if (RAW_KEY.test(password)) return undefined;
  const length = Buffer.byteLength(password);
  return length >= 8 && length <= 63 ? undefined : "a password of Wi-Fi has 8 to 63 characters";
}

/** IEEE 802.11-2020, J.4.1: PBKDF2 with the network's name as the salt. */
const preSharedKey = (ssid: string, password: string): string =>
  RAW_KEY.test(password) ? password : pbkdf2Sync(password, ssid, 4096, 32, "sha1").toString("hex");

/**
 * The file of wpa_supplicant for one network. Everything that people wrote goes in as hexadecimal, which the program
 * takes in place of a quoted string, so there is nothing to quote.
 */
export function wpaConfig({ ssid, security, hidden }: Wifi, password: string | undefined): string {
  const lines =
    security === "open" || password === undefined
      ? ["key_mgmt=NONE"]
      : [
          "key_mgmt=WPA-PSK WPA-PSK-SHA256 SAE",
          // Protected management frames, which WPA3 demands and WPA2 may do without.
          "ieee80211w=1",
          `psk=${preSharedKey(ssid, password)}`,
          ...(RAW_KEY.test(password) ? [] : [`sae_password=${hex(password)}`]),
        ];
  return `ctrl_interface=/run/wpa_supplicant
update_config=0
network={
  ssid=${hex(ssid)}
  scan_ssid=${hidden ? 1 : 0}
${lines.map((line) => `  ${line}`).join("\n")}
}
`;
}
