/** What two spellings of one tag or author share. */
export function termKey(label: string): string {
  return label.normalize('NFC').toLowerCase();
}
