/** A word for a POSIX shell: as it is where it is plain, else in single quotes, which keep everything but themselves. */
export function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
