/** What a browser does by itself: keeps the cookies of one server, and says with calls that they come from its own pages. */
export function cookieFetch(log: string[]): (url: string, init: RequestInit) => Promise<Response> {
  const cookies = new Map<string, string>();
  return async (url, init) => {
    const { pathname, search, origin } = new URL(url);
    log.push(`${init.method ?? "GET"} ${pathname}${search}`);
    const headers = new Headers(init.headers);
    if (cookies.size > 0)
      headers.set("Cookie", [...cookies].map(([name, value]) => `${name}=${value}`).join("; "));
    if (init.method !== undefined && init.method !== "GET") headers.set("Origin", origin);
    const response = await fetch(url, { ...init, headers });
    for (const field of response.headers.getSetCookie()) {
      const [pair = "", ...attributes] = field.split(";");
      const equals = pair.indexOf("=");
      const expired = attributes.some((text) => /^\s*max-age=0\s*$/i.test(text));
      if (expired) cookies.delete(pair.slice(0, equals));
      else cookies.set(pair.slice(0, equals), pair.slice(equals + 1));
    }
    return response;
  };
}
