/**
 * Faults of an app, each planted in a copy of `test/browser/examples/bare/`: name, file, the text there, what stands in its place, and a part of
 * the name of the story that has to fail.
 *
 * @type {readonly (readonly [string, string, string, string, string])[]}
 */
export const mutations = [
  [
    "reads after a merge",
    "actions.ts",
    "await failureOf(mizan.call(renameUser, input));",
    `await failureOf(mizan.call(renameUser, input));
      mizan.invalidate("*");`,
    "T10 merge",
  ],
  [
    "the page keeps an own copy of the name",
    "view.ts",
    `<b data-testid="who">\${user?.name ?? "guest"}</b>`,
    `<b data-testid="who">\${(globalThis.kept ??= {})[user?.id ?? 0] ??= user?.name ?? "guest"}</b>`,
    "T10 merge",
  ],
  [
    "reads all after an order",
    "actions.ts",
    `told.set("order-result"`,
    `mizan.invalidate("*");
        told.set("order-result"`,
    "T10 H6 invalidate",
  ],
  [
    "reads a second time after an order",
    "actions.ts",
    `told.set("order-result"`,
    `await handles.book.refetch({ force: true });
        told.set("order-result"`,
    "T10 H6 invalidate",
  ],
  [
    "hears nothing of other tabs",
    "main.ts",
    "createMizan()",
    "createMizan({ broadcast: false })",
    "M4: two tabs",
  ],
  [
    "a mark is not optimistic",
    "actions.ts",
    "favourite }, { optimistic }",
    "favourite }",
    "optimistic: a mark is shown before",
  ],
  [
    "a mark that was refused stays",
    "view.ts",
    "marked.includes(book.id)",
    "((globalThis.kept ??= new Set()).has(book.id) || (marked.includes(book.id) && !!globalThis.kept.add(book.id)))",
    "T9 optimistic",
  ],
  [
    "does not try again what failed",
    "main.ts",
    "createMizan()",
    "createMizan({ retry: 0 })",
    "T9: a first load",
  ],
  [
    "the button does not try again",
    "actions.ts",
    `handle.getState().status === "error"`,
    `handle.getState().status === "success"`,
    "T9: a first load",
  ],
  [
    "each part of the page has an instance of its own",
    "shown.ts",
    `const me = mizan.registerContext(meContext, {});`,
    `void fetch("/ctx/me/");
  const me = mizan.registerContext(meContext, {});`,
    "M6",
  ],
  [
    "does not take over what the server rendered",
    "main.ts",
    "createMizan()",
    "createMizan({ hydrate: { mizan: 1, entries: [] } })",
    "C3 H4 T7",
  ],
  [
    "the server renders something else",
    "entry-server.ts",
    "html: view(handles, choices)",
    `html: view(handles, { ...choices, page: 2 })`,
    "C3 H4 T7",
  ],
  [
    "one instance for all requests",
    "entry-server.ts",
    `const mizan = createMizan({ ...options, server: true });`,
    `const mizan = (globalThis.kept ??= createMizan({ ...options, server: true }));
  mizan.destroy = () => {};`,
    "nobody else's",
  ],
  [
    "does not come out of the back-forward cache",
    "main.ts",
    "createMizan()",
    "createMizan();\naddEventListener('unload', () => {});\nvoid navigator.locks.request('kept', () => new Promise(() => {}))",
    "the back button, from",
  ],
  [
    "is told of nothing when it comes back",
    "main.ts",
    "const mizan",
    "addEventListener('pageshow', (event) => event.stopImmediatePropagation(), true);\nconst mizan",
    "the back button, from",
  ],
  [
    "warns",
    "app.ts",
    "update();\n  if (rendered",
    "update();\n  console.warn('deprecated');\n  if (rendered",
    "lists 12 books",
  ],
  [
    "throws after the fact",
    "actions.ts",
    `"next-page": () => choices.page++`,
    `"next-page": () => { choices.page++; setTimeout(() => { throw new Error("late"); }); }`,
    "lists 12 books",
  ],
  [
    "a page that was shown is read again",
    "actions.ts",
    `"previous-page": () => (`,
    `"previous-page": () => (mizan.invalidate("*"), `,
    "lists 12 books",
  ],
  [
    "the filter keeps the page",
    "app.ts",
    `if (id === "author-filter") choices.page = 1;`,
    "",
    "filters by author",
  ],
  [
    "what a user saw stays after signing out",
    "view.ts",
    "const data = user.getState().data;",
    "const data = (globalThis.kept = user.getState().data ?? globalThis.kept);",
    "signing out",
  ],
  [
    "all failures of an order are the same",
    "actions.ts",
    "error.data.left : undefined",
    "0 : undefined",
    "an order for more",
  ],
];
