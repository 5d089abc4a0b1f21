import type { Today as Told } from "../../api/types";

export type { Flare } from "../../api/types";

/** As much of Today as a flare needs. */
export type Today = Pick<Told, "block">;
