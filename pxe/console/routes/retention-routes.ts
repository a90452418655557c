import { type RetentionRules, retentionApi } from "../contract/retention.ts";
import { named, type Retention } from "../retention.ts";
import type { Serve } from "../route.ts";
import { callWho } from "../who.ts";

export interface RetentionDeps {
  readonly retention: Pick<Retention, "preview" | "set" | "remove" | "apply" | "workOn">;
}

const rulesText = (rules: RetentionRules): string =>
  Object.entries(rules)
    .filter(([, count]) => count > 0)
    .map(([rule, count]) => `${rule} ${count}`)
    .join(", ");

/** Which points of repositories stay. */
export function retentionRoutes(serve: Serve, { retention }: RetentionDeps): void {
  serve("previewRetention", retentionApi.previewRetention, (rules, { params }) =>
    retention.preview(params.name, rules),
  );
  serve("setRetention", retentionApi.setRetention, ({ quietTime, ...rules }, { params, who, note }) => {
    note(`${params.name}: ${rulesText(rules)}, at ${quietTime}`);
    return retention.set(params.name, { rules, quietTime, setBy: callWho(who) });
  });
  serve("removeRetention", retentionApi.removeRetention, async (_body, { params, note }) => {
    note(params.name);
    await retention.remove(params.name);
    return {};
  });
  serve("applyRetention", retentionApi.applyRetention, async ({ points }, { params, who, note }) => {
    note(`${params.name}${named(points)}`);
    const { cleanedUp, text } = await retention.apply(params.name, points, callWho(who));
    note(text);
    return cleanedUp;
  });
}
