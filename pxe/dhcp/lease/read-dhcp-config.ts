import { readFile } from "node:fs/promises";
import { parse, YAMLParseError } from "yaml";
import type * as z from "zod";
import { LifeboatError } from "#base/errors.ts";
import { DhcpConfig, SubnetConfig } from "./subnet-config.ts";

/** More than anybody's networks, less than what a mistaken name would bring. */
const MOST_BYTES = 4 << 20;

/** What the flags of `pxe serve` say of the interface's network: values as the file would have them, not yet checked. */
export type DhcpFlags = Readonly<Partial<Record<keyof SubnetConfig, unknown>>>;

/** @throws PXE_DHCP_INVALID, which names the options */
export function dhcpConfigOfFlags(flags: DhcpFlags): DhcpConfig {
  return { subnets: [checked("the options of DHCP", SubnetConfig, flags)] };
}

/** A file (YAML, so JSON too) with several networks. @throws OPEN_FAILED, PXE_DHCP_INVALID: all that is wrong, each with its place */
export async function readDhcpConfig(file: string): Promise<DhcpConfig> {
  const bytes = await readFile(file).catch((cause: Error) => {
    throw new LifeboatError("OPEN_FAILED", { path: file, reason: cause.message }, { cause });
  });
  if (bytes.length > MOST_BYTES)
    throw new LifeboatError("OPEN_FAILED", { path: file, reason: "it is too large for a list of networks" });
  return checked(file, DhcpConfig, yamlOf(file, bytes.toString("utf8")));
}

function yamlOf(file: string, text: string): unknown {
  try {
    return parse(text, { maxAliasCount: 100, prettyErrors: true });
  } catch (cause) {
    const line = cause instanceof YAMLParseError ? cause.linePos?.[0].line : undefined;
    const reason = (cause as Error).message.split("\n")[0]?.replace(/ at line \d+, column \d+:?$/, "") ?? "";
    throw dhcpInvalid(file, [line === undefined ? reason : `line ${line}: ${reason}`], cause);
  }
}

function checked<T>(source: string, schema: z.ZodType<T>, value: unknown): T {
  const { success, data, error } = schema.safeParse(value);
  if (success) return data;
  throw dhcpInvalid(
    source,
    error.issues.map(({ path, message }) => `${path.map(step).join("").replace(/^\./, "")} ${message}`.trim()),
  );
}

const step = (key: PropertyKey): string => (typeof key === "number" ? `[${key}]` : `.${String(key)}`);

export const dhcpInvalid = (source: string, problems: readonly string[], cause?: unknown): LifeboatError =>
  new LifeboatError("PXE_DHCP_INVALID", { source, problems: problems.join("\n") }, { cause });
