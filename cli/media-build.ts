import { mkdir } from "node:fs/promises";
import type { Command } from "commander";
import { mediaFlags } from "#cli/media-options.ts";
import { sealedSecrets } from "#cli/media-secrets.ts";
import type { Output } from "#cli/output.ts";
import type { Environment } from "#cli/password-input.ts";
import type { PartsOptions } from "#mediabuilder/build-parts.ts";
import { readConfig } from "#mediabuilder/config/read-config.ts";

export interface ConfigOption {
  config?: string;
}

/** What a build is asked for, whatever carries its result. @throws as readConfig and sealedSecrets */
export async function partsOptions(
  { config: file }: ConfigOption,
  command: Command,
  environment: Environment,
  output: Output,
): Promise<PartsOptions> {
  const config = await readConfig(file, mediaFlags(command));
  const secrets = await sealedSecrets({ config, environment, warn: output.message });
  const { WORK_DIR } = await import("#mediabuilder/build-parts.ts");
  await mkdir(WORK_DIR, { recursive: true }); // and with it out/, where the Makefile wants the ISO
  return { workDir: WORK_DIR, config, secrets, log: output.message };
}
