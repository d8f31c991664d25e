/** The setting that says that what a damaged store lost is still to be made anew from the data folder. */
export const recoveredSetting = 'recovered';
