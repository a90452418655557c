import { expect, test } from "vitest";
import { isSigned, newKeyPair, seal, signText, unseal } from "#base/deployment/keys.ts";
import { isProof, pairingCode, proofOf } from "#base/deployment/proof.ts";

const machine = newKeyPair("x25519");
const other = newKeyPair("x25519");

test("what is sealed for a machine opens there, for what it belongs to, and nowhere else", () => {
  const sealed = seal("geheim ü", machine.publicText, "deployment 1");
  expect(sealed).not.toContain("geheim");
  expect(unseal(sealed, machine, "deployment 1")).toBe("geheim ü");
  expect(() => unseal(sealed, other, "deployment 1")).toThrow();
  expect(() => unseal(sealed, machine, "deployment 2")).toThrow();
  const { text, ...rest } = JSON.parse(sealed) as Record<string, string>;
  const changed = `${text?.startsWith("A") ? "B" : "A"}${text?.slice(1)}`;
  expect(() => unseal(JSON.stringify({ ...rest, text: changed }), machine, "deployment 1")).toThrow();
  expect(seal("geheim ü", machine.publicText, "deployment 1")).not.toBe(sealed);
});

test("a key that is none is refused, and one that makes every agreement the same", () => {
  expect(() => seal("x", "short", "")).toThrow();
  expect(() => seal("x", Buffer.alloc(32).toString("base64url"), "")).toThrow();
});

test("a signature is of one text and one signer", () => {
  const signer = newKeyPair("ed25519");
  const signature = signText(signer.privateKey, "order");
  expect(isSigned("order", signature, signer.publicText)).toBe(true);
  expect(isSigned("orders", signature, signer.publicText)).toBe(false);
  expect(isSigned("order", signature, newKeyPair("ed25519").publicText)).toBe(false);
  for (const wrong of ["", "A", signature.slice(1)]) expect(isSigned("order", wrong, signer.publicText)).toBe(false);
  expect(isSigned("order", signature, "no key")).toBe(false);
});

test("a proof is of one token, machine, deployment, number, direction and text", () => {
  const of = { deployment: "d1", member: 1, key: "k", sequence: 1 };
  const proof = proofOf("token", "machine", of, "{}");
  expect(isProof(proof, proofOf("token", "machine", of, "{}"))).toBe(true);
  const wrong = [
    proofOf("other", "machine", of, "{}"),
    proofOf("token", "server", of, "{}"),
    proofOf("token", "machine", of, "{ }"),
    ...[{ deployment: "d2" }, { member: 2 }, { key: "l" }, { sequence: 2 }].map((change) =>
      proofOf("token", "machine", { ...of, ...change }, "{}"),
    ),
  ];
  expect(wrong.filter((one) => isProof(proof, one))).toEqual([]);
  expect(isProof("", proof)).toBe(false);
});

test("a code that people compare is short, and another one for another key", () => {
  expect(pairingCode(machine.publicText)).toMatch(/^[0-9a-f]{5}(-[0-9a-f]{5}){2}$/);
  expect(pairingCode(machine.publicText)).not.toBe(pairingCode(other.publicText));
});
