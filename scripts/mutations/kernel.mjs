// Rules of the kernel, each broken in one line: [what is broken, the text as it stands, the text instead]. A text stands in exactly one
// place of src/kernel, in whatever file; any white space in it matches any other, so that moving and formatting code changes nothing here.

//
// Not here, because breaking them changes nothing that can be seen: the last call of a function without concurrency (nobody looks at it), the
// code of an error in isTransient (an answer of another shape has status 2xx), the Set around the entries of a scope (an entry that is marked
// twice is marked), isUsed of a settled layer (an entry that nobody uses has no read to wait for).

/** @type {readonly (readonly [name: string, find: string, replace: string])[]} */
export const mutations = [
  // Staleness, answers, merges: the rules of ordering.
  ["an invalidation without a revision counts for entries with one", "fresh < blind ||", ""],
  [
    "with a revision the epochs do not decide",
    "rev === undefined ? fresh < epoch : rev < staleAfter",
    "fresh < epoch",
  ],
  ["a revision that was told of is enough", "rev < staleAfter)", "rev <= staleAfter)"],
  ["a bundle with a failed slot is stale", "|| !!slotErrors", ""],
  ["an optional slot is not missed", "&& !context.optional?.includes(slot)", ""],
  ["an answer of a lower revision is not taken", "if (data && !older)", "if (data)"],
  [
    "only a slot that failed keeps its former value",
    "!Object.hasOwn(data, slot) && errors?.[slot]",
    "!Object.hasOwn(data, slot)",
  ],
  [
    "a slot that failed keeps its former value",
    "!Object.hasOwn(data, slot) && errors?.[slot]",
    "false",
  ],
  ["an answer of a lower revision leaves the bookkeeping alone", "if (older) return false;", ""],
  ["an answer is fresh as of its request", "entry.fresh = epoch;", "entry.fresh = entry.epoch;"],
  [
    "a merge of an earlier call that came later stays over the answer",
    "merge.applied > sent",
    "merge.sent > sent",
  ],
  [
    "by revision the number decides whether a merge stays",
    "isOrdered(merge) ? isOlder(rev, merge.rev) : merge.applied > sent",
    "merge.applied > sent",
  ],
  [
    "a merge that does not fit the answer is read anew",
    "if (value === unmergeable) receiveInvalidation(entry, merge.rev);",
    "if (value === unmergeable) continue;",
  ],
  [
    "by revision a merge over an answer needs no read",
    "if (!isOrdered(merge) && share(",
    "if (share(",
  ],
  [
    "an equal merge over an answer needs no read",
    "share(base[slot], value) !== base[slot]",
    "value !== base[slot]",
  ],
  [
    "a different merge over an answer is asked for once more",
    "share(base[slot], value) !== base[slot]) receiveInvalidation(entry);",
    "share(base[slot], value) !== base[slot]) void 0;",
  ],
  ["a merge of a lower revision is not written", "if (isOlder(rev, entry.rev)) return false;", ""],
  ["a slot that failed is not merged into", "!entry.slotErrors?.[slot] &&", ""],
  [
    "a merge into a slot that is not there is not written",
    "Object.hasOwn(base, slot) && mergeSlot(base[slot], merge) !== unmergeable",
    "mergeSlot(base[slot], merge) !== unmergeable",
  ],
  ["a merge into an entry that nobody loads is not held", ": entry.flight;", ": true;"],
  ["a merge during the first load is held", ": entry.flight;", ": false;"],
  [
    "a patch does not drop the merges before it",
    `mode !== "replace" || others.some(`,
    "others.some(",
  ],
  [
    "a later-sent merge is not dropped by an earlier one",
    "others.some((each) => isAfter(each, merge))",
    "false",
  ],
  [
    "merges stand in their order",
    "if (place < 0) kept.push(merge);",
    "if (true) kept.push(merge);",
  ],
  [
    "by revision overlapping merges need no read",
    "if (rev !== undefined && entry.rev !== undefined) return false;",
    "",
  ],
  [
    "merges of one answer do not overlap",
    "other.sent !== sent && other.applied > sent",
    "other.applied > sent",
  ],
  [
    "overlapping merges of one slot are read anew",
    "other.sent !== sent && other.applied > sent",
    "false",
  ],
  ["a merge of a call sent before the answer's request is read anew", "|| sent < entry.sent)", ")"],
  ["equal revisions are not older", "a < b;", "a <= b;"],
  [
    "without revisions the later sent merge is the later one",
    "? a.sent > b.sent",
    "? a.applied > b.applied",
  ],
  ["by revision the higher merge is the later one", ": a.rev > b.rev", ": a.sent > b.sent"],
  [
    "an invalidation that the data holds is nothing: equal",
    "rev <= entry.rev) return false;",
    "rev < entry.rev) return false;",
  ],
  [
    "an invalidation that the data holds is nothing",
    "if (rev !== undefined && entry.rev !== undefined && rev <= entry.rev) return false;",
    "",
  ],
  ["an invalidation raises the epoch", "entry.epoch++;", ""],
  [
    "an invalidation without a revision needs a later read",
    "if (rev === undefined) entry.blind = entry.epoch;",
    "if (rev === undefined) void 0;",
  ],
  [
    "the highest of several revisions counts",
    "entry.staleAfter = Math.max(entry.staleAfter, rev);",
    "entry.staleAfter = rev;",
  ],
  ["a layer that throws is told of", "failed?.(layer, error);", ""],
  [
    "a layer does not make a slot",
    "if (!data || !Object.hasOwn(data, slot)) return;",
    "if (!data) return;",
  ],
  ["old data is stale", "isStale: aged || isStale(entry)", "isStale: isStale(entry)"],
  ["invalidated data is stale", "isStale: aged || isStale(entry)", "isStale: aged"],
  ["loading is fetching", `isFetching: !!flight || status === "loading"`, "isFetching: !!flight"],
  [
    "an unchanged snapshot stays the same object",
    "!== state[name as keyof typeof next]) return next; } return state;",
    "!== state[name as keyof typeof next]) return next; } return next;",
  ],
  ["equal data keeps its identity", "share(state.data, folded)", "folded"],
  [
    "an error shows, whatever is known",
    `const status = error ? "error" : data`,
    `const status = error && !data ? "error" : data`,
  ],

  // Effects and the identity.
  ["a merge is remembered for entries to come", "remember(store, effect);", ""],
  [
    "a merge that cannot be written is read anew",
    "(again ? want : touch)(store, entry)",
    "touch(store, entry)",
  ],
  [
    "a merge that was written needs no read",
    "(again ? want : touch)(store, entry)",
    "want(store, entry)",
  ],
  ["an invalidation is remembered", "remember(store, item, payload);", ""],
  [
    "an invalidation concerns its own context",
    `if (context !== scope.context.name && context !== "*") continue;`,
    "",
  ],
  [
    "* is every context",
    `context !== scope.context.name && context !== "*"`,
    "context !== scope.context.name",
  ],
  [
    "what holds the change is not read",
    "if (receiveInvalidation(entry, rev)) (later",
    "receiveInvalidation(entry, rev); (later",
  ],
  ["a hidden tab reads later", "(later ? touch : want)(store, entry)", "want(store, entry)"],
  ["an invalidation reads", "(later ? touch : want)(store, entry)", "touch(store, entry)"],
  [
    "what was sent under another identity is not looked at",
    "store.identity++; store.epoch",
    "store.epoch",
  ],
  [
    "another identity has another session",
    "store.epoch = store.session = undefined;",
    "store.epoch = undefined;",
  ],
  [
    "another identity has another epoch",
    "store.epoch = store.session = undefined;",
    "store.session = undefined;",
  ],
  ["hydrated state of the former identity is dropped", "store.unborn.length = 0;", ""],
  ["layers of the former identity are dropped", "store.layers.clear();", ""],
  ["public entries outlive the identity", `if (entry.context.scope !== "public") {`, "if (true) {"],
  [
    "reads of the former identity are ended",
    "abandon(store, entry); if (!isUsed(entry)) {",
    "if (!isUsed(entry)) {",
  ],
  [
    "unused entries of the former identity are removed",
    "remove(store, entry); continue;",
    "continue;",
  ],
  [
    "data of the former identity is forgotten",
    "resetEntry(entry); store.wanted.add(entry);",
    "store.wanted.add(entry);",
  ],
  [
    "what is observed is read under the new identity",
    "resetEntry(entry); store.wanted.add(entry);",
    "resetEntry(entry);",
  ],

  // Reads.
  [
    "a read that sleeps is woken",
    "if (entry.flight) entry.flight.wake?.();",
    "if (entry.flight) void 0;",
  ],
  [
    "one read of an entry at a time",
    "if (entry.flight) entry.flight.wake?.();",
    "if (false) void 0;",
  ],
  ["a destroyed instance reads nothing", "else if (store.alive)", "else"],
  ["an abandoned read is aborted", "flight.abort?.(); flight.wake?.();", "flight.wake?.();"],
  [
    "an abandoned read does not sleep on",
    "flight.abort?.(); flight.wake?.();",
    "flight.abort?.();",
  ],
  [
    "who asks after an invalidation waits for a later read",
    "store.waiting.add({ entry, epoch: entry.epoch, first, done });",
    "store.waiting.add({ entry, epoch: 0, first, done });",
  ],
  [
    "an abandoned read is not tried again",
    "if (entry.flight !== flight) return; wait = undefined;",
    "wait = undefined;",
  ],
  ["an abandoned read writes nothing", "if (entry.flight !== flight) return; receive(", "receive("],
  [
    "an abandoned read fails for nobody",
    "catch (cause) { if (entry.flight !== flight) return;",
    "catch (cause) {",
  ],
  [
    "a read that caught nothing of an invalidation is repeated",
    "(entry.rev ?? Infinity) < entry.staleAfter",
    "false",
  ],
  [
    "a success ends the count of failures",
    "receive(store, entry, flight, answer); failures = 0;",
    "receive(store, entry, flight, answer);",
  ],
  ["a read that never catches up is told of", `if (!wait) emit?.({ type: "stale", at });`, ""],
  [
    "as many tries as configured",
    "failures < (options.retry ?? 2)",
    "failures <= (options.retry ?? 2)",
  ],
  [
    "three tries unless said otherwise",
    "failures < (options.retry ?? 2)",
    "failures < (options.retry ?? 3)",
  ],
  [
    "only what may pass is tried again",
    "&& isTransient(error)) wait = backoff",
    ") wait = backoff",
  ],
  [
    "while it sleeps the state is told",
    "if (wait === undefined) break; touch(store, entry);",
    "if (wait === undefined) break;",
  ],
  [
    "invalidated on the way: once more",
    "if (flight.epoch < entry.epoch && isStale(entry)) want(store, entry);",
    "",
  ],
  [
    "invalidated on the way, and held by the answer: not once more",
    "flight.epoch < entry.epoch && isStale(entry)",
    "flight.epoch < entry.epoch",
  ],
  [
    "stale for another reason: not once more",
    "flight.epoch < entry.epoch && isStale(entry)",
    "isStale(entry)",
  ],
  [
    "who waits for a later read goes on with that one",
    "waiter.entry === entry && waiter.epoch <= flight.epoch",
    "waiter.entry === entry",
  ],
  [
    "who waits for another entry goes on waiting",
    "waiter.entry === entry && waiter.epoch <= flight.epoch",
    "waiter.epoch <= flight.epoch",
  ],
  [
    "public contexts are asked past their caches at once",
    "staleAfter && (behind || open)",
    "staleAfter && behind",
  ],
  [
    "private contexts are asked past caches when behind only",
    "staleAfter && (behind || open)",
    "staleAfter",
  ],
  [
    "an unchanged bundle is asked for by its tag",
    ': etag ? { "If-None-Match": etag } : undefined',
    ": undefined",
  ],
  [
    "long params travel in a body",
    "> (store.contract.limits?.urlBytes ?? 4096)",
    "> (store.contract.limits?.urlBytes ?? 1e9)",
  ],
  ["a public context is read as one", "public: open && !long,", ""],
  ["a read is numbered when it is sent", "flight.sent = tick(store); flight.epoch", "flight.epoch"],
  ["a read carries the epoch of its sending", "flight.epoch = entry.epoch;", ""],
  ["a read that nobody needs is not sent", "return entry.flight === flight;", "return true;"],
  [
    "an older answer is not kept for comparison",
    "if (!receiveBundle(entry, flight, bundle)) return;",
    "receiveBundle(entry, flight, bundle);",
  ],
  ["the tag of an answer is kept", `entry.etag = response.headers.get("ETag");`, ""],
  [
    "an entry also stands under what the server filled in",
    "if (!scope.entries.has(resolved)) scope.entries.set(resolved, entry);",
    "",
  ],
  [
    "an entry that stands there already stays",
    "if (!scope.entries.has(resolved)) scope.entries.set(resolved, entry);",
    "scope.entries.set(resolved, entry);",
  ],
  ["one lookup does not find entries with two queries", "scope.aliased = true;", ""],
  [
    "offline it sleeps on",
    "if (globalThis.navigator?.onLine !== false) flight.wake?.();",
    "flight.wake?.();",
  ],
  [
    "who is woken has no timer",
    "clearTimeout(timer); flight.wake = undefined;",
    "flight.wake = undefined;",
  ],

  // Calls.
  [
    "an error that says what changed is listened to",
    "[...effects, ...targets], false",
    "[...targets], false",
  ],
  [
    "an unknown outcome makes the targets stale",
    "[...effects, ...targets], false",
    "[...effects], false",
  ],
  [
    "a known failure changes nothing",
    "error.outcomeUnknown ? declaredTargets(mutation, input) : []",
    "declaredTargets(mutation, input)",
  ],
  ["a redirect stays on the origin", "(?![/\\\\])[^\\\\\\p{Cc}]*", "[^\\\\\\p{Cc}]*"],
  ["a redirect holds no control characters", "(?![/\\\\])[^\\\\\\p{Cc}]*", "(?![/\\\\])[^\\\\]*"],
  ["a call ended before it is sent is not sent", "if (signal?.aborted) end();", ""],
  ["a caller can end a call", `signal?.addEventListener("abort", end); calls.add`, "calls.add"],
  ["destroy ends the calls under way", "calls.add(call);", ""],
  ["latest: a new call ends the one before", "before.forEach(endCall);", ""],
  [
    "serial: calls follow one another",
    "return last ? last.turn.then(run, run) : run();",
    "return run();",
  ],
  ["serial: also after a failure", "last.turn.then(run, run)", "last.turn.then(run)"],
  ["calls of other functions are not waited for", "each.name === name", "true"],
  ["an ended call is not sent", "call.ended = true; call.abort?.();", "call.abort?.();"],
  ["an ended call is aborted", "call.ended = true; call.abort?.();", "call.ended = true;"],
  [
    "an answer without a result may say in a header what changed",
    "effects: effects ?? []",
    "effects: []",
  ],
  ["a call that needs no token starts no session", "csrf: csrf !== false", "csrf: true"],
  ["a call is sent once", ": once({});", ": once({}).catch(() => once({}));"],
  [
    "an idempotent call is tried again",
    "return persist(retries, mayHelp, () => send(headers));",
    "return send(headers);",
  ],
  ["an idempotent call carries a key", "() => send(headers)", "() => send({})"],
  [
    "a call that was ended is not tried again",
    "isWanted() && (isTransient(error)",
    "(isTransient(error)",
  ],
  ["a key in flight is waited for", `|| error.code === "idempotency_in_flight"`, ""],
  [
    "a call is of the identity that it was sent under",
    "call.identity = store.identity; call.abort",
    "call.abort",
  ],
  ["a call is numbered when it is sent", "call.sent = tick(store); call.identity", "call.identity"],
  ["a call is asked whether it is still wanted", "return !call.ended;", "return true;"],
  [
    "an answer that is not JSON says in a header what changed",
    "if (body === undefined && !effects) throw",
    "if (body === undefined) throw",
  ],
  [
    "HTML for an answer is an error",
    "if (body === undefined && !effects) throw badResponse(source, answer, true);",
    "",
  ],
  [
    "HTML for an answer leaves the outcome unknown",
    "throw badResponse(source, answer, true);",
    "throw badResponse(source, answer);",
  ],
  [
    "merges come before invalidations",
    "[...readEffects(merge), ...readEffects(invalidate)]",
    "[...readEffects(invalidate), ...readEffects(merge)]",
  ],

  // Retries.
  ["a time-out may pass", "/^(network|timeout)$/", "/^network$/"],
  ["500 may pass", "&& status >= 500) ||", "&& status > 500) ||"],
  [
    "429 that does not say when does not pass",
    "status === 429 && retryAfter !== undefined",
    "status === 429",
  ],
  ["429 that says when may pass", "status === 429 && retryAfter !== undefined", "false"],
  ["Retry-After is capped", "Math.min(error.retryAfter ?? 0, 30_000)", "(error.retryAfter ?? 0)"],
  ["full jitter", "Math.random() * Math.min(10_000", "Math.min(10_000"],
  ["the wait doubles", "500 * 2 ** failures", "500"],
  ["the wait is capped", "Math.min(10_000, 500 * 2 ** failures)", "500 * 2 ** failures"],
  ["Retry-After is in seconds", "Number(text) * 1000", "Number(text)"],
  [
    "a date counts by the server's clock",
    `(Date.parse(headers.get("Date") ?? "") || Date.now())`,
    "Date.now()",
  ],
  ["a date in the past is no wait", "isNaN(wait) ? undefined : Math.max(0, wait)", "wait"],
  [
    "a limit of tries",
    "if (failures >= retries || !mayHelp(error)) throw error;",
    "if (failures > retries || !mayHelp(error)) throw error;",
  ],
  [
    "what cannot help is not tried",
    "if (failures >= retries || !mayHelp(error)) throw error;",
    "if (failures >= retries) throw error;",
  ],

  // Between tabs.
  ["another version is ignored", `message["mizan"] !== 1 ||`, ""],
  ["one's own echo is ignored", `|| message["from"] === from`, ""],
  ["two instances have two names", "const from = `${Math.random()}`;", `const from = "x";`],
  ["an identity message is true", "if (identity === true)", "if (identity)"],
  ["a sign-out elsewhere is one here", "if (identity === true) changeIdentity(store);", ""],
  ["another user's changes are ignored", "if (epoch !== (store.epoch ?? epoch)) return;", ""],
  [
    "a hidden tab waits",
    "invalidate(store, outline(item), isHidden())",
    "invalidate(store, outline(item), false)",
  ],
  [
    "a message names its user",
    "postMessage({ mizan: 1, from, epoch: store.epoch,",
    "postMessage({ mizan: 1, from,",
  ],
  [
    "a channel that breaks breaks nothing else",
    "guard(() => channel?.postMessage(",
    "(() => channel?.postMessage(",
  ],
  ["destroy closes the channel", "close: () => channel?.close()", "close: () => void channel"],
  [
    "what is told is what changed, never data",
    "store.outbox.push(...effects.map(outline));",
    "store.outbox.push(...effects);",
  ],
  ["changes are told to the other tabs", "store.outbox.push(...effects.map(outline));", ""],
  ["what was told is not told again", "store.outbox = [];", ""],

  // Hydration.
  ["what is not known does not travel", "if (!data && !error) return [];", ""],
  [
    "the error of a slot travels once",
    "error: error && !errors ? problemOf(error) : undefined",
    "error: error ? problemOf(error) : undefined",
  ],
  ["data travels with its age", "age: readAt === undefined ? undefined : now() - readAt", "age: 0"],
  [
    "merges travel",
    "const data = fold(entry, []); if (!data && !error)",
    "const data = entry.origin; if (!data && !error)",
  ],
  [
    "another payload is ignored",
    "if (!isPayloadOf(payload, store.contract.fingerprint)) return;",
    "",
  ],
  [
    "another user's payload is ignored",
    "if (store.epoch !== undefined && epoch !== store.epoch) return;",
    "",
  ],
  ["a payload says whose it is", "store.epoch = epoch; if (!unseen)", "if (!unseen)"],
  [
    "what came with an invalidation is not concerned by it",
    "invalidate(store, item, false, payload)",
    "invalidate(store, item, false)",
  ],
  ["a payload is filled in once", "store.unborn.splice(store.unborn.indexOf(each), 1);", ""],
  [
    "older hydration is ignored",
    "if (entry.readAt !== undefined && !(rev !== undefined && rev > (entry.rev ?? Infinity))) return;",
    "",
  ],
  [
    "hydration of the same revision is ignored",
    "rev > (entry.rev ?? Infinity)",
    "rev >= (entry.rev ?? Infinity)",
  ],
  [
    "a revision is not newer than data without one",
    "rev > (entry.rev ?? Infinity)",
    "rev > (entry.rev ?? 0)",
  ],
  ["hydrated data is as old as it is", "entry.readAt = now() - age;", "entry.readAt = now();"],
  ["a hydrated error is tried again", "if (entry.origin) receiveInvalidation(entry);", ""],
  ["what changed before the hydration counts", "recall(store, entry, payload);", ""],
  [
    "the server's snapshot is of before the first observer",
    "if (!entry.first) entry.hydrated = entry.state;",
    "entry.hydrated = entry.state;",
  ],
  ["a payload in the page is used once", `found["taken"] = true;`, ""],
  ["no value gets out of the script", "/[<>&\\u2028\\u2029]/g", "/[>&\\u2028\\u2029]/g"],
  [
    "another contract's payload is ignored",
    "return schema === fingerprint || !fingerprint;",
    "return true;",
  ],
  [
    "a payload without a revision is concerned by what came apart from it",
    "hydrating && hydrating !== payload",
    "hydrating",
  ],
  [
    "entries to come know the revisions that were told",
    "item.rev !== undefined || (hydrating",
    "(hydrating",
  ],
  [
    "of too many changes it is known that there were some",
    'log.splice(0, LIMIT, { item: { context: "*" }, payload: undefined })',
    "log.splice(0, LIMIT)",
  ],

  // Which entries.
  [
    "params that the context does not know are left out",
    "Object.hasOwn(context.params, name) || !context.slots.length",
    "true",
  ],
  [
    "params of a context known by name only count",
    "Object.hasOwn(context.params, name) || !context.slots.length",
    "Object.hasOwn(context.params, name)",
  ],
  [
    "params that cannot be read mean all",
    "catch { return undefined; } } /** Whether an entry's",
    "catch { return texts; } } /** Whether an entry's",
  ],
  ["a name is compared whole", "part.startsWith(`${name}=`)", "part.startsWith(name)"],
  [
    "some of the params are not all",
    "names.every((name) => selection.has(name))",
    "names.some((name) => selection.has(name))",
  ],
  ["entries with two queries are looked for", "names.length && !aliased &&", "names.length &&"],
  [
    "the query of a selection is sorted",
    "[...selection.keys()] .sort() .map",
    "[...selection.keys()] .map",
  ],
  [
    "a value of another kind is not written",
    "slot === null || value === null || kind(slot) === kind(value) ? value : unmergeable",
    "value",
  ],
  ["an item is an object", "if (!isObject(value)) return unmergeable;", ""],
  ["remove removes one item", `list.filter((_, index) => index !== place)`, "list.slice(0, place)"],
  [
    "a mode of a later protocol is not applied",
    `if (mode !== "update" && mode !== "upsert") return unmergeable;`,
    "",
  ],
  [
    "update does not insert",
    `if (mode === "update" || !at) return unmergeable;`,
    "if (!at) return unmergeable;",
  ],
  [
    "upsert needs a place",
    `if (mode === "update" || !at) return unmergeable;`,
    `if (mode === "update") return unmergeable;`,
  ],
  [
    "start is the start",
    `at === "start" ? [value, ...list] : [...list, value]`,
    "[...list, value]",
  ],
  [
    "a patch reaches no prototype",
    "if (/^(__proto__|constructor|prototype)$/.test(name)) continue;",
    "",
  ],
  ["null in a patch removes", "if (value === null) delete next[name]; else", ""],
  [
    "a patch reaches into objects",
    "isObject(value) && depth < 64 ? patch(next[name], value, depth + 1) : value",
    "value",
  ],

  // Optimistic layers.
  [
    "a layer without its params is not shown",
    "isMeant && targetParams(target.params, input);",
    "isMeant && (targetParams(target.params, input) ?? {});",
  ],
  [
    "a merged slot shows where it is merged, not where its context is affected",
    "target.slot === (merged ? slot : undefined)",
    "(target.slot ?? slot) === slot",
  ],
  ["what is affected can be shown early", "(merged ? slot : undefined)", "slot"],
  [
    "data that arrives releases who waits for the first",
    "if (entry.origin && !entry.error) settleWaiters",
    "if (entry.origin && entry.error) settleWaiters",
  ],
  [
    "an error that arrives releases nobody",
    "if (entry.origin && !entry.error) settleWaiters",
    "if (entry.origin) settleWaiters",
  ],
  [
    "nothing that arrives releases nobody",
    "if (entry.origin && !entry.error) settleWaiters",
    "if (!entry.error) settleWaiters",
  ],
  [
    "who asked for a read gets one",
    "waiter.first && waiter.entry === entry",
    "waiter.entry === entry",
  ],
  ["data that arrives is of one entry", "waiter.first && waiter.entry === entry", "waiter.first"],
  ["params are copied", ": { ...params };", ": params;"],
  [
    "nested params are copied",
    "/^(object|bigint)$/.test(typeof value))",
    "/^bigint$/.test(typeof value))",
  ],
  [
    "a bigint among params can travel",
    "/^(object|bigint)$/.test(typeof value))",
    "/^object$/.test(typeof value))",
  ],
  [
    "nothing waits after the end",
    "clearTimeout(store.timer); store.timer = undefined; for",
    "clearTimeout(store.timer); for",
  ],
  [
    "a layer is shown at once",
    "store.layers.add(layer); for (const entry of entriesOf(layer)) touch(store, entry);",
    "store.layers.add(layer);",
  ],
  ["a failure takes its layer away", "!!effects && !effects.some(", "!effects?.some("],
  [
    "a merge of another slot does not end the layer",
    `"slot" in item && item.slot === layer.slot && item.context === layer.context`,
    `"slot" in item && item.context === layer.context`,
  ],
  [
    "a merge of another context does not end the layer",
    `"slot" in item && item.slot === layer.slot && item.context === layer.context`,
    `"slot" in item && item.slot === layer.slot`,
  ],
  ["a layer waits for stale entries only", "isUsed(entry) && isStale(entry)", "isUsed(entry)"],
  [
    "an invalidated slot shows the layer until the read",
    "if (!layer.settled) store.layers.delete(layer);",
    "store.layers.delete(layer);",
  ],
  ["a settled layer ends with the read", "(!settled || !!entry.flight)", "true"],
  [
    "a layer shows where its params are",
    "selections.some((selection) => isSelected(entry, selection))",
    "true",
  ],
  [
    "a layer that throws is dropped",
    "store.layers.delete(layer); report(store, error);",
    "report(store, error);",
  ],
  [
    "a settled layer does not pile up",
    "layers.delete(layer); } // All snapshots first",
    "} // All snapshots first",
  ],

  // The wire.
  ["a read that was refused is replayed once", "if (replayed || !refused", "if (!refused"],
  [
    "without a session nothing is replayed",
    "!refused || !withSession || !session",
    "!refused || !session",
  ],
  [
    "one renewal for all",
    "if (store.session === session) store.session = undefined; await",
    "store.session = undefined; await",
  ],
  [
    "a read that was refused renews the session",
    "await currentSession(store, own); return exchange",
    "return exchange",
  ],
  [
    "a call replays a refused token only",
    `mutates ? error.code === "csrf_failed" : error.status === 401`,
    `mutates ? error.status === 403 : error.status === 401`,
  ],
  [
    "the app is told that nobody is signed in",
    "if (error.status === 401 && !request.isSession) options.onUnauthenticated?.(error);",
    "",
  ],
  [
    "a token needs no session",
    "&& !Object.keys(own).some((name) => /^authorization$/i.test(name))",
    "",
  ],
  [
    "an option says whether there is a session",
    "(options.session ?? contract.session !== null)",
    "(contract.session !== null)",
  ],
  [
    "a failed session starts anew",
    "session.catch(() => { if (store.session === session) store.session = undefined; });",
    "session.catch(() => undefined);",
  ],
  [
    "one session for all",
    "store.session ??= startSession(store, own)",
    "store.session = startSession(store, own)",
  ],
  [
    "the session is tried three times",
    "persist(2, isTransient, () => exchange(store, request, own))",
    "persist(1, isTransient, () => exchange(store, request, own))",
  ],
  ["the session names the user", `if (typeof epoch === "string") learnEpoch(store, epoch);`, ""],
  ["a time beyond a timer's reach is none", "if (timeout < 2 ** 31) {", "{"],
  [
    "what is ended before it is sent is not sent",
    "request.onSend?.(abort) === false",
    "request.onSend?.(abort) === null",
  ],
  [
    "public reads carry no credentials",
    `request.public ? "omit" : (options.credentials ?? "same-origin")`,
    `options.credentials ?? "same-origin"`,
  ],
  ["credentials are configured", `(options.credentials ?? "same-origin")`, `"same-origin"`],
  ["304 is an answer", "response.ok || response.status === 304", "response.ok"],
  [
    "a public answer says nothing of the identity",
    "!request.public && identity === store.identity && learn",
    "identity === store.identity && learn",
  ],
  [
    "a late answer says nothing of the identity",
    "!request.public && identity === store.identity && learn",
    "!request.public && learn",
  ],
  [
    "a lost answer to a call is of unknown outcome",
    "source, outcomeUnknown: mutates, }",
    "source, }",
  ],
  ["a time that ran out is told apart", 'late ? "timeout" : control', "control"],
  ["an aborted request is told apart", `aborted ? "aborted" : "network"`, `"network"`],
  ["no timer is left", "finally { clearTimeout(timer); }", "finally { }"],
  ["skew is told once", `if (schema !== store.skew) store.emit`, `store.emit`],
  [
    "another epoch is another identity",
    "if (store.epoch !== undefined && store.epoch !== epoch) store.changeIdentity();",
    "",
  ],
  [
    "the first epoch is no change",
    "store.epoch !== undefined && store.epoch !== epoch",
    "store.epoch !== epoch",
  ],
  ["an error's effects count", "request.onEffects?.(effects);", ""],
  [
    "5xx leaves the outcome unknown",
    "outcomeUnknown: mutates && status >= 500",
    "outcomeUnknown: false",
  ],
  ["an answer of another origin says nothing of changes", `type === "cors" ? [] :`, ""],
  ["long texts are not kept", "text.length < TEXT_LIMIT ? text : undefined", "text"],
  [
    "an equal answer is not parsed",
    "response.status === 304 || text === entry.text",
    "response.status === 304",
  ],
  ["an answer for another context is refused", "context !== name ||", ""],
  ["an answer without any slot is refused", "|| (slots.length && !slots.some(isKnown))", ""],
  [
    "a slot that is not answered is an error",
    "failed ??= {}; failed[slot] =",
    "if (!Object.hasOwn(problems, slot)) continue; failed ??= {}; failed[slot] =",
  ],
  [
    "a slot that is answered is no error",
    "if (Object.hasOwn(data, slot)) continue; failed",
    "failed",
  ],

  // Who uses what, and for how long.
  [
    "only the first observer reads",
    "if (!last && isDue(store, entry)) want(store, entry);",
    "if (isDue(store, entry)) want(store, entry);",
  ],
  [
    "fresh data is not read on mount",
    "if (!last && isDue(store, entry)) want(store, entry);",
    "if (!last) want(store, entry);",
  ],
  [
    "an observed entry is not collected",
    "entry.observed = true; store.idle.delete(entry);",
    "entry.observed = true;",
  ],
  ["a subscription ends once", "if (!own.listener) return;", ""],
  [
    "who left is not told",
    "own.listener = undefined; const { previous, next } = own;",
    "const { previous, next } = own;",
  ],
  [
    "who leaves while told breaks no chain",
    "if (!store.telling) own.next = undefined;",
    "own.next = undefined;",
  ],
  [
    "asleep and unobserved is ended",
    "if (entry.flight?.wake) abandon(store, entry); if (store.server)",
    "if (store.server)",
  ],
  ["a server has no timers", "if (store.server) return; entry.left", "entry.left"],
  ["an orphan is kept a while", "observed ? gcTime : Math.max(gcTime, ORPHAN)", "gcTime"],
  ["a read goes on for a grace", "flight ? GRACE : observed", "observed"],
  [
    "a promise keeps its entry",
    "entry.users++; store.idle.delete(entry); try {",
    "try { entry.users++;",
  ],
  ["a timer reaches 24 days", "Math.min(alarm - now(), 2 ** 31 - 1)", "alarm - now()"],
  [
    "one timer",
    "if (alarm >= store.alarm || !store.alive) return; clearTimeout(store.timer);",
    "if (!store.alive) return;",
  ],
  ["a layer keeps its entry", "else if (layersOf(store, entry).length) entry.left = now();", ""],
  ["the sweep goes on", "arm(store, nearest);", ""],
  ["who came while told has seen it", "if (each.since === round) continue;", ""],
  [
    "what nobody uses is not sent",
    "if (isUsed(entry)) launch(store, entry);",
    "launch(store, entry);",
  ],
  [
    "an observer that throws stops nobody",
    "each.listener?.(); } catch (error) { report(store, error); }",
    "each.listener?.(); } finally { }",
  ],
  ["unobserved state is current", "if (!entry.first) refresh(store, entry);", ""],
  ["data ages", "now() - readAt > (options.staleTime ?? 60_000)", "false"],
  ["an entry in error is due", "!entry.origin || !!entry.error ||", "!entry.origin ||"],
  ["one user is enough", "users > 0;", "users > 1;"],
  [
    "nothing of a former identity is written",
    "if (changes || identity === store.identity) change(",
    "change(",
  ],
  [
    "a session change drops what is private",
    "if (identity === store.identity) changeIdentity(store); tabs",
    "tabs",
  ],
  [
    "a session change is told to the other tabs",
    "changeIdentity(store); tabs?.post({ identity: true }); } // Of another",
    "changeIdentity(store); } // Of another",
  ],
  [
    "a failed session change changes nothing",
    `succeeded && mutation.session === "change"`,
    `mutation.session === "change"`,
  ],
  ["online wakes what sleeps", `if (cause === "online") entry.flight?.wake?.();`, ""],
  [
    "restored reads whatever its age",
    `(cause === "restored" || isDue(store, entry))`,
    "isDue(store, entry)",
  ],
  ["focus reads what is due only", `(cause === "restored" || isDue(store, entry))`, "true"],
  [
    "a page that was not cached is not restored",
    '"persisted" in event && event.persisted',
    '"persisted" in event',
  ],
  ["a hidden page is not seen", `if (!isHidden()) revive("seen");`, `revive("seen");`],
  [
    "a hidden page does not poll",
    "if (!isHidden()) void handle.refetch();",
    "void handle.refetch();",
  ],
  ["destroy lets those go who wait", "settleWaiters(store, () => true);", ""],
  [
    "destroy ends the reads",
    "for (const entry of allEntries(store)) abandon(store, entry); for (const each of",
    "for (const each of",
  ],
  ["destroy stops listening", "unwatch?.();", ""],
  ["force does not join", "if (options?.force) abandon(this.#store, entry);", ""],
  [
    "a forgotten failure is tried again",
    "entry.error = undefined; if (missingSlot(entry) !== undefined) resetEntry(entry);",
    "if (missingSlot(entry) !== undefined) resetEntry(entry);",
  ],
  [
    "a function of the app that throws disturbs nothing",
    "callback(); } catch (error) { surface(error); }",
    "callback(); } finally { }",
  ],
  [
    "a call that was given up is not tried again",
    "// Given up meanwhile: what is known is what the last try said. if (!mayHelp(error)) throw error;",
    "",
  ],
  ["a destroyed instance keeps nobody waiting", "if (!store.alive) return done();", ""],
];
