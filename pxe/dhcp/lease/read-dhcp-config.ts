import { LifeboatError } from "#base/errors.ts";
import { checked, type Invalid, readConfigFile } from "../../config/config-file.ts";
import { DhcpConfig, SubnetConfig } from "./subnet-config.ts";

/** What the flags of `pxe serve` say of the interface's network: values as the file would have them, not yet checked. */
export type DhcpFlags = Readonly<Partial<Record<keyof SubnetConfig, unknown>>>;

/** @throws PXE_DHCP_INVALID, which names the options */
export function dhcpConfigOfFlags(flags: DhcpFlags): DhcpConfig {
  return { subnets: [checked(SubnetConfig, flags, invalidIn("the options of DHCP"))] };
}

/** A file (YAML, so JSON too) with several networks. @throws OPEN_FAILED, PXE_DHCP_INVALID: all that is wrong, each with its place */
export const readDhcpConfig = (file: string): Promise<DhcpConfig> =>
  readConfigFile(file, "a list of networks", DhcpConfig, invalidIn(file));

export const dhcpInvalid = (source: string, problems: readonly string[], cause?: unknown): LifeboatError =>
  new LifeboatError("PXE_DHCP_INVALID", { source, problems: problems.join("\n") }, { cause });

const invalidIn =
  (source: string): Invalid =>
  (problems, cause) =>
    dhcpInvalid(source, problems, cause);
