import type { Position } from "./track";

/** Where the phone is, asked for only after a tap that says what for. */
export class Location {
  state = $state<"off" | "asking" | "on" | "denied" | "unavailable">("off");
  readonly #onposition: (position: Position) => void;
  #watch: number | null = null;

  constructor(onposition: (position: Position) => void) {
    this.#onposition = onposition;
  }

  start(): void {
    if (this.#watch !== null || this.state === "denied") return;
    if (!("geolocation" in navigator)) {
      this.state = "unavailable";
      return;
    }
    this.state = "asking";
    this.#watch = navigator.geolocation.watchPosition(
      (position) => this.#found(position),
      (error) => this.#failed(error),
      { enableHighAccuracy: true, maximumAge: 5_000, timeout: 60_000 },
    );
  }

  stop(): void {
    if (this.#watch !== null) navigator.geolocation.clearWatch(this.#watch);
    this.#watch = null;
    if (this.state === "on" || this.state === "asking") this.state = "off";
  }

  #found({ coords, timestamp }: GeolocationPosition): void {
    this.state = "on";
    const { latitude: lat, longitude: lon, accuracy } = coords;
    this.#onposition({ lat, lon, accuracy, at: timestamp });
  }

  /** Without a position for a while, it goes on trying; a no is a no. */
  #failed({ code, PERMISSION_DENIED }: GeolocationPositionError): void {
    if (code !== PERMISSION_DENIED) {
      this.state = "unavailable";
      return;
    }
    this.stop();
    this.state = "denied";
  }
}
