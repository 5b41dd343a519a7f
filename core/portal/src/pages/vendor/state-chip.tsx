import { Chip } from '../../look/chip.tsx';
import { useNamed } from '../../look/use-named.ts';

const good = new Set(['approved', 'staged', 'published']);
const bad = new Set(['revoked', 'suspended', 'quarantined', 'withdrawn']);
const waitsForVendor = new Set(['held', 'changes-requested']);

export function StateChip({ state }: { state: string }) {
  const named = useNamed();
  const tone = good.has(state) ? 'good' : bad.has(state) ? 'bad' : waitsForVendor.has(state) ? 'warn' : 'info';
  return <Chip tone={tone}>{named(`vendor.states.${state}`, state)}</Chip>;
}
