/**
 * Waiting items in turns: municipalities one after another, and within a municipality its groups one after another. A flood of
 * one group only makes that group's own line longer, up to its cap.
 */
export class FairQueue<T> {
  readonly #most: number;
  readonly #lines = new Map<string, Map<string, T[]>>();
  #size = 0;

  constructor(mostPerGroup: number) {
    this.#most = mostPerGroup;
  }

  get size(): number {
    return this.#size;
  }

  /** False when the group's line is full. */
  push(municipality: string, group: string, item: T): boolean {
    const groups = this.#lines.get(municipality) ?? new Map<string, T[]>();
    const line = groups.get(group) ?? [];
    if (line.length >= this.#most) return false;
    line.push(item);
    groups.set(group, line);
    this.#lines.set(municipality, groups);
    this.#size += 1;
    return true;
  }

  /** The next item in turn whose head of line may go. */
  next(mayGo: (item: T) => boolean): T | undefined {
    for (const [municipality, groups] of this.#lines) {
      for (const [group, line] of groups) {
        const item = line[0]!;
        if (!mayGo(item)) continue;
        line.shift();
        this.#size -= 1;
        this.#rotate(municipality, groups, group, line);
        return item;
      }
    }
    return undefined;
  }

  /** Takes out all that match, wherever they stand. */
  take(matching: (item: T) => boolean): T[] {
    const taken: T[] = [];
    for (const [municipality, groups] of [...this.#lines]) {
      for (const [group, line] of [...groups]) {
        taken.push(...line.filter(matching));
        const left = line.filter((item) => !matching(item));
        if (left.length > 0) groups.set(group, left);
        else groups.delete(group);
      }
      if (groups.size === 0) this.#lines.delete(municipality);
    }
    this.#size -= taken.length;
    return taken;
  }

  #rotate(municipality: string, groups: Map<string, T[]>, group: string, line: T[]): void {
    groups.delete(group);
    if (line.length > 0) groups.set(group, line);
    this.#lines.delete(municipality);
    if (groups.size > 0) this.#lines.set(municipality, groups);
  }
}
