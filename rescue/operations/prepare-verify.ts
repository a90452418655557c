import { printable } from "#base/printable.ts";
import { formatBytes, formatDuration } from "#base/units.ts";
import { type VerifyReport, verifyImage } from "#imaging/verify/verify-image.ts";
import type { OperationRequest } from "#rescue/api/operation-contract.ts";
import { type PrepareDeps, type Prepared, WAIT_SECONDS } from "#rescue/operations/prepared.ts";

type Wish = Extract<OperationRequest, { kind: "verify" }>;

/** As `lifeboat image verify` does it. @throws NOT_FOUND, IMAGE_LOCKED */
export async function prepareVerify({ imageId }: Wish, { images, unlock }: PrepareDeps): Promise<Prepared> {
  const { path, fileName, diskId } = await images.open(imageId);
  return {
    ...{ kind: "verify", title: `verification of ${fileName}`, subject: fileName, busy: fileName, writes: [] },
    reads: diskId === "" ? [] : [diskId],
    lines: [
      printable(`Verify ${path}`),
      "All of the image is read and held against its checksums; nothing is written.",
    ],
    confirmation: { level: "none", text: "Nothing is written.", words: fileName, id: imageId },
    run: async function* (signal) {
      const damages: string[] = [];
      const onDamage = (damage: Error) => void damages.push(damage.message);
      const steps = verifyImage(path, { unlock, onDamage, waitSeconds: WAIT_SECONDS }, signal);
      for (;;) {
        const step = await steps.next();
        if (step.done) return [...reportLines(path, step.value), ...damages];
        yield step.value;
        // While the job waits, the file system of the image is mounted again as soon as it is back.
        if (step.value.paused) await images.revive(imageId).catch(() => {});
      }
    },
  };
}

function reportLines(path: string, { chunks, bytes, seconds, lackingBytes }: VerifyReport): string[] {
  const lacking = `! it lacks ${formatBytes(lackingBytes)} that could not be read when it was made`;
  return [
    printable(`${path} is intact: ${chunks} chunks, ${formatBytes(bytes)} checked in ${formatDuration(seconds)}`),
    ...(lackingBytes > 0 ? [lacking] : []),
  ];
}
