import type { Signal } from "@preact/signals";
import { Fragment, type JSX } from "preact";
import type { Sentence } from "#rescue/api/contract.ts";
import { format, t } from "#ui/i18n/index.ts";
import { TextField } from "#ui/parts/text-field.tsx";
import { Told } from "#ui/parts/told.tsx";

const RULES = ["last", "daily", "weekly", "monthly", "yearly"] as const;
/** How many points of each disk a rule keeps. */
export type RuleCounts = Record<(typeof RULES)[number], number>;
/** As they are typed. */
export type TypedRules = Readonly<Record<keyof RuleCounts, string>>;

/** A month of days, and a year of months. */
export const USUAL_RULES: TypedRules = { last: "3", daily: "7", weekly: "4", monthly: "12", yearly: "0" };
const MOST_KEPT = 10_000;

export const typedRules = (counts: RuleCounts): TypedRules =>
  Object.fromEntries(RULES.map((rule) => [rule, String(counts[rule])])) as TypedRules;

/** What is no number keeps nothing. */
export const countsOf = (typed: TypedRules): RuleCounts =>
  Object.fromEntries(
    RULES.map((rule) => [rule, Math.max(0, Math.min(MOST_KEPT, Math.floor(Number(typed[rule]) || 0)))]),
  ) as RuleCounts;

/** A number for each rule. @param props.id begins the fields' own */
export const RuleFields = ({ id, rules }: { id: string; rules: Signal<TypedRules> }): JSX.Element => (
  <div class="numbers">
    {RULES.map((rule) => (
      <TextField
        key={rule}
        id={`${id}-${rule}`}
        label={t(`images.keep-${rule}`)}
        value={rules.value[rule]}
        isDecimal
        onInput={(text) => {
          rules.value = { ...rules.value, [rule]: text };
        }}
      />
    ))}
  </div>
);

interface DecidedPoint {
  readonly name: string;
  readonly createdAt: string;
  /** Why it stays; none: it goes. */
  readonly reasons: readonly Sentence[];
}

/** Each point, whether it stays, and why. */
export const DecisionTable = ({ caption, rows }: { caption: string; rows: readonly DecidedPoint[] }): JSX.Element => (
  <table class="table">
    <caption class="visually-hidden">{caption}</caption>
    <thead>
      <tr>
        <th scope="col">{t("disk.name")}</th>
        <th scope="col">{t("images.made")}</th>
        <th scope="col">{t("disk.action")}</th>
      </tr>
    </thead>
    <tbody>
      {rows.map(({ name, createdAt, reasons }) => (
        <tr key={name}>
          <th scope="row" class="table__any" translate={false}>
            {name}
          </th>
          <td>{format.dateTime(createdAt)}</td>
          <td>
            {t(reasons.length > 0 ? "images.stays" : "images.goes")}
            {reasons.length > 0 && (
              <span class="table__sub">
                {reasons.map((reason, at) => (
                  <Fragment key={reason.text}>
                    {at > 0 && ", "}
                    <Told of={reason} />
                  </Fragment>
                ))}
              </span>
            )}
          </td>
        </tr>
      ))}
    </tbody>
  </table>
);
