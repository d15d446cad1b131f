/** A time of day as a clock on the wall shows it, in minutes since midnight. */
export type WallTime = number;

export const MINUTE = 60_000;
export const DAY = 86_400_000;

const HH_MM = /^([01]\d|2[0-3]):([0-5]\d)$/;

/** Reads `02:30`; null when it is no time of day. */
export function parseWallTime(text: string): WallTime | null {
  const [, hours, minutes] = HH_MM.exec(text) ?? [];
  return hours === undefined ? null : Number(hours) * 60 + Number(minutes);
}

export function wallTimeText(time: WallTime): string {
  return `${twoDigits(Math.floor(time / 60))}:${twoDigits(time % 60)}`;
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}
