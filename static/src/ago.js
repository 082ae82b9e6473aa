// How long ago something was, in words; a part of the worker and of the script of public pages.
const ago = (milliseconds, code) => {
  const minutes = Math.max(1, Math.floor(milliseconds / 60_000));
  const words = new Intl.RelativeTimeFormat(code);
  if (minutes < 120) return words.format(-minutes, "minute");
  return minutes < 48 * 60 ? words.format(-Math.floor(minutes / 60), "hour") : words.format(-Math.floor(minutes / 1440), "day");
};

