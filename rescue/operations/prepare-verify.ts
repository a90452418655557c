import type { Sentence } from "#base/sentence.ts";
import { type VerifyReport, verifyImage } from "#imaging/verify/verify-image.ts";
import { say } from "#imaging/words/say.ts";
import type { OperationRequest } from "#rescue/api/operation-contract.ts";
import { type PrepareDeps, type Prepared, WAIT_SECONDS } from "#rescue/operations/prepared.ts";

type Wish = Extract<OperationRequest, { kind: "verify" }>;

/** As `lifeboat image verify` does it. @throws NOT_FOUND, IMAGE_LOCKED */
export async function prepareVerify({ imageId }: Wish, { images, unlock }: PrepareDeps): Promise<Prepared> {
  const { path, fileName, diskId } = await images.open(imageId);
  return {
    ...{ kind: "verify", title: `verification of ${fileName}`, subject: fileName, busy: fileName, writes: [] },
    reads: diskId === "" ? [] : [diskId],
    lines: [say("verify.plan", { path }), say("verify.how")],
    confirmation: { level: "none", text: "Nothing is written.", words: fileName, id: imageId },
    run: async function* (signal) {
      const damages: string[] = [];
      const onDamage = (damage: Error) => void damages.push(damage.message);
      const steps = verifyImage(path, { unlock, onDamage, waitSeconds: WAIT_SECONDS }, signal);
      for (;;) {
        const step = await steps.next();
        if (step.done) return [...reportLines(path, step.value), ...damages.map((text) => ({ text }))];
        yield step.value;
        // While the job waits, the file system of the image is mounted again as soon as it is back.
        if (step.value.paused) await images.revive(imageId).catch(() => {});
      }
    },
  };
}

function reportLines(path: string, { chunks, bytes, seconds, lackingBytes }: VerifyReport): Sentence[] {
  return [
    say("verify.intact", { path, count: chunks, bytes, seconds }),
    ...(lackingBytes > 0 ? [say("verify.lacks", { bytes: lackingBytes })] : []),
  ];
}
