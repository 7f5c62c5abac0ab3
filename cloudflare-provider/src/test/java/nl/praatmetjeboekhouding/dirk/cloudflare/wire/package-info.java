/**
 * Measures what Dirk sends against what the real wrangler sends: runs scenarios of small projects
 * against a recording API, through the public classes only.
 */
package nl.praatmetjeboekhouding.dirk.cloudflare.wire;
