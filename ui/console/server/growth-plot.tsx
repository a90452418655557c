import type { JSX } from "preact";
import { c } from "#ui/console/i18n/index.ts";
import { type Figure, HEIGHT, lineOf, plotOf, WIDTH } from "#ui/console/server/plot.ts";
import { format } from "#ui/i18n/index.ts";

const dayText = (day: string): string => format.date(`${day}T00:00:00Z`);

/** How a repository grows. What the drawing shows is said below it, for who does not see it. */
export function GrowthPlot({ name, figures }: { name: string; figures: readonly Figure[] }): JSX.Element {
  const plot = plotOf(figures);
  const [first, last] = [figures[0], figures.at(-1)];
  if (!plot || !first || !last) return <p class="muted">{c("growth.too-early")}</p>;
  const said = c("growth.said", {
    ...{ from: format.bytes(first.bytes), to: format.bytes(last.bytes) },
    ...{ start: dayText(first.day), end: dayText(last.day) },
  });
  return (
    <figure class="growth">
      <svg class="growth__plot" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={c("growth.of", { name })}>
        {plot.marks.map(({ bytes, y }) => (
          <g key={bytes}>
            <path class="growth__grid" d={`M${plot.left} ${y}H${plot.right}`} />
            <text class="growth__label" x={plot.left - 6} y={y + 4} text-anchor="end">
              {format.bytes(bytes)}
            </text>
          </g>
        ))}
        <path class="growth__line" d={lineOf(plot.points)} />
        <text class="growth__label" x={plot.left} y={HEIGHT - 6}>
          {dayText(first.day)}
        </text>
        <text class="growth__label" x={plot.right} y={HEIGHT - 6} text-anchor="end">
          {dayText(last.day)}
        </text>
      </svg>
      <figcaption class="muted">{said}</figcaption>
    </figure>
  );
}
