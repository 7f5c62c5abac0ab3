/** Reads a wrangler project the way wrangler does. Knows nothing of the network. */
package nl.praatmetjeboekhouding.dirk.cloudflare.wrangler;
