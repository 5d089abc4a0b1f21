/** What the server answers itself; every other address without a dot is a screen of the app. */
const SERVER = /^\/(api|healthz|readyz)(\/|$)/;

/** Whether the app's shell answers this path. The server decides by the same rule. */
export function isAppRoute(pathname: string): boolean {
  return !SERVER.test(pathname) && !pathname.includes(".");
}
