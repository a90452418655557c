/** A few at once, the others in the order in which they came. */
export interface WaitingLine {
  /** @returns what is to be called at the end; undefined where too many wait already */
  enter(): Promise<(() => void) | undefined>;
}

export function waitingLine(atOnce: number, mostWaiting: number): WaitingLine {
  const waiting: (() => void)[] = [];
  let inside = 0;
  const leave = () => {
    inside--;
    waiting.shift()?.();
  };
  return {
    async enter() {
      if (inside >= atOnce) {
        if (waiting.length >= mostWaiting) return undefined;
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
      inside++;
      let isLeft = false;
      return () => {
        if (!isLeft) leave();
        isLeft = true;
      };
    },
  };
}
