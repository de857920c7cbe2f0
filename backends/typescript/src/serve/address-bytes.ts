/** Length of an address from its path on, which is all that the server is sent. */
export const addressBytes = ({ pathname, search }: URL): number => pathname.length + search.length;

/** Addresses up to this are served (protocol 3.10); longer params are posted. */
export const mostUrlBytes = 8192;
