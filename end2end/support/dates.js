// Days as 'YYYY-MM-DD', reckoned without any time of day.

const day = (date) => new Date(`${date}T00:00:00Z`);
const text = (date) => date.toISOString().slice(0, 10);

/** The day it is in Sweden. */
export const today = () => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Stockholm' }).format(new Date());

export function addDays(date, days) {
  const result = day(date);
  result.setUTCDate(result.getUTCDate() + days);
  return text(result);
}

/** Monday is 0. */
export const weekday = (date) => (day(date).getUTCDay() + 6) % 7;

export const mondayOf = (date) => addDays(date, -weekday(date));

const words = (locale, options) => (date) =>
  new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options }).format(day(date)).replaceAll(',', '');

/** 'torsdag 19 november 2026' */
export const longDaySv = words('sv-SE', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
/** 'Thursday 19 November 2026' */
export const longDayEn = words('en-GB', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
/** 'november 2026' */
export const monthSv = words('sv-SE', { month: 'long', year: 'numeric' });
/** 'November 2026' */
export const monthEn = words('en-GB', { month: 'long', year: 'numeric' });
