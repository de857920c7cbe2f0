import { markdownText } from "../../diagnostics/markdown-text.js";
import type { ChangeClass, ContractChange } from "../contract-change.js";
import { describeChange } from "../describe-change.js";
import { summarizeChanges, type DiffReport } from "./diff-report.js";
import { groupChanges, type ChangeGroup } from "./group-changes.js";

export interface MarkdownOptions {
  /** Of a config with several projects: their comments do not overwrite each other. */
  readonly project?: string | undefined;
}

/** A comment on GitHub holds 65 536 characters; what would not fit is counted. */
const mostListed = 100;

/** Longer than any name that people give, and short enough for `mostListed` of them. */
const longestCell = 240;

/**
 * For a comment on a pull request. The first line is an invisible marker, the same in every run, by which a bot finds the comment that
 * it wrote before. Names are shown as text whatever they hold.
 */
export function renderDiffMarkdown(report: DiffReport, options: MarkdownOptions = {}): string {
  const { before, after, changes } = report;
  const name = options.project === undefined ? "" : ` ${markdownText(options.project)}`;
  const summary = changes.length === 0 ? "no change" : summarizeChanges(changes);
  const parts = [
    `<!-- mizan-gen diff${name} -->\n### API contract${name}: ${summary}`,
    `From ${markdownText(before.source)} to ${markdownText(after.source)}.`,
    ...groupChanges(changes).map(renderGroup),
  ];
  return `${parts.join("\n\n")}\n`;
}

const titles: Readonly<Record<ChangeClass, string>> = {
  breaking: "Breaking",
  review: "To review",
  compatible: "Compatible",
  neutral: "Noticed by no client",
};

function renderGroup(group: ChangeGroup): string {
  const changes = group.subjects.flat();
  const listed = changes.slice(0, mostListed);
  const more = changes.length - listed.length;
  const rest = more > 0 ? [`\n…and ${String(more)} more: \`mizan-gen diff\` lists all.`] : [];
  if (group.class === "breaking" || group.class === "review") {
    return [
      `#### ${titles[group.class]}\n`,
      "| Change | Who breaks | Why |\n| --- | --- | --- |",
      ...listed.map(
        (change) => `| ${cell(describeChange(change))} | ${who(change)} | ${cell(change.reason)} |`,
      ),
      ...rest,
    ].join("\n");
  }
  return [
    `<details><summary>${titles[group.class]} (${String(group.count)})</summary>\n`,
    ...listed.map((change) => `- ${cell(describeChange(change))}`),
    ...rest,
    "\n</details>",
  ].join("\n");
}

const audiences = { clients: "running clients", code: "code" } as const;

function who({ breaks }: ContractChange): string {
  return breaks.map((audience) => audiences[audience]).join(", ") || "nobody by itself";
}

function cell(text: string): string {
  return markdownText(text.length > longestCell ? `${text.slice(0, longestCell - 1)}…` : text);
}
