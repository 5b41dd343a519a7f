import pg from 'pg';

/** `date` stays `YYYY-MM-DD` text (a calendar date has no time zone), `bigint` becomes a number (counts and sequences stay below 2^53). */
export const parseInstants: pg.CustomTypesConfig = {
  getTypeParser(id: number, format?: 'text' | 'binary') {
    if (id === pg.types.builtins.DATE) return (value: string) => value;
    if (id === pg.types.builtins.INT8) return Number;
    return pg.types.getTypeParser(id, format ?? 'text');
  },
} as pg.CustomTypesConfig;
