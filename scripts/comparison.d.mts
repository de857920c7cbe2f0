/** The tables of docs/comparison.md by the name of their section, as Markdown. */
export declare function figures(): Promise<Readonly<Record<"generators" | "runtimes", string>>>;
