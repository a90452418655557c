/**
 * Objects as lines of JSON, as soon as what goes on now is through: in a storm a write for each line would be a tenth of a server's time.
 */
export function openJsonLines(stream: { write(text: string): unknown }): (value: object) => void {
  let waiting = "";
  const flush = () => {
    stream.write(waiting);
    waiting = "";
  };
  return (value) => {
    if (waiting === "") setImmediate(flush);
    waiting += `${JSON.stringify(value)}\n`;
  };
}
