import type { Sentence } from "#base/sentence.ts";
import type { EfiLoader } from "#imaging/preflight/content/boot/efi-loaders.ts";
import { bootMode, type SystemContext, type SystemRule } from "#imaging/preflight/judge/context.ts";
import { besideShim, uefiLoader } from "#imaging/preflight/judge/rules/uefi-start.ts";
import type { Finding } from "#imaging/preflight/judge/verdict.ts";
import type { SecureBoot } from "#imaging/preflight/machine/machine-hardware.ts";
import { asNext, say } from "#imaging/words/say.ts";

/** What is held against what a machine trusts. */
interface Program {
  /** In words: "the boot loader EFI/BOOT/BOOTX64.EFI". */
  readonly name: Sentence;
  readonly signers: readonly string[] | undefined;
  readonly hash: string | undefined;
  readonly sbat: Readonly<Record<string, number>>;
}

const OFF = say("next.secure-off");

/**
 * Whether firmware with Secure Boot on lets it start: the loader by what firmware trusts, and what shim starts by what shim
 * trusts. Names of signers are compared; the signatures themselves are the firmware's to check.
 */
export const secureBoot: SystemRule = (context) => {
  const { secureBoot: state } = context.machine.firmware;
  if (bootMode(context) !== "uefi" || !state?.enabled || state.setupMode) return [];
  const found = uefiLoader(context);
  if (!found) return toBeMade(context);
  const { loader } = found;
  const first = byFirmware(programOf(loader), state);
  if (first.length > 0) return first;
  return loader.kind === "shim" ? afterShim(context, loader, state) : withoutShim(context, loader, state);
};

/** What a boot repair makes is signed where the system has it signed by its distribution. */
function toBeMade({ system }: SystemContext): Finding[] {
  if (system.kind === "windows" || system.grubPlatforms.some((name) => name.endsWith("-efi-signed"))) return [];
  return [blocks("SECURE_BOOT_UNSIGNED", say("verdict.secure-made-unsigned"))];
}

const programOf = ({ path, signers, hash, sbat }: EfiLoader): Program => ({
  name: say("verdict.loader", { path }),
  signers,
  hash,
  sbat,
});

function byFirmware(program: Program, state: SecureBoot): Finding[] {
  if (isForbidden(program, state))
    return [blocks("SECURE_BOOT_REVOKED", say("verdict.secure-forbidden", { program: program.name }))];
  if (program.hash !== undefined && state.allowedHashes.includes(program.hash)) return [];
  if (program.signers === undefined)
    return [blocks("SECURE_BOOT_UNSIGNED", say("verdict.secure-unsigned", { program: program.name }))];
  if (!state.trusted)
    return [
      {
        code: "SECURE_BOOT_UNSURE",
        severity: "unknown",
        ...say("verdict.secure-unsure", signed(program)),
      },
    ];
  if (program.signers.some((name) => state.trusted?.includes(name))) return [];
  return [blocks("SECURE_BOOT_UNTRUSTED", say("verdict.secure-untrusted", signed(program)), say("next.secure-allow"))];
}

const signed = ({ name, signers = [] }: Program) => ({ program: name, signer: signers[0] ?? "" });

const isForbidden = ({ signers, hash }: Program, { revoked, revokedHashes }: SecureBoot): boolean =>
  (hash !== undefined && revokedHashes.includes(hash)) || (signers ?? []).some((name) => revoked.includes(name));

function afterShim(context: SystemContext, shim: EfiLoader, state: SecureBoot): Finding[] {
  const names = [...shim.vendors, ...(state.trusted ?? []), ...state.ownerTrusted];
  const old = tooOld(programOf(shim), state);
  if (old.length > 0) return old;
  const second = besideShim(shim, context.content.loaders);
  if (!second) return [];
  const findings = [...tooOld(programOf(second), state), ...byNames(programOf(second), names, state)];
  if (findings.length > 0 || second.kind !== "grub") return findings;
  return kernelPrograms(context).flatMap((kernel) => byNames(kernel, names, state));
}

/** GRUB asks shim about a kernel, and there is none; others let firmware itself start it. */
function withoutShim(context: SystemContext, loader: EfiLoader, state: SecureBoot): Finding[] {
  if (context.system.kind === "windows" || loader.kind === "kernel") return [];
  if (loader.kind === "grub")
    return [
      {
        code: "SECURE_BOOT_UNSURE",
        severity: "unknown",
        ...say("verdict.secure-grub-alone"),
      },
    ];
  return kernelPrograms(context).flatMap((kernel) => byFirmware(kernel, state));
}

function kernelPrograms({ system }: SystemContext): Program[] {
  if (system.kind !== "linux") return [];
  const kernels =
    system.defaultKernel === undefined
      ? system.kernels
      : system.kernels.slice(system.defaultKernel, system.defaultKernel + 1);
  return kernels.map(({ version, signers, hash }) => ({
    name: say("verdict.kernel-program", { version }),
    signers,
    hash,
    sbat: {},
  }));
}

function byNames(program: Program, names: readonly string[], state: SecureBoot): Finding[] {
  if (isForbidden(program, state))
    return [blocks("SECURE_BOOT_REVOKED", say("verdict.secure-revoked", { program: program.name }))];
  if (program.signers === undefined)
    return [blocks("SECURE_BOOT_UNSIGNED", say("verdict.secure-unsigned", { program: program.name }))];
  if (program.signers.some((name) => names.includes(name))) return [];
  return [
    blocks("SECURE_BOOT_UNTRUSTED", say("verdict.secure-untrusted-shim", signed(program)), say("next.secure-enrol")),
  ];
}

/** shim refuses generations below those that were last written down (shim, SBAT.md). */
function tooOld({ name, sbat }: Program, { sbatLevel }: SecureBoot): Finding[] {
  const old = sbatLevel.find((line) => {
    const [component = "", least = "0"] = line.split(",");
    const own = sbat[component];
    return component !== "sbat" && own !== undefined && own < Number(least);
  });
  if (old === undefined) return [];
  return [
    blocks("SECURE_BOOT_REVOKED", say("verdict.secure-old", { program: name, line: old }), say("next.secure-update")),
  ];
}

const blocks = (code: string, sentence: Sentence, next = OFF): Finding => ({
  code,
  severity: "blocks",
  ...sentence,
  ...asNext(next),
  mend: "firmware-setting",
});
