/** Rejects when `promise` is not settled after `seconds`. */
export async function within<T>(promise: Promise<T>, seconds: number, what: () => string): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => late.reject(new Error(`waiting for ${what()}: ${seconds} seconds passed`)),
    seconds * 1000,
  );
  return await Promise.race([promise, late.promise]).finally(() => clearTimeout(timer));
}
