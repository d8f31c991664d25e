/** To be raised when the same entries are written differently: what is made on demand has a new version then. */
export const renderingVersion = 4;
