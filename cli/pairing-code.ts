import { LifeboatError } from "#base/errors.ts";
import { type Environment, readPassword } from "#cli/password-input.ts";
import { pairingKey } from "#imaging/clone/remote/pairing-code.ts";
import { peerName } from "#imaging/clone/remote/secure-channel.ts";
import type { RestorePlan } from "#imaging/plan/plan.ts";

/**
 * What the pairing code of another machine stands for: the code that was given, else that of the environment, else what is
 * typed at the terminal. @throws KEY_INVALID, PAIRING_CODE_MISSING; AbortError when it is interrupted at the prompt
 */
export async function readPairingKey(
  code: string | undefined,
  { pairingCode }: Environment,
  peer: string,
): Promise<Uint8Array> {
  const given = code ?? pairingCode;
  if (given !== undefined) return pairingKey(given);
  if (!process.stdin.isTTY) throw new LifeboatError("PAIRING_CODE_MISSING", { peer });
  return pairingKey(await readPassword({ what: `the pairing code that ${peer} shows`, option: "--code" }));
}

/** For a plan that was made before. */
export async function pairingOf(
  { source }: Pick<RestorePlan, "source">,
  environment: Environment,
): Promise<{ pairingKey?: Uint8Array }> {
  if (!source?.remote) return {};
  return { pairingKey: await readPairingKey(undefined, environment, peerName(source.remote)) };
}
