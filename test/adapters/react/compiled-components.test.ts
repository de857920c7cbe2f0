// @vitest-environment jsdom
import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { createElement, type ComponentType } from "react";
import { describe, expect, it } from "vitest";
import { profileMerge } from "../bookshop-data.js";
import { openBench, useBenches } from "./bench.js";
import { compileHooks, type CompilerEvent } from "./compile-hooks.js";
import { generateClient } from "./generate-client.js";

/** Components as users write them, over the hooks: what the compiler keeps of a result must not keep it from changing. */
const source = `
  /** @jsxRuntime automatic */
  import { useUserContext, useUserProfile } from "./react/index";

  export function Page({ id, busy }) {
    const user = useUserContext({ user_id: id });
    return (
      <main>
        <p>{user.status}</p>
        <Whole user={user} />
        <Profile id={id} />
        {busy && <i>{user.isFetching ? "busy" : "still"}</i>}
      </main>
    );
  }

  function Whole({ user }) {
    const names = [user.data?.user_profile?.name, user.data?.user_addresses?.length];
    return <p>{names.filter(Boolean).join(" ")}</p>;
  }

  function Profile({ id }) {
    const { status, data } = useUserProfile({ user_id: id });
    if (status !== "success") return null;
    return <b>{data.name}</b>;
  }
`;

const client = await generateClient("compiled-components", (file) => compileHooks(file));
const events: CompilerEvent[] = [];
const file = resolve(
  import.meta.dirname,
  "../../../.cache/adapters/react/compiled-components/page.jsx",
);
writeFileSync(
  file,
  await compileHooks({ path: "react/page.jsx", text: source }, (event) => events.push(event)),
);
const { Page } = (await import(pathToFileURL(file).href)) as {
  Page: ComponentType<{ readonly id: number; readonly busy?: boolean }>;
};

describe("components of users through the React Compiler", () => {
  useBenches();
  for (const strict of [false, true]) {
    it(`follow loads, merges, refetches and params${strict ? " in StrictMode" : ""}`, async () => {
      expect(events.map(({ kind, fnName }) => `${kind} ${fnName}`)).toEqual([
        "CompileSuccess Page",
        "CompileSuccess Whole",
        "CompileSuccess Profile",
      ]);
      const bench = openBench(client, strict);
      await bench.show(createElement(Page, { id: 7 }));
      expect(bench.text).toBe("loading");
      await bench.answerUser("Rumi");
      expect(bench.text).toBe("successRumi 1Rumi");
      await bench.settle(() => bench.mizan.merge(profileMerge("Mevlana")));
      expect(bench.text).toBe("successMevlana 1Mevlana");
      await bench.settle(() => bench.mizan.invalidate(client.core.userContext));
      await bench.show(createElement(Page, { id: 7, busy: true }));
      expect(bench.text).toBe("successMevlana 1Mevlanabusy");
      await bench.answerUser("Balkhi");
      expect(bench.text).toBe("successBalkhi 1Balkhistill");
      await bench.show(createElement(Page, { id: 8, busy: true }));
      expect(bench.text).toBe("loadingbusy");
      await bench.answerUser("Shams");
      expect(bench.text).toBe("successShams 1Shamsstill");
      expect(bench.server.reads).toHaveLength(3);
    });
  }
});
