/** The row in the `device` table that page and worker share about this device's subscription. */
export const RECORD = "push";

export interface PushRecord {
  /** The server's public key that the subscription was made with, base64url. */
  key: string;
  /** The endpoint that the server was told; null when the browser has changed it since. */
  sent: string | null;
}
