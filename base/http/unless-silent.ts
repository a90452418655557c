/** What answers a request. */
export interface Heard {
  /** Its status and headers; its body is read by one of the two below, or cancelled. */
  readonly response: Response;
  chunks(): AsyncGenerator<Uint8Array, void, undefined>;
  bytes(): Promise<Buffer>;
}

export interface HeardInit extends Omit<RequestInit, "signal"> {
  /** Milliseconds. */
  readonly silence: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * `fetch()`, given up when the other side says nothing for so long, before its answer or within it: a slow one may take
 * the time that it needs, one that is dead is noticed soon. The reason is a TimeoutError then.
 * @throws what `fetch()` throws
 */
export async function fetchUnlessSilent(address: string, { silence, signal, ...init }: HeardInit): Promise<Heard> {
  const given = new AbortController();
  const signals = signal ? AbortSignal.any([given.signal, signal]) : given.signal;
  const giveUp = () => given.abort(new DOMException(`nothing came for ${silence / 1000} s`, "TimeoutError"));
  const hear = async <T>(next: () => Promise<T>): Promise<T> => {
    let last: NodeJS.Immediate | undefined;
    // A thread that was kept busy for so long reads first what came meanwhile.
    const timer = setTimeout(() => {
      last = setImmediate(giveUp);
    }, silence);
    try {
      return await next();
    } finally {
      clearTimeout(timer);
      clearImmediate(last);
    }
  };
  const ask = () => hear(() => fetch(address, { ...init, signal: signals }));
  const response = await ask().catch((error: unknown) => {
    if (isClosedWhileIdle(error) && isReading(init.method)) return ask();
    throw error;
  });
  async function* chunks() {
    const reader = response.body?.getReader();
    try {
      while (reader) {
        const { done, value } = await hear(() => reader.read());
        if (done) return;
        yield value;
      }
    } finally {
      await reader?.cancel().catch(() => {});
    }
  }
  return { response, chunks, bytes: async () => Buffer.concat(await Array.fromAsync(chunks())) };
}

const isReading = (method = "GET"): boolean => method === "GET" || method === "HEAD";

/**
 * A server may close a connection that was kept at the very moment at which it is used again; that says nothing of the
 * server, and who only reads asks again on another one (RFC 9112, section 9.3.1).
 */
function isClosedWhileIdle(error: unknown): boolean {
  const cause = error instanceof TypeError ? error.cause : undefined;
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  return code === "ECONNRESET" || code === "EPIPE" || code === "UND_ERR_SOCKET";
}
