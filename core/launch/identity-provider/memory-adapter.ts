interface Kept {
  payload: Record<string, unknown>;
  endsAt: number;
}

const maxEntries = 5_000;

/**
 * Everything the test provider remembers, gone when it stops. Old entries make room for new ones;
 * one store per provider, so that two of them in one test process know nothing of each other.
 */
export function memoryAdapters(now: () => number): new (name: string) => object {
  const entries = new Map<string, Kept>();
  const read = (key: string) => {
    const kept = entries.get(key);
    return kept && kept.endsAt > now() ? kept.payload : undefined;
  };
  const search = (prefix: string, member: string, value: string) =>
    [...entries].find(([key, { payload }]) => key.startsWith(prefix) && payload[member] === value)?.[1].payload;

  return class {
    readonly prefix: string;

    constructor(name: string) {
      this.prefix = `${name}:`;
    }

    async upsert(id: string, payload: Record<string, unknown>, expiresIn = 3600): Promise<void> {
      const key = this.prefix + id;
      entries.delete(key);
      entries.set(key, { payload, endsAt: now() + expiresIn * 1000 });
      if (entries.size > maxEntries) entries.delete(entries.keys().next().value!);
    }

    async find(id: string) {
      return read(this.prefix + id);
    }

    async findByUid(uid: string) {
      return search(this.prefix, 'uid', uid);
    }

    async findByUserCode(userCode: string) {
      return search(this.prefix, 'userCode', userCode);
    }

    async consume(id: string): Promise<void> {
      const payload = read(this.prefix + id);
      if (payload) payload['consumed'] = Math.floor(now() / 1000);
    }

    async destroy(id: string): Promise<void> {
      entries.delete(this.prefix + id);
    }

    async revokeByGrantId(grantId: string): Promise<void> {
      for (const [key, { payload }] of entries) if (payload['grantId'] === grantId) entries.delete(key);
    }
  };
}
