/** Every text of a manifest with its place, found by shape: an object of exactly fi, sv and en. */
export function textsOf(
  value: unknown,
  place = '',
): { place: string; texts: { fi: string; sv: string; en: string } }[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => textsOf(item, `${place}/${index}`));
  if (typeof value !== 'object' || value === null) return [];
  const entries = Object.entries(value);
  if (
    entries
      .map(([key]) => key)
      .sort()
      .join() === 'en,fi,sv'
  )
    return [{ place, texts: value as { fi: string; sv: string; en: string } }];
  return entries.flatMap(([key, item]) => textsOf(item, `${place}/${key}`));
}
