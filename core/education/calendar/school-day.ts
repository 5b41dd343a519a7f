/** SQL: the dated row `alias` holds on the Finnish school day of event `v`. */
export const onDayOf = (alias: string): string =>
  `${alias}.valid_from <= (v.start_at at time zone 'Europe/Helsinki')::date
    and (${alias}.valid_to is null or ${alias}.valid_to > (v.start_at at time zone 'Europe/Helsinki')::date)`;
