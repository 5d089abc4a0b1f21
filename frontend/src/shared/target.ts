/** Pages and workers both have `URL`, though the language's own library does not name it. */
declare const URL: {
  new (
    url: string,
    base: string,
  ): {
    readonly origin: string;
    readonly protocol: string;
    readonly pathname: string;
    readonly search: string;
    readonly hash: string;
  };
  canParse(url: string, base: string): boolean;
};

/**
 * Where a notification may lead: an address of our own, as a path, or "/" for anything else.
 * The text comes over the network, so a forged one must not open another site.
 */
export function safeTarget(navigate: string, origin: string): string {
  if (!URL.canParse(navigate, origin)) return "/";
  const url = new URL(navigate, origin);
  if (url.origin !== origin || !/^https?:$/.test(url.protocol)) return "/";
  const path = url.pathname + url.search + url.hash;
  // "https://ours.example//evil.example" is ours, but its path alone would be read as a host.
  return path.startsWith("//") ? "/" : path;
}
