import { expectDone, libc } from "./libc.ts";

/** Linux, <sys/epoll.h>. */
const [EPOLLIN, EPOLLOUT, EPOLLERR, EPOLLHUP] = [0x1, 0x4, 0x8, 0x10];
const EPOLL_CLOEXEC = 0o2000000;
const [ADD, DELETE, MODIFY] = [1, 2, 3];

/** struct epoll_event is packed on x64 alone: so many words of 32 bits, and the descriptor behind so many. */
const [EVENT, DATA] = process.arch === "x64" ? [3, 1] : [4, 2];
const MOST_EVENTS = 256;

export type Ready = (fd: number, canRead: boolean, canWrite: boolean) => void;

/** Waits for many descriptors at once (epoll(7)), in a thread that does nothing else: Node's own loop stands still meanwhile. */
export class Epoll implements Disposable {
  readonly #libc = libc();
  readonly #fd = expectDone("epoll_create1", this.#libc.epoll_create1(EPOLL_CLOEXEC));
  readonly #events = new Uint32Array(EVENT * MOST_EVENTS);

  /** Tells when there is something to read. @throws NodeJS.ErrnoException */
  add(fd: number): void {
    this.#control(ADD, fd, EPOLLIN);
  }

  /** Whether it also tells when there is room to write. @throws NodeJS.ErrnoException */
  watchRoom(fd: number, isWatched: boolean): void {
    this.#control(MODIFY, fd, isWatched ? EPOLLIN | EPOLLOUT : EPOLLIN);
  }

  /** @throws NodeJS.ErrnoException */
  remove(fd: number): void {
    this.#control(DELETE, fd, 0);
  }

  /** @param milliseconds at most; -1: for ever. A signal ends it early. @returns how many are ready, for `tell` */
  wait(milliseconds: number): number {
    return this.#libc.epoll_wait(this.#fd, this.#events, MOST_EVENTS, milliseconds);
  }

  tell(count: number, ready: Ready): void {
    for (let i = 0; i < count; i++) {
      const what = this.#events[i * EVENT] as number;
      const fd = this.#events[i * EVENT + DATA] as number;
      ready(fd, (what & (EPOLLIN | EPOLLERR | EPOLLHUP)) !== 0, (what & EPOLLOUT) !== 0);
    }
  }

  [Symbol.dispose](): void {
    this.#libc.close(this.#fd);
  }

  #control(operation: number, fd: number, what: number): void {
    const event = new Uint32Array(EVENT);
    event[0] = what;
    event[DATA] = fd;
    expectDone("epoll_ctl", this.#libc.epoll_ctl(this.#fd, operation, fd, event));
  }
}
