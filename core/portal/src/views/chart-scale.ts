import type { ViewOf } from './view-of.ts';

export interface ChartScale {
  least: number;
  most: number;
  ticks: number[];
  /** Height of a value in the drawing, from its top. */
  y(value: number): number;
}

export const drawing = { width: 400, height: 230, left: 46, right: 6, top: 12, bottom: 34 };

/** Eight colours with at least 3:1 against white; dashes tell the lines apart without colour. */
export const colours = ['#00347a', '#c9530e', '#0d7a5f', '#8a3fa8', '#b3272d', '#2a6ebb', '#7a6200', '#4b555b'];
export const dashes = ['', '8 4', '2 4', '12 4 2 4', '4 2', '1 3', '10 2', '6 6'];

/** A scale from nought (or below) to a round number, with four or so steps. */
export function chartScale({ series }: ViewOf<'chart'>): ChartScale {
  const values = series.flatMap((one) => one.values).filter((value) => value !== null);
  const least = Math.min(0, ...values);
  const most = Math.max(0, ...values, least + 1);
  const step = roundStep((most - least) / 4);
  const [bottom, top] = [Math.floor(least / step) * step, Math.ceil(most / step) * step];
  const ticks = Array.from({ length: Math.round((top - bottom) / step) + 1 }, (_, place) => bottom + place * step);
  const room = drawing.height - drawing.top - drawing.bottom;
  return {
    least: bottom,
    most: top,
    ticks,
    y: (value) => drawing.top + room * (1 - (value - bottom) / (top - bottom)),
  };
}

function roundStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  return ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10) * power;
}
