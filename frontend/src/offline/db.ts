/**
 * The small database on this phone, for the page and the worker alike. Where the browser has
 * none, or blocks it (private windows, locked-down phones), a memory of the same shape takes
 * its place until the app is closed, and `isKept` says so.
 */
import { openDB, type IDBPDatabase } from "idb";

/** `outbox`: changes on their way. `cache`: the server's last words. `device`: this device itself. */
export type Table = "outbox" | "cache" | "device";

const TABLES: readonly Table[] = ["outbox", "cache", "device"];
const NAME = "backstep";
const VERSION = 1;

export interface Store {
  /** False where everything is forgotten when the app is closed. */
  readonly kept: boolean;
  get<T>(table: Table, key: string): Promise<T | undefined>;
  all<T>(table: Table): Promise<T[]>;
  /** Reads, decides and writes in one step: `undefined` removes. Nobody gets in between. */
  change<T>(
    table: Table,
    key: string,
    decide: (old: T | undefined) => T | undefined,
  ): Promise<void>;
  clear(table: Table): Promise<void>;
}

let opened: Promise<Store> | undefined;

export function open(): Promise<Store> {
  opened ??= openStore();
  return opened;
}

/** Whether what is saved here outlives this visit. */
export async function isKept(): Promise<boolean> {
  return (await open()).kept;
}

async function openStore(): Promise<Store> {
  try {
    const store = new IndexedStore();
    await store.connect();
    return store;
  } catch {
    return new MemoryStore();
  }
}

class IndexedStore implements Store {
  readonly kept = true;
  #connection: Promise<IDBPDatabase> | undefined;

  connect(): Promise<IDBPDatabase> {
    this.#connection ??= openDB(NAME, VERSION, {
      upgrade: (db) => TABLES.forEach((table) => db.createObjectStore(table)),
      // A newer version in another tab wants to upgrade: make room, come back when needed.
      blocking: (_current, _blocked, event) => this.#leave(event.target as IDBDatabase),
      terminated: () => this.#forget(),
    });
    return this.#connection;
  }

  get<T>(table: Table, key: string): Promise<T | undefined> {
    return this.#run((db) => db.get(table, key) as Promise<T | undefined>);
  }

  all<T>(table: Table): Promise<T[]> {
    return this.#run((db) => db.getAll(table) as Promise<T[]>);
  }

  change<T>(
    table: Table,
    key: string,
    decide: (old: T | undefined) => T | undefined,
  ): Promise<void> {
    return this.#run(async (db) => {
      const transaction = db.transaction(table, "readwrite");
      const wanted = decide((await transaction.store.get(key)) as T | undefined);
      if (wanted === undefined) await transaction.store.delete(key);
      else await transaction.store.put(wanted, key);
      await transaction.done;
    });
  }

  clear(table: Table): Promise<void> {
    return this.#run((db) => db.clear(table));
  }

  /** iOS drops the connection of an app that slept; the next use simply opens it again. */
  async #run<T>(work: (db: IDBPDatabase) => Promise<T>): Promise<T> {
    try {
      return await work(await this.connect());
    } catch (error) {
      if (!isLostConnection(error)) throw error;
      this.#forget();
      return work(await this.connect());
    }
  }

  #leave(db: IDBDatabase): void {
    db.close();
    this.#forget();
  }

  #forget(): void {
    this.#connection = undefined;
  }
}

function isLostConnection(error: unknown): boolean {
  return error instanceof DOMException && /^(InvalidState|Unknown)Error$/.test(error.name);
}

class MemoryStore implements Store {
  readonly kept = false;
  readonly #tables = new Map(TABLES.map((table) => [table, new Map<string, unknown>()]));

  get<T>(table: Table, key: string): Promise<T | undefined> {
    return Promise.resolve(this.#rows(table).get(key) as T | undefined);
  }

  all<T>(table: Table): Promise<T[]> {
    return Promise.resolve([...this.#rows(table).values()] as T[]);
  }

  change<T>(
    table: Table,
    key: string,
    decide: (old: T | undefined) => T | undefined,
  ): Promise<void> {
    const rows = this.#rows(table);
    const wanted = decide(rows.get(key) as T | undefined);
    if (wanted === undefined) rows.delete(key);
    else rows.set(key, wanted);
    return Promise.resolve();
  }

  clear(table: Table): Promise<void> {
    this.#rows(table).clear();
    return Promise.resolve();
  }

  #rows(table: Table): Map<string, unknown> {
    const rows = this.#tables.get(table);
    if (!rows) throw new Error(`There is no table ${table}.`);
    return rows;
  }
}
