/** Cloudflare Workers: a plain client and a deployer. */
package nl.praatmetjeboekhouding.dirk.cloudflare;
