/** One word of a command in a systemd unit, with exactly this value: nothing in it is a specifier or a variable. Source: systemd.service(5), systemd.syntax(7). */
export const systemdWord = (value: string): string =>
  `"${value
    .replace(/[\p{Cc}\p{Cs}]/gu, '')
    .replace(/[\\"]/g, '\\$&')
    .replaceAll('%', '%%')
    .replaceAll('$', '$$$$')}"`
