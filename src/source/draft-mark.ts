/** Stands in what is said of how a file was read, if its article is marked as a draft. */
export const draftMark: string = ', marked as a draft';
