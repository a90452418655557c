import { getSystemErrorName } from "node:util";

/** Linux, <bits/socket.h>: the same on x64 and ARM64. */
const AF_INET = 2;
const SOCK_DGRAM_CLOEXEC_NONBLOCK = 0o2004002;

const FUNCTIONS = {
  socket: { arguments: ["i32", "i32", "i32"], return: "i32" },
  setsockopt: { arguments: ["i32", "i32", "i32", "pointer", "u32"], return: "i32" },
  bind: { arguments: ["i32", "pointer", "u32"], return: "i32" },
  connect: { arguments: ["i32", "pointer", "u32"], return: "i32" },
  // Lengths and results of a packet's size: 64 bits of them would be BigInts. Each argument costs time, so these and not send and recv.
  write: { arguments: ["i32", "pointer", "u32"], return: "i32" },
  read: { arguments: ["i32", "pointer", "u32"], return: "i32" },
  sendfile: { arguments: ["i32", "i32", "pointer", "u64"], return: "i64" },
  preadv2: { arguments: ["i32", "pointer", "i32", "i64", "i32"], return: "i64" },
  eventfd: { arguments: ["u32", "i32"], return: "i32" },
  eventfd_read: { arguments: ["i32", "pointer"], return: "i32" },
  eventfd_write: { arguments: ["i32", "u64"], return: "i32" },
  epoll_create1: { arguments: ["i32"], return: "i32" },
  epoll_ctl: { arguments: ["i32", "i32", "i32", "pointer"], return: "i32" },
  epoll_wait: { arguments: ["i32", "pointer", "i32", "i32"], return: "i32" },
  close: { arguments: ["i32"], return: "i32" },
  if_nametoindex: { arguments: ["pointer"], return: "u32" },
  __errno_location: { arguments: [], return: "pointer" },
} as const;

let opened: ReturnType<typeof open> | undefined;

/** Functions of the C library, by `node:ffi` (ADR 47): what the network needs and Node does not offer. @throws Error: this Node has no FFI */
export function libc() {
  opened ??= open();
  return opened;
}

/** Only when it is needed: what serves no network needs none of it. */
function open() {
  const ffi = quietly(() => process.getBuiltinModule("node:ffi"));
  if (!ffi) throw new Error("this Node cannot call the C library (node:ffi)");
  const { functions } = ffi.dlopen(null, FUNCTIONS);
  return {
    ...functions,
    errno: () => ffi.getInt32(functions.__errno_location()),
    /** Where bytes are, for structures that name it: whoever uses it keeps them. */
    addressOf: (bytes: Uint8Array) => ffi.getRawPointer(bytes),
  };
}

/** That it is experimental is known (ADR 47), and would be a line on the screen of everybody who serves. */
function quietly<T>(what: () => T): T {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    return what();
  } finally {
    process.emitWarning = emitWarning;
  }
}

/** @returns the result of a function that has just been called @throws NodeJS.ErrnoException: it failed */
export function expectDone(syscall: string, result: number): number {
  if (result >= 0) return result;
  const number = -libc().errno();
  const code = getSystemErrorName(number);
  throw Object.assign(new Error(`${syscall} ${code}`), { code, errno: number, syscall });
}

/** A UDP socket of IPv4 that never waits. @returns its file descriptor @throws NodeJS.ErrnoException */
export const udpSocket = (): number => expectDone("socket", libc().socket(AF_INET, SOCK_DGRAM_CLOEXEC_NONBLOCK, 0));

export const cText = (text: string): Uint8Array => Buffer.from(`${text}\0`);

/** An `int`, as options of sockets have it. */
export const cInt = (value: number): Uint8Array => new Uint8Array(Int32Array.of(value).buffer);

/** struct sockaddr_in of ip(7): the family as the machine writes numbers, port and address in network order. @param address "192.0.2.1" */
export function socketAddress(address: string, port: number): Uint8Array {
  const bytes = new DataView(new ArrayBuffer(16));
  bytes.setUint16(0, AF_INET, true);
  bytes.setUint16(2, port);
  for (const [i, part] of address.split(".").entries()) bytes.setUint8(4 + i, Number(part));
  return new Uint8Array(bytes.buffer);
}
