import { getSystemErrorName } from "node:util";

/** Linux, <bits/socket.h>, <asm-generic/socket.h>: the same on x64 and ARM64. */
const AF_INET = 2;
const SOCK_DGRAM_CLOEXEC = 0o2000002;
const SOL_SOCKET = 1;
const SO_REUSEADDR = 2;
const SO_BINDTODEVICE = 25;

let libc: ReturnType<typeof openLibc> | undefined;

/** Only when it is needed: what serves no network needs none of it. @throws Error: this Node has no FFI */
function openLibc() {
  const ffi = quietly(() => process.getBuiltinModule("node:ffi"));
  if (!ffi) throw new Error("this Node cannot call the C library (node:ffi)");
  const { functions } = ffi.dlopen(null, {
    socket: { arguments: ["i32", "i32", "i32"], return: "i32" },
    setsockopt: { arguments: ["i32", "i32", "i32", "pointer", "u32"], return: "i32" },
    bind: { arguments: ["i32", "pointer", "u32"], return: "i32" },
    close: { arguments: ["i32"], return: "i32" },
    if_nametoindex: { arguments: ["pointer"], return: "u32" },
    __errno_location: { arguments: [], return: "pointer" },
  });
  return { ...functions, errno: () => ffi.getInt32(functions.__errno_location()) };
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

/**
 * A UDP socket at 0.0.0.0 that hears what comes in by one network card alone (SO_BINDTODEVICE, socket(7)): a question to all does not say in
 * which network it was asked, and Node does not either.
 * @param isShared several sockets of ours have the port (SO_REUSEADDR) @returns its file descriptor, for `bind({ fd })`
 * @throws NodeJS.ErrnoException: ENODEV where there is no such card, EADDRINUSE, EACCES
 */
export function openDeviceSocket(device: string, port: number, isShared: boolean): number {
  libc ??= openLibc();
  const { socket, setsockopt, bind, close, errno } = libc;
  const fd = expectDone("socket", socket(AF_INET, SOCK_DGRAM_CLOEXEC, 0), errno);
  const name = cText(device);
  try {
    const option = (which: number, value: Uint8Array) =>
      expectDone("setsockopt", setsockopt(fd, SOL_SOCKET, which, value, value.length), errno);
    option(SO_BINDTODEVICE, name);
    if (isShared) option(SO_REUSEADDR, Uint8Array.of(1, 0, 0, 0));
    expectDone("bind", bind(fd, anyAddress(port), 16), errno);
    return fd;
  } catch (error) {
    close(fd);
    throw error;
  }
}

/** The number that the kernel has for a card: one that was taken out and put in again has another one. 0: there is none of this name. */
export function deviceIndex(device: string): number {
  libc ??= openLibc();
  return libc.if_nametoindex(cText(device));
}

function expectDone(syscall: string, result: number, errno: () => number): number {
  if (result >= 0) return result;
  const number = -errno();
  const code = getSystemErrorName(number);
  throw Object.assign(new Error(`${syscall} ${code}`), { code, errno: number, syscall });
}

const cText = (text: string): Uint8Array => Buffer.from(`${text}\0`);

/** struct sockaddr_in of ip(7): the family as the machine writes numbers, the port in network order, 0.0.0.0. */
function anyAddress(port: number): Uint8Array {
  const address = new DataView(new ArrayBuffer(16));
  address.setUint16(0, AF_INET, true);
  address.setUint16(2, port);
  return new Uint8Array(address.buffer);
}
