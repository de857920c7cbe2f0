import { printable } from "../../diagnostics/quote.js";
import type { ChangeClass, ContractChange } from "../contract-change.js";
import { describeChange } from "../describe-change.js";
import { summarizeChanges, type DiffReport } from "./diff-report.js";
import { groupChanges, type ChangeGroup } from "./group-changes.js";

export interface TextOptions {
  readonly color: boolean;
  /** Tell neutral changes one by one, and of every change why. */
  readonly verbose: boolean;
}

const titles: Readonly<Record<ChangeClass, string>> = {
  breaking: "Breaking: clients generated earlier fail, or show or send something wrong",
  review: "To review: clients go on, but somebody must look",
  compatible: "Compatible",
  neutral: "Neutral: no client notices",
};

const colors: Readonly<Record<ChangeClass, number>> = {
  breaking: 31,
  review: 33,
  compatible: 32,
  neutral: 90,
};

/** For people in a terminal: by class and by function, with the reason wherever somebody has something to do. */
export function renderDiffText(report: DiffReport, options: TextOptions): string {
  const { before, after, changes } = report;
  const names = `${printable(before.source)} -> ${printable(after.source)}`;
  if (changes.length === 0) return `${names}: the same contract\n`;
  const paragraphs = groupChanges(changes)
    .filter((group) => group.class !== "neutral" || options.verbose)
    .map((group) => renderGroup(group, options));
  return [`${names}: ${summarizeChanges(changes)}\n`, ...paragraphs].join("\n");
}

function renderGroup(group: ChangeGroup, options: TextOptions): string {
  const title = titles[group.class];
  const heading = options.color
    ? `\u001b[1;${String(colors[group.class])}m${title}\u001b[0m`
    : title;
  const lines = group.subjects.flat().flatMap((change) => {
    const line = `  ${describeChange(change)}`;
    return tellsWhy(change, options) ? [line, `      ${reasonOf(change)}`] : [line];
  });
  return `${heading}\n${lines.join("\n")}\n`;
}

function tellsWhy(change: ContractChange, { verbose }: TextOptions): boolean {
  return verbose || change.class === "breaking" || change.class === "review";
}

const audiences = { clients: "running clients", code: "your code" } as const;

/** `running clients, your code: clients generated earlier ...` */
function reasonOf({ breaks, reason }: ContractChange): string {
  const who = breaks.map((audience) => audiences[audience]).join(" and ");
  return printable(who === "" ? reason : `${who}: ${reason}`);
}
