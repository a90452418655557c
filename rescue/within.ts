/** The result, or a rejection when there is none in time. What was begun goes on: what waits for a dead server cannot be stopped. */
export async function within<T>(milliseconds: number, action: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`no answer in ${milliseconds} ms`)), milliseconds);
  try {
    return await Promise.race([action, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
