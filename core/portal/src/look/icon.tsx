const shapes = {
  person: 'M12 12a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9Zm-8.5 9a8.5 8.5 0 0 1 17 0',
  door: 'M5 21V4.5A1.5 1.5 0 0 1 6.5 3h11A1.5 1.5 0 0 1 19 4.5V21M3 21h18M15 12v1.5',
  eye: 'M2 12s3.6-7 10-7 10 7 10 7-3.6 7-10 7-10-7-10-7Zm10 3a3 3 0 1 0 0-6 3 3 0 0 0 0 6Z',
  check: 'M4 12.5 9.5 18 20 6.5',
  school: 'M12 3 2 8.5 12 14l10-5.5L12 3Zm-7 8v5.5c0 1.2 3.1 3 7 3s7-1.8 7-3V11',
  pause: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM9.5 9v6m5-6v6',
  inbox: 'M3 13.5 5.5 5h13L21 13.5V19H3v-5.5Zm0 0h5l1.5 2.5h5L16 13.5h5',
  alert: 'M12 8v5m0 3.2v.1M12 3 2 20.5h20L12 3Z',
  search: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13Zm4.8-1.7L21 21',
  chevron: 'm6 9 6 6 6-6',
  download: 'M12 3v12m0 0 5-5m-5 5-5-5M4 20h16',
} as const;

export type IconName = keyof typeof shapes;

/** A picture beside words; never the only bearer of a meaning. */
export function Icon({ name, size = 24 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={shapes[name]} />
    </svg>
  );
}
