import * as z from "zod";
import { LifeboatError } from "#base/errors.ts";
import { WIRE_VERSION } from "#imaging/clone/remote/wire.ts";

/** Why a request is not answered with data. */
export const Failure = z.discriminatedUnion("code", [
  z.object({ code: z.literal("busy") }),
  z.object({ code: z.literal("version"), version: z.number() }),
  z.object({ code: z.literal("read"), offset: z.number(), errno: z.string(), reason: z.string() }),
]);
export type Failure = z.infer<typeof Failure>;

/** As the receiver's user meets it. @param peer its name, for the message */
export function failureError(text: Uint8Array, peer: string): LifeboatError {
  const failure = parse(text);
  switch (failure?.code) {
    case "busy":
      return new LifeboatError("PEER_BUSY", { peer });
    case "version":
      return new LifeboatError("PEER_INVALID", {
        peer,
        problem: `it speaks version ${failure.version}, and this is version ${WIRE_VERSION}`,
      });
    case "read": {
      const { offset, errno, reason } = failure;
      return new LifeboatError(
        "READ_FAILED",
        { device: `the disk of ${peer}`, offset, reason },
        { cause: { code: errno } },
      );
    }
    default:
      return new LifeboatError("PEER_INVALID", { peer, problem: "it fails without saying why" });
  }
}

function parse(text: Uint8Array): Failure | undefined {
  try {
    return Failure.parse(JSON.parse(Buffer.from(text).toString("utf8")));
  } catch {
    return undefined;
  }
}
