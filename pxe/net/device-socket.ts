import { cInt, cText, expectDone, libc, socketAddress, udpSocket } from "./libc.ts";

/** Linux, <asm-generic/socket.h>: the same on x64 and ARM64. */
const SOL_SOCKET = 1;
const SO_REUSEADDR = 2;
const SO_BINDTODEVICE = 25;

/**
 * A UDP socket at 0.0.0.0 that hears what comes in by one network card alone (SO_BINDTODEVICE, socket(7)): a question to all does not say in
 * which network it was asked, and Node does not either.
 * @param isShared several sockets of ours have the port (SO_REUSEADDR) @returns its file descriptor, for `bind({ fd })`
 * @throws NodeJS.ErrnoException: ENODEV where there is no such card, EADDRINUSE, EACCES
 */
export function openDeviceSocket(device: string, port: number, isShared: boolean): number {
  const { setsockopt, bind, close } = libc();
  const fd = udpSocket();
  const option = (which: number, value: Uint8Array) =>
    expectDone("setsockopt", setsockopt(fd, SOL_SOCKET, which, value, value.length));
  try {
    option(SO_BINDTODEVICE, cText(device));
    if (isShared) option(SO_REUSEADDR, cInt(1));
    expectDone("bind", bind(fd, socketAddress("0.0.0.0", port), 16));
    return fd;
  } catch (error) {
    close(fd);
    throw error;
  }
}

/** The number that the kernel has for a card: one that was taken out and put in again has another one. 0: there is none of this name. */
export const deviceIndex = (device: string): number => libc().if_nametoindex(cText(device));
